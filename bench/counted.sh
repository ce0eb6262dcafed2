#!/usr/bin/env bash
# Runs a command so that the CPU time of all its processes is known, daemons too: its cgroup takes the place of the root of the tree that
# counts CPU time, so cgroups that any of them makes are below it. HEROPODS_CPU_FILE names the counter (nanoseconds). Only with cgroup v1
# or hybrid: in v2 a cgroup with processes cannot have others with limits below it.
set -euo pipefail
tree=/sys/fs/cgroup/cpuacct
if [ ! -d "$tree" ]; then exec "$@"; fi
own=$tree/heropods-bench.$$
mkdir "$own"
echo $$ >"$own/cgroup.procs"
status=0
HEROPODS_CPU_FILE=$tree/cpuacct.usage unshare --mount --propagation private --cgroup \
  bash -c 'mount --bind "$0" "$1" && shift && exec "$@"' "$own" "$tree" "$@" || status=$?
echo $$ >"$tree/cgroup.procs"
find "$own" -depth -type d -exec rmdir {} \; 2>/dev/null || echo "$own has processes" >&2
exit "$status"
