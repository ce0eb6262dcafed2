// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * A map, or a list of `NAME=VALUE`.
 */
export type KeyValues =
  | ({
      [k: string]: string | number | boolean | null
    } | null)
  | string[]
/**
 * A time with its unit, e.g. `1m30s`; only 0 needs none.
 */
export type Duration = number | string
/**
 * A network: a bridge with a gateway, addresses for its containers, and NAT to the uplink unless it is internal.
 */
export type Network = {
  /**
   * `bridge`; `mycelium` is not yet supported.
   */
  driver?: 'bridge' | 'mycelium'
  /**
   * IPv4 subnet in CIDR form, or `auto`: the first free /24 from 10.89.0.0 on that overlaps no route of the host.
   */
  subnet?: string
  /**
   * Address of the bridge. Default: the subnet's first.
   */
  gateway?: string
  /**
   * No connection to or from the outside: containers reach only each other.
   */
  internal?: boolean
  /**
   * Largest packet, bytes.
   */
  mtu?: number
  /**
   * Name servers of containers whose first network to the outside is this one.
   */
  dns?: {
    /**
     * Name servers. Default: 8.8.8.8 and 8.8.4.4, none on an internal network.
     */
    servers?: Ipv4[]
    /**
     * Search domains.
     */
    search?: string[]
  }
  /**
   * Addresses (or CIDR ranges) that are never allocated.
   */
  exclude?: string[]
  /**
   * Labels.
   */
  labels?: KeyValues
  /**
   * It belongs to another stack, named by `name`.
   */
  external?: boolean
  /**
   * With `external`: STACK/KEY of the network to join.
   */
  name?: string
  /**
   * Mycelium; not yet supported.
   */
  ipv6_range?: string
  /**
   * Mycelium; not yet supported.
   */
  key_path?: string
  /**
   * Mycelium; not yet supported.
   */
  peers?: string[]
} | null
export type Ipv4 = string
/**
 * Data that outlives its containers.
 */
export type Volume = {
  /**
   * `destroy --delete-data` and `volume rm` do not erase it.
   */
  protect?: boolean
  /**
   * Always `local`, which also mounts NFS, CIFS and tmpfs (`driver_opts`).
   */
  driver?: 'local'
  /**
   * A file system that is mounted as the data of the volume, as in Compose. Without it the data is a folder of this host.
   */
  driver_opts?: {
    /**
     * Type of the file system.
     */
    type: 'nfs' | 'nfs4' | 'cifs' | 'tmpfs'
    /**
     * NFS: `HOST:/PATH`, or `:/PATH` with `addr=HOST` in `o`. CIFS: `//HOST/SHARE`.
     */
    device?: string
    /**
     * Options of mount(8), separated by commas, e.g. `rw,nfsvers=4.2`.
     */
    o?: string
  }
  /**
   * Labels.
   */
  labels?: KeyValues
} | null
/**
 * A list of arguments, or one line that is split as a POSIX shell splits words; no shell runs.
 */
export type Words = (string | null) | (string | number | boolean)[]
/**
 * A map, or a list of `NAME=VALUE`.
 */
export type Environment =
  | ({
      [k: string]: string | number | boolean | null
    } | null)
  | string[]
export type Port =
  | number
  | string
  | {
      /**
       * Port inside the container, or a range.
       */
      target: IntegerOrText
      /**
       * Port of the host, or a range, e.g. `8000-8010`.
       */
      published?: number | string
      /**
       * IPv4 address of the host that it binds, or `localhost`. Default 127.0.0.1; IPv6 is not yet supported.
       */
      host_ip?: string
      /**
       * tcp or udp.
       */
      protocol?: 'tcp' | 'udp'
      /**
       * Bind all addresses of the host: other machines can reach the port.
       */
      public?: boolean
      /**
       * For readers only.
       */
      name?: string
      /**
       * `host` or `ingress`: on one host both publish the port on that host.
       */
      mode?: 'host' | 'ingress'
    }
