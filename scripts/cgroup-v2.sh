#!/usr/bin/env bash
# npm run test:cgroup-v2 [FILE ...]: live tests on a host with cgroup v2 alone. The host is a virtual machine that boots Debian's kernel
# on this machine's files, which it can read but not change. Without KVM its processor is emulated: about fifteen times slower.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" = --inside ]; then
  shift
  # The tests count on what a login shell of root has.
  export HOME=/root PATH="$2" NO_COLOR=1
  cd "$1"
  shift 2
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  mount -t tmpfs -o mode=0755 tmpfs /run
  ip link set lo up
  ulimit -n 65536
  status=0
  bash scripts/isolate.sh npx vitest run --project live --testTimeout=900000 --hookTimeout=900000 "$@" 2>&1 | cat || status=$?
  echo "cgroup-v2: exit $status"
  exit
fi

case "$PWD/" in
/tmp/* | /run/*)
  echo "The virtual machine has a /tmp and a /run of its own: run this from a tree that lies elsewhere, not in $PWD." >&2
  exit 1
  ;;
esac
. scripts/setup.sh
require_node
system_packages
install_packages docker-registry:docker-registry:docker-distribution qemu-system-x86_64:qemu-system-x86:qemu-system-x86-core
node_packages
npm run --silent build

cache="${XDG_CACHE_HOME:-$HOME/.cache}/heropods/cgroup-v2"
mkdir -p "$cache"
if [ ! -d "$cache/kernel" ]; then
  say "fetching Debian's kernel"
  package=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: //p' | head -1)
  (cd "$cache" && apt-get download -qq "$package" && dpkg -x ./linux-image-*.deb kernel.new)
  mv "$cache/kernel.new" "$cache/kernel"
fi
kernel=("$cache"/kernel/boot/vmlinuz-*)
version=${kernel[0]##*/vmlinuz-}
depmod --basedir "$cache/kernel" "$version" 2>/dev/null || busybox depmod -b "$cache/kernel" "$version"

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{bin,sbin,proc,sys,dev,lower,rw,new,lib/modules/"$version"}
cp "$(command -v busybox)" "$root/bin/busybox"
ln -s ../bin/busybox "$root/sbin/modprobe"
modules="$cache/kernel/lib/modules/$version"
cp "$modules"/modules.{alias,dep,symbols} "$root/lib/modules/$version/"
for name in virtio_pci 9pnet_virtio 9p overlay; do
  # A line of modules.dep names a module and what it needs.
  for file in $(sed -n "s|^\(kernel/.*/$name\.ko\):|\1 |p" "$modules/modules.dep"); do
    mkdir -p "$root/lib/modules/$version/$(dirname "$file")"
    cp "$modules/$file" "$root/lib/modules/$version/$file"
  done
done
arguments=$(printf '%q ' "$PWD" "$PATH" "$@")
cat >"$root/init" <<INIT
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
for name in virtio_pci 9pnet_virtio 9p overlay; do modprobe \$name; done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=524288 host /lower
mount -t tmpfs tmpfs /rw; mkdir /rw/upper /rw/work
mount -t overlay -o lowerdir=/lower,upperdir=/rw/upper,workdir=/rw/work overlay /new
# From here the kernel loads what else it needs, with modprobe in this root.
mount --bind /lower$cache/kernel/lib/modules /lib/modules
mount --move /proc /new/proc; mount --move /sys /new/sys; mount --move /dev /new/dev
mkdir -p /new/dev/pts /new/dev/shm; mount -t devpts devpts /new/dev/pts; mount -t tmpfs tmpfs /new/dev/shm
chroot /new /bin/bash $(printf %q "$PWD/scripts/cgroup-v2.sh") --inside $arguments
poweroff -f
INIT
chmod 755 "$root/init"
(cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null | gzip) >"$cache/initrd.gz"

acceleration=tcg
[ -w /dev/kvm ] && grep -qE 'vmx|svm' /proc/cpuinfo && acceleration=kvm
say "booting Linux $version with cgroup v2 alone ($acceleration)"
qemu-system-x86_64 -accel "$acceleration" -cpu max -smp 2 -m 6G -nographic -no-reboot -nic none \
  -kernel "${kernel[0]}" -initrd "$cache/initrd.gz" \
  -append "console=ttyS0 quiet loglevel=3 panic=-1 cgroup_no_v1=all systemd.unified_cgroup_hierarchy=1" \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap </dev/null | tee "$cache/output" | tr -d '\r'
grep -q '^cgroup-v2: exit 0' "$cache/output"
