#!/usr/bin/env bash
# What N containers cost with raw commands and no HeroPods: one bridge, an address each, an overlay each, conmon + crun, `sleep`; then
# their end. Usage: floor.sh N FOLDER ROOTFS [SECCOMP.bpf]. Prints {"create": ms, "settled": ms, "destroy": ms}.
# The image is unpacked and the seccomp filter compiled beforehand, as in HeroPods' own runs after the first.
set -euo pipefail
n=$1 dir=$2 rootfs=$3 bpf=${4:-}
width=8
now() { echo $(($(date +%s%N) / 1000000)); }
mkdir -p "$dir"/{crun,exits,attach}
filter=""
if [ -n "$bpf" ]; then filter=$(tail -c +33 "$bpf" | base64 -w0); fi # HeroPods keeps a checksum of 32 bytes before the filter

start=$(now)
ip link add floor0 type bridge forward_delay 0
ip address add 10.99.0.1/16 dev floor0
ip link set floor0 up
for i in $(seq 1 "$n"); do
  a=10.99.$((i / 250)).$((i % 250 + 2))
  echo "netns add floor$i"
  echo "link add name fl$i type veth peer name eth0 netns floor$i"
  echo "link set dev fl$i master floor0 up"
  echo "netns exec floor$i ip link set dev lo up"
  echo "netns exec floor$i ip address add $a/16 dev eth0"
  echo "netns exec floor$i ip link set dev eth0 up"
  echo "netns exec floor$i ip route add default via 10.99.0.1"
done >"$dir/links"
grep -v 'netns exec' "$dir/links" | ip -batch -
grep 'netns exec' "$dir/links" | split -l $((n + 3)) - "$dir/inside."
printf '%s\n' "$dir"/inside.* | xargs -P4 -I{} ip -force -batch {} >/dev/null 2>&1 || true

for i in $(seq 1 "$n"); do
  c=$dir/$i
  mkdir -p "$c"/{upper,work,root}
  echo "overlay $c/root overlay lowerdir=$rootfs,upperdir=$c/upper,workdir=$c/work,index=off,metacopy=off,redirect_dir=on 0 0" >>"$dir/fstab"
  cat >"$c/config.json" <<JSON
{"ociVersion":"1.0.2","process":{"user":{"uid":0,"gid":0},"args":["/bin/sleep","1000"],"env":["PATH=/bin"],"cwd":"/","noNewPrivileges":true,
"capabilities":{"bounding":["CAP_KILL","CAP_NET_RAW"],"effective":["CAP_KILL","CAP_NET_RAW"],"permitted":["CAP_KILL","CAP_NET_RAW"]}},
"root":{"path":"$c/root"},"hostname":"c$i","mounts":[{"destination":"/proc","type":"proc","source":"proc"},
{"destination":"/dev","type":"tmpfs","source":"tmpfs","options":["nosuid","mode=755"]},{"destination":"/sys","type":"sysfs","source":"sysfs","options":["ro"]}],
"linux":{"namespaces":[{"type":"pid"},{"type":"ipc"},{"type":"uts"},{"type":"mount"},{"type":"cgroup"},{"type":"network","path":"/run/netns/floor$i"}],
"cgroupsPath":"/floor/c$i"$([ -n "$filter" ] && echo ',"seccomp":{"defaultAction":"SCMP_ACT_ERRNO"}')},"annotations":{$([ -n "$filter" ] && echo "\"run.oci.seccomp_bpf_data\":\"$filter\"")}}
JSON
done
mount --all --fstab "$dir/fstab"
# A copy of the mounts made now: the overlays must stand before.
if [ -n "$(cat /sys/fs/cgroup/unified/cgroup.controllers 2>/dev/null)" ]; then
  coproc HOLDER { exec unshare --mount --propagation slave cat; }
fi
runtime=(--runtime /usr/bin/crun)
if [ -n "${HOLDER_PID:-}" ]; then
  until [ "$(cat /proc/"$HOLDER_PID"/comm)" = cat ]; do sleep 0.002; done
  nsenter --mount=/proc/"$HOLDER_PID"/ns/mnt umount --lazy /sys/fs/cgroup/unified
  runtime=(--runtime /usr/bin/nsenter --runtime-arg --mount=/proc/"$HOLDER_PID"/ns/mnt --runtime-arg /usr/bin/crun)
fi
create() { # ID: conmon and crun create, then one byte lets the process go
  i=$1 c=$dir/$1
  conmon --api-version 1 --cid "floor$i" --cuuid "floor$i" --name "floor$i" "${@:2}" --runtime-arg "--root=$dir/crun" --bundle "$c" \
    --container-pidfile "$c/pid" --conmon-pidfile "$c/conmon.pid" --exit-dir "$dir/exits" --socket-dir-path "$dir/attach" \
    --log-path "k8s-file:$c/log" --log-level error </dev/null >/dev/null 2>&1
  for _ in $(seq 5000); do if [ -p "$dir/crun/floor$i/exec.fifo" ] && [ -s "$dir/crun/floor$i/status" ]; then break; fi; sleep 0.002; done
  printf 0 >"$dir/crun/floor$i/exec.fifo"
  rm -f "$dir/crun/floor$i/exec.fifo"
}
export -f create
export dir
seq 1 "$n" | xargs -P"$width" -I{} bash -c 'create "$@"' _ {} "${runtime[@]}"
created=$(now)
sleep 1
settled=$(now)
for i in $(seq 1 "$n"); do kill -0 "$(cat "$dir/$i/pid")" || { echo "not all run" >&2; exit 1; }; done

ending=$(now)
# conmon first: it would only run an exit command for each.
for i in $(seq 1 "$n"); do echo "$(cat "$dir/$i/conmon.pid")"; done | xargs kill -9 2>/dev/null || true
for i in $(seq 1 "$n"); do echo "$(cat "$dir/$i/pid")"; done | xargs kill -9 2>/dev/null || true
seq 1 "$n" | xargs -P"$width" -I{} crun --root="$dir/crun" delete --force floor{}
umount "$dir"/[0-9]*/root
{ for i in $(seq 1 "$n"); do echo "link delete dev fl$i"; echo "netns delete floor$i"; done; echo "link delete dev floor0"; } | ip -force -batch -
gone=$(now)
if [ -n "${HOLDER_PID:-}" ]; then kill "$HOLDER_PID" 2>/dev/null || true; fi
for tree in /sys/fs/cgroup /sys/fs/cgroup/*; do
  if [ -d "$tree/floor" ]; then find "$tree/floor" -depth -type d -exec rmdir {} \; 2>/dev/null || true; fi
done
rm -rf --one-file-system "$dir"
echo "{\"create\": $((created - start)), \"settled\": $((settled - start)), \"destroy\": $((gone - ending))}"