export type IntegerOrText = number | string
export type Mount =
  | string
  | {
      /**
       * Kind of mount.
       */
      type: 'bind' | 'volume' | 'tmpfs'
      /**
       * Path of the host (bind) or name under `volumes:` (volume).
       */
      source?: string
      /**
       * Path inside the container.
       */
      target: string
      /**
       * Mounted read-only.
       */
      read_only?: boolean
      /**
       * Options of a bind mount.
       */
      bind?: {
        /**
         * Mount propagation.
         */
        propagation?: 'private' | 'rprivate' | 'shared' | 'rshared' | 'slave' | 'rslave'
        /**
         * Create the source folder if it does not exist.
         */
        create_host_path?: boolean
        /**
         * Mounts below the source: `enabled` includes them, read-only with `read_only` (before Linux 5.12 only the top is read-only); `disabled` excludes them; `writable` leaves them unchanged below a read-only top; `readonly` is `enabled`, and is refused on a kernel that does not support it.
         */
        recursive?: 'enabled' | 'disabled' | 'writable' | 'readonly'
        /**
         * Flags of the mount, as in the short form: `noexec`, `nosuid` and `nodev` also apply to the mounts below the source (from Linux 5.12 on, and unless `recursive` is `writable`); `noatime`, `relatime`, `strictatime`, `nodiratime`. `exec`, `suid`, `dev` and `diratime` are the defaults.
         */
        options?: MountFlag[]
      }
      /**
       * Options of a volume.
       */
      volume?: {
        /**
         * Do not fill an empty volume from the image.
         */
        nocopy?: boolean
        /**
         * Flags of the mount, as for a bind mount.
         */
        options?: MountFlag[]
      }
      /**
       * Options of a tmpfs.
       */
      tmpfs?: {
        /**
         * Largest size, bytes or a share of the memory, e.g. `50%`. Default: half of the memory.
         */
        size?: Size | string
        /**
         * Octal permissions, as a string in quotes. Default 1777.
         */
        mode?: string
        /**
         * More options, as in the short form: `uid=1000`, `gid=1000`, `nr_inodes=4k`, `exec`, `suid`, `dev`, `noatime`, `sync`.
         */
        options?: string[]
      }
    }
/**
 * A flag of mount(8).
 */
export type MountFlag =
  | 'noexec'
  | 'nosuid'
  | 'nodev'
  | 'noatime'
  | 'relatime'
  | 'strictatime'
  | 'nodiratime'
  | 'exec'
  | 'suid'
  | 'dev'
  | 'diratime'
/**
 * Bytes, or a number with b, k, m, g or t (powers of 1024).
 */
export type Size = number | string
export type NumberOrText = number | string
export type BlockWeight = number | string
export type Device =
  | string
  | {
      /**
       * Device of the host.
       */
      source: string
      /**
       * Path inside. Default: as on the host.
       */
      target?: string
      /**
       * r, w, m.
       */
      permissions?: string
    }
/**
 * A map, or a list of `NAME=VALUE`.
 */
export type Parameters =
  | ({
      [k: string]: string | number | boolean | null
    } | null)
  | string[]
export type FileReference =
  | string
  | {
      /**
       * Name under `configs:` or `secrets:`.
       */
      source: string
      /**
       * Path inside the container; a secret's may be relative to /run/secrets. Default: /NAME for a config, /run/secrets/NAME for a secret.
       */
      target?: string
      /**
       * Octal permissions, as a string in quotes. Default 0444.
       */
      mode?: string
      /**
       * Owner. Default: the container's user.
       */
      uid?: IntegerOrText
      /**
       * Group. Default: the container's group.
       */
      gid?: IntegerOrText
      /**
       * Not yet supported.
       */
      on_change?: {
        [k: string]: unknown
      }
    }

/**
 * A HeroPods stack, or an overlay for one.
 */
