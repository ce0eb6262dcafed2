#!/usr/bin/env bash
# Boots the host's systemd in namespaces of its own, on a throw-away copy of the root, and runs FOLDER/script.sh as a service of it;
# FOLDER is /hp there. Of cgroups it is shown one hierarchy, below a cgroup of its own: the named one where there is one, else the
# unified one. So it runs beside a systemd that booted the host, and makes nothing elsewhere.
set -euo pipefail
if [ "${2:-}" != --inside ]; then
  hierarchy=${SYSTEMD_HIERARCHY:-/sys/fs/cgroup/systemd}
  [ -e "$hierarchy/cgroup.procs" ] || hierarchy=/sys/fs/cgroup
  cgroup=$hierarchy/hp-systemd-$$
  mkdir "$cgroup"
  # What was in it may take a moment to end.
  clean() { for _ in $(seq 50); do find "$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null && break || sleep 0.1; done; }
  trap clean EXIT
  (
    echo "$BASHPID" >"$cgroup/cgroup.procs"
    exec timeout -k 2 90 unshare --pid --fork --kill-child --mount --net --ipc --uts --cgroup -- \
      "$0" "$1" --inside "$(stat -f -c %T "$hierarchy")"
  )
  exit
fi
mount --make-rprivate /
stage=$1/stage
mkdir -p "$stage"
mount -t tmpfs tmpfs "$stage"
mkdir "$stage"/{upper,work,root}
root=$stage/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$stage/upper,workdir=$stage/work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
if [ "$3" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
else
  mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
  mkdir "$root/sys/fs/cgroup/systemd"
  mount -t cgroup -o none,name=systemd cgroup "$root/sys/fs/cgroup/systemd"
  mount -t tmpfs -o remount,ro,mode=755 tmpfs "$root/sys/fs/cgroup"
fi
for folder in run tmp dev; do mount -t tmpfs -o mode=755 tmpfs "$root/$folder"; done
mkdir "$root/dev/pts" "$root/dev/shm"
for node in null zero full random urandom tty; do touch "$root/dev/$node" && mount --bind "/dev/$node" "$root/dev/$node"; done
mkdir -p "$root/hp"
mount --bind "$1" "$root/hp"
units=$root/etc/systemd/system
printf '[Unit]\nRequires=basic.target hp-script.service\n' >"$units/hp-script.target"
printf '[Unit]\nAfter=basic.target\n[Service]\nType=oneshot\nExecStart=/bin/bash /hp/script.sh\nExecStopPost=/bin/systemctl --no-block exit\n' \
  >"$units/hp-script.service"
for unit in systemd-{udevd,networkd,resolved,timesyncd,logind}.service systemd-udevd-{kernel,control}.socket \
  systemd-{sysctl,modules-load,binfmt}.service {apparmor,keyboard-setup,console-setup}.service; do
  ln -sf /dev/null "$units/$unit"
done
# The host's disks are not this systemd's to mount.
rm -f "$root/etc/fstab" "$root/etc/crypttab"
cd "$root"
exec chroot . /usr/bin/env -i container=heropods PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --unit=hp-script.target --log-target=console --show-status=no
