// Generated from schemas/ by `npm run generate`. Do not edit.
import type * as pulumi from '@pulumi/pulumi'

/** Fields of the stack language for a network. A network: a bridge with a gateway, addresses for its containers, and NAT to the uplink unless it is internal. */
export interface NetworkFields {
/** `bridge`; `mycelium` is not yet supported. @default "bridge" */
driver?: pulumi.Input<"bridge" | "mycelium">
/** IPv4 subnet in CIDR form, or `auto`: the first free /24 from 10.89.0.0 on that overlaps no route of the host. @default "auto" */
subnet?: pulumi.Input<string>
/** Address of the bridge. Default: the subnet's first. */
gateway?: pulumi.Input<string>
/** No connection to or from the outside: containers reach only each other. @default false */
internal?: pulumi.Input<boolean>
/** Largest packet, bytes. @default 1500 */
mtu?: pulumi.Input<number>
/** Name servers of containers whose first network to the outside is this one. */
dns?: pulumi.Input<{
/** Name servers. Default: 8.8.8.8 and 8.8.4.4, none on an internal network. */
servers?: pulumi.Input<pulumi.Input<string>[]>
/** Search domains. */
search?: pulumi.Input<pulumi.Input<string>[]>
}>
/** Addresses (or CIDR ranges) that are never allocated. */
exclude?: pulumi.Input<pulumi.Input<string>[]>
/** Labels. */
labels?: pulumi.Input<{ [name: string]: pulumi.Input<string | number | boolean> } | pulumi.Input<string>[]>
}

/** Fields of the stack language for a image. An image: exactly one of `ref`, `builtin`, `archive`. */
export interface ImageFields {
/** Reference, pulled with podman. `nginx` means docker.io/library/nginx:latest. */
ref?: pulumi.Input<string>
/** A ready image. `busybox` is made from the host's static busybox, without any registry. */
builtin?: pulumi.Input<"busybox" | "alpine_3_20" | "ubuntu_24_04" | "ubuntu_25_04">
/** A tar of a root file system, or of one image as `docker save` and `podman save` write it, plain or compressed. Relative to this file. */
archive?: pulumi.Input<string>
/** When to ask the registry: `always` (at every plan), `missing` (when the image is not here), `never`; `daily`, `weekly` or `every_12h` (w, d, h, m, s): when its last answer is older. @default "missing" */
pullPolicy?: pulumi.Input<'always' | 'missing' | 'if_not_present' | 'never' | 'daily' | 'weekly' | `every_${string}`>
/** Platform of an image by reference, e.g. linux/arm64; default: that of the host. A container of another architecture needs an emulator on the host (qemu with binfmt_misc). */
platform?: pulumi.Input<string>
/** Labels. */
labels?: pulumi.Input<{ [name: string]: pulumi.Input<string | number | boolean> } | pulumi.Input<string>[]>
}

/** Fields of the stack language for a volume. Data that outlives its containers. */
export interface VolumeFields {
/** `destroy --delete-data` and `volume rm` do not erase it. @default false */
protect?: pulumi.Input<boolean>
/** Always `local`, which also mounts NFS, CIFS and tmpfs (`driver_opts`). @default "local" */
driver?: pulumi.Input<"local">
/** A file system that is mounted as the data of the volume, as in Compose. Without it the data is a folder of this host. */
driverOpts?: pulumi.Input<{
/** Type of the file system. */
type: pulumi.Input<"nfs" | "nfs4" | "cifs" | "tmpfs">
/** NFS: `HOST:/PATH`, or `:/PATH` with `addr=HOST` in `o`. CIFS: `//HOST/SHARE`. */
device?: pulumi.Input<string>
/** Options of mount(8), separated by commas, e.g. `rw,nfsvers=4.2`. */
o?: pulumi.Input<string>
}>
/** Labels. */
labels?: pulumi.Input<{ [name: string]: pulumi.Input<string | number | boolean> } | pulumi.Input<string>[]>
}