export interface StackFile {
  /**
   * Always heropods/v1.
   */
  apiVersion: 'heropods/v1'
  /**
   * `Overlay` is a patch for the stack of the same name.
   */
  kind: 'Stack' | 'Overlay'
  /**
   * The identity of the stack.
   */
  metadata: {
    /**
     * Name of the stack: lower-case letters, digits and hyphens.
     */
    name: string
    /**
     * Labels; has no effect on the host.
     */
    labels?: KeyValues
  }
  /**
   * Files whose networks, images, volumes, configs, secrets and containers belong to this stack too.
   */
  include?: (
    | string
    | {
        /**
         * Path.
         */
        path: string
      }
  )[]
  /**
   * The settings of `heropods watch` for this stack. Other commands ignore them.
   */
  reconcile?: Reconcile
  /**
   * Variables, by name.
   */
  variables?: {
    [k: string]: Variable
  } | null
  /**
   * Networks, by name.
   */
  networks?: {
    [k: string]: Network
  } | null
  /**
   * Images, by name.
   */
  images?: {
    [k: string]: Image
  } | null
  /**
   * Volumes, by name.
   */
  volumes?: {
    [k: string]: Volume
  } | null
  /**
   * Files put into containers.
   */
  configs?: {
    [k: string]: Source
  } | null
  /**
   * Secret files put into containers.
   */
  secrets?: {
    [k: string]: Source
  } | null
  /**
   * Containers, by name.
   */
  containers?: {
    [k: string]: Container
  } | null
  /**
   * Synonym of `containers`.
   */
  services?: {
    [k: string]: Container
  } | null
}
export interface Reconcile {
  /**
   * The reaction to drift: `heal` repairs it, `warn` reports a warning, `detect` only shows it.
   */
  mode?: 'heal' | 'warn' | 'detect'
  /**
   * The longest time between two reconciles; at least 1s.
   */
  interval?: Duration & string
  /**
   * Differences that are not repaired: KIND/NAME or KIND/NAME:POINTER; `*` matches any text.
   */
  ignore?: string[]
  /**
   * Pause the reconciliation of this stack.
   */
  suspend?: boolean
  /**
   * True removes objects that the stack no longer declares; `confirm` removes them after a confirmation.
   */
  prune?: true | false | 'confirm'
  /**
   * When changes may be made: [DAYS] [HH:MM-HH:MM] [ZONE]. Default: always.
   */
  windows?: string[]
  /**
   * Go back to the last good generation if a change does not become healthy.
   */
  rollback?: boolean
  /**
   * How long a change may take to become healthy; at least 1s.
   */
  timeout?: Duration & string
  /**
   * The time that a container without a health check must run to count as healthy.
   */
  monitor?: Duration & string
}
/**
 * A value that may differ between runs of the same files.
 */
export interface Variable {
  /**
   * Type of the value.
   */
  type?: 'string' | 'int' | 'number' | 'bool' | 'list'
  /**
   * Value if no other source has one.
   */
  default?: {
    [k: string]: unknown
  }
  /**
   * Environment variable with the value. The environment of the shell is not read in any other way.
   */
  env?: string
  /**
   * Its purpose; has no effect on the host.
   */
  description?: string
  /**
   * The values allowed.
   */
  enum?: unknown[]
  /**
   * Regular expression that the value must match.
   */
  pattern?: string
  /**
   * Smallest number allowed.
   */
  min?: number
  /**
   * Largest number allowed.
   */
  max?: number
  /**
   * Refuse to plan without a value.
   */
  required?: boolean
  /**
   * Never shown in plans, logs or records. Usable in environment, command, entrypoint, and in the content of configs and secrets.
   */
  sensitive?: boolean
}
/**
 * An image: exactly one of `ref`, `builtin`, `archive`.
 */
