#!/bin/sh
# crun for podman on hosts with hybrid cgroups, which crun refuses to create on: without the v2 tree, as HeroPods does it.
case " $* " in
*" create "*)
  if [ -n "$(cat /sys/fs/cgroup/unified/cgroup.controllers 2>/dev/null)" ]; then
    exec unshare --mount --propagation slave sh -c 'umount --lazy /sys/fs/cgroup/unified; exec crun "$@"' crun "$@"
  fi
  ;;
esac
exec crun "$@"