/** Fields of the stack language for a container. A container, or with `deploy.replicas` several. */
export interface ContainerFields {
/** Arguments, or the command itself if there is no entrypoint. Default: the image's. */
command?: pulumi.Input<string | pulumi.Input<string | number | boolean>[]>
/** Program. Default: the image's. If it is set, the image's command is not used. An empty one (`[]`) keeps the image's command and removes its entrypoint. */
entrypoint?: pulumi.Input<string | pulumi.Input<string | number | boolean>[]>
/** Environment variables. A name without a value is refused: the shell's environment is read through `variables: { X: { env: X } }` only. */
environment?: pulumi.Input<{ [name: string]: pulumi.Input<string | number | boolean> } | pulumi.Input<string>[]>
/** Files of NAME=VALUE lines in Compose's form (comments, `export`, values in quotes over several lines), read before `environment`. Relative to this file. Never interpolated: `$` is a dollar sign, in double quotes too. A name without a value is refused. */
envFile?: pulumi.Input<string | pulumi.Input<string | {
/** Path. */
path: pulumi.Input<string>
/** Refuse a missing file. @default true */
required?: pulumi.Input<boolean>
}>[]>
/** Working folder; created if it does not exist. Default: the image's. */
workingDir?: pulumi.Input<string>
/** User or user:group, by name or by number from 0 to 4294967294. Default: the image's. */
user?: pulumi.Input<string | number>
/** More groups, by name or by number from 0 to 4294967294. */
groupAdd?: pulumi.Input<pulumi.Input<string | number>[]>
/** Host name: letters, digits, `-` and `.`, at most 63 characters. Default: the container's name with `-` for `.` and `_`; the first replica's is the key, as without replicas. */
hostname?: pulumi.Input<string>
/** Published ports: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, with ranges. On 127.0.0.1 unless `host_ip` or `public` is set. */
ports?: pulumi.Input<pulumi.Input<number | string | {
/** Port inside the container, or a range. */
target: pulumi.Input<number | string>
/** Port of the host, or a range, e.g. `8000-8010`. */
published?: pulumi.Input<number | string>
/** tcp or udp. @default "tcp" */
protocol?: pulumi.Input<"tcp" | "udp">
/** Bind all addresses of the host: other machines can reach the port. @default false */
public?: pulumi.Input<boolean>
/** For readers only. */
name?: pulumi.Input<string>
/** `host` or `ingress`: on one host both publish the port on that host. */
mode?: pulumi.Input<"host" | "ingress">
}>[]>
/** Ports the container listens on; has no effect on the host. */
expose?: pulumi.Input<pulumi.Input<number | string>[]>
/** Mounts: `SOURCE:TARGET[:OPTIONS]` with a path (bind) or a name under `volumes:`, e.g. `./data:/data:ro,noexec`. Options: `ro`, `rw`, `nocopy` (volumes), a propagation (binds), `noexec`, `nosuid`, `nodev`, `noatime`, `relatime`, `strictatime`, `nodiratime`. The options `z`, `Z`, `cached`, `delegated` and `consistent` of Compose files are accepted and have no effect: containers have no SELinux label of their own, and no virtual machine is in between. */
volumes?: pulumi.Input<pulumi.Input<string | {
/** Kind of mount. */
type: pulumi.Input<"bind" | "volume" | "tmpfs">
/** Path of the host (bind) or name under `volumes:` (volume). */
source?: pulumi.Input<string>
/** Path inside the container. */
target: pulumi.Input<string>
/** Mounted read-only. @default false */
readOnly?: pulumi.Input<boolean>
/** Options of a bind mount. */
bind?: pulumi.Input<{
/** Mount propagation. @default "rprivate" */
propagation?: pulumi.Input<"private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave">
/** Create the source folder if it does not exist. @default true */
createHostPath?: pulumi.Input<boolean>
/** Mounts below the source: `enabled` includes them, read-only with `read_only` (before Linux 5.12 only the top is read-only); `disabled` excludes them; `writable` leaves them unchanged below a read-only top; `readonly` is `enabled`, and is refused on a kernel that does not support it. @default "enabled" */
recursive?: pulumi.Input<"enabled" | "disabled" | "writable" | "readonly">
/** Flags of the mount, as in the short form: `noexec`, `nosuid` and `nodev` also apply to the mounts below the source (from Linux 5.12 on, and unless `recursive` is `writable`); `noatime`, `relatime`, `strictatime`, `nodiratime`. `exec`, `suid`, `dev` and `diratime` are the defaults. */
options?: pulumi.Input<pulumi.Input<"noexec" | "nosuid" | "nodev" | "noatime" | "relatime" | "strictatime" | "nodiratime" | "exec" | "suid" | "dev" | "diratime">[]>
}>
/** Options of a volume. */
volume?: pulumi.Input<{
/** Do not fill an empty volume from the image. @default false */
nocopy?: pulumi.Input<boolean>
/** Flags of the mount, as for a bind mount. */
options?: pulumi.Input<pulumi.Input<"noexec" | "nosuid" | "nodev" | "noatime" | "relatime" | "strictatime" | "nodiratime" | "exec" | "suid" | "dev" | "diratime">[]>
}>
/** Options of a tmpfs. */
tmpfs?: pulumi.Input<{
/** Largest size, bytes or a share of the memory, e.g. `50%`. Default: half of the memory. */
size?: pulumi.Input<number | string | string>
/** Octal permissions, as a string in quotes. Default 1777. */
mode?: pulumi.Input<string>
/** More options, as in the short form: `uid=1000`, `gid=1000`, `nr_inodes=4k`, `exec`, `suid`, `dev`, `noatime`, `sync`. */
options?: pulumi.Input<pulumi.Input<string>[]>
}>
}>[]>
/** Paths of tmpfs mounts, with options of mount(8): `/run:size=64m,mode=1777,uid=1000,gid=1000,exec`. Default: half of the memory, mode 1777, root, nosuid, nodev, noexec. */
tmpfs?: pulumi.Input<string | pulumi.Input<string>[]>
/** Name servers. Default: those of its first network that leads outside. */
dns?: pulumi.Input<string | pulumi.Input<string>[]>
/** Search domains. */
dnsSearch?: pulumi.Input<string | pulumi.Input<string>[]>
/** Options of resolv.conf. */
dnsOpt?: pulumi.Input<pulumi.Input<string>[]>
/** More names in /etc/hosts, each with one address or several; `host-gateway` is the host. */
extraHosts?: pulumi.Input<pulumi.Input<string>[] | { [name: string]: pulumi.Input<string | pulumi.Input<string>[]> }>
/** The check of the container: exactly one of `test`, `http`, `tcp`. Default: the image's HEALTHCHECK. */
healthcheck?: pulumi.Input<{
/** Command inside the container that ends with 0 if it is healthy: `[CMD, PROGRAM, ...]`, `[CMD-SHELL, LINE]` or a line for the container's /bin/sh; `[NONE]` switches the image's off. */
test?: pulumi.Input<string | pulumi.Input<string | number | boolean>[]>
/** A GET request from the host to the container. Redirects are not followed. */
http?: pulumi.Input<{
/** Port inside the container. */
port: pulumi.Input<number>
/** Path, with its query. @default "/" */
path?: pulumi.Input<string>
/** `https` checks no certificate. @default "http" */
scheme?: pulumi.Input<"http" | "https">
/** The status that is healthy, or a range of them. @default "200-399" */
status?: pulumi.Input<number | string>
}>
/** A port inside the container that accepts a connection from the host. */
tcp?: pulumi.Input<number>
/** Time between two checks. Default 30s. */
interval?: pulumi.Input<number | string>
/** A check that takes longer has failed, and its processes are killed. Default 30s. */
timeout?: pulumi.Input<number | string>
/** Failures in a row that make it unhealthy. @default 3 */
retries?: pulumi.Input<number>
/** Time after its start in which failures do not count. Default 0s. */
startPeriod?: pulumi.Input<number | string>
/** Time between two checks in the start period, until the first that succeeds. Default 5s. */
startInterval?: pulumi.Input<number | string>
/** No health check, also not that of the image. @default false */
disable?: pulumi.Input<boolean>
}>
/** The reaction of `heropods watch` to an unhealthy container. */
onUnhealthy?: pulumi.Input<{
/** `restart`: a new process; address, files and the writable layer stay. @default "none" */
action?: pulumi.Input<"none" | "restart">
/** Most restarts within `window`. @default 3 */
limit?: pulumi.Input<number>
/** Time over which restarts are counted. Default 10m. */
window?: pulumi.Input<number | string>
}>
/** `no`, `always`, `unless-stopped`, `on-failure[:N]`. A container that `heropods stop` has stopped stays stopped until `start` or `apply`. After a reboot, `always` starts a stopped container too, `unless-stopped` does not; containers with `no` start only under `watch`. @default "no" */
restart?: pulumi.Input<'no' | 'always' | 'unless-stopped' | 'on-failure' | `on-failure:${number}` | false>
/** Signal that asks it to stop: a name in any letter case, with or without SIG, `SIGRTMIN+N`, `SIGRTMAX-N`, or a number from 1 to 64. Default: the image's, else SIGTERM. */
stopSignal?: pulumi.Input<string | number>
/** Time between that signal and SIGKILL. Default 10s. */
stopGracePeriod?: pulumi.Input<number | string>
/** How long the process must run before its start counts as done. An exit with an error within this time is a failed start. `0s`: it is not waited for. Default 1s. */
verify?: pulumi.Input<number | string>
/** Memory limit. */
memLimit?: pulumi.Input<number | string>
/** Memory that it keeps when the host is short of memory. */
memReservation?: pulumi.Input<number | string>
/** Memory and swap together; -1: unlimited swap. */
memswapLimit?: pulumi.Input<number | string>
/** Number of CPUs, a part of one included: 1.5 or "0.5". */
cpus?: pulumi.Input<number | string>
/** CFS period, microseconds. */
cpuPeriod?: pulumi.Input<number | string>
/** CFS quota, microseconds. */
cpuQuota?: pulumi.Input<number | string>
/** Relative weight; 1024 is normal. */
cpuShares?: pulumi.Input<number | string>
/** CPUs it may run on, e.g. 0-3,5. */
cpuset?: pulumi.Input<string | number>
/** Processes and threads; 0 or -1: unlimited. A limit below the current number ends no process, but no more can be started. */
pidsLimit?: pulumi.Input<number | string>
/** Block I/O: the weight beside other containers, and limits of disks. */
blkioConfig?: pulumi.Input<{
/** Share of a busy disk, 10 to 1000. Default 100. It has an effect on disks with the scheduler BFQ, and on cgroup v2 also with io.cost. */
weight?: pulumi.Input<number | string>
/** Weight on one disk with the scheduler BFQ. */
weightDevice?: pulumi.Input<pulumi.Input<{
/** Disk of the host, e.g. /dev/sda; not a partition. */
path: pulumi.Input<string>
/** 10 to 1000. */
weight: pulumi.Input<number | string>
}>[]>
/** Bytes a second that it may read from a disk. */
deviceReadBps?: pulumi.Input<pulumi.Input<{
/** Disk of the host, e.g. /dev/sda; not a partition. */
path: pulumi.Input<string>
/** Bytes a second. */
rate: pulumi.Input<number | string>
}>[]>
/** Bytes a second that it may write to a disk. */
deviceWriteBps?: pulumi.Input<pulumi.Input<{
/** Disk of the host, e.g. /dev/sda; not a partition. */
path: pulumi.Input<string>
/** Bytes a second. */
rate: pulumi.Input<number | string>
}>[]>
/** Read operations a second on a disk. */
deviceReadIops?: pulumi.Input<pulumi.Input<{
/** Disk of the host, e.g. /dev/sda; not a partition. */
path: pulumi.Input<string>
/** Operations a second. */
rate: pulumi.Input<number | string>
}>[]>
/** Write operations a second on a disk. */
deviceWriteIops?: pulumi.Input<pulumi.Input<{
/** Disk of the host, e.g. /dev/sda; not a partition. */
path: pulumi.Input<string>
/** Operations a second. */
rate: pulumi.Input<number | string>
}>[]>
}>
/** Capabilities added to the default set; ALL adds all. */
capAdd?: pulumi.Input<pulumi.Input<string>[]>
/** Capabilities removed from the default set; ALL removes all. */
capDrop?: pulumi.Input<pulumi.Input<string>[]>
/** `no-new-privileges[:false]`, `seccomp:unconfined`, `seccomp:FILE`, `apparmor:PROFILE`. */
securityOpt?: pulumi.Input<pulumi.Input<string>[]>
/** Read-only root file system. @default false */
readOnly?: pulumi.Input<boolean>
/** All capabilities and devices, no seccomp filter, no masked paths. @default false */
privileged?: pulumi.Input<boolean>
/** Devices: `SOURCE[:TARGET[:rwm]]`. */
devices?: pulumi.Input<pulumi.Input<string | {
/** Device of the host. */
source: pulumi.Input<string>
/** Path inside. Default: as on the host. */
target?: pulumi.Input<string>
/** r, w, m. @default "rwm" */
permissions?: pulumi.Input<string>
}>[]>
/** Resource limits of its processes, by name: `nofile: 65536`, or `nofile: { soft: 1024, hard: 65536 }`; -1: unlimited. Clamped to the host's hard limits where those cannot be raised. */
ulimits?: pulumi.Input<{ [name: string]: pulumi.Input<number | {
/** Soft limit. */
soft: pulumi.Input<number>
/** Hard limit. */
hard: pulumi.Input<number>
}> }>
/** Kernel parameters of its namespaces: net.*, kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*. */
sysctls?: pulumi.Input<{ [name: string]: pulumi.Input<string | number | boolean> } | pulumi.Input<string>[]>
/** Size of /dev/shm. Default 64m. */
shmSize?: pulumi.Input<number | string>
/** Run catatonit as PID 1. @default false */
init?: pulumi.Input<boolean>
/** Allocate a terminal. @default false */
tty?: pulumi.Input<boolean>
/** Keep standard input open. @default false */
stdinOpen?: pulumi.Input<boolean>
/** After its entrypoint exits with 0, the container stays open for `exec`. @default false */
keepAlive?: pulumi.Input<boolean>
/** Labels. */
labels?: pulumi.Input<{ [name: string]: pulumi.Input<string | number | boolean> } | pulumi.Input<string>[]>
/** Annotations: stored with the container, not passed to the runtime. */
annotations?: pulumi.Input<{ [name: string]: pulumi.Input<string | number | boolean> } | pulumi.Input<string>[]>
/** When to ask the registry, for an image by reference: always, missing, never, daily, weekly or every_12h. */
pullPolicy?: pulumi.Input<'always' | 'missing' | 'if_not_present' | 'never' | 'daily' | 'weekly' | `every_${string}`>
/** Platform of the image, e.g. linux/arm64, for an image by reference; default: that of the host. Another architecture needs an emulator on the host (qemu with binfmt_misc). */
platform?: pulumi.Input<string>
/** Logs. */
logging?: pulumi.Input<{
/** Logs are always files. These names mean the same; another driver is refused. */
driver?: pulumi.Input<"k8s-file" | "json-file" | "local" | "none">
/** Options. */
options?: pulumi.Input<{
/** Size at which a log is rotated. Default 10m. */
maxSize?: pulumi.Input<number | string>
/** Number of log files. Default 3. */
maxFile?: pulumi.Input<number | string>
}>
}>
}