export interface Image {
  /**
   * Reference, pulled with podman. `nginx` means docker.io/library/nginx:latest.
   */
  ref?: string
  /**
   * A ready image. `busybox` is made from the host's static busybox, without any registry.
   */
  builtin?: 'busybox' | 'alpine_3_20' | 'ubuntu_24_04' | 'ubuntu_25_04'
  /**
   * A tar of a root file system, or of one image as `docker save` and `podman save` write it, plain or compressed. Relative to this file.
   */
  archive?: string
  /**
   * When to ask the registry: `always` (at every plan), `missing` (when the image is not here), `never`; `daily`, `weekly` or `every_12h` (w, d, h, m, s): when its last answer is older.
   */
  pull_policy?: 'always' | 'missing' | 'if_not_present' | 'never' | 'daily' | 'weekly' | `every_${string}`
  /**
   * Platform of an image by reference, e.g. linux/arm64; default: that of the host. A container of another architecture needs an emulator on the host (qemu with binfmt_misc).
   */
  platform?: string
  /**
   * Labels.
   */
  labels?: KeyValues
}
/**
 * Exactly one of `file`, `content`, `variable`.
 */
export interface Source {
  /**
   * File with the content. Relative to this file; not interpolated.
   */
  file?: string
  /**
   * The content itself; interpolated.
   */
  content?: string
  /**
   * Variable whose value is the content.
   */
  variable?: string
  /**
   * Labels; has no effect on the host.
   */
  labels?: KeyValues
}
/**
 * A container, or with `deploy.replicas` several.
 */
