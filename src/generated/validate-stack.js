// Generated from schemas/ by `npm run generate`. Do not edit.
// <stdin>
var validate = validate21;
var stdin_default = validate21;
var schema6 = { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://heropods.dev/schemas/stack.schema.json", "title": "StackFile", "description": "A HeroPods stack, or an overlay for one.", "type": "object", "additionalProperties": false, "patternProperties": { "^x-": true }, "required": ["apiVersion", "kind", "metadata"], "properties": { "apiVersion": { "const": "heropods/v1", "description": "Always heropods/v1." }, "kind": { "enum": ["Stack", "Overlay"], "description": "`Overlay` is a patch for the stack of the same name." }, "metadata": { "type": "object", "description": "The identity of the stack.", "properties": { "name": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "description": "Name of the stack: lower-case letters, digits and hyphens." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels; has no effect on the host." } }, "additionalProperties": false, "required": ["name"] }, "include": { "type": "array", "items": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "object", "description": "Long form.", "properties": { "path": { "type": "string", "format": "path", "description": "Path." } }, "additionalProperties": false, "required": ["path"] }] }, "description": "Files whose networks, images, volumes, configs, secrets and containers belong to this stack too." }, "reconcile": { "allOf": [{ "$ref": "#/definitions/reconcile" }], "description": "The settings of `heropods watch` for this stack. Other commands ignore them." }, "variables": { "type": ["object", "null"], "description": "Variables, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "identifier" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/variable" } }, "networks": { "type": ["object", "null"], "description": "Networks, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "name" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/network" } }, "images": { "type": ["object", "null"], "description": "Images, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "name" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/image" } }, "volumes": { "type": ["object", "null"], "description": "Volumes, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "name" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/volume" } }, "configs": { "type": ["object", "null"], "description": "Files put into containers.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "name" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/source" } }, "secrets": { "type": ["object", "null"], "description": "Secret files put into containers.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "name" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/source" } }, "containers": { "type": ["object", "null"], "description": "Containers, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "name" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/container" } }, "services": { "type": ["object", "null"], "description": "Synonym of `containers`.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "format": "name" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/container" } } }, "definitions": { "reconcile": { "type": "object", "additionalProperties": false, "properties": { "mode": { "enum": ["heal", "warn", "detect"], "default": "heal", "description": "The reaction to drift: `heal` repairs it, `warn` reports a warning, `detect` only shows it." }, "interval": { "allOf": [{ "$ref": "#/definitions/duration" }], "default": "30s", "description": "The longest time between two reconciles; at least 1s.", "examples": ["30s"] }, "ignore": { "type": "array", "items": { "type": "string", "format": "line" }, "description": "Differences that are not repaired: KIND/NAME or KIND/NAME:POINTER; `*` matches any text.", "examples": [["container/web:/mem_limit"]] }, "suspend": { "type": "boolean", "default": false, "description": "Pause the reconciliation of this stack." }, "prune": { "enum": [true, false, "confirm"], "default": true, "description": "True removes objects that the stack no longer declares; `confirm` removes them after a confirmation." }, "windows": { "type": "array", "items": { "type": "string", "format": "line" }, "description": "When changes may be made: [DAYS] [HH:MM-HH:MM] [ZONE]. Default: always.", "examples": [["mon-fri 22:00-04:00 Europe/Brussels"]] }, "rollback": { "type": "boolean", "default": true, "description": "Go back to the last good generation if a change does not become healthy." }, "timeout": { "allOf": [{ "$ref": "#/definitions/duration" }], "default": "5m", "description": "How long a change may take to become healthy; at least 1s.", "examples": ["5m"] }, "monitor": { "allOf": [{ "$ref": "#/definitions/duration" }], "default": "5s", "description": "The time that a container without a health check must run to count as healthy.", "examples": ["5s"] } } }, "size": { "anyOf": [{ "type": "integer", "minimum": -1 }, { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }], "description": "Bytes, or a number with b, k, m, g or t (powers of 1024)." }, "duration": { "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 0 }, { "type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^0$" }], "description": "A time with its unit, e.g. `1m30s`; only 0 needs none." }, "keyValues": { "anyOf": [{ "type": ["object", "null"], "propertyNames": { "format": "label" }, "additionalProperties": { "type": ["string", "number", "boolean", "null"], "format": "value" } }, { "type": "array", "items": { "type": "string", "format": "value" } }], "description": "A map, or a list of `NAME=VALUE`." }, "environment": { "anyOf": [{ "type": ["object", "null"], "propertyNames": { "format": "variable" }, "additionalProperties": { "type": ["string", "number", "boolean", "null"], "format": "value" } }, { "type": "array", "items": { "type": "string", "format": "value" } }], "description": "A map, or a list of `NAME=VALUE`." }, "parameters": { "anyOf": [{ "type": ["object", "null"], "additionalProperties": { "type": ["string", "number", "boolean", "null"], "format": "value" } }, { "type": "array", "items": { "type": "string", "format": "value" } }], "description": "A map, or a list of `NAME=VALUE`." }, "words": { "anyOf": [{ "type": ["string", "null"], "format": "argument" }, { "type": "array", "items": { "type": ["string", "number", "boolean"], "format": "argument" } }], "description": "A list of arguments, or one line that is split as a POSIX shell splits words; no shell runs." }, "integerOrText": { "anyOf": [{ "type": "integer" }, { "type": "string", "pattern": "^-?[0-9]+$" }] }, "numberOrText": { "anyOf": [{ "type": "number" }, { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$" }] }, "ipv4": { "type": "string", "format": "ipv4" }, "variable": { "type": "object", "description": "A value that may differ between runs of the same files.", "properties": { "type": { "enum": ["string", "int", "number", "bool", "list"], "default": "string", "description": "Type of the value." }, "default": { "description": "Value if no other source has one.", "examples": ["info"] }, "env": { "type": "string", "format": "variable", "description": "Environment variable with the value. The environment of the shell is not read in any other way.", "examples": ["LOG_LEVEL"] }, "description": { "type": "string", "description": "Its purpose; has no effect on the host." }, "enum": { "type": "array", "description": "The values allowed.", "examples": [["debug", "info"]] }, "pattern": { "type": "string", "description": "Regular expression that the value must match.", "examples": ["^[a-z]+$"] }, "min": { "type": "number", "description": "Smallest number allowed.", "examples": [1] }, "max": { "type": "number", "description": "Largest number allowed.", "examples": [8] }, "required": { "type": "boolean", "description": "Refuse to plan without a value.", "default": false }, "sensitive": { "type": "boolean", "description": "Never shown in plans, logs or records. Usable in environment, command, entrypoint, and in the content of configs and secrets.", "default": false } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "network": { "type": ["object", "null"], "description": "A network: a bridge with a gateway, addresses for its containers, and NAT to the uplink unless it is internal.", "properties": { "driver": { "enum": ["bridge", "mycelium"], "default": "bridge", "description": "`bridge`; `mycelium` is not yet supported." }, "subnet": { "type": "string", "format": "word", "description": "IPv4 subnet in CIDR form, or `auto`: the first free /24 from 10.89.0.0 on that overlaps no route of the host.", "default": "auto", "examples": ["10.20.0.0/24", "auto"] }, "gateway": { "type": "string", "format": "word", "description": "Address of the bridge. Default: the subnet's first.", "examples": ["10.20.0.1"] }, "internal": { "type": "boolean", "description": "No connection to or from the outside: containers reach only each other.", "default": false }, "mtu": { "type": "integer", "minimum": 576, "maximum": 65535, "default": 1500, "description": "Largest packet, bytes." }, "dns": { "type": "object", "description": "Name servers of containers whose first network to the outside is this one.", "properties": { "servers": { "type": "array", "items": { "$ref": "#/definitions/ipv4" }, "description": "Name servers. Default: 8.8.8.8 and 8.8.4.4, none on an internal network." }, "search": { "type": "array", "items": { "type": "string", "format": "domain" }, "description": "Search domains." } }, "additionalProperties": false, "examples": [{ "servers": ["1.1.1.1"] }] }, "exclude": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Addresses (or CIDR ranges) that are never allocated.", "examples": [["10.20.0.128/25"]] }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels.", "examples": [{ "team": "web" }] }, "external": { "type": "boolean", "description": "It belongs to another stack, named by `name`.", "default": false }, "name": { "type": "string", "description": "With `external`: STACK/KEY of the network to join.", "pattern": "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$", "examples": ["other/front"] }, "ipv6_range": { "type": "string", "format": "word", "description": "Mycelium; not yet supported." }, "key_path": { "type": "string", "format": "path", "description": "Mycelium; not yet supported." }, "peers": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Mycelium; not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "image": { "type": "object", "description": "An image: exactly one of `ref`, `builtin`, `archive`.", "properties": { "ref": { "type": "string", "format": "word", "description": "Reference, pulled with podman. `nginx` means docker.io/library/nginx:latest.", "examples": ["docker.io/library/postgres:17"] }, "builtin": { "enum": ["busybox", "alpine_3_20", "ubuntu_24_04", "ubuntu_25_04"], "description": "A ready image. `busybox` is made from the host's static busybox, without any registry.", "examples": ["busybox"] }, "archive": { "type": "string", "format": "path", "description": "A tar of a root file system, or of one image as `docker save` and `podman save` write it, plain or compressed. Relative to this file.", "examples": ["./app.tar"] }, "pull_policy": { "type": "string", "pattern": "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$", "default": "missing", "description": "When to ask the registry: `always` (at every plan), `missing` (when the image is not here), `never`; `daily`, `weekly` or `every_12h` (w, d, h, m, s): when its last answer is older.", "examples": ["always", "daily", "every_12h"] }, "platform": { "type": "string", "pattern": "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$", "description": "Platform of an image by reference, e.g. linux/arm64; default: that of the host. A container of another architecture needs an emulator on the host (qemu with binfmt_misc).", "examples": ["linux/amd64", "linux/arm64", "linux/arm/v7"] }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "volume": { "type": ["object", "null"], "description": "Data that outlives its containers.", "properties": { "protect": { "type": "boolean", "description": "`destroy --delete-data` and `volume rm` do not erase it.", "default": false }, "driver": { "enum": ["local"], "default": "local", "description": "Always `local`, which also mounts NFS, CIFS and tmpfs (`driver_opts`)." }, "driver_opts": { "type": "object", "description": "A file system that is mounted as the data of the volume, as in Compose. Without it the data is a folder of this host.", "properties": { "type": { "enum": ["nfs", "nfs4", "cifs", "tmpfs"], "description": "Type of the file system." }, "device": { "type": "string", "format": "line", "description": "NFS: `HOST:/PATH`, or `:/PATH` with `addr=HOST` in `o`. CIFS: `//HOST/SHARE`." }, "o": { "type": "string", "format": "line", "description": "Options of mount(8), separated by commas, e.g. `rw,nfsvers=4.2`." } }, "additionalProperties": false, "required": ["type"], "examples": [{ "type": "nfs", "device": "192.0.2.10:/data", "o": "rw,nfsvers=4.2" }] }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "source": { "type": "object", "description": "Exactly one of `file`, `content`, `variable`.", "properties": { "file": { "type": "string", "format": "path", "description": "File with the content. Relative to this file; not interpolated.", "examples": ["./nginx.conf"] }, "content": { "type": "string", "description": "The content itself; interpolated.", "examples": ["hello\n"] }, "variable": { "type": "string", "description": "Variable whose value is the content.", "examples": ["password"] }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels; has no effect on the host." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "fileReference": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "source": { "type": "string", "description": "Name under `configs:` or `secrets:`." }, "target": { "type": "string", "format": "path", "description": "Path inside the container; a secret's may be relative to /run/secrets. Default: /NAME for a config, /run/secrets/NAME for a secret." }, "mode": { "type": "string", "pattern": "^0?[0-7]{3,4}$", "description": "Octal permissions, as a string in quotes. Default 0444." }, "uid": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Owner. Default: the container's user." }, "gid": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Group. Default: the container's group." }, "on_change": { "description": "Not yet supported." } }, "additionalProperties": false, "required": ["source"] }] }, "port": { "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 65535 }, { "type": "string", "format": "word" }, { "type": "object", "description": "Long form.", "properties": { "target": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Port inside the container, or a range." }, "published": { "type": ["integer", "string"], "format": "word", "description": "Port of the host, or a range, e.g. `8000-8010`." }, "host_ip": { "type": "string", "format": "line", "description": "IPv4 address of the host that it binds, or `localhost`. Default 127.0.0.1; IPv6 is not yet supported." }, "protocol": { "enum": ["tcp", "udp"], "default": "tcp", "description": "tcp or udp." }, "public": { "type": "boolean", "description": "Bind all addresses of the host: other machines can reach the port.", "default": false }, "name": { "type": "string", "format": "line", "description": "For readers only." }, "mode": { "enum": ["host", "ingress"], "description": "`host` or `ingress`: on one host both publish the port on that host." } }, "additionalProperties": false, "required": ["target"] }] }, "blockWeight": { "anyOf": [{ "type": "integer", "minimum": 10, "maximum": 1e3 }, { "type": "string", "pattern": "^([1-9][0-9]{1,2}|1000)$" }] }, "deviceWeight": { "type": "object", "description": "A weight on one disk.", "properties": { "path": { "type": "string", "format": "path", "description": "Disk of the host, e.g. /dev/sda; not a partition." }, "weight": { "allOf": [{ "$ref": "#/definitions/blockWeight" }], "description": "10 to 1000." } }, "additionalProperties": false, "required": ["path", "weight"] }, "deviceBytes": { "type": "object", "description": "A limit on one disk.", "properties": { "path": { "type": "string", "format": "path", "description": "Disk of the host, e.g. /dev/sda; not a partition." }, "rate": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Bytes a second." } }, "additionalProperties": false, "required": ["path", "rate"] }, "deviceOperations": { "type": "object", "description": "A limit on one disk.", "properties": { "path": { "type": "string", "format": "path", "description": "Disk of the host, e.g. /dev/sda; not a partition." }, "rate": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Operations a second." } }, "additionalProperties": false, "required": ["path", "rate"] }, "mountFlag": { "enum": ["noexec", "nosuid", "nodev", "noatime", "relatime", "strictatime", "nodiratime", "exec", "suid", "dev", "diratime"], "description": "A flag of mount(8)." }, "mount": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "object", "description": "Long form.", "properties": { "type": { "enum": ["bind", "volume", "tmpfs"], "description": "Kind of mount." }, "source": { "type": "string", "format": "path", "description": "Path of the host (bind) or name under `volumes:` (volume)." }, "target": { "type": "string", "format": "path", "description": "Path inside the container." }, "read_only": { "type": "boolean", "description": "Mounted read-only.", "default": false }, "bind": { "type": "object", "description": "Options of a bind mount.", "properties": { "propagation": { "enum": ["private", "rprivate", "shared", "rshared", "slave", "rslave"], "default": "rprivate", "description": "Mount propagation." }, "create_host_path": { "type": "boolean", "description": "Create the source folder if it does not exist.", "default": true }, "recursive": { "enum": ["enabled", "disabled", "writable", "readonly"], "default": "enabled", "description": "Mounts below the source: `enabled` includes them, read-only with `read_only` (before Linux 5.12 only the top is read-only); `disabled` excludes them; `writable` leaves them unchanged below a read-only top; `readonly` is `enabled`, and is refused on a kernel that does not support it." }, "options": { "type": "array", "items": { "$ref": "#/definitions/mountFlag" }, "description": "Flags of the mount, as in the short form: `noexec`, `nosuid` and `nodev` also apply to the mounts below the source (from Linux 5.12 on, and unless `recursive` is `writable`); `noatime`, `relatime`, `strictatime`, `nodiratime`. `exec`, `suid`, `dev` and `diratime` are the defaults." } }, "additionalProperties": false }, "volume": { "type": "object", "description": "Options of a volume.", "properties": { "nocopy": { "type": "boolean", "description": "Do not fill an empty volume from the image.", "default": false }, "options": { "type": "array", "items": { "$ref": "#/definitions/mountFlag" }, "description": "Flags of the mount, as for a bind mount." } }, "additionalProperties": false }, "tmpfs": { "type": "object", "description": "Options of a tmpfs.", "properties": { "size": { "anyOf": [{ "$ref": "#/definitions/size" }, { "type": "string", "pattern": "^[0-9]{1,3}%$" }], "description": "Largest size, bytes or a share of the memory, e.g. `50%`. Default: half of the memory." }, "mode": { "type": "string", "pattern": "^0?[0-7]{3,4}$", "description": "Octal permissions, as a string in quotes. Default 1777." }, "options": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "More options, as in the short form: `uid=1000`, `gid=1000`, `nr_inodes=4k`, `exec`, `suid`, `dev`, `noatime`, `sync`." } }, "additionalProperties": false } }, "additionalProperties": false, "required": ["type", "target"] }] }, "device": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "object", "description": "Long form.", "properties": { "source": { "type": "string", "format": "path", "description": "Device of the host." }, "target": { "type": "string", "format": "path", "description": "Path inside. Default: as on the host." }, "permissions": { "type": "string", "pattern": "^[rwm]{1,3}$", "default": "rwm", "description": "r, w, m." } }, "additionalProperties": false, "required": ["source"] }] }, "container": { "type": "object", "description": "A container, or with `deploy.replicas` several.", "properties": { "image": { "type": "string", "format": "word", "description": "An entry of `images:`, a built-in name, or a reference.", "examples": ["docker.io/library/nginx:1.27", "busybox"] }, "command": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Arguments, or the command itself if there is no entrypoint. Default: the image's.", "examples": [["httpd", "-f", "-p", "80"]] }, "entrypoint": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Program. Default: the image's. If it is set, the image's command is not used. An empty one (`[]`) keeps the image's command and removes its entrypoint.", "examples": [["/bin/app", "--serve"]] }, "environment": { "allOf": [{ "$ref": "#/definitions/environment" }], "description": "Environment variables. A name without a value is refused: the shell's environment is read through `variables: { X: { env: X } }` only.", "examples": [{ "LOG_LEVEL": "info" }] }, "env_file": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "array", "items": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "object", "description": "Long form.", "properties": { "path": { "type": "string", "format": "path", "description": "Path." }, "required": { "type": "boolean", "description": "Refuse a missing file.", "default": true } }, "additionalProperties": false, "required": ["path"] }] } }], "description": "Files of NAME=VALUE lines in Compose's form (comments, `export`, values in quotes over several lines), read before `environment`. Relative to this file. Never interpolated: `$` is a dollar sign, in double quotes too. A name without a value is refused.", "examples": ["./app.env"] }, "working_dir": { "type": "string", "format": "path", "description": "Working folder; created if it does not exist. Default: the image's.", "pattern": "^/", "examples": ["/srv"] }, "user": { "type": ["string", "integer"], "format": "line", "description": "User or user:group, by name or by number from 0 to 4294967294. Default: the image's.", "examples": ["1000:1000", "nobody"] }, "group_add": { "type": "array", "items": { "type": ["string", "integer"], "format": "line" }, "description": "More groups, by name or by number from 0 to 4294967294.", "examples": [["video"]] }, "hostname": { "type": "string", "description": "Host name: letters, digits, `-` and `.`, at most 63 characters. Default: the container's name with `-` for `.` and `_`; the first replica's is the key, as without replicas.", "pattern": "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$", "examples": ["web"] }, "ports": { "type": "array", "items": { "$ref": "#/definitions/port" }, "description": "Published ports: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, with ranges. On 127.0.0.1 unless `host_ip` or `public` is set.", "examples": [["8080:80"]] }, "expose": { "type": "array", "items": { "type": ["integer", "string"], "format": "word" }, "description": "Ports the container listens on; has no effect on the host.", "examples": [["8080"]] }, "volumes": { "type": "array", "items": { "$ref": "#/definitions/mount" }, "description": "Mounts: `SOURCE:TARGET[:OPTIONS]` with a path (bind) or a name under `volumes:`, e.g. `./data:/data:ro,noexec`. Options: `ro`, `rw`, `nocopy` (volumes), a propagation (binds), `noexec`, `nosuid`, `nodev`, `noatime`, `relatime`, `strictatime`, `nodiratime`. The options `z`, `Z`, `cached`, `delegated` and `consistent` of Compose files are accepted and have no effect: containers have no SELinux label of their own, and no virtual machine is in between.", "examples": [["data:/data", "./conf:/etc/app:ro"]] }, "tmpfs": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "array", "items": { "type": "string", "format": "path" } }], "description": "Paths of tmpfs mounts, with options of mount(8): `/run:size=64m,mode=1777,uid=1000,gid=1000,exec`. Default: half of the memory, mode 1777, root, nosuid, nodev, noexec.", "examples": [["/tmp:size=64m"]] }, "networks": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of networks." }, { "type": "object", "additionalProperties": { "anyOf": [{ "type": "null" }, { "type": "object", "description": "The attachment of a container to a network.", "properties": { "aliases": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "More names under which the others find it." }, "ipv4_address": { "allOf": [{ "$ref": "#/definitions/ipv4" }], "description": "A fixed address." } }, "additionalProperties": false }] } }], "description": "Networks in the order of eth0, eth1 ...; default route and DNS come from the first that is not internal. Default: the stack's only network, else the instance's default network.", "examples": [["front", "back"]] }, "network_mode": { "type": "string", "description": "`bridge`, `none`, `host`, or `service:NAME` to share another container's network.", "pattern": "^(bridge|none|host|(service|container):.+)$", "examples": ["none", "host"] }, "dns": { "anyOf": [{ "type": "string", "format": "word" }, { "type": "array", "items": { "type": "string", "format": "word" } }], "description": "Name servers. Default: those of its first network that leads outside.", "examples": [["1.1.1.1"]] }, "dns_search": { "anyOf": [{ "type": "string", "format": "domain" }, { "type": "array", "items": { "type": "string", "format": "domain" } }], "description": "Search domains.", "examples": [["example.com"]] }, "dns_opt": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Options of resolv.conf.", "examples": [["ndots:2"]] }, "extra_hosts": { "anyOf": [{ "type": "array", "items": { "type": "string", "format": "word" }, "description": "`NAME=IP` or `NAME:IP`; an IPv6 address may be in brackets, and a name may occur several times." }, { "type": "object", "propertyNames": { "format": "host" }, "additionalProperties": { "anyOf": [{ "type": "string", "format": "word" }, { "type": "array", "items": { "type": "string", "format": "word" }, "minItems": 1 }] } }], "description": "More names in /etc/hosts, each with one address or several; `host-gateway` is the host.", "examples": [["db.example:10.0.0.5"]] }, "depends_on": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of containers." }, { "type": "object", "additionalProperties": { "type": "object", "description": "One dependency.", "properties": { "condition": { "enum": ["service_started", "service_completed_successfully", "service_healthy"], "default": "service_started", "description": "The condition to wait for." }, "restart": { "type": "boolean", "description": "Refused if true: a container is not restarted with its dependencies.", "default": false }, "required": { "type": "boolean", "description": "`false`: it may be missing, or belong to a profile that is not active; otherwise the container waits for it.", "default": true } }, "additionalProperties": false } }], "description": "Containers that must have been started (or have completed, or be healthy) before.", "examples": [["db"]] }, "healthcheck": { "type": "object", "description": "The check of the container: exactly one of `test`, `http`, `tcp`. Default: the image's HEALTHCHECK.", "properties": { "test": { "anyOf": [{ "type": "string", "format": "argument" }, { "type": "array", "items": { "type": ["string", "number", "boolean"], "format": "argument" }, "minItems": 1 }], "description": "Command inside the container that ends with 0 if it is healthy: `[CMD, PROGRAM, ...]`, `[CMD-SHELL, LINE]` or a line for the container's /bin/sh; `[NONE]` switches the image's off." }, "http": { "type": "object", "description": "A GET request from the host to the container. Redirects are not followed.", "properties": { "port": { "type": "integer", "minimum": 1, "maximum": 65535, "description": "Port inside the container." }, "path": { "type": "string", "pattern": "^/[!-~]*$", "default": "/", "description": "Path, with its query." }, "scheme": { "enum": ["http", "https"], "default": "http", "description": "`https` checks no certificate." }, "status": { "anyOf": [{ "type": "integer", "minimum": 100, "maximum": 599 }, { "type": "string", "pattern": "^[1-5][0-9]{2}(-[1-5][0-9]{2})?$" }], "default": "200-399", "description": "The status that is healthy, or a range of them." } }, "additionalProperties": false, "required": ["port"] }, "tcp": { "type": "integer", "minimum": 1, "maximum": 65535, "description": "A port inside the container that accepts a connection from the host." }, "interval": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between two checks. Default 30s." }, "timeout": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "A check that takes longer has failed, and its processes are killed. Default 30s." }, "retries": { "type": "integer", "minimum": 1, "default": 3, "description": "Failures in a row that make it unhealthy." }, "start_period": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time after its start in which failures do not count. Default 0s." }, "start_interval": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between two checks in the start period, until the first that succeeds. Default 5s." }, "disable": { "type": "boolean", "description": "No health check, also not that of the image.", "default": false } }, "additionalProperties": false, "patternProperties": { "^x-": true }, "examples": [{ "http": { "port": 80, "path": "/" }, "interval": "10s" }] }, "on_unhealthy": { "type": "object", "description": "The reaction of `heropods watch` to an unhealthy container.", "properties": { "action": { "enum": ["none", "restart"], "default": "none", "description": "`restart`: a new process; address, files and the writable layer stay." }, "limit": { "type": "integer", "minimum": 1, "default": 3, "description": "Most restarts within `window`." }, "window": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time over which restarts are counted. Default 10m." } }, "additionalProperties": false, "patternProperties": { "^x-": true }, "examples": [{ "action": "restart" }] }, "restart": { "anyOf": [{ "type": "string", "pattern": "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$" }, { "const": false }], "default": "no", "description": "`no`, `always`, `unless-stopped`, `on-failure[:N]`. A container that `heropods stop` has stopped stays stopped until `start` or `apply`. After a reboot, `always` starts a stopped container too, `unless-stopped` does not; containers with `no` start only under `watch`.", "examples": ["no", "always", "unless-stopped", "on-failure", "on-failure:3"] }, "stop_signal": { "type": ["string", "integer"], "format": "word", "description": "Signal that asks it to stop: a name in any letter case, with or without SIG, `SIGRTMIN+N`, `SIGRTMAX-N`, or a number from 1 to 64. Default: the image's, else SIGTERM.", "examples": ["SIGINT"] }, "stop_grace_period": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between that signal and SIGKILL. Default 10s.", "examples": ["30s"] }, "verify": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "How long the process must run before its start counts as done. An exit with an error within this time is a failed start. `0s`: it is not waited for. Default 1s.", "examples": ["3s"] }, "mem_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory limit.", "examples": ["512m"] }, "mem_reservation": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory that it keeps when the host is short of memory.", "examples": ["256m"] }, "memswap_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory and swap together; -1: unlimited swap.", "examples": ["1g"] }, "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": 'Number of CPUs, a part of one included: 1.5 or "0.5".', "examples": ["1.5"] }, "cpu_period": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS period, microseconds.", "examples": [1e5] }, "cpu_quota": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS quota, microseconds.", "examples": [5e4] }, "cpu_shares": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Relative weight; 1024 is normal.", "examples": [512] }, "cpuset": { "anyOf": [{ "type": "string", "pattern": "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$" }, { "type": "integer" }], "description": "CPUs it may run on, e.g. 0-3,5.", "examples": ["0-3"] }, "pids_limit": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes and threads; 0 or -1: unlimited. A limit below the current number ends no process, but no more can be started.", "examples": [200] }, "blkio_config": { "type": "object", "description": "Block I/O: the weight beside other containers, and limits of disks.", "properties": { "weight": { "allOf": [{ "$ref": "#/definitions/blockWeight" }], "description": "Share of a busy disk, 10 to 1000. Default 100. It has an effect on disks with the scheduler BFQ, and on cgroup v2 also with io.cost.", "examples": [300] }, "weight_device": { "type": "array", "items": { "$ref": "#/definitions/deviceWeight" }, "description": "Weight on one disk with the scheduler BFQ.", "examples": [[{ "path": "/dev/sda", "weight": 400 }]] }, "device_read_bps": { "type": "array", "items": { "$ref": "#/definitions/deviceBytes" }, "description": "Bytes a second that it may read from a disk.", "examples": [[{ "path": "/dev/sda", "rate": "10m" }]] }, "device_write_bps": { "type": "array", "items": { "$ref": "#/definitions/deviceBytes" }, "description": "Bytes a second that it may write to a disk.", "examples": [[{ "path": "/dev/sda", "rate": "10m" }]] }, "device_read_iops": { "type": "array", "items": { "$ref": "#/definitions/deviceOperations" }, "description": "Read operations a second on a disk.", "examples": [[{ "path": "/dev/sda", "rate": 120 }]] }, "device_write_iops": { "type": "array", "items": { "$ref": "#/definitions/deviceOperations" }, "description": "Write operations a second on a disk.", "examples": [[{ "path": "/dev/sda", "rate": 120 }]] } }, "additionalProperties": false, "examples": [{ "weight": 300 }] }, "deploy": { "type": "object", "description": "Replicas and limits.", "properties": { "replicas": { "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 1e3 }, { "type": "string", "pattern": "^[0-9]+$" }], "description": "Number of containers, KEY.1 to KEY.N: a number from 0 to 1000, e.g. 3." }, "resources": { "type": "object", "description": "Limits, as Compose writes them under `deploy`.", "properties": { "limits": { "type": "object", "description": "Same as cpus, mem_limit, pids_limit.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": 'Number of CPUs, a part of one included: 1.5 or "0.5".' }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes." } }, "additionalProperties": false }, "reservations": { "type": "object", "description": "Memory: same as mem_reservation.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "Refused: only memory can be reserved." }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Refused: only memory can be reserved." } }, "additionalProperties": false } }, "additionalProperties": false }, "restart_policy": { "type": "object", "description": "Same as `restart`.", "properties": { "condition": { "enum": ["none", "on-failure", "any"], "default": "any", "description": "When to start again." }, "max_attempts": { "type": "integer", "minimum": 0, "description": "Number of restarts; 0: unlimited." }, "delay": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Refused: the delay doubles from 100 ms to a minute." }, "window": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Refused: a run of 10 s resets the delays." } }, "additionalProperties": false }, "update_config": { "description": "Not yet supported." }, "rollback_config": { "description": "Not yet supported." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "examples": [{ "replicas": 3 }] }, "cap_add": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Capabilities added to the default set; ALL adds all.", "examples": [["NET_ADMIN"]] }, "cap_drop": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Capabilities removed from the default set; ALL removes all.", "examples": [["ALL"]] }, "security_opt": { "type": "array", "items": { "type": "string", "format": "path" }, "description": "`no-new-privileges[:false]`, `seccomp:unconfined`, `seccomp:FILE`, `apparmor:PROFILE`.", "examples": [["no-new-privileges:true"]] }, "read_only": { "type": "boolean", "description": "Read-only root file system.", "default": false }, "privileged": { "type": "boolean", "description": "All capabilities and devices, no seccomp filter, no masked paths.", "default": false }, "devices": { "type": "array", "items": { "$ref": "#/definitions/device" }, "description": "Devices: `SOURCE[:TARGET[:rwm]]`.", "examples": [["/dev/fuse"]] }, "ulimits": { "type": "object", "additionalProperties": { "anyOf": [{ "type": "integer", "minimum": -1 }, { "type": "object", "description": "Both.", "properties": { "soft": { "type": "integer", "minimum": -1, "description": "Soft limit." }, "hard": { "type": "integer", "minimum": -1, "description": "Hard limit." } }, "additionalProperties": false, "required": ["soft", "hard"] }] }, "description": "Resource limits of its processes, by name: `nofile: 65536`, or `nofile: { soft: 1024, hard: 65536 }`; -1: unlimited. Clamped to the host's hard limits where those cannot be raised.", "examples": [{ "nofile": 65536 }] }, "sysctls": { "allOf": [{ "$ref": "#/definitions/parameters" }], "description": "Kernel parameters of its namespaces: net.*, kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*.", "examples": [{ "net.ipv4.ip_default_ttl": "42" }] }, "shm_size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size of /dev/shm. Default 64m.", "examples": ["128m"] }, "init": { "type": "boolean", "description": "Run catatonit as PID 1.", "default": false }, "tty": { "type": "boolean", "description": "Allocate a terminal.", "default": false }, "stdin_open": { "type": "boolean", "description": "Keep standard input open.", "default": false }, "keep_alive": { "type": "boolean", "description": "After its entrypoint exits with 0, the container stays open for `exec`.", "default": false }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels.", "examples": [{ "team": "web" }] }, "annotations": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Annotations: stored with the container, not passed to the runtime.", "examples": [{ "owner": "web" }] }, "configs": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Configs, by name or long form.", "examples": [[{ "source": "page", "target": "/www/index.html" }]] }, "secrets": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Secrets, by name or long form.", "examples": [["db_password"]] }, "profiles": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "The container exists only if one of these profiles is active.", "examples": [["debug"]] }, "extends": { "anyOf": [{ "type": "string", "format": "line" }, { "type": "object", "description": "Long form.", "properties": { "service": { "type": "string", "format": "line", "description": "Container to start from." }, "file": { "type": "string", "format": "path", "description": "The file of the container, relative to this file; default: this stack." } }, "additionalProperties": false, "required": ["service"] }], "description": "Start from another container's fields.", "examples": ["base"] }, "pull_policy": { "type": "string", "pattern": "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$", "description": "When to ask the registry, for an image by reference: always, missing, never, daily, weekly or every_12h.", "examples": ["always", "daily", "every_12h"] }, "platform": { "type": "string", "pattern": "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$", "description": "Platform of the image, e.g. linux/arm64, for an image by reference; default: that of the host. Another architecture needs an emulator on the host (qemu with binfmt_misc).", "examples": ["linux/amd64", "linux/arm64"] }, "logging": { "type": "object", "description": "Logs.", "properties": { "driver": { "enum": ["k8s-file", "json-file", "local", "none"], "description": "Logs are always files. These names mean the same; another driver is refused." }, "options": { "type": "object", "description": "Options.", "properties": { "max-size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size at which a log is rotated. Default 10m." }, "max-file": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Number of log files. Default 3." } }, "additionalProperties": false } }, "additionalProperties": false, "examples": [{ "options": { "max-size": "10m", "max-file": 3 } }] }, "firewall": { "description": "Not yet supported." }, "shaping": { "description": "Not yet supported." }, "pre_start": { "description": "Not yet supported." }, "post_start": { "description": "Not yet supported." }, "pre_stop": { "description": "Not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } } } };
var func2 = Object.prototype.hasOwnProperty;
var pattern0 = new RegExp("^x-", "u");
var pattern1 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "u");
var schema7 = { "anyOf": [{ "type": ["object", "null"], "propertyNames": { "format": "label" }, "additionalProperties": { "type": ["string", "number", "boolean", "null"], "format": "value" } }, { "type": "array", "items": { "type": "string", "format": "value" } }], "description": "A map, or a list of `NAME=VALUE`." };
var formats0 = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}=]+$/u;
var formats2 = /^[^\u0000-\u0002\p{Cs}]*(?:\u0001[^\u0001\u0002]*\u0002[^\u0000-\u0002\p{Cs}]*)*$/su;
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: schema7.anyOf[0].type }, message: "must be object,null" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const _errs3 = errors;
      if (typeof key0 === "string") {
        if (!formats0.test(key0)) {
          const err1 = { instancePath, schemaPath: "#/anyOf/0/propertyNames/format", keyword: "format", params: { format: "label" }, message: 'must match format "label"', propertyName: key0 };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      }
      var valid1 = _errs3 === errors;
      if (!valid1) {
        const err2 = { instancePath, schemaPath: "#/anyOf/0/propertyNames", keyword: "propertyNames", params: { propertyName: key0 }, message: "property name must be valid" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    for (const key1 in data) {
      let data0 = data[key1];
      if (typeof data0 !== "string" && !(typeof data0 == "number" && isFinite(data0)) && typeof data0 !== "boolean" && data0 !== null) {
        const err3 = { instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema7.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (typeof data0 === "string") {
        if (!formats2.test(data0)) {
          const err4 = { instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/anyOf/0/additionalProperties/format", keyword: "format", params: { format: "value" }, message: 'must match format "value"' };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs7 = errors;
    if (Array.isArray(data)) {
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        let data1 = data[i0];
        if (typeof data1 === "string") {
          if (!formats2.test(data1)) {
            const err5 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/format", keyword: "format", params: { format: "value" }, message: 'must match format "value"' };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        } else {
          const err6 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    } else {
      const err7 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
      if (vErrors === null) {
        vErrors = [err7];
      } else {
        vErrors.push(err7);
      }
      errors++;
    }
    var _valid0 = _errs7 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err8 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err8];
    } else {
      vErrors.push(err8);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate22.errors = vErrors;
  return errors === 0;
}
var schema8 = { "type": "object", "additionalProperties": false, "properties": { "mode": { "enum": ["heal", "warn", "detect"], "default": "heal", "description": "The reaction to drift: `heal` repairs it, `warn` reports a warning, `detect` only shows it." }, "interval": { "allOf": [{ "$ref": "#/definitions/duration" }], "default": "30s", "description": "The longest time between two reconciles; at least 1s.", "examples": ["30s"] }, "ignore": { "type": "array", "items": { "type": "string", "format": "line" }, "description": "Differences that are not repaired: KIND/NAME or KIND/NAME:POINTER; `*` matches any text.", "examples": [["container/web:/mem_limit"]] }, "suspend": { "type": "boolean", "default": false, "description": "Pause the reconciliation of this stack." }, "prune": { "enum": [true, false, "confirm"], "default": true, "description": "True removes objects that the stack no longer declares; `confirm` removes them after a confirmation." }, "windows": { "type": "array", "items": { "type": "string", "format": "line" }, "description": "When changes may be made: [DAYS] [HH:MM-HH:MM] [ZONE]. Default: always.", "examples": [["mon-fri 22:00-04:00 Europe/Brussels"]] }, "rollback": { "type": "boolean", "default": true, "description": "Go back to the last good generation if a change does not become healthy." }, "timeout": { "allOf": [{ "$ref": "#/definitions/duration" }], "default": "5m", "description": "How long a change may take to become healthy; at least 1s.", "examples": ["5m"] }, "monitor": { "allOf": [{ "$ref": "#/definitions/duration" }], "default": "5s", "description": "The time that a container without a health check must run to count as healthy.", "examples": ["5s"] } } };
var pattern2 = new RegExp("^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^0$", "u");
function validate25(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data == "number" && isFinite(data)) {
    if (data > 0 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/anyOf/0/maximum", keyword: "maximum", params: { comparison: "<=", limit: 0 }, message: "must be <= 0" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data < 0 || isNaN(data)) {
      const err2 = { instancePath, schemaPath: "#/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (typeof data === "string") {
      if (!pattern2.test(data)) {
        const err3 = { instancePath, schemaPath: "#/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^0$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^0$"' };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    } else {
      const err4 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err5 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate25.errors = vErrors;
  return errors === 0;
}
var formats10 = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}]*(?:\u0001[^\u0001\u0002]*\u0002[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}]*)*$/su;
function validate24(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func2.call(schema8.properties, key0)) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.mode !== void 0) {
      let data0 = data.mode;
      if (!(data0 === "heal" || data0 === "warn" || data0 === "detect")) {
        const err1 = { instancePath: instancePath + "/mode", schemaPath: "#/properties/mode/enum", keyword: "enum", params: { allowedValues: schema8.properties.mode.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.interval !== void 0) {
      if (!validate25(data.interval, { instancePath: instancePath + "/interval", parentData: data, parentDataProperty: "interval", rootData })) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.ignore !== void 0) {
      let data2 = data.ignore;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 === "string") {
            if (!formats10.test(data3)) {
              const err2 = { instancePath: instancePath + "/ignore/" + i0, schemaPath: "#/properties/ignore/items/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
          } else {
            const err3 = { instancePath: instancePath + "/ignore/" + i0, schemaPath: "#/properties/ignore/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
      } else {
        const err4 = { instancePath: instancePath + "/ignore", schemaPath: "#/properties/ignore/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.suspend !== void 0) {
      if (typeof data.suspend !== "boolean") {
        const err5 = { instancePath: instancePath + "/suspend", schemaPath: "#/properties/suspend/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.prune !== void 0) {
      let data5 = data.prune;
      if (!(data5 === true || data5 === false || data5 === "confirm")) {
        const err6 = { instancePath: instancePath + "/prune", schemaPath: "#/properties/prune/enum", keyword: "enum", params: { allowedValues: schema8.properties.prune.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.windows !== void 0) {
      let data6 = data.windows;
      if (Array.isArray(data6)) {
        const len1 = data6.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data7 = data6[i1];
          if (typeof data7 === "string") {
            if (!formats10.test(data7)) {
              const err7 = { instancePath: instancePath + "/windows/" + i1, schemaPath: "#/properties/windows/items/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          } else {
            const err8 = { instancePath: instancePath + "/windows/" + i1, schemaPath: "#/properties/windows/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
      } else {
        const err9 = { instancePath: instancePath + "/windows", schemaPath: "#/properties/windows/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.rollback !== void 0) {
      if (typeof data.rollback !== "boolean") {
        const err10 = { instancePath: instancePath + "/rollback", schemaPath: "#/properties/rollback/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.timeout !== void 0) {
      if (!validate25(data.timeout, { instancePath: instancePath + "/timeout", parentData: data, parentDataProperty: "timeout", rootData })) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.monitor !== void 0) {
      if (!validate25(data.monitor, { instancePath: instancePath + "/monitor", parentData: data, parentDataProperty: "monitor", rootData })) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err11 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate24.errors = vErrors;
  return errors === 0;
}
var schema10 = { "type": "object", "description": "A value that may differ between runs of the same files.", "properties": { "type": { "enum": ["string", "int", "number", "bool", "list"], "default": "string", "description": "Type of the value." }, "default": { "description": "Value if no other source has one.", "examples": ["info"] }, "env": { "type": "string", "format": "variable", "description": "Environment variable with the value. The environment of the shell is not read in any other way.", "examples": ["LOG_LEVEL"] }, "description": { "type": "string", "description": "Its purpose; has no effect on the host." }, "enum": { "type": "array", "description": "The values allowed.", "examples": [["debug", "info"]] }, "pattern": { "type": "string", "description": "Regular expression that the value must match.", "examples": ["^[a-z]+$"] }, "min": { "type": "number", "description": "Smallest number allowed.", "examples": [1] }, "max": { "type": "number", "description": "Largest number allowed.", "examples": [8] }, "required": { "type": "boolean", "description": "Refuse to plan without a value.", "default": false }, "sensitive": { "type": "boolean", "description": "Never shown in plans, logs or records. Usable in environment, command, entrypoint, and in the content of configs and secrets.", "default": false } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
var formats16 = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}=]+$/u;
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(func2.call(schema10.properties, key0) || pattern0.test(key0))) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.type !== void 0) {
      let data0 = data.type;
      if (!(data0 === "string" || data0 === "int" || data0 === "number" || data0 === "bool" || data0 === "list")) {
        const err1 = { instancePath: instancePath + "/type", schemaPath: "#/properties/type/enum", keyword: "enum", params: { allowedValues: schema10.properties.type.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.env !== void 0) {
      let data1 = data.env;
      if (typeof data1 === "string") {
        if (!formats16.test(data1)) {
          const err2 = { instancePath: instancePath + "/env", schemaPath: "#/properties/env/format", keyword: "format", params: { format: "variable" }, message: 'must match format "variable"' };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/env", schemaPath: "#/properties/env/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.description !== void 0) {
      if (typeof data.description !== "string") {
        const err4 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.enum !== void 0) {
      if (!Array.isArray(data.enum)) {
        const err5 = { instancePath: instancePath + "/enum", schemaPath: "#/properties/enum/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.pattern !== void 0) {
      if (typeof data.pattern !== "string") {
        const err6 = { instancePath: instancePath + "/pattern", schemaPath: "#/properties/pattern/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.min !== void 0) {
      let data5 = data.min;
      if (!(typeof data5 == "number" && isFinite(data5))) {
        const err7 = { instancePath: instancePath + "/min", schemaPath: "#/properties/min/type", keyword: "type", params: { type: "number" }, message: "must be number" };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.max !== void 0) {
      let data6 = data.max;
      if (!(typeof data6 == "number" && isFinite(data6))) {
        const err8 = { instancePath: instancePath + "/max", schemaPath: "#/properties/max/type", keyword: "type", params: { type: "number" }, message: "must be number" };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.required !== void 0) {
      if (typeof data.required !== "boolean") {
        const err9 = { instancePath: instancePath + "/required", schemaPath: "#/properties/required/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.sensitive !== void 0) {
      if (typeof data.sensitive !== "boolean") {
        const err10 = { instancePath: instancePath + "/sensitive", schemaPath: "#/properties/sensitive/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
  } else {
    const err11 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate30.errors = vErrors;
  return errors === 0;
}
var schema11 = { "type": ["object", "null"], "description": "A network: a bridge with a gateway, addresses for its containers, and NAT to the uplink unless it is internal.", "properties": { "driver": { "enum": ["bridge", "mycelium"], "default": "bridge", "description": "`bridge`; `mycelium` is not yet supported." }, "subnet": { "type": "string", "format": "word", "description": "IPv4 subnet in CIDR form, or `auto`: the first free /24 from 10.89.0.0 on that overlaps no route of the host.", "default": "auto", "examples": ["10.20.0.0/24", "auto"] }, "gateway": { "type": "string", "format": "word", "description": "Address of the bridge. Default: the subnet's first.", "examples": ["10.20.0.1"] }, "internal": { "type": "boolean", "description": "No connection to or from the outside: containers reach only each other.", "default": false }, "mtu": { "type": "integer", "minimum": 576, "maximum": 65535, "default": 1500, "description": "Largest packet, bytes." }, "dns": { "type": "object", "description": "Name servers of containers whose first network to the outside is this one.", "properties": { "servers": { "type": "array", "items": { "$ref": "#/definitions/ipv4" }, "description": "Name servers. Default: 8.8.8.8 and 8.8.4.4, none on an internal network." }, "search": { "type": "array", "items": { "type": "string", "format": "domain" }, "description": "Search domains." } }, "additionalProperties": false, "examples": [{ "servers": ["1.1.1.1"] }] }, "exclude": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Addresses (or CIDR ranges) that are never allocated.", "examples": [["10.20.0.128/25"]] }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels.", "examples": [{ "team": "web" }] }, "external": { "type": "boolean", "description": "It belongs to another stack, named by `name`.", "default": false }, "name": { "type": "string", "description": "With `external`: STACK/KEY of the network to join.", "pattern": "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$", "examples": ["other/front"] }, "ipv6_range": { "type": "string", "format": "word", "description": "Mycelium; not yet supported." }, "key_path": { "type": "string", "format": "path", "description": "Mycelium; not yet supported." }, "peers": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Mycelium; not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
var pattern9 = new RegExp("^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$", "u");
var formats20 = /^(?=.|\u0001[^\u0001\u0002]*\u0002)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}\s]*(?:\u0001[^\u0001\u0002]*\u0002[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}\s]*)*$/su;
var formats26 = /^(?=.{1,254}$)(?:\.|[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?)$/;
var formats6 = /^(?=.|\u0001[^\u0001\u0002]*\u0002)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}]*(?:\u0001[^\u0001\u0002]*\u0002[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}]*)*$/su;
var formats24 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
function validate33(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!formats24.test(data)) {
      const err0 = { instancePath, schemaPath: "#/format", keyword: "format", params: { format: "ipv4" }, message: 'must match format "ipv4"' };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string" };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate33.errors = vErrors;
  return errors === 0;
}
function validate32(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema11.type }, message: "must be object,null" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(func2.call(schema11.properties, key0) || pattern0.test(key0))) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.driver !== void 0) {
      let data0 = data.driver;
      if (!(data0 === "bridge" || data0 === "mycelium")) {
        const err2 = { instancePath: instancePath + "/driver", schemaPath: "#/properties/driver/enum", keyword: "enum", params: { allowedValues: schema11.properties.driver.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.subnet !== void 0) {
      let data1 = data.subnet;
      if (typeof data1 === "string") {
        if (!formats20.test(data1)) {
          const err3 = { instancePath: instancePath + "/subnet", schemaPath: "#/properties/subnet/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/subnet", schemaPath: "#/properties/subnet/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.gateway !== void 0) {
      let data2 = data.gateway;
      if (typeof data2 === "string") {
        if (!formats20.test(data2)) {
          const err5 = { instancePath: instancePath + "/gateway", schemaPath: "#/properties/gateway/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/gateway", schemaPath: "#/properties/gateway/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.internal !== void 0) {
      if (typeof data.internal !== "boolean") {
        const err7 = { instancePath: instancePath + "/internal", schemaPath: "#/properties/internal/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.mtu !== void 0) {
      let data4 = data.mtu;
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
        const err8 = { instancePath: instancePath + "/mtu", schemaPath: "#/properties/mtu/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 > 65535 || isNaN(data4)) {
          const err9 = { instancePath: instancePath + "/mtu", schemaPath: "#/properties/mtu/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (data4 < 576 || isNaN(data4)) {
          const err10 = { instancePath: instancePath + "/mtu", schemaPath: "#/properties/mtu/minimum", keyword: "minimum", params: { comparison: ">=", limit: 576 }, message: "must be >= 576" };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
    }
    if (data.dns !== void 0) {
      let data5 = data.dns;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        for (const key1 in data5) {
          if (!(key1 === "servers" || key1 === "search")) {
            const err11 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data5.servers !== void 0) {
          let data6 = data5.servers;
          if (Array.isArray(data6)) {
            const len0 = data6.length;
            for (let i0 = 0; i0 < len0; i0++) {
              if (!validate33(data6[i0], { instancePath: instancePath + "/dns/servers/" + i0, parentData: data6, parentDataProperty: i0, rootData })) {
                vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err12 = { instancePath: instancePath + "/dns/servers", schemaPath: "#/properties/dns/properties/servers/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data5.search !== void 0) {
          let data8 = data5.search;
          if (Array.isArray(data8)) {
            const len1 = data8.length;
            for (let i1 = 0; i1 < len1; i1++) {
              let data9 = data8[i1];
              if (typeof data9 === "string") {
                if (!formats26.test(data9)) {
                  const err13 = { instancePath: instancePath + "/dns/search/" + i1, schemaPath: "#/properties/dns/properties/search/items/format", keyword: "format", params: { format: "domain" }, message: 'must match format "domain"' };
                  if (vErrors === null) {
                    vErrors = [err13];
                  } else {
                    vErrors.push(err13);
                  }
                  errors++;
                }
              } else {
                const err14 = { instancePath: instancePath + "/dns/search/" + i1, schemaPath: "#/properties/dns/properties/search/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
            }
          } else {
            const err15 = { instancePath: instancePath + "/dns/search", schemaPath: "#/properties/dns/properties/search/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
      } else {
        const err16 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.exclude !== void 0) {
      let data10 = data.exclude;
      if (Array.isArray(data10)) {
        const len2 = data10.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data11 = data10[i2];
          if (typeof data11 === "string") {
            if (!formats20.test(data11)) {
              const err17 = { instancePath: instancePath + "/exclude/" + i2, schemaPath: "#/properties/exclude/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          } else {
            const err18 = { instancePath: instancePath + "/exclude/" + i2, schemaPath: "#/properties/exclude/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
      } else {
        const err19 = { instancePath: instancePath + "/exclude", schemaPath: "#/properties/exclude/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      if (!validate22(data.labels, { instancePath: instancePath + "/labels", parentData: data, parentDataProperty: "labels", rootData })) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
    if (data.external !== void 0) {
      if (typeof data.external !== "boolean") {
        const err20 = { instancePath: instancePath + "/external", schemaPath: "#/properties/external/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data14 = data.name;
      if (typeof data14 === "string") {
        if (!pattern9.test(data14)) {
          const err21 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$" }, message: 'must match pattern "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$"' };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
      } else {
        const err22 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.ipv6_range !== void 0) {
      let data15 = data.ipv6_range;
      if (typeof data15 === "string") {
        if (!formats20.test(data15)) {
          const err23 = { instancePath: instancePath + "/ipv6_range", schemaPath: "#/properties/ipv6_range/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      } else {
        const err24 = { instancePath: instancePath + "/ipv6_range", schemaPath: "#/properties/ipv6_range/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.key_path !== void 0) {
      let data16 = data.key_path;
      if (typeof data16 === "string") {
        if (!formats6.test(data16)) {
          const err25 = { instancePath: instancePath + "/key_path", schemaPath: "#/properties/key_path/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
      } else {
        const err26 = { instancePath: instancePath + "/key_path", schemaPath: "#/properties/key_path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.peers !== void 0) {
      let data17 = data.peers;
      if (Array.isArray(data17)) {
        const len3 = data17.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data18 = data17[i3];
          if (typeof data18 === "string") {
            if (!formats20.test(data18)) {
              const err27 = { instancePath: instancePath + "/peers/" + i3, schemaPath: "#/properties/peers/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
          } else {
            const err28 = { instancePath: instancePath + "/peers/" + i3, schemaPath: "#/properties/peers/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
      } else {
        const err29 = { instancePath: instancePath + "/peers", schemaPath: "#/properties/peers/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
  }
  validate32.errors = vErrors;
  return errors === 0;
}
var schema13 = { "type": "object", "description": "An image: exactly one of `ref`, `builtin`, `archive`.", "properties": { "ref": { "type": "string", "format": "word", "description": "Reference, pulled with podman. `nginx` means docker.io/library/nginx:latest.", "examples": ["docker.io/library/postgres:17"] }, "builtin": { "enum": ["busybox", "alpine_3_20", "ubuntu_24_04", "ubuntu_25_04"], "description": "A ready image. `busybox` is made from the host's static busybox, without any registry.", "examples": ["busybox"] }, "archive": { "type": "string", "format": "path", "description": "A tar of a root file system, or of one image as `docker save` and `podman save` write it, plain or compressed. Relative to this file.", "examples": ["./app.tar"] }, "pull_policy": { "type": "string", "pattern": "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$", "default": "missing", "description": "When to ask the registry: `always` (at every plan), `missing` (when the image is not here), `never`; `daily`, `weekly` or `every_12h` (w, d, h, m, s): when its last answer is older.", "examples": ["always", "daily", "every_12h"] }, "platform": { "type": "string", "pattern": "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$", "description": "Platform of an image by reference, e.g. linux/arm64; default: that of the host. A container of another architecture needs an emulator on the host (qemu with binfmt_misc).", "examples": ["linux/amd64", "linux/arm64", "linux/arm/v7"] }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
var pattern13 = new RegExp("^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$", "u");
var pattern14 = new RegExp("^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$", "u");
function validate37(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "ref" || key0 === "builtin" || key0 === "archive" || key0 === "pull_policy" || key0 === "platform" || key0 === "labels" || pattern0.test(key0))) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.ref !== void 0) {
      let data0 = data.ref;
      if (typeof data0 === "string") {
        if (!formats20.test(data0)) {
          const err1 = { instancePath: instancePath + "/ref", schemaPath: "#/properties/ref/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/ref", schemaPath: "#/properties/ref/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.builtin !== void 0) {
      let data1 = data.builtin;
      if (!(data1 === "busybox" || data1 === "alpine_3_20" || data1 === "ubuntu_24_04" || data1 === "ubuntu_25_04")) {
        const err3 = { instancePath: instancePath + "/builtin", schemaPath: "#/properties/builtin/enum", keyword: "enum", params: { allowedValues: schema13.properties.builtin.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.archive !== void 0) {
      let data2 = data.archive;
      if (typeof data2 === "string") {
        if (!formats6.test(data2)) {
          const err4 = { instancePath: instancePath + "/archive", schemaPath: "#/properties/archive/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/archive", schemaPath: "#/properties/archive/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.pull_policy !== void 0) {
      let data3 = data.pull_policy;
      if (typeof data3 === "string") {
        if (!pattern13.test(data3)) {
          const err6 = { instancePath: instancePath + "/pull_policy", schemaPath: "#/properties/pull_policy/pattern", keyword: "pattern", params: { pattern: "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$" }, message: 'must match pattern "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$"' };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = { instancePath: instancePath + "/pull_policy", schemaPath: "#/properties/pull_policy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.platform !== void 0) {
      let data4 = data.platform;
      if (typeof data4 === "string") {
        if (!pattern14.test(data4)) {
          const err8 = { instancePath: instancePath + "/platform", schemaPath: "#/properties/platform/pattern", keyword: "pattern", params: { pattern: "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$" }, message: 'must match pattern "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$"' };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/platform", schemaPath: "#/properties/platform/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      if (!validate22(data.labels, { instancePath: instancePath + "/labels", parentData: data, parentDataProperty: "labels", rootData })) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err10 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err10];
    } else {
      vErrors.push(err10);
    }
    errors++;
  }
  validate37.errors = vErrors;
  return errors === 0;
}
var schema14 = { "type": ["object", "null"], "description": "Data that outlives its containers.", "properties": { "protect": { "type": "boolean", "description": "`destroy --delete-data` and `volume rm` do not erase it.", "default": false }, "driver": { "enum": ["local"], "default": "local", "description": "Always `local`, which also mounts NFS, CIFS and tmpfs (`driver_opts`)." }, "driver_opts": { "type": "object", "description": "A file system that is mounted as the data of the volume, as in Compose. Without it the data is a folder of this host.", "properties": { "type": { "enum": ["nfs", "nfs4", "cifs", "tmpfs"], "description": "Type of the file system." }, "device": { "type": "string", "format": "line", "description": "NFS: `HOST:/PATH`, or `:/PATH` with `addr=HOST` in `o`. CIFS: `//HOST/SHARE`." }, "o": { "type": "string", "format": "line", "description": "Options of mount(8), separated by commas, e.g. `rw,nfsvers=4.2`." } }, "additionalProperties": false, "required": ["type"], "examples": [{ "type": "nfs", "device": "192.0.2.10:/data", "o": "rw,nfsvers=4.2" }] }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
function validate40(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema14.type }, message: "must be object,null" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "protect" || key0 === "driver" || key0 === "driver_opts" || key0 === "labels" || pattern0.test(key0))) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.protect !== void 0) {
      if (typeof data.protect !== "boolean") {
        const err2 = { instancePath: instancePath + "/protect", schemaPath: "#/properties/protect/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.driver !== void 0) {
      if (!(data.driver === "local")) {
        const err3 = { instancePath: instancePath + "/driver", schemaPath: "#/properties/driver/enum", keyword: "enum", params: { allowedValues: schema14.properties.driver.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.driver_opts !== void 0) {
      let data2 = data.driver_opts;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.type === void 0) {
          const err4 = { instancePath: instancePath + "/driver_opts", schemaPath: "#/properties/driver_opts/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        for (const key1 in data2) {
          if (!(key1 === "type" || key1 === "device" || key1 === "o")) {
            const err5 = { instancePath: instancePath + "/driver_opts", schemaPath: "#/properties/driver_opts/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
        if (data2.type !== void 0) {
          let data3 = data2.type;
          if (!(data3 === "nfs" || data3 === "nfs4" || data3 === "cifs" || data3 === "tmpfs")) {
            const err6 = { instancePath: instancePath + "/driver_opts/type", schemaPath: "#/properties/driver_opts/properties/type/enum", keyword: "enum", params: { allowedValues: schema14.properties.driver_opts.properties.type.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
        if (data2.device !== void 0) {
          let data4 = data2.device;
          if (typeof data4 === "string") {
            if (!formats10.test(data4)) {
              const err7 = { instancePath: instancePath + "/driver_opts/device", schemaPath: "#/properties/driver_opts/properties/device/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          } else {
            const err8 = { instancePath: instancePath + "/driver_opts/device", schemaPath: "#/properties/driver_opts/properties/device/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        if (data2.o !== void 0) {
          let data5 = data2.o;
          if (typeof data5 === "string") {
            if (!formats10.test(data5)) {
              const err9 = { instancePath: instancePath + "/driver_opts/o", schemaPath: "#/properties/driver_opts/properties/o/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          } else {
            const err10 = { instancePath: instancePath + "/driver_opts/o", schemaPath: "#/properties/driver_opts/properties/o/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      } else {
        const err11 = { instancePath: instancePath + "/driver_opts", schemaPath: "#/properties/driver_opts/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      if (!validate22(data.labels, { instancePath: instancePath + "/labels", parentData: data, parentDataProperty: "labels", rootData })) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
  }
  validate40.errors = vErrors;
  return errors === 0;
}
function validate43(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "file" || key0 === "content" || key0 === "variable" || key0 === "labels" || pattern0.test(key0))) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.file !== void 0) {
      let data0 = data.file;
      if (typeof data0 === "string") {
        if (!formats6.test(data0)) {
          const err1 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.content !== void 0) {
      if (typeof data.content !== "string") {
        const err3 = { instancePath: instancePath + "/content", schemaPath: "#/properties/content/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.variable !== void 0) {
      if (typeof data.variable !== "string") {
        const err4 = { instancePath: instancePath + "/variable", schemaPath: "#/properties/variable/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      if (!validate22(data.labels, { instancePath: instancePath + "/labels", parentData: data, parentDataProperty: "labels", rootData })) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate43.errors = vErrors;
  return errors === 0;
}
var schema16 = { "type": "object", "description": "A container, or with `deploy.replicas` several.", "properties": { "image": { "type": "string", "format": "word", "description": "An entry of `images:`, a built-in name, or a reference.", "examples": ["docker.io/library/nginx:1.27", "busybox"] }, "command": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Arguments, or the command itself if there is no entrypoint. Default: the image's.", "examples": [["httpd", "-f", "-p", "80"]] }, "entrypoint": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Program. Default: the image's. If it is set, the image's command is not used. An empty one (`[]`) keeps the image's command and removes its entrypoint.", "examples": [["/bin/app", "--serve"]] }, "environment": { "allOf": [{ "$ref": "#/definitions/environment" }], "description": "Environment variables. A name without a value is refused: the shell's environment is read through `variables: { X: { env: X } }` only.", "examples": [{ "LOG_LEVEL": "info" }] }, "env_file": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "array", "items": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "object", "description": "Long form.", "properties": { "path": { "type": "string", "format": "path", "description": "Path." }, "required": { "type": "boolean", "description": "Refuse a missing file.", "default": true } }, "additionalProperties": false, "required": ["path"] }] } }], "description": "Files of NAME=VALUE lines in Compose's form (comments, `export`, values in quotes over several lines), read before `environment`. Relative to this file. Never interpolated: `$` is a dollar sign, in double quotes too. A name without a value is refused.", "examples": ["./app.env"] }, "working_dir": { "type": "string", "format": "path", "description": "Working folder; created if it does not exist. Default: the image's.", "pattern": "^/", "examples": ["/srv"] }, "user": { "type": ["string", "integer"], "format": "line", "description": "User or user:group, by name or by number from 0 to 4294967294. Default: the image's.", "examples": ["1000:1000", "nobody"] }, "group_add": { "type": "array", "items": { "type": ["string", "integer"], "format": "line" }, "description": "More groups, by name or by number from 0 to 4294967294.", "examples": [["video"]] }, "hostname": { "type": "string", "description": "Host name: letters, digits, `-` and `.`, at most 63 characters. Default: the container's name with `-` for `.` and `_`; the first replica's is the key, as without replicas.", "pattern": "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$", "examples": ["web"] }, "ports": { "type": "array", "items": { "$ref": "#/definitions/port" }, "description": "Published ports: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, with ranges. On 127.0.0.1 unless `host_ip` or `public` is set.", "examples": [["8080:80"]] }, "expose": { "type": "array", "items": { "type": ["integer", "string"], "format": "word" }, "description": "Ports the container listens on; has no effect on the host.", "examples": [["8080"]] }, "volumes": { "type": "array", "items": { "$ref": "#/definitions/mount" }, "description": "Mounts: `SOURCE:TARGET[:OPTIONS]` with a path (bind) or a name under `volumes:`, e.g. `./data:/data:ro,noexec`. Options: `ro`, `rw`, `nocopy` (volumes), a propagation (binds), `noexec`, `nosuid`, `nodev`, `noatime`, `relatime`, `strictatime`, `nodiratime`. The options `z`, `Z`, `cached`, `delegated` and `consistent` of Compose files are accepted and have no effect: containers have no SELinux label of their own, and no virtual machine is in between.", "examples": [["data:/data", "./conf:/etc/app:ro"]] }, "tmpfs": { "anyOf": [{ "type": "string", "format": "path" }, { "type": "array", "items": { "type": "string", "format": "path" } }], "description": "Paths of tmpfs mounts, with options of mount(8): `/run:size=64m,mode=1777,uid=1000,gid=1000,exec`. Default: half of the memory, mode 1777, root, nosuid, nodev, noexec.", "examples": [["/tmp:size=64m"]] }, "networks": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of networks." }, { "type": "object", "additionalProperties": { "anyOf": [{ "type": "null" }, { "type": "object", "description": "The attachment of a container to a network.", "properties": { "aliases": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "More names under which the others find it." }, "ipv4_address": { "allOf": [{ "$ref": "#/definitions/ipv4" }], "description": "A fixed address." } }, "additionalProperties": false }] } }], "description": "Networks in the order of eth0, eth1 ...; default route and DNS come from the first that is not internal. Default: the stack's only network, else the instance's default network.", "examples": [["front", "back"]] }, "network_mode": { "type": "string", "description": "`bridge`, `none`, `host`, or `service:NAME` to share another container's network.", "pattern": "^(bridge|none|host|(service|container):.+)$", "examples": ["none", "host"] }, "dns": { "anyOf": [{ "type": "string", "format": "word" }, { "type": "array", "items": { "type": "string", "format": "word" } }], "description": "Name servers. Default: those of its first network that leads outside.", "examples": [["1.1.1.1"]] }, "dns_search": { "anyOf": [{ "type": "string", "format": "domain" }, { "type": "array", "items": { "type": "string", "format": "domain" } }], "description": "Search domains.", "examples": [["example.com"]] }, "dns_opt": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Options of resolv.conf.", "examples": [["ndots:2"]] }, "extra_hosts": { "anyOf": [{ "type": "array", "items": { "type": "string", "format": "word" }, "description": "`NAME=IP` or `NAME:IP`; an IPv6 address may be in brackets, and a name may occur several times." }, { "type": "object", "propertyNames": { "format": "host" }, "additionalProperties": { "anyOf": [{ "type": "string", "format": "word" }, { "type": "array", "items": { "type": "string", "format": "word" }, "minItems": 1 }] } }], "description": "More names in /etc/hosts, each with one address or several; `host-gateway` is the host.", "examples": [["db.example:10.0.0.5"]] }, "depends_on": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of containers." }, { "type": "object", "additionalProperties": { "type": "object", "description": "One dependency.", "properties": { "condition": { "enum": ["service_started", "service_completed_successfully", "service_healthy"], "default": "service_started", "description": "The condition to wait for." }, "restart": { "type": "boolean", "description": "Refused if true: a container is not restarted with its dependencies.", "default": false }, "required": { "type": "boolean", "description": "`false`: it may be missing, or belong to a profile that is not active; otherwise the container waits for it.", "default": true } }, "additionalProperties": false } }], "description": "Containers that must have been started (or have completed, or be healthy) before.", "examples": [["db"]] }, "healthcheck": { "type": "object", "description": "The check of the container: exactly one of `test`, `http`, `tcp`. Default: the image's HEALTHCHECK.", "properties": { "test": { "anyOf": [{ "type": "string", "format": "argument" }, { "type": "array", "items": { "type": ["string", "number", "boolean"], "format": "argument" }, "minItems": 1 }], "description": "Command inside the container that ends with 0 if it is healthy: `[CMD, PROGRAM, ...]`, `[CMD-SHELL, LINE]` or a line for the container's /bin/sh; `[NONE]` switches the image's off." }, "http": { "type": "object", "description": "A GET request from the host to the container. Redirects are not followed.", "properties": { "port": { "type": "integer", "minimum": 1, "maximum": 65535, "description": "Port inside the container." }, "path": { "type": "string", "pattern": "^/[!-~]*$", "default": "/", "description": "Path, with its query." }, "scheme": { "enum": ["http", "https"], "default": "http", "description": "`https` checks no certificate." }, "status": { "anyOf": [{ "type": "integer", "minimum": 100, "maximum": 599 }, { "type": "string", "pattern": "^[1-5][0-9]{2}(-[1-5][0-9]{2})?$" }], "default": "200-399", "description": "The status that is healthy, or a range of them." } }, "additionalProperties": false, "required": ["port"] }, "tcp": { "type": "integer", "minimum": 1, "maximum": 65535, "description": "A port inside the container that accepts a connection from the host." }, "interval": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between two checks. Default 30s." }, "timeout": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "A check that takes longer has failed, and its processes are killed. Default 30s." }, "retries": { "type": "integer", "minimum": 1, "default": 3, "description": "Failures in a row that make it unhealthy." }, "start_period": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time after its start in which failures do not count. Default 0s." }, "start_interval": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between two checks in the start period, until the first that succeeds. Default 5s." }, "disable": { "type": "boolean", "description": "No health check, also not that of the image.", "default": false } }, "additionalProperties": false, "patternProperties": { "^x-": true }, "examples": [{ "http": { "port": 80, "path": "/" }, "interval": "10s" }] }, "on_unhealthy": { "type": "object", "description": "The reaction of `heropods watch` to an unhealthy container.", "properties": { "action": { "enum": ["none", "restart"], "default": "none", "description": "`restart`: a new process; address, files and the writable layer stay." }, "limit": { "type": "integer", "minimum": 1, "default": 3, "description": "Most restarts within `window`." }, "window": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time over which restarts are counted. Default 10m." } }, "additionalProperties": false, "patternProperties": { "^x-": true }, "examples": [{ "action": "restart" }] }, "restart": { "anyOf": [{ "type": "string", "pattern": "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$" }, { "const": false }], "default": "no", "description": "`no`, `always`, `unless-stopped`, `on-failure[:N]`. A container that `heropods stop` has stopped stays stopped until `start` or `apply`. After a reboot, `always` starts a stopped container too, `unless-stopped` does not; containers with `no` start only under `watch`.", "examples": ["no", "always", "unless-stopped", "on-failure", "on-failure:3"] }, "stop_signal": { "type": ["string", "integer"], "format": "word", "description": "Signal that asks it to stop: a name in any letter case, with or without SIG, `SIGRTMIN+N`, `SIGRTMAX-N`, or a number from 1 to 64. Default: the image's, else SIGTERM.", "examples": ["SIGINT"] }, "stop_grace_period": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between that signal and SIGKILL. Default 10s.", "examples": ["30s"] }, "verify": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "How long the process must run before its start counts as done. An exit with an error within this time is a failed start. `0s`: it is not waited for. Default 1s.", "examples": ["3s"] }, "mem_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory limit.", "examples": ["512m"] }, "mem_reservation": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory that it keeps when the host is short of memory.", "examples": ["256m"] }, "memswap_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory and swap together; -1: unlimited swap.", "examples": ["1g"] }, "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": 'Number of CPUs, a part of one included: 1.5 or "0.5".', "examples": ["1.5"] }, "cpu_period": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS period, microseconds.", "examples": [1e5] }, "cpu_quota": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS quota, microseconds.", "examples": [5e4] }, "cpu_shares": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Relative weight; 1024 is normal.", "examples": [512] }, "cpuset": { "anyOf": [{ "type": "string", "pattern": "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$" }, { "type": "integer" }], "description": "CPUs it may run on, e.g. 0-3,5.", "examples": ["0-3"] }, "pids_limit": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes and threads; 0 or -1: unlimited. A limit below the current number ends no process, but no more can be started.", "examples": [200] }, "blkio_config": { "type": "object", "description": "Block I/O: the weight beside other containers, and limits of disks.", "properties": { "weight": { "allOf": [{ "$ref": "#/definitions/blockWeight" }], "description": "Share of a busy disk, 10 to 1000. Default 100. It has an effect on disks with the scheduler BFQ, and on cgroup v2 also with io.cost.", "examples": [300] }, "weight_device": { "type": "array", "items": { "$ref": "#/definitions/deviceWeight" }, "description": "Weight on one disk with the scheduler BFQ.", "examples": [[{ "path": "/dev/sda", "weight": 400 }]] }, "device_read_bps": { "type": "array", "items": { "$ref": "#/definitions/deviceBytes" }, "description": "Bytes a second that it may read from a disk.", "examples": [[{ "path": "/dev/sda", "rate": "10m" }]] }, "device_write_bps": { "type": "array", "items": { "$ref": "#/definitions/deviceBytes" }, "description": "Bytes a second that it may write to a disk.", "examples": [[{ "path": "/dev/sda", "rate": "10m" }]] }, "device_read_iops": { "type": "array", "items": { "$ref": "#/definitions/deviceOperations" }, "description": "Read operations a second on a disk.", "examples": [[{ "path": "/dev/sda", "rate": 120 }]] }, "device_write_iops": { "type": "array", "items": { "$ref": "#/definitions/deviceOperations" }, "description": "Write operations a second on a disk.", "examples": [[{ "path": "/dev/sda", "rate": 120 }]] } }, "additionalProperties": false, "examples": [{ "weight": 300 }] }, "deploy": { "type": "object", "description": "Replicas and limits.", "properties": { "replicas": { "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 1e3 }, { "type": "string", "pattern": "^[0-9]+$" }], "description": "Number of containers, KEY.1 to KEY.N: a number from 0 to 1000, e.g. 3." }, "resources": { "type": "object", "description": "Limits, as Compose writes them under `deploy`.", "properties": { "limits": { "type": "object", "description": "Same as cpus, mem_limit, pids_limit.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": 'Number of CPUs, a part of one included: 1.5 or "0.5".' }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes." } }, "additionalProperties": false }, "reservations": { "type": "object", "description": "Memory: same as mem_reservation.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "Refused: only memory can be reserved." }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Refused: only memory can be reserved." } }, "additionalProperties": false } }, "additionalProperties": false }, "restart_policy": { "type": "object", "description": "Same as `restart`.", "properties": { "condition": { "enum": ["none", "on-failure", "any"], "default": "any", "description": "When to start again." }, "max_attempts": { "type": "integer", "minimum": 0, "description": "Number of restarts; 0: unlimited." }, "delay": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Refused: the delay doubles from 100 ms to a minute." }, "window": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Refused: a run of 10 s resets the delays." } }, "additionalProperties": false }, "update_config": { "description": "Not yet supported." }, "rollback_config": { "description": "Not yet supported." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "examples": [{ "replicas": 3 }] }, "cap_add": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Capabilities added to the default set; ALL adds all.", "examples": [["NET_ADMIN"]] }, "cap_drop": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "Capabilities removed from the default set; ALL removes all.", "examples": [["ALL"]] }, "security_opt": { "type": "array", "items": { "type": "string", "format": "path" }, "description": "`no-new-privileges[:false]`, `seccomp:unconfined`, `seccomp:FILE`, `apparmor:PROFILE`.", "examples": [["no-new-privileges:true"]] }, "read_only": { "type": "boolean", "description": "Read-only root file system.", "default": false }, "privileged": { "type": "boolean", "description": "All capabilities and devices, no seccomp filter, no masked paths.", "default": false }, "devices": { "type": "array", "items": { "$ref": "#/definitions/device" }, "description": "Devices: `SOURCE[:TARGET[:rwm]]`.", "examples": [["/dev/fuse"]] }, "ulimits": { "type": "object", "additionalProperties": { "anyOf": [{ "type": "integer", "minimum": -1 }, { "type": "object", "description": "Both.", "properties": { "soft": { "type": "integer", "minimum": -1, "description": "Soft limit." }, "hard": { "type": "integer", "minimum": -1, "description": "Hard limit." } }, "additionalProperties": false, "required": ["soft", "hard"] }] }, "description": "Resource limits of its processes, by name: `nofile: 65536`, or `nofile: { soft: 1024, hard: 65536 }`; -1: unlimited. Clamped to the host's hard limits where those cannot be raised.", "examples": [{ "nofile": 65536 }] }, "sysctls": { "allOf": [{ "$ref": "#/definitions/parameters" }], "description": "Kernel parameters of its namespaces: net.*, kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*.", "examples": [{ "net.ipv4.ip_default_ttl": "42" }] }, "shm_size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size of /dev/shm. Default 64m.", "examples": ["128m"] }, "init": { "type": "boolean", "description": "Run catatonit as PID 1.", "default": false }, "tty": { "type": "boolean", "description": "Allocate a terminal.", "default": false }, "stdin_open": { "type": "boolean", "description": "Keep standard input open.", "default": false }, "keep_alive": { "type": "boolean", "description": "After its entrypoint exits with 0, the container stays open for `exec`.", "default": false }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels.", "examples": [{ "team": "web" }] }, "annotations": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Annotations: stored with the container, not passed to the runtime.", "examples": [{ "owner": "web" }] }, "configs": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Configs, by name or long form.", "examples": [[{ "source": "page", "target": "/www/index.html" }]] }, "secrets": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Secrets, by name or long form.", "examples": [["db_password"]] }, "profiles": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "The container exists only if one of these profiles is active.", "examples": [["debug"]] }, "extends": { "anyOf": [{ "type": "string", "format": "line" }, { "type": "object", "description": "Long form.", "properties": { "service": { "type": "string", "format": "line", "description": "Container to start from." }, "file": { "type": "string", "format": "path", "description": "The file of the container, relative to this file; default: this stack." } }, "additionalProperties": false, "required": ["service"] }], "description": "Start from another container's fields.", "examples": ["base"] }, "pull_policy": { "type": "string", "pattern": "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$", "description": "When to ask the registry, for an image by reference: always, missing, never, daily, weekly or every_12h.", "examples": ["always", "daily", "every_12h"] }, "platform": { "type": "string", "pattern": "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$", "description": "Platform of the image, e.g. linux/arm64, for an image by reference; default: that of the host. Another architecture needs an emulator on the host (qemu with binfmt_misc).", "examples": ["linux/amd64", "linux/arm64"] }, "logging": { "type": "object", "description": "Logs.", "properties": { "driver": { "enum": ["k8s-file", "json-file", "local", "none"], "description": "Logs are always files. These names mean the same; another driver is refused." }, "options": { "type": "object", "description": "Options.", "properties": { "max-size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size at which a log is rotated. Default 10m." }, "max-file": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Number of log files. Default 3." } }, "additionalProperties": false } }, "additionalProperties": false, "examples": [{ "options": { "max-size": "10m", "max-file": 3 } }] }, "firewall": { "description": "Not yet supported." }, "shaping": { "description": "Not yet supported." }, "pre_start": { "description": "Not yet supported." }, "post_start": { "description": "Not yet supported." }, "pre_stop": { "description": "Not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
var pattern26 = new RegExp("^/", "u");
var pattern27 = new RegExp("^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$", "u");
var pattern32 = new RegExp("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$", "u");
var pattern33 = new RegExp("^(bridge|none|host|(service|container):.+)$", "u");
var pattern35 = new RegExp("^/[!-~]*$", "u");
var pattern36 = new RegExp("^[1-5][0-9]{2}(-[1-5][0-9]{2})?$", "u");
var pattern38 = new RegExp("^(no|always|unless-stopped|on-failure(:[0-9]+)?)$", "u");
var pattern40 = new RegExp("^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$", "u");
var pattern42 = new RegExp("^[0-9]+$", "u");
var formats114 = /^(?=.{1,254}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?$/;
var formats58 = /^[^\u0000-\u0002\p{Cs}]*(?:\u0001[^\u0001\u0002]*\u0002[^\u0000-\u0002\p{Cs}]*)*$/su;
var schema17 = { "anyOf": [{ "type": ["string", "null"], "format": "argument" }, { "type": "array", "items": { "type": ["string", "number", "boolean"], "format": "argument" } }], "description": "A list of arguments, or one line that is split as a POSIX shell splits words; no shell runs." };
function validate48(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data !== "string" && data !== null) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: schema17.anyOf[0].type }, message: "must be string,null" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data === "string") {
    if (!formats58.test(data)) {
      const err1 = { instancePath, schemaPath: "#/anyOf/0/format", keyword: "format", params: { format: "argument" }, message: 'must match format "argument"' };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (Array.isArray(data)) {
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        let data0 = data[i0];
        if (typeof data0 !== "string" && !(typeof data0 == "number" && isFinite(data0)) && typeof data0 !== "boolean") {
          const err2 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/type", keyword: "type", params: { type: schema17.anyOf[1].items.type }, message: "must be string,number,boolean" };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
        if (typeof data0 === "string") {
          if (!formats58.test(data0)) {
            const err3 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/format", keyword: "format", params: { format: "argument" }, message: 'must match format "argument"' };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
      }
    } else {
      const err4 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err5 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate48.errors = vErrors;
  return errors === 0;
}
var schema18 = { "anyOf": [{ "type": ["object", "null"], "propertyNames": { "format": "variable" }, "additionalProperties": { "type": ["string", "number", "boolean", "null"], "format": "value" } }, { "type": "array", "items": { "type": "string", "format": "value" } }], "description": "A map, or a list of `NAME=VALUE`." };
function validate51(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: schema18.anyOf[0].type }, message: "must be object,null" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const _errs3 = errors;
      if (typeof key0 === "string") {
        if (!formats16.test(key0)) {
          const err1 = { instancePath, schemaPath: "#/anyOf/0/propertyNames/format", keyword: "format", params: { format: "variable" }, message: 'must match format "variable"', propertyName: key0 };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      }
      var valid1 = _errs3 === errors;
      if (!valid1) {
        const err2 = { instancePath, schemaPath: "#/anyOf/0/propertyNames", keyword: "propertyNames", params: { propertyName: key0 }, message: "property name must be valid" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    for (const key1 in data) {
      let data0 = data[key1];
      if (typeof data0 !== "string" && !(typeof data0 == "number" && isFinite(data0)) && typeof data0 !== "boolean" && data0 !== null) {
        const err3 = { instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema18.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (typeof data0 === "string") {
        if (!formats2.test(data0)) {
          const err4 = { instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/anyOf/0/additionalProperties/format", keyword: "format", params: { format: "value" }, message: 'must match format "value"' };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs7 = errors;
    if (Array.isArray(data)) {
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        let data1 = data[i0];
        if (typeof data1 === "string") {
          if (!formats2.test(data1)) {
            const err5 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/format", keyword: "format", params: { format: "value" }, message: 'must match format "value"' };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        } else {
          const err6 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    } else {
      const err7 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
      if (vErrors === null) {
        vErrors = [err7];
      } else {
        vErrors.push(err7);
      }
      errors++;
    }
    var _valid0 = _errs7 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err8 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err8];
    } else {
      vErrors.push(err8);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate51.errors = vErrors;
  return errors === 0;
}
var schema19 = { "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 65535 }, { "type": "string", "format": "word" }, { "type": "object", "description": "Long form.", "properties": { "target": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Port inside the container, or a range." }, "published": { "type": ["integer", "string"], "format": "word", "description": "Port of the host, or a range, e.g. `8000-8010`." }, "host_ip": { "type": "string", "format": "line", "description": "IPv4 address of the host that it binds, or `localhost`. Default 127.0.0.1; IPv6 is not yet supported." }, "protocol": { "enum": ["tcp", "udp"], "default": "tcp", "description": "tcp or udp." }, "public": { "type": "boolean", "description": "Bind all addresses of the host: other machines can reach the port.", "default": false }, "name": { "type": "string", "format": "line", "description": "For readers only." }, "mode": { "enum": ["host", "ingress"], "description": "`host` or `ingress`: on one host both publish the port on that host." } }, "additionalProperties": false, "required": ["target"] }] };
var pattern28 = new RegExp("^-?[0-9]+$", "u");
function validate54(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (typeof data === "string") {
      if (!pattern28.test(data)) {
        const err1 = { instancePath, schemaPath: "#/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    } else {
      const err2 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err3 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate54.errors = vErrors;
  return errors === 0;
}
function validate53(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data == "number" && isFinite(data)) {
    if (data > 65535 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/anyOf/0/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data < 1 || isNaN(data)) {
      const err2 = { instancePath, schemaPath: "#/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (typeof data === "string") {
      if (!formats20.test(data)) {
        const err3 = { instancePath, schemaPath: "#/anyOf/1/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    } else {
      const err4 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
    if (!valid0) {
      const _errs5 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.target === void 0) {
          const err5 = { instancePath, schemaPath: "#/anyOf/2/required", keyword: "required", params: { missingProperty: "target" }, message: "must have required property 'target'" };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        for (const key0 in data) {
          if (!(key0 === "target" || key0 === "published" || key0 === "host_ip" || key0 === "protocol" || key0 === "public" || key0 === "name" || key0 === "mode")) {
            const err6 = { instancePath, schemaPath: "#/anyOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
        if (data.target !== void 0) {
          if (!validate54(data.target, { instancePath: instancePath + "/target", parentData: data, parentDataProperty: "target", rootData })) {
            vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
            errors = vErrors.length;
          }
        }
        if (data.published !== void 0) {
          let data1 = data.published;
          if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1)) && typeof data1 !== "string") {
            const err7 = { instancePath: instancePath + "/published", schemaPath: "#/anyOf/2/properties/published/type", keyword: "type", params: { type: schema19.anyOf[2].properties.published.type }, message: "must be integer,string" };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          if (typeof data1 === "string") {
            if (!formats20.test(data1)) {
              const err8 = { instancePath: instancePath + "/published", schemaPath: "#/anyOf/2/properties/published/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          }
        }
        if (data.host_ip !== void 0) {
          let data2 = data.host_ip;
          if (typeof data2 === "string") {
            if (!formats10.test(data2)) {
              const err9 = { instancePath: instancePath + "/host_ip", schemaPath: "#/anyOf/2/properties/host_ip/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          } else {
            const err10 = { instancePath: instancePath + "/host_ip", schemaPath: "#/anyOf/2/properties/host_ip/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        if (data.protocol !== void 0) {
          let data3 = data.protocol;
          if (!(data3 === "tcp" || data3 === "udp")) {
            const err11 = { instancePath: instancePath + "/protocol", schemaPath: "#/anyOf/2/properties/protocol/enum", keyword: "enum", params: { allowedValues: schema19.anyOf[2].properties.protocol.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data.public !== void 0) {
          if (typeof data.public !== "boolean") {
            const err12 = { instancePath: instancePath + "/public", schemaPath: "#/anyOf/2/properties/public/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data.name !== void 0) {
          let data5 = data.name;
          if (typeof data5 === "string") {
            if (!formats10.test(data5)) {
              const err13 = { instancePath: instancePath + "/name", schemaPath: "#/anyOf/2/properties/name/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
          } else {
            const err14 = { instancePath: instancePath + "/name", schemaPath: "#/anyOf/2/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
        if (data.mode !== void 0) {
          let data6 = data.mode;
          if (!(data6 === "host" || data6 === "ingress")) {
            const err15 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/2/properties/mode/enum", keyword: "enum", params: { allowedValues: schema19.anyOf[2].properties.mode.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
      } else {
        const err16 = { instancePath, schemaPath: "#/anyOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
      var _valid0 = _errs5 === errors;
      valid0 = valid0 || _valid0;
    }
  }
  if (!valid0) {
    const err17 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err17];
    } else {
      vErrors.push(err17);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate53.errors = vErrors;
  return errors === 0;
}
var schema21 = { "anyOf": [{ "type": "string", "format": "path" }, { "type": "object", "description": "Long form.", "properties": { "type": { "enum": ["bind", "volume", "tmpfs"], "description": "Kind of mount." }, "source": { "type": "string", "format": "path", "description": "Path of the host (bind) or name under `volumes:` (volume)." }, "target": { "type": "string", "format": "path", "description": "Path inside the container." }, "read_only": { "type": "boolean", "description": "Mounted read-only.", "default": false }, "bind": { "type": "object", "description": "Options of a bind mount.", "properties": { "propagation": { "enum": ["private", "rprivate", "shared", "rshared", "slave", "rslave"], "default": "rprivate", "description": "Mount propagation." }, "create_host_path": { "type": "boolean", "description": "Create the source folder if it does not exist.", "default": true }, "recursive": { "enum": ["enabled", "disabled", "writable", "readonly"], "default": "enabled", "description": "Mounts below the source: `enabled` includes them, read-only with `read_only` (before Linux 5.12 only the top is read-only); `disabled` excludes them; `writable` leaves them unchanged below a read-only top; `readonly` is `enabled`, and is refused on a kernel that does not support it." }, "options": { "type": "array", "items": { "$ref": "#/definitions/mountFlag" }, "description": "Flags of the mount, as in the short form: `noexec`, `nosuid` and `nodev` also apply to the mounts below the source (from Linux 5.12 on, and unless `recursive` is `writable`); `noatime`, `relatime`, `strictatime`, `nodiratime`. `exec`, `suid`, `dev` and `diratime` are the defaults." } }, "additionalProperties": false }, "volume": { "type": "object", "description": "Options of a volume.", "properties": { "nocopy": { "type": "boolean", "description": "Do not fill an empty volume from the image.", "default": false }, "options": { "type": "array", "items": { "$ref": "#/definitions/mountFlag" }, "description": "Flags of the mount, as for a bind mount." } }, "additionalProperties": false }, "tmpfs": { "type": "object", "description": "Options of a tmpfs.", "properties": { "size": { "anyOf": [{ "$ref": "#/definitions/size" }, { "type": "string", "pattern": "^[0-9]{1,3}%$" }], "description": "Largest size, bytes or a share of the memory, e.g. `50%`. Default: half of the memory." }, "mode": { "type": "string", "pattern": "^0?[0-7]{3,4}$", "description": "Octal permissions, as a string in quotes. Default 1777." }, "options": { "type": "array", "items": { "type": "string", "format": "word" }, "description": "More options, as in the short form: `uid=1000`, `gid=1000`, `nr_inodes=4k`, `exec`, `suid`, `dev`, `noatime`, `sync`." } }, "additionalProperties": false } }, "additionalProperties": false, "required": ["type", "target"] }] };
var schema22 = { "enum": ["noexec", "nosuid", "nodev", "noatime", "relatime", "strictatime", "nodiratime", "exec", "suid", "dev", "diratime"], "description": "A flag of mount(8)." };
function validate58(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(data === "noexec" || data === "nosuid" || data === "nodev" || data === "noatime" || data === "relatime" || data === "strictatime" || data === "nodiratime" || data === "exec" || data === "suid" || data === "dev" || data === "diratime")) {
    const err0 = { instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema22.enum }, message: "must be equal to one of the allowed values" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  validate58.errors = vErrors;
  return errors === 0;
}
var pattern29 = new RegExp("^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$", "u");
function validate61(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data == "number" && isFinite(data)) {
    if (data < -1 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (typeof data === "string") {
      if (!pattern29.test(data)) {
        const err2 = { instancePath, schemaPath: "#/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    } else {
      const err3 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err4 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err4];
    } else {
      vErrors.push(err4);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate61.errors = vErrors;
  return errors === 0;
}
var pattern30 = new RegExp("^[0-9]{1,3}%$", "u");
var pattern31 = new RegExp("^0?[0-7]{3,4}$", "u");
function validate57(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data === "string") {
    if (!formats6.test(data)) {
      const err0 = { instancePath, schemaPath: "#/anyOf/0/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.type === void 0) {
        const err2 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      if (data.target === void 0) {
        const err3 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "target" }, message: "must have required property 'target'" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      for (const key0 in data) {
        if (!(key0 === "type" || key0 === "source" || key0 === "target" || key0 === "read_only" || key0 === "bind" || key0 === "volume" || key0 === "tmpfs")) {
          const err4 = { instancePath, schemaPath: "#/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
      if (data.type !== void 0) {
        let data0 = data.type;
        if (!(data0 === "bind" || data0 === "volume" || data0 === "tmpfs")) {
          const err5 = { instancePath: instancePath + "/type", schemaPath: "#/anyOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: schema21.anyOf[1].properties.type.enum }, message: "must be equal to one of the allowed values" };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      }
      if (data.source !== void 0) {
        let data1 = data.source;
        if (typeof data1 === "string") {
          if (!formats6.test(data1)) {
            const err6 = { instancePath: instancePath + "/source", schemaPath: "#/anyOf/1/properties/source/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        } else {
          const err7 = { instancePath: instancePath + "/source", schemaPath: "#/anyOf/1/properties/source/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
      if (data.target !== void 0) {
        let data2 = data.target;
        if (typeof data2 === "string") {
          if (!formats6.test(data2)) {
            const err8 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        } else {
          const err9 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
      if (data.read_only !== void 0) {
        if (typeof data.read_only !== "boolean") {
          const err10 = { instancePath: instancePath + "/read_only", schemaPath: "#/anyOf/1/properties/read_only/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
      if (data.bind !== void 0) {
        let data4 = data.bind;
        if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
          for (const key1 in data4) {
            if (!(key1 === "propagation" || key1 === "create_host_path" || key1 === "recursive" || key1 === "options")) {
              const err11 = { instancePath: instancePath + "/bind", schemaPath: "#/anyOf/1/properties/bind/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          }
          if (data4.propagation !== void 0) {
            let data5 = data4.propagation;
            if (!(data5 === "private" || data5 === "rprivate" || data5 === "shared" || data5 === "rshared" || data5 === "slave" || data5 === "rslave")) {
              const err12 = { instancePath: instancePath + "/bind/propagation", schemaPath: "#/anyOf/1/properties/bind/properties/propagation/enum", keyword: "enum", params: { allowedValues: schema21.anyOf[1].properties.bind.properties.propagation.enum }, message: "must be equal to one of the allowed values" };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
          if (data4.create_host_path !== void 0) {
            if (typeof data4.create_host_path !== "boolean") {
              const err13 = { instancePath: instancePath + "/bind/create_host_path", schemaPath: "#/anyOf/1/properties/bind/properties/create_host_path/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
          }
          if (data4.recursive !== void 0) {
            let data7 = data4.recursive;
            if (!(data7 === "enabled" || data7 === "disabled" || data7 === "writable" || data7 === "readonly")) {
              const err14 = { instancePath: instancePath + "/bind/recursive", schemaPath: "#/anyOf/1/properties/bind/properties/recursive/enum", keyword: "enum", params: { allowedValues: schema21.anyOf[1].properties.bind.properties.recursive.enum }, message: "must be equal to one of the allowed values" };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          }
          if (data4.options !== void 0) {
            let data8 = data4.options;
            if (Array.isArray(data8)) {
              const len0 = data8.length;
              for (let i0 = 0; i0 < len0; i0++) {
                if (!validate58(data8[i0], { instancePath: instancePath + "/bind/options/" + i0, parentData: data8, parentDataProperty: i0, rootData })) {
                  vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
                  errors = vErrors.length;
                }
              }
            } else {
              const err15 = { instancePath: instancePath + "/bind/options", schemaPath: "#/anyOf/1/properties/bind/properties/options/type", keyword: "type", params: { type: "array" }, message: "must be array" };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
        } else {
          const err16 = { instancePath: instancePath + "/bind", schemaPath: "#/anyOf/1/properties/bind/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      }
      if (data.volume !== void 0) {
        let data10 = data.volume;
        if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
          for (const key2 in data10) {
            if (!(key2 === "nocopy" || key2 === "options")) {
              const err17 = { instancePath: instancePath + "/volume", schemaPath: "#/anyOf/1/properties/volume/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          }
          if (data10.nocopy !== void 0) {
            if (typeof data10.nocopy !== "boolean") {
              const err18 = { instancePath: instancePath + "/volume/nocopy", schemaPath: "#/anyOf/1/properties/volume/properties/nocopy/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          }
          if (data10.options !== void 0) {
            let data12 = data10.options;
            if (Array.isArray(data12)) {
              const len1 = data12.length;
              for (let i1 = 0; i1 < len1; i1++) {
                if (!validate58(data12[i1], { instancePath: instancePath + "/volume/options/" + i1, parentData: data12, parentDataProperty: i1, rootData })) {
                  vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
                  errors = vErrors.length;
                }
              }
            } else {
              const err19 = { instancePath: instancePath + "/volume/options", schemaPath: "#/anyOf/1/properties/volume/properties/options/type", keyword: "type", params: { type: "array" }, message: "must be array" };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          }
        } else {
          const err20 = { instancePath: instancePath + "/volume", schemaPath: "#/anyOf/1/properties/volume/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
      }
      if (data.tmpfs !== void 0) {
        let data14 = data.tmpfs;
        if (data14 && typeof data14 == "object" && !Array.isArray(data14)) {
          for (const key3 in data14) {
            if (!(key3 === "size" || key3 === "mode" || key3 === "options")) {
              const err21 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/anyOf/1/properties/tmpfs/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
          }
          if (data14.size !== void 0) {
            let data15 = data14.size;
            const _errs35 = errors;
            let valid9 = false;
            const _errs36 = errors;
            if (!validate61(data15, { instancePath: instancePath + "/tmpfs/size", parentData: data14, parentDataProperty: "size", rootData })) {
              vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
              errors = vErrors.length;
            }
            var _valid1 = _errs36 === errors;
            valid9 = valid9 || _valid1;
            if (!valid9) {
              const _errs37 = errors;
              if (typeof data15 === "string") {
                if (!pattern30.test(data15)) {
                  const err22 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/anyOf/1/properties/tmpfs/properties/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[0-9]{1,3}%$" }, message: 'must match pattern "^[0-9]{1,3}%$"' };
                  if (vErrors === null) {
                    vErrors = [err22];
                  } else {
                    vErrors.push(err22);
                  }
                  errors++;
                }
              } else {
                const err23 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/anyOf/1/properties/tmpfs/properties/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err23];
                } else {
                  vErrors.push(err23);
                }
                errors++;
              }
              var _valid1 = _errs37 === errors;
              valid9 = valid9 || _valid1;
            }
            if (!valid9) {
              const err24 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/anyOf/1/properties/tmpfs/properties/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err24];
              } else {
                vErrors.push(err24);
              }
              errors++;
            } else {
              errors = _errs35;
              if (vErrors !== null) {
                if (_errs35) {
                  vErrors.length = _errs35;
                } else {
                  vErrors = null;
                }
              }
            }
          }
          if (data14.mode !== void 0) {
            let data16 = data14.mode;
            if (typeof data16 === "string") {
              if (!pattern31.test(data16)) {
                const err25 = { instancePath: instancePath + "/tmpfs/mode", schemaPath: "#/anyOf/1/properties/tmpfs/properties/mode/pattern", keyword: "pattern", params: { pattern: "^0?[0-7]{3,4}$" }, message: 'must match pattern "^0?[0-7]{3,4}$"' };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
            } else {
              const err26 = { instancePath: instancePath + "/tmpfs/mode", schemaPath: "#/anyOf/1/properties/tmpfs/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
          }
          if (data14.options !== void 0) {
            let data17 = data14.options;
            if (Array.isArray(data17)) {
              const len2 = data17.length;
              for (let i2 = 0; i2 < len2; i2++) {
                let data18 = data17[i2];
                if (typeof data18 === "string") {
                  if (!formats20.test(data18)) {
                    const err27 = { instancePath: instancePath + "/tmpfs/options/" + i2, schemaPath: "#/anyOf/1/properties/tmpfs/properties/options/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
                    if (vErrors === null) {
                      vErrors = [err27];
                    } else {
                      vErrors.push(err27);
                    }
                    errors++;
                  }
                } else {
                  const err28 = { instancePath: instancePath + "/tmpfs/options/" + i2, schemaPath: "#/anyOf/1/properties/tmpfs/properties/options/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err28];
                  } else {
                    vErrors.push(err28);
                  }
                  errors++;
                }
              }
            } else {
              const err29 = { instancePath: instancePath + "/tmpfs/options", schemaPath: "#/anyOf/1/properties/tmpfs/properties/options/type", keyword: "type", params: { type: "array" }, message: "must be array" };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          }
        } else {
          const err30 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/anyOf/1/properties/tmpfs/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err30];
          } else {
            vErrors.push(err30);
          }
          errors++;
        }
      }
    } else {
      const err31 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
      if (vErrors === null) {
        vErrors = [err31];
      } else {
        vErrors.push(err31);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err32 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err32];
    } else {
      vErrors.push(err32);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate57.errors = vErrors;
  return errors === 0;
}
var pattern39 = new RegExp("^[0-9]+(\\.[0-9]+)?$", "u");
function validate75(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "number" }, message: "must be number" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (typeof data === "string") {
      if (!pattern39.test(data)) {
        const err1 = { instancePath, schemaPath: "#/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?$"' };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    } else {
      const err2 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err3 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate75.errors = vErrors;
  return errors === 0;
}
var pattern41 = new RegExp("^([1-9][0-9]{1,2}|1000)$", "u");
function validate81(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data == "number" && isFinite(data)) {
    if (data > 1e3 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/anyOf/0/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 }, message: "must be <= 1000" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data < 10 || isNaN(data)) {
      const err2 = { instancePath, schemaPath: "#/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 10 }, message: "must be >= 10" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (typeof data === "string") {
      if (!pattern41.test(data)) {
        const err3 = { instancePath, schemaPath: "#/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^([1-9][0-9]{1,2}|1000)$" }, message: 'must match pattern "^([1-9][0-9]{1,2}|1000)$"' };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    } else {
      const err4 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err5 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate81.errors = vErrors;
  return errors === 0;
}
function validate83(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.path === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.weight === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "weight" }, message: "must have required property 'weight'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "path" || key0 === "weight")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.path !== void 0) {
      let data0 = data.path;
      if (typeof data0 === "string") {
        if (!formats6.test(data0)) {
          const err3 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.weight !== void 0) {
      if (!validate81(data.weight, { instancePath: instancePath + "/weight", parentData: data, parentDataProperty: "weight", rootData })) {
        vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate83.errors = vErrors;
  return errors === 0;
}
function validate86(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.path === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.rate === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "rate" }, message: "must have required property 'rate'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "path" || key0 === "rate")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.path !== void 0) {
      let data0 = data.path;
      if (typeof data0 === "string") {
        if (!formats6.test(data0)) {
          const err3 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.rate !== void 0) {
      if (!validate61(data.rate, { instancePath: instancePath + "/rate", parentData: data, parentDataProperty: "rate", rootData })) {
        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate86.errors = vErrors;
  return errors === 0;
}
function validate90(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.path === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.rate === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "rate" }, message: "must have required property 'rate'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "path" || key0 === "rate")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.path !== void 0) {
      let data0 = data.path;
      if (typeof data0 === "string") {
        if (!formats6.test(data0)) {
          const err3 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.rate !== void 0) {
      if (!validate54(data.rate, { instancePath: instancePath + "/rate", parentData: data, parentDataProperty: "rate", rootData })) {
        vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate90.errors = vErrors;
  return errors === 0;
}
var pattern43 = new RegExp("^[rwm]{1,3}$", "u");
function validate103(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data === "string") {
    if (!formats6.test(data)) {
      const err0 = { instancePath, schemaPath: "#/anyOf/0/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.source === void 0) {
        const err2 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "source" }, message: "must have required property 'source'" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      for (const key0 in data) {
        if (!(key0 === "source" || key0 === "target" || key0 === "permissions")) {
          const err3 = { instancePath, schemaPath: "#/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
      if (data.source !== void 0) {
        let data0 = data.source;
        if (typeof data0 === "string") {
          if (!formats6.test(data0)) {
            const err4 = { instancePath: instancePath + "/source", schemaPath: "#/anyOf/1/properties/source/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        } else {
          const err5 = { instancePath: instancePath + "/source", schemaPath: "#/anyOf/1/properties/source/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      }
      if (data.target !== void 0) {
        let data1 = data.target;
        if (typeof data1 === "string") {
          if (!formats6.test(data1)) {
            const err6 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        } else {
          const err7 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
      if (data.permissions !== void 0) {
        let data2 = data.permissions;
        if (typeof data2 === "string") {
          if (!pattern43.test(data2)) {
            const err8 = { instancePath: instancePath + "/permissions", schemaPath: "#/anyOf/1/properties/permissions/pattern", keyword: "pattern", params: { pattern: "^[rwm]{1,3}$" }, message: 'must match pattern "^[rwm]{1,3}$"' };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        } else {
          const err9 = { instancePath: instancePath + "/permissions", schemaPath: "#/anyOf/1/properties/permissions/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
    } else {
      const err10 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
      if (vErrors === null) {
        vErrors = [err10];
      } else {
        vErrors.push(err10);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err11 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate103.errors = vErrors;
  return errors === 0;
}
var schema30 = { "anyOf": [{ "type": ["object", "null"], "additionalProperties": { "type": ["string", "number", "boolean", "null"], "format": "value" } }, { "type": "array", "items": { "type": "string", "format": "value" } }], "description": "A map, or a list of `NAME=VALUE`." };
function validate105(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: schema30.anyOf[0].type }, message: "must be object,null" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      let data0 = data[key0];
      if (typeof data0 !== "string" && !(typeof data0 == "number" && isFinite(data0)) && typeof data0 !== "boolean" && data0 !== null) {
        const err1 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema30.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (typeof data0 === "string") {
        if (!formats2.test(data0)) {
          const err2 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/anyOf/0/additionalProperties/format", keyword: "format", params: { format: "value" }, message: 'must match format "value"' };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      }
    }
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs6 = errors;
    if (Array.isArray(data)) {
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        let data1 = data[i0];
        if (typeof data1 === "string") {
          if (!formats2.test(data1)) {
            const err3 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/format", keyword: "format", params: { format: "value" }, message: 'must match format "value"' };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        } else {
          const err4 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
    } else {
      const err5 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    var _valid0 = _errs6 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err6 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err6];
    } else {
      vErrors.push(err6);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate105.errors = vErrors;
  return errors === 0;
}
function validate110(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data !== "string") {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.source === void 0) {
        const err1 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "source" }, message: "must have required property 'source'" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      for (const key0 in data) {
        if (!(key0 === "source" || key0 === "target" || key0 === "mode" || key0 === "uid" || key0 === "gid" || key0 === "on_change")) {
          const err2 = { instancePath, schemaPath: "#/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      }
      if (data.source !== void 0) {
        if (typeof data.source !== "string") {
          const err3 = { instancePath: instancePath + "/source", schemaPath: "#/anyOf/1/properties/source/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
      if (data.target !== void 0) {
        let data1 = data.target;
        if (typeof data1 === "string") {
          if (!formats6.test(data1)) {
            const err4 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        } else {
          const err5 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      }
      if (data.mode !== void 0) {
        let data2 = data.mode;
        if (typeof data2 === "string") {
          if (!pattern31.test(data2)) {
            const err6 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/1/properties/mode/pattern", keyword: "pattern", params: { pattern: "^0?[0-7]{3,4}$" }, message: 'must match pattern "^0?[0-7]{3,4}$"' };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        } else {
          const err7 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/1/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
      if (data.uid !== void 0) {
        if (!validate54(data.uid, { instancePath: instancePath + "/uid", parentData: data, parentDataProperty: "uid", rootData })) {
          vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
          errors = vErrors.length;
        }
      }
      if (data.gid !== void 0) {
        if (!validate54(data.gid, { instancePath: instancePath + "/gid", parentData: data, parentDataProperty: "gid", rootData })) {
          vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
          errors = vErrors.length;
        }
      }
    } else {
      const err8 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err9 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate110.errors = vErrors;
  return errors === 0;
}
function validate47(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(func2.call(schema16.properties, key0) || pattern0.test(key0))) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.image !== void 0) {
      let data0 = data.image;
      if (typeof data0 === "string") {
        if (!formats20.test(data0)) {
          const err1 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.command !== void 0) {
      if (!validate48(data.command, { instancePath: instancePath + "/command", parentData: data, parentDataProperty: "command", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.entrypoint !== void 0) {
      if (!validate48(data.entrypoint, { instancePath: instancePath + "/entrypoint", parentData: data, parentDataProperty: "entrypoint", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.environment !== void 0) {
      if (!validate51(data.environment, { instancePath: instancePath + "/environment", parentData: data, parentDataProperty: "environment", rootData })) {
        vErrors = vErrors === null ? validate51.errors : vErrors.concat(validate51.errors);
        errors = vErrors.length;
      }
    }
    if (data.env_file !== void 0) {
      let data4 = data.env_file;
      const _errs11 = errors;
      let valid4 = false;
      const _errs12 = errors;
      if (typeof data4 === "string") {
        if (!formats6.test(data4)) {
          const err3 = { instancePath: instancePath + "/env_file", schemaPath: "#/properties/env_file/anyOf/0/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/env_file", schemaPath: "#/properties/env_file/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      var _valid0 = _errs12 === errors;
      valid4 = valid4 || _valid0;
      if (!valid4) {
        const _errs14 = errors;
        if (Array.isArray(data4)) {
          const len0 = data4.length;
          for (let i0 = 0; i0 < len0; i0++) {
            let data5 = data4[i0];
            const _errs17 = errors;
            let valid7 = false;
            const _errs18 = errors;
            if (typeof data5 === "string") {
              if (!formats6.test(data5)) {
                const err5 = { instancePath: instancePath + "/env_file/" + i0, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/0/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
                if (vErrors === null) {
                  vErrors = [err5];
                } else {
                  vErrors.push(err5);
                }
                errors++;
              }
            } else {
              const err6 = { instancePath: instancePath + "/env_file/" + i0, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
            var _valid1 = _errs18 === errors;
            valid7 = valid7 || _valid1;
            if (!valid7) {
              const _errs20 = errors;
              if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
                if (data5.path === void 0) {
                  const err7 = { instancePath: instancePath + "/env_file/" + i0, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
                  if (vErrors === null) {
                    vErrors = [err7];
                  } else {
                    vErrors.push(err7);
                  }
                  errors++;
                }
                for (const key1 in data5) {
                  if (!(key1 === "path" || key1 === "required")) {
                    const err8 = { instancePath: instancePath + "/env_file/" + i0, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err8];
                    } else {
                      vErrors.push(err8);
                    }
                    errors++;
                  }
                }
                if (data5.path !== void 0) {
                  let data6 = data5.path;
                  if (typeof data6 === "string") {
                    if (!formats6.test(data6)) {
                      const err9 = { instancePath: instancePath + "/env_file/" + i0 + "/path", schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/properties/path/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
                      if (vErrors === null) {
                        vErrors = [err9];
                      } else {
                        vErrors.push(err9);
                      }
                      errors++;
                    }
                  } else {
                    const err10 = { instancePath: instancePath + "/env_file/" + i0 + "/path", schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err10];
                    } else {
                      vErrors.push(err10);
                    }
                    errors++;
                  }
                }
                if (data5.required !== void 0) {
                  if (typeof data5.required !== "boolean") {
                    const err11 = { instancePath: instancePath + "/env_file/" + i0 + "/required", schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/properties/required/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                    if (vErrors === null) {
                      vErrors = [err11];
                    } else {
                      vErrors.push(err11);
                    }
                    errors++;
                  }
                }
              } else {
                const err12 = { instancePath: instancePath + "/env_file/" + i0, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
              }
              var _valid1 = _errs20 === errors;
              valid7 = valid7 || _valid1;
            }
            if (!valid7) {
              const err13 = { instancePath: instancePath + "/env_file/" + i0, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            } else {
              errors = _errs17;
              if (vErrors !== null) {
                if (_errs17) {
                  vErrors.length = _errs17;
                } else {
                  vErrors = null;
                }
              }
            }
          }
        } else {
          const err14 = { instancePath: instancePath + "/env_file", schemaPath: "#/properties/env_file/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
        var _valid0 = _errs14 === errors;
        valid4 = valid4 || _valid0;
      }
      if (!valid4) {
        const err15 = { instancePath: instancePath + "/env_file", schemaPath: "#/properties/env_file/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      } else {
        errors = _errs11;
        if (vErrors !== null) {
          if (_errs11) {
            vErrors.length = _errs11;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.working_dir !== void 0) {
      let data8 = data.working_dir;
      if (typeof data8 === "string") {
        if (!pattern26.test(data8)) {
          const err16 = { instancePath: instancePath + "/working_dir", schemaPath: "#/properties/working_dir/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        if (!formats6.test(data8)) {
          const err17 = { instancePath: instancePath + "/working_dir", schemaPath: "#/properties/working_dir/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
      } else {
        const err18 = { instancePath: instancePath + "/working_dir", schemaPath: "#/properties/working_dir/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
    }
    if (data.user !== void 0) {
      let data9 = data.user;
      if (typeof data9 !== "string" && !(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
        const err19 = { instancePath: instancePath + "/user", schemaPath: "#/properties/user/type", keyword: "type", params: { type: schema16.properties.user.type }, message: "must be string,integer" };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
      if (typeof data9 === "string") {
        if (!formats10.test(data9)) {
          const err20 = { instancePath: instancePath + "/user", schemaPath: "#/properties/user/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
      }
    }
    if (data.group_add !== void 0) {
      let data10 = data.group_add;
      if (Array.isArray(data10)) {
        const len1 = data10.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data11 = data10[i1];
          if (typeof data11 !== "string" && !(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
            const err21 = { instancePath: instancePath + "/group_add/" + i1, schemaPath: "#/properties/group_add/items/type", keyword: "type", params: { type: schema16.properties.group_add.items.type }, message: "must be string,integer" };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
          if (typeof data11 === "string") {
            if (!formats10.test(data11)) {
              const err22 = { instancePath: instancePath + "/group_add/" + i1, schemaPath: "#/properties/group_add/items/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
          }
        }
      } else {
        const err23 = { instancePath: instancePath + "/group_add", schemaPath: "#/properties/group_add/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.hostname !== void 0) {
      let data12 = data.hostname;
      if (typeof data12 === "string") {
        if (!pattern27.test(data12)) {
          const err24 = { instancePath: instancePath + "/hostname", schemaPath: "#/properties/hostname/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$" }, message: 'must match pattern "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$"' };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
      } else {
        const err25 = { instancePath: instancePath + "/hostname", schemaPath: "#/properties/hostname/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.ports !== void 0) {
      let data13 = data.ports;
      if (Array.isArray(data13)) {
        const len2 = data13.length;
        for (let i2 = 0; i2 < len2; i2++) {
          if (!validate53(data13[i2], { instancePath: instancePath + "/ports/" + i2, parentData: data13, parentDataProperty: i2, rootData })) {
            vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err26 = { instancePath: instancePath + "/ports", schemaPath: "#/properties/ports/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.expose !== void 0) {
      let data15 = data.expose;
      if (Array.isArray(data15)) {
        const len3 = data15.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data16 = data15[i3];
          if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16)) && typeof data16 !== "string") {
            const err27 = { instancePath: instancePath + "/expose/" + i3, schemaPath: "#/properties/expose/items/type", keyword: "type", params: { type: schema16.properties.expose.items.type }, message: "must be integer,string" };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
          if (typeof data16 === "string") {
            if (!formats20.test(data16)) {
              const err28 = { instancePath: instancePath + "/expose/" + i3, schemaPath: "#/properties/expose/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
          }
        }
      } else {
        const err29 = { instancePath: instancePath + "/expose", schemaPath: "#/properties/expose/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
    if (data.volumes !== void 0) {
      let data17 = data.volumes;
      if (Array.isArray(data17)) {
        const len4 = data17.length;
        for (let i4 = 0; i4 < len4; i4++) {
          if (!validate57(data17[i4], { instancePath: instancePath + "/volumes/" + i4, parentData: data17, parentDataProperty: i4, rootData })) {
            vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err30 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.tmpfs !== void 0) {
      let data19 = data.tmpfs;
      const _errs48 = errors;
      let valid17 = false;
      const _errs49 = errors;
      if (typeof data19 === "string") {
        if (!formats6.test(data19)) {
          const err31 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/properties/tmpfs/anyOf/0/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
      } else {
        const err32 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/properties/tmpfs/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
      var _valid2 = _errs49 === errors;
      valid17 = valid17 || _valid2;
      if (!valid17) {
        const _errs51 = errors;
        if (Array.isArray(data19)) {
          const len5 = data19.length;
          for (let i5 = 0; i5 < len5; i5++) {
            let data20 = data19[i5];
            if (typeof data20 === "string") {
              if (!formats6.test(data20)) {
                const err33 = { instancePath: instancePath + "/tmpfs/" + i5, schemaPath: "#/properties/tmpfs/anyOf/1/items/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
                if (vErrors === null) {
                  vErrors = [err33];
                } else {
                  vErrors.push(err33);
                }
                errors++;
              }
            } else {
              const err34 = { instancePath: instancePath + "/tmpfs/" + i5, schemaPath: "#/properties/tmpfs/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err34];
              } else {
                vErrors.push(err34);
              }
              errors++;
            }
          }
        } else {
          const err35 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/properties/tmpfs/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err35];
          } else {
            vErrors.push(err35);
          }
          errors++;
        }
        var _valid2 = _errs51 === errors;
        valid17 = valid17 || _valid2;
      }
      if (!valid17) {
        const err36 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/properties/tmpfs/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      } else {
        errors = _errs48;
        if (vErrors !== null) {
          if (_errs48) {
            vErrors.length = _errs48;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.networks !== void 0) {
      let data21 = data.networks;
      const _errs56 = errors;
      let valid20 = false;
      const _errs57 = errors;
      if (Array.isArray(data21)) {
        const len6 = data21.length;
        for (let i6 = 0; i6 < len6; i6++) {
          if (typeof data21[i6] !== "string") {
            const err37 = { instancePath: instancePath + "/networks/" + i6, schemaPath: "#/properties/networks/anyOf/0/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
        }
      } else {
        const err38 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/anyOf/0/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err38];
        } else {
          vErrors.push(err38);
        }
        errors++;
      }
      var _valid3 = _errs57 === errors;
      valid20 = valid20 || _valid3;
      if (!valid20) {
        const _errs61 = errors;
        if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
          for (const key2 in data21) {
            let data23 = data21[key2];
            const _errs65 = errors;
            let valid24 = false;
            const _errs66 = errors;
            if (data23 !== null) {
              const err39 = { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "null" }, message: "must be null" };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
            var _valid4 = _errs66 === errors;
            valid24 = valid24 || _valid4;
            if (!valid24) {
              const _errs68 = errors;
              if (data23 && typeof data23 == "object" && !Array.isArray(data23)) {
                for (const key3 in data23) {
                  if (!(key3 === "aliases" || key3 === "ipv4_address")) {
                    const err40 = { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err40];
                    } else {
                      vErrors.push(err40);
                    }
                    errors++;
                  }
                }
                if (data23.aliases !== void 0) {
                  let data24 = data23.aliases;
                  if (Array.isArray(data24)) {
                    const len7 = data24.length;
                    for (let i7 = 0; i7 < len7; i7++) {
                      let data25 = data24[i7];
                      if (typeof data25 === "string") {
                        if (!pattern32.test(data25)) {
                          const err41 = { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/aliases/" + i7, schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/properties/aliases/items/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"' };
                          if (vErrors === null) {
                            vErrors = [err41];
                          } else {
                            vErrors.push(err41);
                          }
                          errors++;
                        }
                      } else {
                        const err42 = { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/aliases/" + i7, schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/properties/aliases/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err42];
                        } else {
                          vErrors.push(err42);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err43 = { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/aliases", schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/properties/aliases/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err43];
                    } else {
                      vErrors.push(err43);
                    }
                    errors++;
                  }
                }
                if (data23.ipv4_address !== void 0) {
                  if (!validate33(data23.ipv4_address, { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/ipv4_address", parentData: data23, parentDataProperty: "ipv4_address", rootData })) {
                    vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
                    errors = vErrors.length;
                  }
                }
              } else {
                const err44 = { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err44];
                } else {
                  vErrors.push(err44);
                }
                errors++;
              }
              var _valid4 = _errs68 === errors;
              valid24 = valid24 || _valid4;
            }
            if (!valid24) {
              const err45 = { instancePath: instancePath + "/networks/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err45];
              } else {
                vErrors.push(err45);
              }
              errors++;
            } else {
              errors = _errs65;
              if (vErrors !== null) {
                if (_errs65) {
                  vErrors.length = _errs65;
                } else {
                  vErrors = null;
                }
              }
            }
          }
        } else {
          const err46 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err46];
          } else {
            vErrors.push(err46);
          }
          errors++;
        }
        var _valid3 = _errs61 === errors;
        valid20 = valid20 || _valid3;
      }
      if (!valid20) {
        const err47 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err47];
        } else {
          vErrors.push(err47);
        }
        errors++;
      } else {
        errors = _errs56;
        if (vErrors !== null) {
          if (_errs56) {
            vErrors.length = _errs56;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.network_mode !== void 0) {
      let data27 = data.network_mode;
      if (typeof data27 === "string") {
        if (!pattern33.test(data27)) {
          const err48 = { instancePath: instancePath + "/network_mode", schemaPath: "#/properties/network_mode/pattern", keyword: "pattern", params: { pattern: "^(bridge|none|host|(service|container):.+)$" }, message: 'must match pattern "^(bridge|none|host|(service|container):.+)$"' };
          if (vErrors === null) {
            vErrors = [err48];
          } else {
            vErrors.push(err48);
          }
          errors++;
        }
      } else {
        const err49 = { instancePath: instancePath + "/network_mode", schemaPath: "#/properties/network_mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err49];
        } else {
          vErrors.push(err49);
        }
        errors++;
      }
    }
    if (data.dns !== void 0) {
      let data28 = data.dns;
      const _errs80 = errors;
      let valid29 = false;
      const _errs81 = errors;
      if (typeof data28 === "string") {
        if (!formats20.test(data28)) {
          const err50 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/anyOf/0/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
          if (vErrors === null) {
            vErrors = [err50];
          } else {
            vErrors.push(err50);
          }
          errors++;
        }
      } else {
        const err51 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err51];
        } else {
          vErrors.push(err51);
        }
        errors++;
      }
      var _valid5 = _errs81 === errors;
      valid29 = valid29 || _valid5;
      if (!valid29) {
        const _errs83 = errors;
        if (Array.isArray(data28)) {
          const len8 = data28.length;
          for (let i8 = 0; i8 < len8; i8++) {
            let data29 = data28[i8];
            if (typeof data29 === "string") {
              if (!formats20.test(data29)) {
                const err52 = { instancePath: instancePath + "/dns/" + i8, schemaPath: "#/properties/dns/anyOf/1/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
                if (vErrors === null) {
                  vErrors = [err52];
                } else {
                  vErrors.push(err52);
                }
                errors++;
              }
            } else {
              const err53 = { instancePath: instancePath + "/dns/" + i8, schemaPath: "#/properties/dns/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
          }
        } else {
          const err54 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err54];
          } else {
            vErrors.push(err54);
          }
          errors++;
        }
        var _valid5 = _errs83 === errors;
        valid29 = valid29 || _valid5;
      }
      if (!valid29) {
        const err55 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err55];
        } else {
          vErrors.push(err55);
        }
        errors++;
      } else {
        errors = _errs80;
        if (vErrors !== null) {
          if (_errs80) {
            vErrors.length = _errs80;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.dns_search !== void 0) {
      let data30 = data.dns_search;
      const _errs88 = errors;
      let valid32 = false;
      const _errs89 = errors;
      if (typeof data30 === "string") {
        if (!formats26.test(data30)) {
          const err56 = { instancePath: instancePath + "/dns_search", schemaPath: "#/properties/dns_search/anyOf/0/format", keyword: "format", params: { format: "domain" }, message: 'must match format "domain"' };
          if (vErrors === null) {
            vErrors = [err56];
          } else {
            vErrors.push(err56);
          }
          errors++;
        }
      } else {
        const err57 = { instancePath: instancePath + "/dns_search", schemaPath: "#/properties/dns_search/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err57];
        } else {
          vErrors.push(err57);
        }
        errors++;
      }
      var _valid6 = _errs89 === errors;
      valid32 = valid32 || _valid6;
      if (!valid32) {
        const _errs91 = errors;
        if (Array.isArray(data30)) {
          const len9 = data30.length;
          for (let i9 = 0; i9 < len9; i9++) {
            let data31 = data30[i9];
            if (typeof data31 === "string") {
              if (!formats26.test(data31)) {
                const err58 = { instancePath: instancePath + "/dns_search/" + i9, schemaPath: "#/properties/dns_search/anyOf/1/items/format", keyword: "format", params: { format: "domain" }, message: 'must match format "domain"' };
                if (vErrors === null) {
                  vErrors = [err58];
                } else {
                  vErrors.push(err58);
                }
                errors++;
              }
            } else {
              const err59 = { instancePath: instancePath + "/dns_search/" + i9, schemaPath: "#/properties/dns_search/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
          }
        } else {
          const err60 = { instancePath: instancePath + "/dns_search", schemaPath: "#/properties/dns_search/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err60];
          } else {
            vErrors.push(err60);
          }
          errors++;
        }
        var _valid6 = _errs91 === errors;
        valid32 = valid32 || _valid6;
      }
      if (!valid32) {
        const err61 = { instancePath: instancePath + "/dns_search", schemaPath: "#/properties/dns_search/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err61];
        } else {
          vErrors.push(err61);
        }
        errors++;
      } else {
        errors = _errs88;
        if (vErrors !== null) {
          if (_errs88) {
            vErrors.length = _errs88;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.dns_opt !== void 0) {
      let data32 = data.dns_opt;
      if (Array.isArray(data32)) {
        const len10 = data32.length;
        for (let i10 = 0; i10 < len10; i10++) {
          let data33 = data32[i10];
          if (typeof data33 === "string") {
            if (!formats20.test(data33)) {
              const err62 = { instancePath: instancePath + "/dns_opt/" + i10, schemaPath: "#/properties/dns_opt/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err62];
              } else {
                vErrors.push(err62);
              }
              errors++;
            }
          } else {
            const err63 = { instancePath: instancePath + "/dns_opt/" + i10, schemaPath: "#/properties/dns_opt/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err63];
            } else {
              vErrors.push(err63);
            }
            errors++;
          }
        }
      } else {
        const err64 = { instancePath: instancePath + "/dns_opt", schemaPath: "#/properties/dns_opt/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err64];
        } else {
          vErrors.push(err64);
        }
        errors++;
      }
    }
    if (data.extra_hosts !== void 0) {
      let data34 = data.extra_hosts;
      const _errs100 = errors;
      let valid37 = false;
      const _errs101 = errors;
      if (Array.isArray(data34)) {
        const len11 = data34.length;
        for (let i11 = 0; i11 < len11; i11++) {
          let data35 = data34[i11];
          if (typeof data35 === "string") {
            if (!formats20.test(data35)) {
              const err65 = { instancePath: instancePath + "/extra_hosts/" + i11, schemaPath: "#/properties/extra_hosts/anyOf/0/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err65];
              } else {
                vErrors.push(err65);
              }
              errors++;
            }
          } else {
            const err66 = { instancePath: instancePath + "/extra_hosts/" + i11, schemaPath: "#/properties/extra_hosts/anyOf/0/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        }
      } else {
        const err67 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf/0/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err67];
        } else {
          vErrors.push(err67);
        }
        errors++;
      }
      var _valid7 = _errs101 === errors;
      valid37 = valid37 || _valid7;
      if (!valid37) {
        const _errs105 = errors;
        if (data34 && typeof data34 == "object" && !Array.isArray(data34)) {
          for (const key4 in data34) {
            const _errs107 = errors;
            if (typeof key4 === "string") {
              if (!formats114.test(key4)) {
                const err68 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf/1/propertyNames/format", keyword: "format", params: { format: "host" }, message: 'must match format "host"', propertyName: key4 };
                if (vErrors === null) {
                  vErrors = [err68];
                } else {
                  vErrors.push(err68);
                }
                errors++;
              }
            }
            var valid40 = _errs107 === errors;
            if (!valid40) {
              const err69 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf/1/propertyNames", keyword: "propertyNames", params: { propertyName: key4 }, message: "property name must be valid" };
              if (vErrors === null) {
                vErrors = [err69];
              } else {
                vErrors.push(err69);
              }
              errors++;
            }
          }
          for (const key5 in data34) {
            let data36 = data34[key5];
            const _errs110 = errors;
            let valid42 = false;
            const _errs111 = errors;
            if (typeof data36 === "string") {
              if (!formats20.test(data36)) {
                const err70 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/anyOf/0/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
                if (vErrors === null) {
                  vErrors = [err70];
                } else {
                  vErrors.push(err70);
                }
                errors++;
              }
            } else {
              const err71 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err71];
              } else {
                vErrors.push(err71);
              }
              errors++;
            }
            var _valid8 = _errs111 === errors;
            valid42 = valid42 || _valid8;
            if (!valid42) {
              const _errs113 = errors;
              if (Array.isArray(data36)) {
                if (data36.length < 1) {
                  const err72 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/anyOf/1/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                  if (vErrors === null) {
                    vErrors = [err72];
                  } else {
                    vErrors.push(err72);
                  }
                  errors++;
                }
                const len12 = data36.length;
                for (let i12 = 0; i12 < len12; i12++) {
                  let data37 = data36[i12];
                  if (typeof data37 === "string") {
                    if (!formats20.test(data37)) {
                      const err73 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i12, schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/anyOf/1/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
                      if (vErrors === null) {
                        vErrors = [err73];
                      } else {
                        vErrors.push(err73);
                      }
                      errors++;
                    }
                  } else {
                    const err74 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i12, schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err74];
                    } else {
                      vErrors.push(err74);
                    }
                    errors++;
                  }
                }
              } else {
                const err75 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err75];
                } else {
                  vErrors.push(err75);
                }
                errors++;
              }
              var _valid8 = _errs113 === errors;
              valid42 = valid42 || _valid8;
            }
            if (!valid42) {
              const err76 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err76];
              } else {
                vErrors.push(err76);
              }
              errors++;
            } else {
              errors = _errs110;
              if (vErrors !== null) {
                if (_errs110) {
                  vErrors.length = _errs110;
                } else {
                  vErrors = null;
                }
              }
            }
          }
        } else {
          const err77 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err77];
          } else {
            vErrors.push(err77);
          }
          errors++;
        }
        var _valid7 = _errs105 === errors;
        valid37 = valid37 || _valid7;
      }
      if (!valid37) {
        const err78 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err78];
        } else {
          vErrors.push(err78);
        }
        errors++;
      } else {
        errors = _errs100;
        if (vErrors !== null) {
          if (_errs100) {
            vErrors.length = _errs100;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.depends_on !== void 0) {
      let data38 = data.depends_on;
      const _errs118 = errors;
      let valid45 = false;
      const _errs119 = errors;
      if (Array.isArray(data38)) {
        const len13 = data38.length;
        for (let i13 = 0; i13 < len13; i13++) {
          if (typeof data38[i13] !== "string") {
            const err79 = { instancePath: instancePath + "/depends_on/" + i13, schemaPath: "#/properties/depends_on/anyOf/0/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err79];
            } else {
              vErrors.push(err79);
            }
            errors++;
          }
        }
      } else {
        const err80 = { instancePath: instancePath + "/depends_on", schemaPath: "#/properties/depends_on/anyOf/0/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err80];
        } else {
          vErrors.push(err80);
        }
        errors++;
      }
      var _valid9 = _errs119 === errors;
      valid45 = valid45 || _valid9;
      if (!valid45) {
        const _errs123 = errors;
        if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
          for (const key6 in data38) {
            let data40 = data38[key6];
            if (data40 && typeof data40 == "object" && !Array.isArray(data40)) {
              for (const key7 in data40) {
                if (!(key7 === "condition" || key7 === "restart" || key7 === "required")) {
                  const err81 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err81];
                  } else {
                    vErrors.push(err81);
                  }
                  errors++;
                }
              }
              if (data40.condition !== void 0) {
                let data41 = data40.condition;
                if (!(data41 === "service_started" || data41 === "service_completed_successfully" || data41 === "service_healthy")) {
                  const err82 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1") + "/condition", schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/properties/condition/enum", keyword: "enum", params: { allowedValues: schema16.properties.depends_on.anyOf[1].additionalProperties.properties.condition.enum }, message: "must be equal to one of the allowed values" };
                  if (vErrors === null) {
                    vErrors = [err82];
                  } else {
                    vErrors.push(err82);
                  }
                  errors++;
                }
              }
              if (data40.restart !== void 0) {
                if (typeof data40.restart !== "boolean") {
                  const err83 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1") + "/restart", schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/properties/restart/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                  if (vErrors === null) {
                    vErrors = [err83];
                  } else {
                    vErrors.push(err83);
                  }
                  errors++;
                }
              }
              if (data40.required !== void 0) {
                if (typeof data40.required !== "boolean") {
                  const err84 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1") + "/required", schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/properties/required/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                  if (vErrors === null) {
                    vErrors = [err84];
                  } else {
                    vErrors.push(err84);
                  }
                  errors++;
                }
              }
            } else {
              const err85 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err85];
              } else {
                vErrors.push(err85);
              }
              errors++;
            }
          }
        } else {
          const err86 = { instancePath: instancePath + "/depends_on", schemaPath: "#/properties/depends_on/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err86];
          } else {
            vErrors.push(err86);
          }
          errors++;
        }
        var _valid9 = _errs123 === errors;
        valid45 = valid45 || _valid9;
      }
      if (!valid45) {
        const err87 = { instancePath: instancePath + "/depends_on", schemaPath: "#/properties/depends_on/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err87];
        } else {
          vErrors.push(err87);
        }
        errors++;
      } else {
        errors = _errs118;
        if (vErrors !== null) {
          if (_errs118) {
            vErrors.length = _errs118;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.healthcheck !== void 0) {
      let data44 = data.healthcheck;
      if (data44 && typeof data44 == "object" && !Array.isArray(data44)) {
        for (const key8 in data44) {
          if (!(func2.call(schema16.properties.healthcheck.properties, key8) || pattern0.test(key8))) {
            const err88 = { instancePath: instancePath + "/healthcheck", schemaPath: "#/properties/healthcheck/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err88];
            } else {
              vErrors.push(err88);
            }
            errors++;
          }
        }
        if (data44.test !== void 0) {
          let data45 = data44.test;
          const _errs138 = errors;
          let valid51 = false;
          const _errs139 = errors;
          if (typeof data45 === "string") {
            if (!formats58.test(data45)) {
              const err89 = { instancePath: instancePath + "/healthcheck/test", schemaPath: "#/properties/healthcheck/properties/test/anyOf/0/format", keyword: "format", params: { format: "argument" }, message: 'must match format "argument"' };
              if (vErrors === null) {
                vErrors = [err89];
              } else {
                vErrors.push(err89);
              }
              errors++;
            }
          } else {
            const err90 = { instancePath: instancePath + "/healthcheck/test", schemaPath: "#/properties/healthcheck/properties/test/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err90];
            } else {
              vErrors.push(err90);
            }
            errors++;
          }
          var _valid10 = _errs139 === errors;
          valid51 = valid51 || _valid10;
          if (!valid51) {
            const _errs141 = errors;
            if (Array.isArray(data45)) {
              if (data45.length < 1) {
                const err91 = { instancePath: instancePath + "/healthcheck/test", schemaPath: "#/properties/healthcheck/properties/test/anyOf/1/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                if (vErrors === null) {
                  vErrors = [err91];
                } else {
                  vErrors.push(err91);
                }
                errors++;
              }
              const len14 = data45.length;
              for (let i14 = 0; i14 < len14; i14++) {
                let data46 = data45[i14];
                if (typeof data46 !== "string" && !(typeof data46 == "number" && isFinite(data46)) && typeof data46 !== "boolean") {
                  const err92 = { instancePath: instancePath + "/healthcheck/test/" + i14, schemaPath: "#/properties/healthcheck/properties/test/anyOf/1/items/type", keyword: "type", params: { type: schema16.properties.healthcheck.properties.test.anyOf[1].items.type }, message: "must be string,number,boolean" };
                  if (vErrors === null) {
                    vErrors = [err92];
                  } else {
                    vErrors.push(err92);
                  }
                  errors++;
                }
                if (typeof data46 === "string") {
                  if (!formats58.test(data46)) {
                    const err93 = { instancePath: instancePath + "/healthcheck/test/" + i14, schemaPath: "#/properties/healthcheck/properties/test/anyOf/1/items/format", keyword: "format", params: { format: "argument" }, message: 'must match format "argument"' };
                    if (vErrors === null) {
                      vErrors = [err93];
                    } else {
                      vErrors.push(err93);
                    }
                    errors++;
                  }
                }
              }
            } else {
              const err94 = { instancePath: instancePath + "/healthcheck/test", schemaPath: "#/properties/healthcheck/properties/test/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
              if (vErrors === null) {
                vErrors = [err94];
              } else {
                vErrors.push(err94);
              }
              errors++;
            }
            var _valid10 = _errs141 === errors;
            valid51 = valid51 || _valid10;
          }
          if (!valid51) {
            const err95 = { instancePath: instancePath + "/healthcheck/test", schemaPath: "#/properties/healthcheck/properties/test/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err95];
            } else {
              vErrors.push(err95);
            }
            errors++;
          } else {
            errors = _errs138;
            if (vErrors !== null) {
              if (_errs138) {
                vErrors.length = _errs138;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data44.http !== void 0) {
          let data47 = data44.http;
          if (data47 && typeof data47 == "object" && !Array.isArray(data47)) {
            if (data47.port === void 0) {
              const err96 = { instancePath: instancePath + "/healthcheck/http", schemaPath: "#/properties/healthcheck/properties/http/required", keyword: "required", params: { missingProperty: "port" }, message: "must have required property 'port'" };
              if (vErrors === null) {
                vErrors = [err96];
              } else {
                vErrors.push(err96);
              }
              errors++;
            }
            for (const key9 in data47) {
              if (!(key9 === "port" || key9 === "path" || key9 === "scheme" || key9 === "status")) {
                const err97 = { instancePath: instancePath + "/healthcheck/http", schemaPath: "#/properties/healthcheck/properties/http/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err97];
                } else {
                  vErrors.push(err97);
                }
                errors++;
              }
            }
            if (data47.port !== void 0) {
              let data48 = data47.port;
              if (!(typeof data48 == "number" && (!(data48 % 1) && !isNaN(data48)) && isFinite(data48))) {
                const err98 = { instancePath: instancePath + "/healthcheck/http/port", schemaPath: "#/properties/healthcheck/properties/http/properties/port/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err98];
                } else {
                  vErrors.push(err98);
                }
                errors++;
              }
              if (typeof data48 == "number" && isFinite(data48)) {
                if (data48 > 65535 || isNaN(data48)) {
                  const err99 = { instancePath: instancePath + "/healthcheck/http/port", schemaPath: "#/properties/healthcheck/properties/http/properties/port/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
                  if (vErrors === null) {
                    vErrors = [err99];
                  } else {
                    vErrors.push(err99);
                  }
                  errors++;
                }
                if (data48 < 1 || isNaN(data48)) {
                  const err100 = { instancePath: instancePath + "/healthcheck/http/port", schemaPath: "#/properties/healthcheck/properties/http/properties/port/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                  if (vErrors === null) {
                    vErrors = [err100];
                  } else {
                    vErrors.push(err100);
                  }
                  errors++;
                }
              }
            }
            if (data47.path !== void 0) {
              let data49 = data47.path;
              if (typeof data49 === "string") {
                if (!pattern35.test(data49)) {
                  const err101 = { instancePath: instancePath + "/healthcheck/http/path", schemaPath: "#/properties/healthcheck/properties/http/properties/path/pattern", keyword: "pattern", params: { pattern: "^/[!-~]*$" }, message: 'must match pattern "^/[!-~]*$"' };
                  if (vErrors === null) {
                    vErrors = [err101];
                  } else {
                    vErrors.push(err101);
                  }
                  errors++;
                }
              } else {
                const err102 = { instancePath: instancePath + "/healthcheck/http/path", schemaPath: "#/properties/healthcheck/properties/http/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err102];
                } else {
                  vErrors.push(err102);
                }
                errors++;
              }
            }
            if (data47.scheme !== void 0) {
              let data50 = data47.scheme;
              if (!(data50 === "http" || data50 === "https")) {
                const err103 = { instancePath: instancePath + "/healthcheck/http/scheme", schemaPath: "#/properties/healthcheck/properties/http/properties/scheme/enum", keyword: "enum", params: { allowedValues: schema16.properties.healthcheck.properties.http.properties.scheme.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err103];
                } else {
                  vErrors.push(err103);
                }
                errors++;
              }
            }
            if (data47.status !== void 0) {
              let data51 = data47.status;
              const _errs154 = errors;
              let valid55 = false;
              const _errs155 = errors;
              if (!(typeof data51 == "number" && (!(data51 % 1) && !isNaN(data51)) && isFinite(data51))) {
                const err104 = { instancePath: instancePath + "/healthcheck/http/status", schemaPath: "#/properties/healthcheck/properties/http/properties/status/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err104];
                } else {
                  vErrors.push(err104);
                }
                errors++;
              }
              if (typeof data51 == "number" && isFinite(data51)) {
                if (data51 > 599 || isNaN(data51)) {
                  const err105 = { instancePath: instancePath + "/healthcheck/http/status", schemaPath: "#/properties/healthcheck/properties/http/properties/status/anyOf/0/maximum", keyword: "maximum", params: { comparison: "<=", limit: 599 }, message: "must be <= 599" };
                  if (vErrors === null) {
                    vErrors = [err105];
                  } else {
                    vErrors.push(err105);
                  }
                  errors++;
                }
                if (data51 < 100 || isNaN(data51)) {
                  const err106 = { instancePath: instancePath + "/healthcheck/http/status", schemaPath: "#/properties/healthcheck/properties/http/properties/status/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 100 }, message: "must be >= 100" };
                  if (vErrors === null) {
                    vErrors = [err106];
                  } else {
                    vErrors.push(err106);
                  }
                  errors++;
                }
              }
              var _valid11 = _errs155 === errors;
              valid55 = valid55 || _valid11;
              if (!valid55) {
                const _errs157 = errors;
                if (typeof data51 === "string") {
                  if (!pattern36.test(data51)) {
                    const err107 = { instancePath: instancePath + "/healthcheck/http/status", schemaPath: "#/properties/healthcheck/properties/http/properties/status/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[1-5][0-9]{2}(-[1-5][0-9]{2})?$" }, message: 'must match pattern "^[1-5][0-9]{2}(-[1-5][0-9]{2})?$"' };
                    if (vErrors === null) {
                      vErrors = [err107];
                    } else {
                      vErrors.push(err107);
                    }
                    errors++;
                  }
                } else {
                  const err108 = { instancePath: instancePath + "/healthcheck/http/status", schemaPath: "#/properties/healthcheck/properties/http/properties/status/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err108];
                  } else {
                    vErrors.push(err108);
                  }
                  errors++;
                }
                var _valid11 = _errs157 === errors;
                valid55 = valid55 || _valid11;
              }
              if (!valid55) {
                const err109 = { instancePath: instancePath + "/healthcheck/http/status", schemaPath: "#/properties/healthcheck/properties/http/properties/status/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                if (vErrors === null) {
                  vErrors = [err109];
                } else {
                  vErrors.push(err109);
                }
                errors++;
              } else {
                errors = _errs154;
                if (vErrors !== null) {
                  if (_errs154) {
                    vErrors.length = _errs154;
                  } else {
                    vErrors = null;
                  }
                }
              }
            }
          } else {
            const err110 = { instancePath: instancePath + "/healthcheck/http", schemaPath: "#/properties/healthcheck/properties/http/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err110];
            } else {
              vErrors.push(err110);
            }
            errors++;
          }
        }
        if (data44.tcp !== void 0) {
          let data52 = data44.tcp;
          if (!(typeof data52 == "number" && (!(data52 % 1) && !isNaN(data52)) && isFinite(data52))) {
            const err111 = { instancePath: instancePath + "/healthcheck/tcp", schemaPath: "#/properties/healthcheck/properties/tcp/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err111];
            } else {
              vErrors.push(err111);
            }
            errors++;
          }
          if (typeof data52 == "number" && isFinite(data52)) {
            if (data52 > 65535 || isNaN(data52)) {
              const err112 = { instancePath: instancePath + "/healthcheck/tcp", schemaPath: "#/properties/healthcheck/properties/tcp/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
              if (vErrors === null) {
                vErrors = [err112];
              } else {
                vErrors.push(err112);
              }
              errors++;
            }
            if (data52 < 1 || isNaN(data52)) {
              const err113 = { instancePath: instancePath + "/healthcheck/tcp", schemaPath: "#/properties/healthcheck/properties/tcp/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err113];
              } else {
                vErrors.push(err113);
              }
              errors++;
            }
          }
        }
        if (data44.interval !== void 0) {
          if (!validate25(data44.interval, { instancePath: instancePath + "/healthcheck/interval", parentData: data44, parentDataProperty: "interval", rootData })) {
            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
            errors = vErrors.length;
          }
        }
        if (data44.timeout !== void 0) {
          if (!validate25(data44.timeout, { instancePath: instancePath + "/healthcheck/timeout", parentData: data44, parentDataProperty: "timeout", rootData })) {
            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
            errors = vErrors.length;
          }
        }
        if (data44.retries !== void 0) {
          let data55 = data44.retries;
          if (!(typeof data55 == "number" && (!(data55 % 1) && !isNaN(data55)) && isFinite(data55))) {
            const err114 = { instancePath: instancePath + "/healthcheck/retries", schemaPath: "#/properties/healthcheck/properties/retries/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err114];
            } else {
              vErrors.push(err114);
            }
            errors++;
          }
          if (typeof data55 == "number" && isFinite(data55)) {
            if (data55 < 1 || isNaN(data55)) {
              const err115 = { instancePath: instancePath + "/healthcheck/retries", schemaPath: "#/properties/healthcheck/properties/retries/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err115];
              } else {
                vErrors.push(err115);
              }
              errors++;
            }
          }
        }
        if (data44.start_period !== void 0) {
          if (!validate25(data44.start_period, { instancePath: instancePath + "/healthcheck/start_period", parentData: data44, parentDataProperty: "start_period", rootData })) {
            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
            errors = vErrors.length;
          }
        }
        if (data44.start_interval !== void 0) {
          if (!validate25(data44.start_interval, { instancePath: instancePath + "/healthcheck/start_interval", parentData: data44, parentDataProperty: "start_interval", rootData })) {
            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
            errors = vErrors.length;
          }
        }
        if (data44.disable !== void 0) {
          if (typeof data44.disable !== "boolean") {
            const err116 = { instancePath: instancePath + "/healthcheck/disable", schemaPath: "#/properties/healthcheck/properties/disable/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err116];
            } else {
              vErrors.push(err116);
            }
            errors++;
          }
        }
      } else {
        const err117 = { instancePath: instancePath + "/healthcheck", schemaPath: "#/properties/healthcheck/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err117];
        } else {
          vErrors.push(err117);
        }
        errors++;
      }
    }
    if (data.on_unhealthy !== void 0) {
      let data59 = data.on_unhealthy;
      if (data59 && typeof data59 == "object" && !Array.isArray(data59)) {
        for (const key10 in data59) {
          if (!(key10 === "action" || key10 === "limit" || key10 === "window" || pattern0.test(key10))) {
            const err118 = { instancePath: instancePath + "/on_unhealthy", schemaPath: "#/properties/on_unhealthy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err118];
            } else {
              vErrors.push(err118);
            }
            errors++;
          }
        }
        if (data59.action !== void 0) {
          let data60 = data59.action;
          if (!(data60 === "none" || data60 === "restart")) {
            const err119 = { instancePath: instancePath + "/on_unhealthy/action", schemaPath: "#/properties/on_unhealthy/properties/action/enum", keyword: "enum", params: { allowedValues: schema16.properties.on_unhealthy.properties.action.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err119];
            } else {
              vErrors.push(err119);
            }
            errors++;
          }
        }
        if (data59.limit !== void 0) {
          let data61 = data59.limit;
          if (!(typeof data61 == "number" && (!(data61 % 1) && !isNaN(data61)) && isFinite(data61))) {
            const err120 = { instancePath: instancePath + "/on_unhealthy/limit", schemaPath: "#/properties/on_unhealthy/properties/limit/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err120];
            } else {
              vErrors.push(err120);
            }
            errors++;
          }
          if (typeof data61 == "number" && isFinite(data61)) {
            if (data61 < 1 || isNaN(data61)) {
              const err121 = { instancePath: instancePath + "/on_unhealthy/limit", schemaPath: "#/properties/on_unhealthy/properties/limit/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
              if (vErrors === null) {
                vErrors = [err121];
              } else {
                vErrors.push(err121);
              }
              errors++;
            }
          }
        }
        if (data59.window !== void 0) {
          if (!validate25(data59.window, { instancePath: instancePath + "/on_unhealthy/window", parentData: data59, parentDataProperty: "window", rootData })) {
            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err122 = { instancePath: instancePath + "/on_unhealthy", schemaPath: "#/properties/on_unhealthy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err122];
        } else {
          vErrors.push(err122);
        }
        errors++;
      }
    }
    if (data.restart !== void 0) {
      let data63 = data.restart;
      const _errs182 = errors;
      let valid62 = false;
      const _errs183 = errors;
      if (typeof data63 === "string") {
        if (!pattern38.test(data63)) {
          const err123 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$" }, message: 'must match pattern "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$"' };
          if (vErrors === null) {
            vErrors = [err123];
          } else {
            vErrors.push(err123);
          }
          errors++;
        }
      } else {
        const err124 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err124];
        } else {
          vErrors.push(err124);
        }
        errors++;
      }
      var _valid12 = _errs183 === errors;
      valid62 = valid62 || _valid12;
      if (!valid62) {
        const _errs185 = errors;
        if (false !== data63) {
          const err125 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf/1/const", keyword: "const", params: { allowedValue: false }, message: "must be equal to constant" };
          if (vErrors === null) {
            vErrors = [err125];
          } else {
            vErrors.push(err125);
          }
          errors++;
        }
        var _valid12 = _errs185 === errors;
        valid62 = valid62 || _valid12;
      }
      if (!valid62) {
        const err126 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err126];
        } else {
          vErrors.push(err126);
        }
        errors++;
      } else {
        errors = _errs182;
        if (vErrors !== null) {
          if (_errs182) {
            vErrors.length = _errs182;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.stop_signal !== void 0) {
      let data64 = data.stop_signal;
      if (typeof data64 !== "string" && !(typeof data64 == "number" && (!(data64 % 1) && !isNaN(data64)) && isFinite(data64))) {
        const err127 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/type", keyword: "type", params: { type: schema16.properties.stop_signal.type }, message: "must be string,integer" };
        if (vErrors === null) {
          vErrors = [err127];
        } else {
          vErrors.push(err127);
        }
        errors++;
      }
      if (typeof data64 === "string") {
        if (!formats20.test(data64)) {
          const err128 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
          if (vErrors === null) {
            vErrors = [err128];
          } else {
            vErrors.push(err128);
          }
          errors++;
        }
      }
    }
    if (data.stop_grace_period !== void 0) {
      if (!validate25(data.stop_grace_period, { instancePath: instancePath + "/stop_grace_period", parentData: data, parentDataProperty: "stop_grace_period", rootData })) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.verify !== void 0) {
      if (!validate25(data.verify, { instancePath: instancePath + "/verify", parentData: data, parentDataProperty: "verify", rootData })) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.mem_limit !== void 0) {
      if (!validate61(data.mem_limit, { instancePath: instancePath + "/mem_limit", parentData: data, parentDataProperty: "mem_limit", rootData })) {
        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
        errors = vErrors.length;
      }
    }
    if (data.mem_reservation !== void 0) {
      if (!validate61(data.mem_reservation, { instancePath: instancePath + "/mem_reservation", parentData: data, parentDataProperty: "mem_reservation", rootData })) {
        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
        errors = vErrors.length;
      }
    }
    if (data.memswap_limit !== void 0) {
      if (!validate61(data.memswap_limit, { instancePath: instancePath + "/memswap_limit", parentData: data, parentDataProperty: "memswap_limit", rootData })) {
        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
        errors = vErrors.length;
      }
    }
    if (data.cpus !== void 0) {
      if (!validate75(data.cpus, { instancePath: instancePath + "/cpus", parentData: data, parentDataProperty: "cpus", rootData })) {
        vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
        errors = vErrors.length;
      }
    }
    if (data.cpu_period !== void 0) {
      if (!validate54(data.cpu_period, { instancePath: instancePath + "/cpu_period", parentData: data, parentDataProperty: "cpu_period", rootData })) {
        vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
        errors = vErrors.length;
      }
    }
    if (data.cpu_quota !== void 0) {
      if (!validate54(data.cpu_quota, { instancePath: instancePath + "/cpu_quota", parentData: data, parentDataProperty: "cpu_quota", rootData })) {
        vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
        errors = vErrors.length;
      }
    }
    if (data.cpu_shares !== void 0) {
      if (!validate54(data.cpu_shares, { instancePath: instancePath + "/cpu_shares", parentData: data, parentDataProperty: "cpu_shares", rootData })) {
        vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
        errors = vErrors.length;
      }
    }
    if (data.cpuset !== void 0) {
      let data74 = data.cpuset;
      const _errs207 = errors;
      let valid72 = false;
      const _errs208 = errors;
      if (typeof data74 === "string") {
        if (!pattern40.test(data74)) {
          const err129 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$" }, message: 'must match pattern "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$"' };
          if (vErrors === null) {
            vErrors = [err129];
          } else {
            vErrors.push(err129);
          }
          errors++;
        }
      } else {
        const err130 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err130];
        } else {
          vErrors.push(err130);
        }
        errors++;
      }
      var _valid13 = _errs208 === errors;
      valid72 = valid72 || _valid13;
      if (!valid72) {
        const _errs210 = errors;
        if (!(typeof data74 == "number" && (!(data74 % 1) && !isNaN(data74)) && isFinite(data74))) {
          const err131 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
          if (vErrors === null) {
            vErrors = [err131];
          } else {
            vErrors.push(err131);
          }
          errors++;
        }
        var _valid13 = _errs210 === errors;
        valid72 = valid72 || _valid13;
      }
      if (!valid72) {
        const err132 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err132];
        } else {
          vErrors.push(err132);
        }
        errors++;
      } else {
        errors = _errs207;
        if (vErrors !== null) {
          if (_errs207) {
            vErrors.length = _errs207;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.pids_limit !== void 0) {
      if (!validate54(data.pids_limit, { instancePath: instancePath + "/pids_limit", parentData: data, parentDataProperty: "pids_limit", rootData })) {
        vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
        errors = vErrors.length;
      }
    }
    if (data.blkio_config !== void 0) {
      let data76 = data.blkio_config;
      if (data76 && typeof data76 == "object" && !Array.isArray(data76)) {
        for (const key11 in data76) {
          if (!(key11 === "weight" || key11 === "weight_device" || key11 === "device_read_bps" || key11 === "device_write_bps" || key11 === "device_read_iops" || key11 === "device_write_iops")) {
            const err133 = { instancePath: instancePath + "/blkio_config", schemaPath: "#/properties/blkio_config/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err133];
            } else {
              vErrors.push(err133);
            }
            errors++;
          }
        }
        if (data76.weight !== void 0) {
          if (!validate81(data76.weight, { instancePath: instancePath + "/blkio_config/weight", parentData: data76, parentDataProperty: "weight", rootData })) {
            vErrors = vErrors === null ? validate81.errors : vErrors.concat(validate81.errors);
            errors = vErrors.length;
          }
        }
        if (data76.weight_device !== void 0) {
          let data78 = data76.weight_device;
          if (Array.isArray(data78)) {
            const len15 = data78.length;
            for (let i15 = 0; i15 < len15; i15++) {
              if (!validate83(data78[i15], { instancePath: instancePath + "/blkio_config/weight_device/" + i15, parentData: data78, parentDataProperty: i15, rootData })) {
                vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err134 = { instancePath: instancePath + "/blkio_config/weight_device", schemaPath: "#/properties/blkio_config/properties/weight_device/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err134];
            } else {
              vErrors.push(err134);
            }
            errors++;
          }
        }
        if (data76.device_read_bps !== void 0) {
          let data80 = data76.device_read_bps;
          if (Array.isArray(data80)) {
            const len16 = data80.length;
            for (let i16 = 0; i16 < len16; i16++) {
              if (!validate86(data80[i16], { instancePath: instancePath + "/blkio_config/device_read_bps/" + i16, parentData: data80, parentDataProperty: i16, rootData })) {
                vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err135 = { instancePath: instancePath + "/blkio_config/device_read_bps", schemaPath: "#/properties/blkio_config/properties/device_read_bps/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err135];
            } else {
              vErrors.push(err135);
            }
            errors++;
          }
        }
        if (data76.device_write_bps !== void 0) {
          let data82 = data76.device_write_bps;
          if (Array.isArray(data82)) {
            const len17 = data82.length;
            for (let i17 = 0; i17 < len17; i17++) {
              if (!validate86(data82[i17], { instancePath: instancePath + "/blkio_config/device_write_bps/" + i17, parentData: data82, parentDataProperty: i17, rootData })) {
                vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err136 = { instancePath: instancePath + "/blkio_config/device_write_bps", schemaPath: "#/properties/blkio_config/properties/device_write_bps/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err136];
            } else {
              vErrors.push(err136);
            }
            errors++;
          }
        }
        if (data76.device_read_iops !== void 0) {
          let data84 = data76.device_read_iops;
          if (Array.isArray(data84)) {
            const len18 = data84.length;
            for (let i18 = 0; i18 < len18; i18++) {
              if (!validate90(data84[i18], { instancePath: instancePath + "/blkio_config/device_read_iops/" + i18, parentData: data84, parentDataProperty: i18, rootData })) {
                vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err137 = { instancePath: instancePath + "/blkio_config/device_read_iops", schemaPath: "#/properties/blkio_config/properties/device_read_iops/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err137];
            } else {
              vErrors.push(err137);
            }
            errors++;
          }
        }
        if (data76.device_write_iops !== void 0) {
          let data86 = data76.device_write_iops;
          if (Array.isArray(data86)) {
            const len19 = data86.length;
            for (let i19 = 0; i19 < len19; i19++) {
              if (!validate90(data86[i19], { instancePath: instancePath + "/blkio_config/device_write_iops/" + i19, parentData: data86, parentDataProperty: i19, rootData })) {
                vErrors = vErrors === null ? validate90.errors : vErrors.concat(validate90.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err138 = { instancePath: instancePath + "/blkio_config/device_write_iops", schemaPath: "#/properties/blkio_config/properties/device_write_iops/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err138];
            } else {
              vErrors.push(err138);
            }
            errors++;
          }
        }
      } else {
        const err139 = { instancePath: instancePath + "/blkio_config", schemaPath: "#/properties/blkio_config/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err139];
        } else {
          vErrors.push(err139);
        }
        errors++;
      }
    }
    if (data.deploy !== void 0) {
      let data88 = data.deploy;
      if (data88 && typeof data88 == "object" && !Array.isArray(data88)) {
        for (const key12 in data88) {
          if (!(key12 === "replicas" || key12 === "resources" || key12 === "restart_policy" || key12 === "update_config" || key12 === "rollback_config" || key12 === "labels")) {
            const err140 = { instancePath: instancePath + "/deploy", schemaPath: "#/properties/deploy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err140];
            } else {
              vErrors.push(err140);
            }
            errors++;
          }
        }
        if (data88.replicas !== void 0) {
          let data89 = data88.replicas;
          const _errs238 = errors;
          let valid87 = false;
          const _errs239 = errors;
          if (!(typeof data89 == "number" && (!(data89 % 1) && !isNaN(data89)) && isFinite(data89))) {
            const err141 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err141];
            } else {
              vErrors.push(err141);
            }
            errors++;
          }
          if (typeof data89 == "number" && isFinite(data89)) {
            if (data89 > 1e3 || isNaN(data89)) {
              const err142 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/0/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 }, message: "must be <= 1000" };
              if (vErrors === null) {
                vErrors = [err142];
              } else {
                vErrors.push(err142);
              }
              errors++;
            }
            if (data89 < 0 || isNaN(data89)) {
              const err143 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err143];
              } else {
                vErrors.push(err143);
              }
              errors++;
            }
          }
          var _valid14 = _errs239 === errors;
          valid87 = valid87 || _valid14;
          if (!valid87) {
            const _errs241 = errors;
            if (typeof data89 === "string") {
              if (!pattern42.test(data89)) {
                const err144 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[0-9]+$" }, message: 'must match pattern "^[0-9]+$"' };
                if (vErrors === null) {
                  vErrors = [err144];
                } else {
                  vErrors.push(err144);
                }
                errors++;
              }
            } else {
              const err145 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err145];
              } else {
                vErrors.push(err145);
              }
              errors++;
            }
            var _valid14 = _errs241 === errors;
            valid87 = valid87 || _valid14;
          }
          if (!valid87) {
            const err146 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err146];
            } else {
              vErrors.push(err146);
            }
            errors++;
          } else {
            errors = _errs238;
            if (vErrors !== null) {
              if (_errs238) {
                vErrors.length = _errs238;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data88.resources !== void 0) {
          let data90 = data88.resources;
          if (data90 && typeof data90 == "object" && !Array.isArray(data90)) {
            for (const key13 in data90) {
              if (!(key13 === "limits" || key13 === "reservations")) {
                const err147 = { instancePath: instancePath + "/deploy/resources", schemaPath: "#/properties/deploy/properties/resources/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err147];
                } else {
                  vErrors.push(err147);
                }
                errors++;
              }
            }
            if (data90.limits !== void 0) {
              let data91 = data90.limits;
              if (data91 && typeof data91 == "object" && !Array.isArray(data91)) {
                for (const key14 in data91) {
                  if (!(key14 === "cpus" || key14 === "memory" || key14 === "pids")) {
                    const err148 = { instancePath: instancePath + "/deploy/resources/limits", schemaPath: "#/properties/deploy/properties/resources/properties/limits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err148];
                    } else {
                      vErrors.push(err148);
                    }
                    errors++;
                  }
                }
                if (data91.cpus !== void 0) {
                  if (!validate75(data91.cpus, { instancePath: instancePath + "/deploy/resources/limits/cpus", parentData: data91, parentDataProperty: "cpus", rootData })) {
                    vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
                    errors = vErrors.length;
                  }
                }
                if (data91.memory !== void 0) {
                  if (!validate61(data91.memory, { instancePath: instancePath + "/deploy/resources/limits/memory", parentData: data91, parentDataProperty: "memory", rootData })) {
                    vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
                    errors = vErrors.length;
                  }
                }
                if (data91.pids !== void 0) {
                  if (!validate54(data91.pids, { instancePath: instancePath + "/deploy/resources/limits/pids", parentData: data91, parentDataProperty: "pids", rootData })) {
                    vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                    errors = vErrors.length;
                  }
                }
              } else {
                const err149 = { instancePath: instancePath + "/deploy/resources/limits", schemaPath: "#/properties/deploy/properties/resources/properties/limits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err149];
                } else {
                  vErrors.push(err149);
                }
                errors++;
              }
            }
            if (data90.reservations !== void 0) {
              let data95 = data90.reservations;
              if (data95 && typeof data95 == "object" && !Array.isArray(data95)) {
                for (const key15 in data95) {
                  if (!(key15 === "cpus" || key15 === "memory" || key15 === "pids")) {
                    const err150 = { instancePath: instancePath + "/deploy/resources/reservations", schemaPath: "#/properties/deploy/properties/resources/properties/reservations/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err150];
                    } else {
                      vErrors.push(err150);
                    }
                    errors++;
                  }
                }
                if (data95.cpus !== void 0) {
                  if (!validate75(data95.cpus, { instancePath: instancePath + "/deploy/resources/reservations/cpus", parentData: data95, parentDataProperty: "cpus", rootData })) {
                    vErrors = vErrors === null ? validate75.errors : vErrors.concat(validate75.errors);
                    errors = vErrors.length;
                  }
                }
                if (data95.memory !== void 0) {
                  if (!validate61(data95.memory, { instancePath: instancePath + "/deploy/resources/reservations/memory", parentData: data95, parentDataProperty: "memory", rootData })) {
                    vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
                    errors = vErrors.length;
                  }
                }
                if (data95.pids !== void 0) {
                  if (!validate54(data95.pids, { instancePath: instancePath + "/deploy/resources/reservations/pids", parentData: data95, parentDataProperty: "pids", rootData })) {
                    vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                    errors = vErrors.length;
                  }
                }
              } else {
                const err151 = { instancePath: instancePath + "/deploy/resources/reservations", schemaPath: "#/properties/deploy/properties/resources/properties/reservations/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err151];
                } else {
                  vErrors.push(err151);
                }
                errors++;
              }
            }
          } else {
            const err152 = { instancePath: instancePath + "/deploy/resources", schemaPath: "#/properties/deploy/properties/resources/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err152];
            } else {
              vErrors.push(err152);
            }
            errors++;
          }
        }
        if (data88.restart_policy !== void 0) {
          let data99 = data88.restart_policy;
          if (data99 && typeof data99 == "object" && !Array.isArray(data99)) {
            for (const key16 in data99) {
              if (!(key16 === "condition" || key16 === "max_attempts" || key16 === "delay" || key16 === "window")) {
                const err153 = { instancePath: instancePath + "/deploy/restart_policy", schemaPath: "#/properties/deploy/properties/restart_policy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err153];
                } else {
                  vErrors.push(err153);
                }
                errors++;
              }
            }
            if (data99.condition !== void 0) {
              let data100 = data99.condition;
              if (!(data100 === "none" || data100 === "on-failure" || data100 === "any")) {
                const err154 = { instancePath: instancePath + "/deploy/restart_policy/condition", schemaPath: "#/properties/deploy/properties/restart_policy/properties/condition/enum", keyword: "enum", params: { allowedValues: schema16.properties.deploy.properties.restart_policy.properties.condition.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err154];
                } else {
                  vErrors.push(err154);
                }
                errors++;
              }
            }
            if (data99.max_attempts !== void 0) {
              let data101 = data99.max_attempts;
              if (!(typeof data101 == "number" && (!(data101 % 1) && !isNaN(data101)) && isFinite(data101))) {
                const err155 = { instancePath: instancePath + "/deploy/restart_policy/max_attempts", schemaPath: "#/properties/deploy/properties/restart_policy/properties/max_attempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err155];
                } else {
                  vErrors.push(err155);
                }
                errors++;
              }
              if (typeof data101 == "number" && isFinite(data101)) {
                if (data101 < 0 || isNaN(data101)) {
                  const err156 = { instancePath: instancePath + "/deploy/restart_policy/max_attempts", schemaPath: "#/properties/deploy/properties/restart_policy/properties/max_attempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err156];
                  } else {
                    vErrors.push(err156);
                  }
                  errors++;
                }
              }
            }
            if (data99.delay !== void 0) {
              if (!validate25(data99.delay, { instancePath: instancePath + "/deploy/restart_policy/delay", parentData: data99, parentDataProperty: "delay", rootData })) {
                vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
                errors = vErrors.length;
              }
            }
            if (data99.window !== void 0) {
              if (!validate25(data99.window, { instancePath: instancePath + "/deploy/restart_policy/window", parentData: data99, parentDataProperty: "window", rootData })) {
                vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err157 = { instancePath: instancePath + "/deploy/restart_policy", schemaPath: "#/properties/deploy/properties/restart_policy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err157];
            } else {
              vErrors.push(err157);
            }
            errors++;
          }
        }
        if (data88.labels !== void 0) {
          if (!validate22(data88.labels, { instancePath: instancePath + "/deploy/labels", parentData: data88, parentDataProperty: "labels", rootData })) {
            vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err158 = { instancePath: instancePath + "/deploy", schemaPath: "#/properties/deploy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err158];
        } else {
          vErrors.push(err158);
        }
        errors++;
      }
    }
    if (data.cap_add !== void 0) {
      let data105 = data.cap_add;
      if (Array.isArray(data105)) {
        const len20 = data105.length;
        for (let i20 = 0; i20 < len20; i20++) {
          let data106 = data105[i20];
          if (typeof data106 === "string") {
            if (!formats20.test(data106)) {
              const err159 = { instancePath: instancePath + "/cap_add/" + i20, schemaPath: "#/properties/cap_add/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err159];
              } else {
                vErrors.push(err159);
              }
              errors++;
            }
          } else {
            const err160 = { instancePath: instancePath + "/cap_add/" + i20, schemaPath: "#/properties/cap_add/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err160];
            } else {
              vErrors.push(err160);
            }
            errors++;
          }
        }
      } else {
        const err161 = { instancePath: instancePath + "/cap_add", schemaPath: "#/properties/cap_add/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err161];
        } else {
          vErrors.push(err161);
        }
        errors++;
      }
    }
    if (data.cap_drop !== void 0) {
      let data107 = data.cap_drop;
      if (Array.isArray(data107)) {
        const len21 = data107.length;
        for (let i21 = 0; i21 < len21; i21++) {
          let data108 = data107[i21];
          if (typeof data108 === "string") {
            if (!formats20.test(data108)) {
              const err162 = { instancePath: instancePath + "/cap_drop/" + i21, schemaPath: "#/properties/cap_drop/items/format", keyword: "format", params: { format: "word" }, message: 'must match format "word"' };
              if (vErrors === null) {
                vErrors = [err162];
              } else {
                vErrors.push(err162);
              }
              errors++;
            }
          } else {
            const err163 = { instancePath: instancePath + "/cap_drop/" + i21, schemaPath: "#/properties/cap_drop/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err163];
            } else {
              vErrors.push(err163);
            }
            errors++;
          }
        }
      } else {
        const err164 = { instancePath: instancePath + "/cap_drop", schemaPath: "#/properties/cap_drop/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err164];
        } else {
          vErrors.push(err164);
        }
        errors++;
      }
    }
    if (data.security_opt !== void 0) {
      let data109 = data.security_opt;
      if (Array.isArray(data109)) {
        const len22 = data109.length;
        for (let i22 = 0; i22 < len22; i22++) {
          let data110 = data109[i22];
          if (typeof data110 === "string") {
            if (!formats6.test(data110)) {
              const err165 = { instancePath: instancePath + "/security_opt/" + i22, schemaPath: "#/properties/security_opt/items/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
              if (vErrors === null) {
                vErrors = [err165];
              } else {
                vErrors.push(err165);
              }
              errors++;
            }
          } else {
            const err166 = { instancePath: instancePath + "/security_opt/" + i22, schemaPath: "#/properties/security_opt/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err166];
            } else {
              vErrors.push(err166);
            }
            errors++;
          }
        }
      } else {
        const err167 = { instancePath: instancePath + "/security_opt", schemaPath: "#/properties/security_opt/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err167];
        } else {
          vErrors.push(err167);
        }
        errors++;
      }
    }
    if (data.read_only !== void 0) {
      if (typeof data.read_only !== "boolean") {
        const err168 = { instancePath: instancePath + "/read_only", schemaPath: "#/properties/read_only/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err168];
        } else {
          vErrors.push(err168);
        }
        errors++;
      }
    }
    if (data.privileged !== void 0) {
      if (typeof data.privileged !== "boolean") {
        const err169 = { instancePath: instancePath + "/privileged", schemaPath: "#/properties/privileged/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err169];
        } else {
          vErrors.push(err169);
        }
        errors++;
      }
    }
    if (data.devices !== void 0) {
      let data113 = data.devices;
      if (Array.isArray(data113)) {
        const len23 = data113.length;
        for (let i23 = 0; i23 < len23; i23++) {
          if (!validate103(data113[i23], { instancePath: instancePath + "/devices/" + i23, parentData: data113, parentDataProperty: i23, rootData })) {
            vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err170 = { instancePath: instancePath + "/devices", schemaPath: "#/properties/devices/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err170];
        } else {
          vErrors.push(err170);
        }
        errors++;
      }
    }
    if (data.ulimits !== void 0) {
      let data115 = data.ulimits;
      if (data115 && typeof data115 == "object" && !Array.isArray(data115)) {
        for (const key17 in data115) {
          let data116 = data115[key17];
          const _errs299 = errors;
          let valid110 = false;
          const _errs300 = errors;
          if (!(typeof data116 == "number" && (!(data116 % 1) && !isNaN(data116)) && isFinite(data116))) {
            const err171 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err171];
            } else {
              vErrors.push(err171);
            }
            errors++;
          }
          if (typeof data116 == "number" && isFinite(data116)) {
            if (data116 < -1 || isNaN(data116)) {
              const err172 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
              if (vErrors === null) {
                vErrors = [err172];
              } else {
                vErrors.push(err172);
              }
              errors++;
            }
          }
          var _valid15 = _errs300 === errors;
          valid110 = valid110 || _valid15;
          if (!valid110) {
            const _errs302 = errors;
            if (data116 && typeof data116 == "object" && !Array.isArray(data116)) {
              if (data116.soft === void 0) {
                const err173 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/required", keyword: "required", params: { missingProperty: "soft" }, message: "must have required property 'soft'" };
                if (vErrors === null) {
                  vErrors = [err173];
                } else {
                  vErrors.push(err173);
                }
                errors++;
              }
              if (data116.hard === void 0) {
                const err174 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/required", keyword: "required", params: { missingProperty: "hard" }, message: "must have required property 'hard'" };
                if (vErrors === null) {
                  vErrors = [err174];
                } else {
                  vErrors.push(err174);
                }
                errors++;
              }
              for (const key18 in data116) {
                if (!(key18 === "soft" || key18 === "hard")) {
                  const err175 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key18 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err175];
                  } else {
                    vErrors.push(err175);
                  }
                  errors++;
                }
              }
              if (data116.soft !== void 0) {
                let data117 = data116.soft;
                if (!(typeof data117 == "number" && (!(data117 % 1) && !isNaN(data117)) && isFinite(data117))) {
                  const err176 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1") + "/soft", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/soft/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                  if (vErrors === null) {
                    vErrors = [err176];
                  } else {
                    vErrors.push(err176);
                  }
                  errors++;
                }
                if (typeof data117 == "number" && isFinite(data117)) {
                  if (data117 < -1 || isNaN(data117)) {
                    const err177 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1") + "/soft", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/soft/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                    if (vErrors === null) {
                      vErrors = [err177];
                    } else {
                      vErrors.push(err177);
                    }
                    errors++;
                  }
                }
              }
              if (data116.hard !== void 0) {
                let data118 = data116.hard;
                if (!(typeof data118 == "number" && (!(data118 % 1) && !isNaN(data118)) && isFinite(data118))) {
                  const err178 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1") + "/hard", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/hard/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                  if (vErrors === null) {
                    vErrors = [err178];
                  } else {
                    vErrors.push(err178);
                  }
                  errors++;
                }
                if (typeof data118 == "number" && isFinite(data118)) {
                  if (data118 < -1 || isNaN(data118)) {
                    const err179 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1") + "/hard", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/hard/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                    if (vErrors === null) {
                      vErrors = [err179];
                    } else {
                      vErrors.push(err179);
                    }
                    errors++;
                  }
                }
              }
            } else {
              const err180 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err180];
              } else {
                vErrors.push(err180);
              }
              errors++;
            }
            var _valid15 = _errs302 === errors;
            valid110 = valid110 || _valid15;
          }
          if (!valid110) {
            const err181 = { instancePath: instancePath + "/ulimits/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err181];
            } else {
              vErrors.push(err181);
            }
            errors++;
          } else {
            errors = _errs299;
            if (vErrors !== null) {
              if (_errs299) {
                vErrors.length = _errs299;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err182 = { instancePath: instancePath + "/ulimits", schemaPath: "#/properties/ulimits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err182];
        } else {
          vErrors.push(err182);
        }
        errors++;
      }
    }
    if (data.sysctls !== void 0) {
      if (!validate105(data.sysctls, { instancePath: instancePath + "/sysctls", parentData: data, parentDataProperty: "sysctls", rootData })) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.shm_size !== void 0) {
      if (!validate61(data.shm_size, { instancePath: instancePath + "/shm_size", parentData: data, parentDataProperty: "shm_size", rootData })) {
        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
        errors = vErrors.length;
      }
    }
    if (data.init !== void 0) {
      if (typeof data.init !== "boolean") {
        const err183 = { instancePath: instancePath + "/init", schemaPath: "#/properties/init/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err183];
        } else {
          vErrors.push(err183);
        }
        errors++;
      }
    }
    if (data.tty !== void 0) {
      if (typeof data.tty !== "boolean") {
        const err184 = { instancePath: instancePath + "/tty", schemaPath: "#/properties/tty/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err184];
        } else {
          vErrors.push(err184);
        }
        errors++;
      }
    }
    if (data.stdin_open !== void 0) {
      if (typeof data.stdin_open !== "boolean") {
        const err185 = { instancePath: instancePath + "/stdin_open", schemaPath: "#/properties/stdin_open/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err185];
        } else {
          vErrors.push(err185);
        }
        errors++;
      }
    }
    if (data.keep_alive !== void 0) {
      if (typeof data.keep_alive !== "boolean") {
        const err186 = { instancePath: instancePath + "/keep_alive", schemaPath: "#/properties/keep_alive/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err186];
        } else {
          vErrors.push(err186);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      if (!validate22(data.labels, { instancePath: instancePath + "/labels", parentData: data, parentDataProperty: "labels", rootData })) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
    if (data.annotations !== void 0) {
      if (!validate22(data.annotations, { instancePath: instancePath + "/annotations", parentData: data, parentDataProperty: "annotations", rootData })) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
    if (data.configs !== void 0) {
      let data127 = data.configs;
      if (Array.isArray(data127)) {
        const len24 = data127.length;
        for (let i24 = 0; i24 < len24; i24++) {
          if (!validate110(data127[i24], { instancePath: instancePath + "/configs/" + i24, parentData: data127, parentDataProperty: i24, rootData })) {
            vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err187 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err187];
        } else {
          vErrors.push(err187);
        }
        errors++;
      }
    }
    if (data.secrets !== void 0) {
      let data129 = data.secrets;
      if (Array.isArray(data129)) {
        const len25 = data129.length;
        for (let i25 = 0; i25 < len25; i25++) {
          if (!validate110(data129[i25], { instancePath: instancePath + "/secrets/" + i25, parentData: data129, parentDataProperty: i25, rootData })) {
            vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err188 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err188];
        } else {
          vErrors.push(err188);
        }
        errors++;
      }
    }
    if (data.profiles !== void 0) {
      let data131 = data.profiles;
      if (Array.isArray(data131)) {
        const len26 = data131.length;
        for (let i26 = 0; i26 < len26; i26++) {
          let data132 = data131[i26];
          if (typeof data132 === "string") {
            if (!pattern32.test(data132)) {
              const err189 = { instancePath: instancePath + "/profiles/" + i26, schemaPath: "#/properties/profiles/items/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"' };
              if (vErrors === null) {
                vErrors = [err189];
              } else {
                vErrors.push(err189);
              }
              errors++;
            }
          } else {
            const err190 = { instancePath: instancePath + "/profiles/" + i26, schemaPath: "#/properties/profiles/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err190];
            } else {
              vErrors.push(err190);
            }
            errors++;
          }
        }
      } else {
        const err191 = { instancePath: instancePath + "/profiles", schemaPath: "#/properties/profiles/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err191];
        } else {
          vErrors.push(err191);
        }
        errors++;
      }
    }
    if (data.extends !== void 0) {
      let data133 = data.extends;
      const _errs336 = errors;
      let valid122 = false;
      const _errs337 = errors;
      if (typeof data133 === "string") {
        if (!formats10.test(data133)) {
          const err192 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/0/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
          if (vErrors === null) {
            vErrors = [err192];
          } else {
            vErrors.push(err192);
          }
          errors++;
        }
      } else {
        const err193 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err193];
        } else {
          vErrors.push(err193);
        }
        errors++;
      }
      var _valid16 = _errs337 === errors;
      valid122 = valid122 || _valid16;
      if (!valid122) {
        const _errs339 = errors;
        if (data133 && typeof data133 == "object" && !Array.isArray(data133)) {
          if (data133.service === void 0) {
            const err194 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/1/required", keyword: "required", params: { missingProperty: "service" }, message: "must have required property 'service'" };
            if (vErrors === null) {
              vErrors = [err194];
            } else {
              vErrors.push(err194);
            }
            errors++;
          }
          for (const key19 in data133) {
            if (!(key19 === "service" || key19 === "file")) {
              const err195 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key19 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err195];
              } else {
                vErrors.push(err195);
              }
              errors++;
            }
          }
          if (data133.service !== void 0) {
            let data134 = data133.service;
            if (typeof data134 === "string") {
              if (!formats10.test(data134)) {
                const err196 = { instancePath: instancePath + "/extends/service", schemaPath: "#/properties/extends/anyOf/1/properties/service/format", keyword: "format", params: { format: "line" }, message: 'must match format "line"' };
                if (vErrors === null) {
                  vErrors = [err196];
                } else {
                  vErrors.push(err196);
                }
                errors++;
              }
            } else {
              const err197 = { instancePath: instancePath + "/extends/service", schemaPath: "#/properties/extends/anyOf/1/properties/service/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err197];
              } else {
                vErrors.push(err197);
              }
              errors++;
            }
          }
          if (data133.file !== void 0) {
            let data135 = data133.file;
            if (typeof data135 === "string") {
              if (!formats6.test(data135)) {
                const err198 = { instancePath: instancePath + "/extends/file", schemaPath: "#/properties/extends/anyOf/1/properties/file/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
                if (vErrors === null) {
                  vErrors = [err198];
                } else {
                  vErrors.push(err198);
                }
                errors++;
              }
            } else {
              const err199 = { instancePath: instancePath + "/extends/file", schemaPath: "#/properties/extends/anyOf/1/properties/file/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err199];
              } else {
                vErrors.push(err199);
              }
              errors++;
            }
          }
        } else {
          const err200 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err200];
          } else {
            vErrors.push(err200);
          }
          errors++;
        }
        var _valid16 = _errs339 === errors;
        valid122 = valid122 || _valid16;
      }
      if (!valid122) {
        const err201 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err201];
        } else {
          vErrors.push(err201);
        }
        errors++;
      } else {
        errors = _errs336;
        if (vErrors !== null) {
          if (_errs336) {
            vErrors.length = _errs336;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.pull_policy !== void 0) {
      let data136 = data.pull_policy;
      if (typeof data136 === "string") {
        if (!pattern13.test(data136)) {
          const err202 = { instancePath: instancePath + "/pull_policy", schemaPath: "#/properties/pull_policy/pattern", keyword: "pattern", params: { pattern: "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$" }, message: 'must match pattern "^(always|missing|if_not_present|never|daily|weekly|every_([0-9]+[wdhms])+)$"' };
          if (vErrors === null) {
            vErrors = [err202];
          } else {
            vErrors.push(err202);
          }
          errors++;
        }
      } else {
        const err203 = { instancePath: instancePath + "/pull_policy", schemaPath: "#/properties/pull_policy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err203];
        } else {
          vErrors.push(err203);
        }
        errors++;
      }
    }
    if (data.platform !== void 0) {
      let data137 = data.platform;
      if (typeof data137 === "string") {
        if (!pattern14.test(data137)) {
          const err204 = { instancePath: instancePath + "/platform", schemaPath: "#/properties/platform/pattern", keyword: "pattern", params: { pattern: "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$" }, message: 'must match pattern "^linux/(amd64|arm64(/v8)?|arm(/v[5-8])?|386|ppc64le|s390x|riscv64|loong64|mips64le)$"' };
          if (vErrors === null) {
            vErrors = [err204];
          } else {
            vErrors.push(err204);
          }
          errors++;
        }
      } else {
        const err205 = { instancePath: instancePath + "/platform", schemaPath: "#/properties/platform/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err205];
        } else {
          vErrors.push(err205);
        }
        errors++;
      }
    }
    if (data.logging !== void 0) {
      let data138 = data.logging;
      if (data138 && typeof data138 == "object" && !Array.isArray(data138)) {
        for (const key20 in data138) {
          if (!(key20 === "driver" || key20 === "options")) {
            const err206 = { instancePath: instancePath + "/logging", schemaPath: "#/properties/logging/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key20 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err206];
            } else {
              vErrors.push(err206);
            }
            errors++;
          }
        }
        if (data138.driver !== void 0) {
          let data139 = data138.driver;
          if (!(data139 === "k8s-file" || data139 === "json-file" || data139 === "local" || data139 === "none")) {
            const err207 = { instancePath: instancePath + "/logging/driver", schemaPath: "#/properties/logging/properties/driver/enum", keyword: "enum", params: { allowedValues: schema16.properties.logging.properties.driver.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err207];
            } else {
              vErrors.push(err207);
            }
            errors++;
          }
        }
        if (data138.options !== void 0) {
          let data140 = data138.options;
          if (data140 && typeof data140 == "object" && !Array.isArray(data140)) {
            for (const key21 in data140) {
              if (!(key21 === "max-size" || key21 === "max-file")) {
                const err208 = { instancePath: instancePath + "/logging/options", schemaPath: "#/properties/logging/properties/options/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key21 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err208];
                } else {
                  vErrors.push(err208);
                }
                errors++;
              }
            }
            if (data140["max-size"] !== void 0) {
              if (!validate61(data140["max-size"], { instancePath: instancePath + "/logging/options/max-size", parentData: data140, parentDataProperty: "max-size", rootData })) {
                vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
                errors = vErrors.length;
              }
            }
            if (data140["max-file"] !== void 0) {
              if (!validate54(data140["max-file"], { instancePath: instancePath + "/logging/options/max-file", parentData: data140, parentDataProperty: "max-file", rootData })) {
                vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err209 = { instancePath: instancePath + "/logging/options", schemaPath: "#/properties/logging/properties/options/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err209];
            } else {
              vErrors.push(err209);
            }
            errors++;
          }
        }
      } else {
        const err210 = { instancePath: instancePath + "/logging", schemaPath: "#/properties/logging/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err210];
        } else {
          vErrors.push(err210);
        }
        errors++;
      }
    }
  } else {
    const err211 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err211];
    } else {
      vErrors.push(err211);
    }
    errors++;
  }
  validate47.errors = vErrors;
  return errors === 0;
}
var formats14 = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
var formats18 = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/;
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.apiVersion === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "apiVersion" }, message: "must have required property 'apiVersion'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.kind === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.metadata === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "metadata" }, message: "must have required property 'metadata'" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(func2.call(schema6.properties, key0) || pattern0.test(key0))) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.apiVersion !== void 0) {
      if ("heropods/v1" !== data.apiVersion) {
        const err4 = { instancePath: instancePath + "/apiVersion", schemaPath: "#/properties/apiVersion/const", keyword: "const", params: { allowedValue: "heropods/v1" }, message: "must be equal to constant" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.kind !== void 0) {
      let data1 = data.kind;
      if (!(data1 === "Stack" || data1 === "Overlay")) {
        const err5 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema6.properties.kind.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.metadata !== void 0) {
      let data2 = data.metadata;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        if (data2.name === void 0) {
          const err6 = { instancePath: instancePath + "/metadata", schemaPath: "#/properties/metadata/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        for (const key1 in data2) {
          if (!(key1 === "name" || key1 === "labels")) {
            const err7 = { instancePath: instancePath + "/metadata", schemaPath: "#/properties/metadata/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
        if (data2.name !== void 0) {
          let data3 = data2.name;
          if (typeof data3 === "string") {
            if (!pattern1.test(data3)) {
              const err8 = { instancePath: instancePath + "/metadata/name", schemaPath: "#/properties/metadata/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"' };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          } else {
            const err9 = { instancePath: instancePath + "/metadata/name", schemaPath: "#/properties/metadata/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data2.labels !== void 0) {
          if (!validate22(data2.labels, { instancePath: instancePath + "/metadata/labels", parentData: data2, parentDataProperty: "labels", rootData })) {
            vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err10 = { instancePath: instancePath + "/metadata", schemaPath: "#/properties/metadata/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.include !== void 0) {
      let data5 = data.include;
      if (Array.isArray(data5)) {
        const len0 = data5.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data6 = data5[i0];
          const _errs14 = errors;
          let valid5 = false;
          const _errs15 = errors;
          if (typeof data6 === "string") {
            if (!formats6.test(data6)) {
              const err11 = { instancePath: instancePath + "/include/" + i0, schemaPath: "#/properties/include/items/anyOf/0/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          } else {
            const err12 = { instancePath: instancePath + "/include/" + i0, schemaPath: "#/properties/include/items/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
          var _valid0 = _errs15 === errors;
          valid5 = valid5 || _valid0;
          if (!valid5) {
            const _errs17 = errors;
            if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
              if (data6.path === void 0) {
                const err13 = { instancePath: instancePath + "/include/" + i0, schemaPath: "#/properties/include/items/anyOf/1/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
              }
              for (const key2 in data6) {
                if (!(key2 === "path")) {
                  const err14 = { instancePath: instancePath + "/include/" + i0, schemaPath: "#/properties/include/items/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err14];
                  } else {
                    vErrors.push(err14);
                  }
                  errors++;
                }
              }
              if (data6.path !== void 0) {
                let data7 = data6.path;
                if (typeof data7 === "string") {
                  if (!formats6.test(data7)) {
                    const err15 = { instancePath: instancePath + "/include/" + i0 + "/path", schemaPath: "#/properties/include/items/anyOf/1/properties/path/format", keyword: "format", params: { format: "path" }, message: 'must match format "path"' };
                    if (vErrors === null) {
                      vErrors = [err15];
                    } else {
                      vErrors.push(err15);
                    }
                    errors++;
                  }
                } else {
                  const err16 = { instancePath: instancePath + "/include/" + i0 + "/path", schemaPath: "#/properties/include/items/anyOf/1/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err16];
                  } else {
                    vErrors.push(err16);
                  }
                  errors++;
                }
              }
            } else {
              const err17 = { instancePath: instancePath + "/include/" + i0, schemaPath: "#/properties/include/items/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
            var _valid0 = _errs17 === errors;
            valid5 = valid5 || _valid0;
          }
          if (!valid5) {
            const err18 = { instancePath: instancePath + "/include/" + i0, schemaPath: "#/properties/include/items/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          } else {
            errors = _errs14;
            if (vErrors !== null) {
              if (_errs14) {
                vErrors.length = _errs14;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err19 = { instancePath: instancePath + "/include", schemaPath: "#/properties/include/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.reconcile !== void 0) {
      if (!validate24(data.reconcile, { instancePath: instancePath + "/reconcile", parentData: data, parentDataProperty: "reconcile", rootData })) {
        vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
        errors = vErrors.length;
      }
    }
    if (data.variables !== void 0) {
      let data9 = data.variables;
      if (!(data9 && typeof data9 == "object" && !Array.isArray(data9)) && data9 !== null) {
        const err20 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/type", keyword: "type", params: { type: schema6.properties.variables.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
      if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
        for (const key3 in data9) {
          const _errs26 = errors;
          const _errs27 = errors;
          let valid9 = false;
          const _errs28 = errors;
          if (typeof key3 === "string") {
            if (!formats14.test(key3)) {
              const err21 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames/anyOf/0/format", keyword: "format", params: { format: "identifier" }, message: 'must match format "identifier"', propertyName: key3 };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
          }
          var _valid1 = _errs28 === errors;
          valid9 = valid9 || _valid1;
          if (!valid9) {
            const _errs29 = errors;
            if (typeof key3 === "string") {
              if (!pattern0.test(key3)) {
                const err22 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key3 };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
            var _valid1 = _errs29 === errors;
            valid9 = valid9 || _valid1;
          }
          if (!valid9) {
            const err23 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key3 };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          } else {
            errors = _errs27;
            if (vErrors !== null) {
              if (_errs27) {
                vErrors.length = _errs27;
              } else {
                vErrors = null;
              }
            }
          }
          var valid8 = _errs26 === errors;
          if (!valid8) {
            const err24 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames", keyword: "propertyNames", params: { propertyName: key3 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        for (const key4 in data9) {
          if (!pattern0.test(key4)) {
            if (!validate30(data9[key4], { instancePath: instancePath + "/variables/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data9, parentDataProperty: key4, rootData })) {
              vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.networks !== void 0) {
      let data11 = data.networks;
      if (!(data11 && typeof data11 == "object" && !Array.isArray(data11)) && data11 !== null) {
        const err25 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/type", keyword: "type", params: { type: schema6.properties.networks.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
        for (const key5 in data11) {
          const _errs34 = errors;
          const _errs35 = errors;
          let valid12 = false;
          const _errs36 = errors;
          if (typeof key5 === "string") {
            if (!formats18.test(key5)) {
              const err26 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames/anyOf/0/format", keyword: "format", params: { format: "name" }, message: 'must match format "name"', propertyName: key5 };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
          }
          var _valid2 = _errs36 === errors;
          valid12 = valid12 || _valid2;
          if (!valid12) {
            const _errs37 = errors;
            if (typeof key5 === "string") {
              if (!pattern0.test(key5)) {
                const err27 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key5 };
                if (vErrors === null) {
                  vErrors = [err27];
                } else {
                  vErrors.push(err27);
                }
                errors++;
              }
            }
            var _valid2 = _errs37 === errors;
            valid12 = valid12 || _valid2;
          }
          if (!valid12) {
            const err28 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key5 };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          } else {
            errors = _errs35;
            if (vErrors !== null) {
              if (_errs35) {
                vErrors.length = _errs35;
              } else {
                vErrors = null;
              }
            }
          }
          var valid11 = _errs34 === errors;
          if (!valid11) {
            const err29 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames", keyword: "propertyNames", params: { propertyName: key5 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        for (const key6 in data11) {
          if (!pattern0.test(key6)) {
            if (!validate32(data11[key6], { instancePath: instancePath + "/networks/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data11, parentDataProperty: key6, rootData })) {
              vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.images !== void 0) {
      let data13 = data.images;
      if (!(data13 && typeof data13 == "object" && !Array.isArray(data13)) && data13 !== null) {
        const err30 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/type", keyword: "type", params: { type: schema6.properties.images.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
      if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
        for (const key7 in data13) {
          const _errs42 = errors;
          const _errs43 = errors;
          let valid15 = false;
          const _errs44 = errors;
          if (typeof key7 === "string") {
            if (!formats18.test(key7)) {
              const err31 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames/anyOf/0/format", keyword: "format", params: { format: "name" }, message: 'must match format "name"', propertyName: key7 };
              if (vErrors === null) {
                vErrors = [err31];
              } else {
                vErrors.push(err31);
              }
              errors++;
            }
          }
          var _valid3 = _errs44 === errors;
          valid15 = valid15 || _valid3;
          if (!valid15) {
            const _errs45 = errors;
            if (typeof key7 === "string") {
              if (!pattern0.test(key7)) {
                const err32 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key7 };
                if (vErrors === null) {
                  vErrors = [err32];
                } else {
                  vErrors.push(err32);
                }
                errors++;
              }
            }
            var _valid3 = _errs45 === errors;
            valid15 = valid15 || _valid3;
          }
          if (!valid15) {
            const err33 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key7 };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          } else {
            errors = _errs43;
            if (vErrors !== null) {
              if (_errs43) {
                vErrors.length = _errs43;
              } else {
                vErrors = null;
              }
            }
          }
          var valid14 = _errs42 === errors;
          if (!valid14) {
            const err34 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames", keyword: "propertyNames", params: { propertyName: key7 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err34];
            } else {
              vErrors.push(err34);
            }
            errors++;
          }
        }
        for (const key8 in data13) {
          if (!pattern0.test(key8)) {
            if (!validate37(data13[key8], { instancePath: instancePath + "/images/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data13, parentDataProperty: key8, rootData })) {
              vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.volumes !== void 0) {
      let data15 = data.volumes;
      if (!(data15 && typeof data15 == "object" && !Array.isArray(data15)) && data15 !== null) {
        const err35 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: schema6.properties.volumes.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err35];
        } else {
          vErrors.push(err35);
        }
        errors++;
      }
      if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
        for (const key9 in data15) {
          const _errs50 = errors;
          const _errs51 = errors;
          let valid18 = false;
          const _errs52 = errors;
          if (typeof key9 === "string") {
            if (!formats18.test(key9)) {
              const err36 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames/anyOf/0/format", keyword: "format", params: { format: "name" }, message: 'must match format "name"', propertyName: key9 };
              if (vErrors === null) {
                vErrors = [err36];
              } else {
                vErrors.push(err36);
              }
              errors++;
            }
          }
          var _valid4 = _errs52 === errors;
          valid18 = valid18 || _valid4;
          if (!valid18) {
            const _errs53 = errors;
            if (typeof key9 === "string") {
              if (!pattern0.test(key9)) {
                const err37 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key9 };
                if (vErrors === null) {
                  vErrors = [err37];
                } else {
                  vErrors.push(err37);
                }
                errors++;
              }
            }
            var _valid4 = _errs53 === errors;
            valid18 = valid18 || _valid4;
          }
          if (!valid18) {
            const err38 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key9 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          } else {
            errors = _errs51;
            if (vErrors !== null) {
              if (_errs51) {
                vErrors.length = _errs51;
              } else {
                vErrors = null;
              }
            }
          }
          var valid17 = _errs50 === errors;
          if (!valid17) {
            const err39 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames", keyword: "propertyNames", params: { propertyName: key9 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err39];
            } else {
              vErrors.push(err39);
            }
            errors++;
          }
        }
        for (const key10 in data15) {
          if (!pattern0.test(key10)) {
            if (!validate40(data15[key10], { instancePath: instancePath + "/volumes/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data15, parentDataProperty: key10, rootData })) {
              vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.configs !== void 0) {
      let data17 = data.configs;
      if (!(data17 && typeof data17 == "object" && !Array.isArray(data17)) && data17 !== null) {
        const err40 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/type", keyword: "type", params: { type: schema6.properties.configs.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err40];
        } else {
          vErrors.push(err40);
        }
        errors++;
      }
      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
        for (const key11 in data17) {
          const _errs58 = errors;
          const _errs59 = errors;
          let valid21 = false;
          const _errs60 = errors;
          if (typeof key11 === "string") {
            if (!formats18.test(key11)) {
              const err41 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames/anyOf/0/format", keyword: "format", params: { format: "name" }, message: 'must match format "name"', propertyName: key11 };
              if (vErrors === null) {
                vErrors = [err41];
              } else {
                vErrors.push(err41);
              }
              errors++;
            }
          }
          var _valid5 = _errs60 === errors;
          valid21 = valid21 || _valid5;
          if (!valid21) {
            const _errs61 = errors;
            if (typeof key11 === "string") {
              if (!pattern0.test(key11)) {
                const err42 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key11 };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
            }
            var _valid5 = _errs61 === errors;
            valid21 = valid21 || _valid5;
          }
          if (!valid21) {
            const err43 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key11 };
            if (vErrors === null) {
              vErrors = [err43];
            } else {
              vErrors.push(err43);
            }
            errors++;
          } else {
            errors = _errs59;
            if (vErrors !== null) {
              if (_errs59) {
                vErrors.length = _errs59;
              } else {
                vErrors = null;
              }
            }
          }
          var valid20 = _errs58 === errors;
          if (!valid20) {
            const err44 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames", keyword: "propertyNames", params: { propertyName: key11 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
        }
        for (const key12 in data17) {
          if (!pattern0.test(key12)) {
            if (!validate43(data17[key12], { instancePath: instancePath + "/configs/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data17, parentDataProperty: key12, rootData })) {
              vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.secrets !== void 0) {
      let data19 = data.secrets;
      if (!(data19 && typeof data19 == "object" && !Array.isArray(data19)) && data19 !== null) {
        const err45 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: schema6.properties.secrets.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err45];
        } else {
          vErrors.push(err45);
        }
        errors++;
      }
      if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
        for (const key13 in data19) {
          const _errs66 = errors;
          const _errs67 = errors;
          let valid24 = false;
          const _errs68 = errors;
          if (typeof key13 === "string") {
            if (!formats18.test(key13)) {
              const err46 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames/anyOf/0/format", keyword: "format", params: { format: "name" }, message: 'must match format "name"', propertyName: key13 };
              if (vErrors === null) {
                vErrors = [err46];
              } else {
                vErrors.push(err46);
              }
              errors++;
            }
          }
          var _valid6 = _errs68 === errors;
          valid24 = valid24 || _valid6;
          if (!valid24) {
            const _errs69 = errors;
            if (typeof key13 === "string") {
              if (!pattern0.test(key13)) {
                const err47 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key13 };
                if (vErrors === null) {
                  vErrors = [err47];
                } else {
                  vErrors.push(err47);
                }
                errors++;
              }
            }
            var _valid6 = _errs69 === errors;
            valid24 = valid24 || _valid6;
          }
          if (!valid24) {
            const err48 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key13 };
            if (vErrors === null) {
              vErrors = [err48];
            } else {
              vErrors.push(err48);
            }
            errors++;
          } else {
            errors = _errs67;
            if (vErrors !== null) {
              if (_errs67) {
                vErrors.length = _errs67;
              } else {
                vErrors = null;
              }
            }
          }
          var valid23 = _errs66 === errors;
          if (!valid23) {
            const err49 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames", keyword: "propertyNames", params: { propertyName: key13 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err49];
            } else {
              vErrors.push(err49);
            }
            errors++;
          }
        }
        for (const key14 in data19) {
          if (!pattern0.test(key14)) {
            if (!validate43(data19[key14], { instancePath: instancePath + "/secrets/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data19, parentDataProperty: key14, rootData })) {
              vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.containers !== void 0) {
      let data21 = data.containers;
      if (!(data21 && typeof data21 == "object" && !Array.isArray(data21)) && data21 !== null) {
        const err50 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/type", keyword: "type", params: { type: schema6.properties.containers.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err50];
        } else {
          vErrors.push(err50);
        }
        errors++;
      }
      if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
        for (const key15 in data21) {
          const _errs74 = errors;
          const _errs75 = errors;
          let valid27 = false;
          const _errs76 = errors;
          if (typeof key15 === "string") {
            if (!formats18.test(key15)) {
              const err51 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames/anyOf/0/format", keyword: "format", params: { format: "name" }, message: 'must match format "name"', propertyName: key15 };
              if (vErrors === null) {
                vErrors = [err51];
              } else {
                vErrors.push(err51);
              }
              errors++;
            }
          }
          var _valid7 = _errs76 === errors;
          valid27 = valid27 || _valid7;
          if (!valid27) {
            const _errs77 = errors;
            if (typeof key15 === "string") {
              if (!pattern0.test(key15)) {
                const err52 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key15 };
                if (vErrors === null) {
                  vErrors = [err52];
                } else {
                  vErrors.push(err52);
                }
                errors++;
              }
            }
            var _valid7 = _errs77 === errors;
            valid27 = valid27 || _valid7;
          }
          if (!valid27) {
            const err53 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key15 };
            if (vErrors === null) {
              vErrors = [err53];
            } else {
              vErrors.push(err53);
            }
            errors++;
          } else {
            errors = _errs75;
            if (vErrors !== null) {
              if (_errs75) {
                vErrors.length = _errs75;
              } else {
                vErrors = null;
              }
            }
          }
          var valid26 = _errs74 === errors;
          if (!valid26) {
            const err54 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames", keyword: "propertyNames", params: { propertyName: key15 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err54];
            } else {
              vErrors.push(err54);
            }
            errors++;
          }
        }
        for (const key16 in data21) {
          if (!pattern0.test(key16)) {
            if (!validate47(data21[key16], { instancePath: instancePath + "/containers/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data21, parentDataProperty: key16, rootData })) {
              vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.services !== void 0) {
      let data23 = data.services;
      if (!(data23 && typeof data23 == "object" && !Array.isArray(data23)) && data23 !== null) {
        const err55 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/type", keyword: "type", params: { type: schema6.properties.services.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err55];
        } else {
          vErrors.push(err55);
        }
        errors++;
      }
      if (data23 && typeof data23 == "object" && !Array.isArray(data23)) {
        for (const key17 in data23) {
          const _errs82 = errors;
          const _errs83 = errors;
          let valid30 = false;
          const _errs84 = errors;
          if (typeof key17 === "string") {
            if (!formats18.test(key17)) {
              const err56 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames/anyOf/0/format", keyword: "format", params: { format: "name" }, message: 'must match format "name"', propertyName: key17 };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
          }
          var _valid8 = _errs84 === errors;
          valid30 = valid30 || _valid8;
          if (!valid30) {
            const _errs85 = errors;
            if (typeof key17 === "string") {
              if (!pattern0.test(key17)) {
                const err57 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key17 };
                if (vErrors === null) {
                  vErrors = [err57];
                } else {
                  vErrors.push(err57);
                }
                errors++;
              }
            }
            var _valid8 = _errs85 === errors;
            valid30 = valid30 || _valid8;
          }
          if (!valid30) {
            const err58 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key17 };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          } else {
            errors = _errs83;
            if (vErrors !== null) {
              if (_errs83) {
                vErrors.length = _errs83;
              } else {
                vErrors = null;
              }
            }
          }
          var valid29 = _errs82 === errors;
          if (!valid29) {
            const err59 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames", keyword: "propertyNames", params: { propertyName: key17 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err59];
            } else {
              vErrors.push(err59);
            }
            errors++;
          }
        }
        for (const key18 in data23) {
          if (!pattern0.test(key18)) {
            if (!validate47(data23[key18], { instancePath: instancePath + "/services/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data23, parentDataProperty: key18, rootData })) {
              vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
  } else {
    const err60 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err60];
    } else {
      vErrors.push(err60);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}
export {
  stdin_default as default,
  validate
};
