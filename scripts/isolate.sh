#!/usr/bin/env bash
# Runs a command in network and mount namespaces of its own, with an uplink that leads nowhere and private base folders:
# whatever it makes goes away with it. Used by the live tests, the bench and the isolated quickstart.
set -euo pipefail
if [ "${1:-}" != --inside ]; then
  # Set-up inside may need the outer network: packages are installed through it.
  export HEROPODS_OUTER_NET="/proc/$PPID/ns/net"
  exec unshare --mount --net --propagation private -- "$0" --inside "$@"
fi
shift
ip link set lo up
# A veth pair, since not every kernel has dummy links; its far end leads nowhere.
ip link add uplink0 type veth peer name uplink1
ip address add 198.51.100.2/24 dev uplink0
ip link set uplink1 up
ip link set uplink0 up
ip route add default via 198.51.100.1 dev uplink0
mkdir -p /run/netns
mount -t tmpfs -o mode=0755 tmpfs /run/netns
base=$(mktemp -d /tmp/heropods-isolated.XXXXXX)
export HEROPODS_DIR="$base/data" HEROPODS_RUN_DIR="$base/run" HEROPODS_ISOLATED="$base"
status=0
"$@" || status=$?
# A folder in which something is still mounted or running is a leak: say so instead of hiding it.
if ! rm -rf --one-file-system "$base" 2>/dev/null; then echo "isolate: $base could not be removed whole" >&2; fi
exit "$status"