export interface Container {
  /**
   * An entry of `images:`, a built-in name, or a reference.
   */
  image?: string
  /**
   * Arguments, or the command itself if there is no entrypoint. Default: the image's.
   */
  command?: Words
  /**
   * Program. Default: the image's. If it is set, the image's command is not used. An empty one (`[]`) keeps the image's command and removes its entrypoint.
   */
  entrypoint?: Words
  /**
   * Environment variables. A name without a value is refused: the shell's environment is read through `variables: { X: { env: X } }` only.
   */
  environment?: Environment
  /**
   * Files of NAME=VALUE lines in Compose's form (comments, `export`, values in quotes over several lines), read before `environment`. Relative to this file. Never interpolated: `$` is a dollar sign, in double quotes too. A name without a value is refused.
   */
  env_file?:
    | string
    | (
        | string
        | {
            /**
             * Path.
             */
            path: string
            /**
             * Refuse a missing file.
             */
            required?: boolean
          }
      )[]
  /**
   * Working folder; created if it does not exist. Default: the image's.
   */
  working_dir?: string
  /**
   * User or user:group, by name or by number from 0 to 4294967294. Default: the image's.
   */
  user?: string | number
  /**
   * More groups, by name or by number from 0 to 4294967294.
   */
  group_add?: (string | number)[]
  /**
   * Host name: letters, digits, `-` and `.`, at most 63 characters. Default: the container's name with `-` for `.` and `_`; the first replica's is the key, as without replicas.
   */
  hostname?: string
  /**
   * Published ports: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, with ranges. On 127.0.0.1 unless `host_ip` or `public` is set.
   */
  ports?: Port[]
  /**
   * Ports the container listens on; has no effect on the host.
   */
  expose?: (number | string)[]
  /**
   * Mounts: `SOURCE:TARGET[:OPTIONS]` with a path (bind) or a name under `volumes:`, e.g. `./data:/data:ro,noexec`. Options: `ro`, `rw`, `nocopy` (volumes), a propagation (binds), `noexec`, `nosuid`, `nodev`, `noatime`, `relatime`, `strictatime`, `nodiratime`. The options `z`, `Z`, `cached`, `delegated` and `consistent` of Compose files are accepted and have no effect: containers have no SELinux label of their own, and no virtual machine is in between.
   */
  volumes?: Mount[]
  /**
   * Paths of tmpfs mounts, with options of mount(8): `/run:size=64m,mode=1777,uid=1000,gid=1000,exec`. Default: half of the memory, mode 1777, root, nosuid, nodev, noexec.
   */
  tmpfs?: string | string[]
  /**
   * Networks in the order of eth0, eth1 ...; default route and DNS come from the first that is not internal. Default: the stack's only network, else the instance's default network.
   */
  networks?:
    | string[]
    | {
        [k: string]: null | {
          /**
           * More names under which the others find it.
           */
          aliases?: string[]
          /**
           * A fixed address.
           */
          ipv4_address?: Ipv4
        }
      }
  /**
   * `bridge`, `none`, `host`, or `service:NAME` to share another container's network.
   */
  network_mode?: string
  /**
   * Name servers. Default: those of its first network that leads outside.
   */
  dns?: string | string[]
  /**
   * Search domains.
   */
  dns_search?: string | string[]
  /**
   * Options of resolv.conf.
   */
  dns_opt?: string[]
  /**
   * More names in /etc/hosts, each with one address or several; `host-gateway` is the host.
   */
  extra_hosts?:
    | string[]
    | {
        [k: string]: string | [string, ...string[]]
      }
  /**
   * Containers that must have been started (or have completed, or be healthy) before.
   */
  depends_on?:
    | string[]
    | {
        /**
         * One dependency.
         */
        [k: string]: {
          /**
           * The condition to wait for.
           */
          condition?: 'service_started' | 'service_completed_successfully' | 'service_healthy'
          /**
           * Refused if true: a container is not restarted with its dependencies.
           */
          restart?: boolean
          /**
           * `false`: it may be missing, or belong to a profile that is not active; otherwise the container waits for it.
           */
          required?: boolean
        }
      }
  /**
   * The check of the container: exactly one of `test`, `http`, `tcp`. Default: the image's HEALTHCHECK.
   */
  healthcheck?: {
    /**
     * Command inside the container that ends with 0 if it is healthy: `[CMD, PROGRAM, ...]`, `[CMD-SHELL, LINE]` or a line for the container's /bin/sh; `[NONE]` switches the image's off.
     */
    test?: string | [string | number | boolean, ...(string | number | boolean)[]]
    /**
     * A GET request from the host to the container. Redirects are not followed.
     */
    http?: {
      /**
       * Port inside the container.
       */
      port: number
      /**
       * Path, with its query.
       */
      path?: string
      /**
       * `https` checks no certificate.
       */
      scheme?: 'http' | 'https'
      /**
       * The status that is healthy, or a range of them.
       */
      status?: number | string
    }
    /**
     * A port inside the container that accepts a connection from the host.
     */
    tcp?: number
    /**
     * Time between two checks. Default 30s.
     */
    interval?: Duration
    /**
     * A check that takes longer has failed, and its processes are killed. Default 30s.
     */
    timeout?: Duration
    /**
     * Failures in a row that make it unhealthy.
     */
    retries?: number
    /**
     * Time after its start in which failures do not count. Default 0s.
     */
    start_period?: Duration
    /**
     * Time between two checks in the start period, until the first that succeeds. Default 5s.
     */
    start_interval?: Duration
    /**
     * No health check, also not that of the image.
     */
    disable?: boolean
  }
  /**
   * The reaction of `heropods watch` to an unhealthy container.
   */
  on_unhealthy?: {
    /**
     * `restart`: a new process; address, files and the writable layer stay.
     */
    action?: 'none' | 'restart'
    /**
     * Most restarts within `window`.
     */
    limit?: number
    /**
     * Time over which restarts are counted. Default 10m.
     */
    window?: Duration
  }
  /**
   * `no`, `always`, `unless-stopped`, `on-failure[:N]`. A container that `heropods stop` has stopped stays stopped until `start` or `apply`. After a reboot, `always` starts a stopped container too, `unless-stopped` does not; containers with `no` start only under `watch`.
   */
  restart?: 'no' | 'always' | 'unless-stopped' | 'on-failure' | `on-failure:${number}` | false
  /**
   * Signal that asks it to stop: a name in any letter case, with or without SIG, `SIGRTMIN+N`, `SIGRTMAX-N`, or a number from 1 to 64. Default: the image's, else SIGTERM.
   */
  stop_signal?: string | number
  /**
   * Time between that signal and SIGKILL. Default 10s.
   */
  stop_grace_period?: Duration
  /**
   * How long the process must run before its start counts as done. An exit with an error within this time is a failed start. `0s`: it is not waited for. Default 1s.
   */
  verify?: Duration
  /**
   * Memory limit.
   */
  mem_limit?: Size
  /**
   * Memory that it keeps when the host is short of memory.
   */
  mem_reservation?: Size
  /**
   * Memory and swap together; -1: unlimited swap.
   */
  memswap_limit?: Size
  /**
   * Number of CPUs, a part of one included: 1.5 or "0.5".
   */
  cpus?: NumberOrText
  /**
   * CFS period, microseconds.
   */
  cpu_period?: IntegerOrText
  /**
   * CFS quota, microseconds.
   */
  cpu_quota?: IntegerOrText
  /**
   * Relative weight; 1024 is normal.
   */
  cpu_shares?: IntegerOrText
  /**
   * CPUs it may run on, e.g. 0-3,5.
   */
  cpuset?: string | number
  /**
   * Processes and threads; 0 or -1: unlimited. A limit below the current number ends no process, but no more can be started.
   */
  pids_limit?: IntegerOrText
  /**
   * Block I/O: the weight beside other containers, and limits of disks.
   */
  blkio_config?: {
    /**
     * Share of a busy disk, 10 to 1000. Default 100. It has an effect on disks with the scheduler BFQ, and on cgroup v2 also with io.cost.
     */
    weight?: BlockWeight
    /**
     * Weight on one disk with the scheduler BFQ.
     */
    weight_device?: DeviceWeight[]
    /**
     * Bytes a second that it may read from a disk.
     */
    device_read_bps?: DeviceBytes[]
    /**
     * Bytes a second that it may write to a disk.
     */
    device_write_bps?: DeviceBytes[]
    /**
     * Read operations a second on a disk.
     */
    device_read_iops?: DeviceOperations[]
    /**
     * Write operations a second on a disk.
     */
    device_write_iops?: DeviceOperations[]
  }
  /**
   * Replicas and limits.
   */
  deploy?: {
    /**
     * Number of containers, KEY.1 to KEY.N: a number from 0 to 1000, e.g. 3.
     */
    replicas?: number | string
    /**
     * Limits, as Compose writes them under `deploy`.
     */
    resources?: {
      /**
       * Same as cpus, mem_limit, pids_limit.
       */
      limits?: {
        /**
         * Number of CPUs, a part of one included: 1.5 or "0.5".
         */
        cpus?: NumberOrText
        /**
         * Memory.
         */
        memory?: Size
        /**
         * Processes.
         */
        pids?: IntegerOrText
      }
      /**
       * Memory: same as mem_reservation.
       */
      reservations?: {
        /**
         * Refused: only memory can be reserved.
         */
        cpus?: NumberOrText
        /**
         * Memory.
         */
        memory?: Size
        /**
         * Refused: only memory can be reserved.
         */
        pids?: IntegerOrText
      }
    }
    /**
     * Same as `restart`.
     */
    restart_policy?: {
      /**
       * When to start again.
       */
      condition?: 'none' | 'on-failure' | 'any'
      /**
       * Number of restarts; 0: unlimited.
       */
      max_attempts?: number
      /**
       * Refused: the delay doubles from 100 ms to a minute.
       */
      delay?: Duration
      /**
       * Refused: a run of 10 s resets the delays.
       */
      window?: Duration
    }
    /**
     * Not yet supported.
     */
    update_config?: {
      [k: string]: unknown
    }
    /**
     * Not yet supported.
     */
    rollback_config?: {
      [k: string]: unknown
    }
    /**
     * Labels.
     */
    labels?: KeyValues
  }
  /**
   * Capabilities added to the default set; ALL adds all.
   */
  cap_add?: string[]
  /**
   * Capabilities removed from the default set; ALL removes all.
   */
  cap_drop?: string[]
  /**
   * `no-new-privileges[:false]`, `seccomp:unconfined`, `seccomp:FILE`, `apparmor:PROFILE`.
   */
  security_opt?: string[]
  /**
   * Read-only root file system.
   */
  read_only?: boolean
  /**
   * All capabilities and devices, no seccomp filter, no masked paths.
   */
  privileged?: boolean
  /**
   * Devices: `SOURCE[:TARGET[:rwm]]`.
   */
  devices?: Device[]
  /**
   * Resource limits of its processes, by name: `nofile: 65536`, or `nofile: { soft: 1024, hard: 65536 }`; -1: unlimited. Clamped to the host's hard limits where those cannot be raised.
   */
  ulimits?: {
    [k: string]:
      | number
      | {
          /**
           * Soft limit.
           */
          soft: number
          /**
           * Hard limit.
           */
          hard: number
        }
  }
  /**
   * Kernel parameters of its namespaces: net.*, kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*.
   */
  sysctls?: Parameters
  /**
   * Size of /dev/shm. Default 64m.
   */
  shm_size?: Size
  /**
   * Run catatonit as PID 1.
   */
  init?: boolean
  /**
   * Allocate a terminal.
   */
  tty?: boolean
  /**
   * Keep standard input open.
   */
  stdin_open?: boolean
  /**
   * After its entrypoint exits with 0, the container stays open for `exec`.
   */
  keep_alive?: boolean
  /**
   * Labels.
   */
  labels?: KeyValues
  /**
   * Annotations: stored with the container, not passed to the runtime.
   */
  annotations?: KeyValues
  /**
   * Configs, by name or long form.
   */
  configs?: FileReference[]
  /**
   * Secrets, by name or long form.
   */
  secrets?: FileReference[]
  /**
   * The container exists only if one of these profiles is active.
   */
  profiles?: string[]
  /**
   * Start from another container's fields.
   */
  extends?:
    | string
    | {
        /**
         * Container to start from.
         */
        service: string
        /**
         * The file of the container, relative to this file; default: this stack.
         */
        file?: string
      }
  /**
   * When to ask the registry, for an image by reference: always, missing, never, daily, weekly or every_12h.
   */
  pull_policy?: 'always' | 'missing' | 'if_not_present' | 'never' | 'daily' | 'weekly' | `every_${string}`
  /**
   * Platform of the image, e.g. linux/arm64, for an image by reference; default: that of the host. Another architecture needs an emulator on the host (qemu with binfmt_misc).
   */
  platform?: string
  /**
   * Logs.
   */
  logging?: {
    /**
     * Logs are always files. These names mean the same; another driver is refused.
     */
    driver?: 'k8s-file' | 'json-file' | 'local' | 'none'
    /**
     * Options.
     */
    options?: {
      /**
       * Size at which a log is rotated. Default 10m.
       */
      'max-size'?: Size
      /**
       * Number of log files. Default 3.
       */
      'max-file'?: IntegerOrText
    }
  }
  /**
   * Not yet supported.
   */
  firewall?: {
    [k: string]: unknown
  }
  /**
   * Not yet supported.
   */
  shaping?: {
    [k: string]: unknown
  }
  /**
   * Not yet supported.
   */
  pre_start?: {
    [k: string]: unknown
  }
  /**
   * Not yet supported.
   */
  post_start?: {
    [k: string]: unknown
  }
  /**
   * Not yet supported.
   */
  pre_stop?: {
    [k: string]: unknown
  }
}
/**
 * A weight on one disk.
 */
export interface DeviceWeight {
  /**
   * Disk of the host, e.g. /dev/sda; not a partition.
   */
  path: string
  /**
   * 10 to 1000.
   */
  weight: BlockWeight
}
/**
 * A limit on one disk.
 */
export interface DeviceBytes {
  /**
   * Disk of the host, e.g. /dev/sda; not a partition.
   */
  path: string
  /**
   * Bytes a second.
   */
  rate: Size
}
/**
 * A limit on one disk.
 */
export interface DeviceOperations {
  /**
   * Disk of the host, e.g. /dev/sda; not a partition.
   */
  path: string
  /**
   * Operations a second.
   */
  rate: IntegerOrText
}
