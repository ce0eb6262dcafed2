// Generated from schemas/ by `npm run generate`. Do not edit.
// <stdin>
var validate = validate10;
var stdin_default = validate10;
var schema11 = { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://heropods.dev/schemas/stack.schema.json", "title": "StackFile", "description": "A HeroPods stack, or an overlay for one.", "type": "object", "additionalProperties": false, "patternProperties": { "^x-": true }, "required": ["apiVersion", "kind", "metadata"], "properties": { "apiVersion": { "const": "heropods/v1", "description": "Always heropods/v1." }, "kind": { "enum": ["Stack", "Overlay"], "description": "`Overlay` is a patch for the stack of the same name." }, "metadata": { "type": "object", "description": "Who the stack is.", "properties": { "name": { "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "description": "Name of the stack: lower-case letters, digits and hyphens." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "required": ["name"] }, "include": { "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "path": { "type": "string", "description": "Path." } }, "additionalProperties": false, "required": ["path"] }] }, "description": "Files whose networks, images, volumes, configs, secrets and containers belong to this stack too." }, "variables": { "type": ["object", "null"], "description": "Variables, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z_][a-zA-Z0-9_]*$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/variable" } }, "networks": { "type": ["object", "null"], "description": "Networks, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/network" } }, "images": { "type": ["object", "null"], "description": "Images, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/image" } }, "volumes": { "type": ["object", "null"], "description": "Volumes, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/volume" } }, "configs": { "type": ["object", "null"], "description": "Files put into containers.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/source" } }, "secrets": { "type": ["object", "null"], "description": "Secret files put into containers.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/source" } }, "containers": { "type": ["object", "null"], "description": "Containers, by name.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/container" } }, "services": { "type": ["object", "null"], "description": "Synonym of `containers`.", "patternProperties": { "^x-": true }, "propertyNames": { "anyOf": [{ "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, { "pattern": "^x-" }] }, "additionalProperties": { "$ref": "#/definitions/container" } } }, "definitions": { "size": { "anyOf": [{ "type": "integer", "minimum": -1 }, { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }], "description": "Bytes, or a number with b, k, m, g or t (powers of 1024)." }, "duration": { "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$" }], "description": "A time as in `1m30s`; a plain number is seconds." }, "keyValues": { "anyOf": [{ "type": ["object", "null"], "additionalProperties": { "type": ["string", "number", "boolean", "null"] } }, { "type": "array", "items": { "type": "string" } }], "description": "A map, or a list of `NAME=VALUE`." }, "words": { "anyOf": [{ "type": ["string", "null"] }, { "type": "array", "items": { "type": ["string", "number", "boolean"] } }], "description": "A list of arguments, or one line that is split as a POSIX shell splits words; no shell runs." }, "integerOrText": { "anyOf": [{ "type": "integer" }, { "type": "string", "pattern": "^-?[0-9]+$" }] }, "numberOrText": { "anyOf": [{ "type": "number" }, { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$" }] }, "ipv4": { "type": "string", "format": "ipv4" }, "variable": { "type": "object", "description": "A value that may differ between runs of the same files.", "properties": { "type": { "enum": ["string", "int", "number", "bool", "list"], "default": "string", "description": "Type of the value." }, "default": { "description": "Value where nothing else states one." }, "env": { "type": "string", "description": "Environment variable that may state the value: the only way in which the shell's environment is read." }, "description": { "type": "string", "description": "What it is for." }, "enum": { "type": "array", "description": "The values allowed." }, "pattern": { "type": "string", "description": "Regular expression that the value must match." }, "min": { "type": "number", "description": "Smallest number allowed." }, "max": { "type": "number", "description": "Largest number allowed." }, "required": { "type": "boolean", "description": "Refuse to plan where nothing states a value.", "default": false }, "sensitive": { "type": "boolean", "description": "Never shown in plans, logs or records. Usable in environment, command, entrypoint, and in the content of configs and secrets.", "default": false } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "network": { "type": ["object", "null"], "description": "A network: a bridge with a gateway, addresses for its containers, and NAT to the uplink unless it is internal.", "properties": { "driver": { "enum": ["bridge", "mycelium"], "default": "bridge", "description": "`bridge`; `mycelium` is not yet supported." }, "subnet": { "type": "string", "description": "IPv4 subnet in CIDR form, or `auto`: the first /24 of 10.64.0.0/10 that no route of the host meets.", "default": "auto" }, "gateway": { "type": "string", "description": "Address of the bridge. Default: the subnet's first." }, "internal": { "type": "boolean", "description": "No way out and no way in: containers reach each other only.", "default": false }, "mtu": { "type": "integer", "minimum": 576, "maximum": 65535, "default": 1500, "description": "Largest packet, bytes." }, "dns": { "type": "object", "description": "Name servers of the containers whose first way out this network is.", "properties": { "servers": { "type": "array", "items": { "$ref": "#/definitions/ipv4" }, "description": "Name servers. Default: 8.8.8.8 and 8.8.4.4, none on an internal network." }, "search": { "type": "array", "items": { "type": "string" }, "description": "Search domains." } }, "additionalProperties": false }, "exclude": { "type": "array", "items": { "type": "string" }, "description": "Addresses (or CIDR ranges) that are never handed out." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." }, "external": { "type": "boolean", "description": "It belongs to another stack, named by `name`.", "default": false }, "name": { "type": "string", "description": "With `external`: STACK/KEY of the network to join.", "pattern": "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$" }, "ipv6_range": { "type": "string", "description": "Mycelium; not yet supported." }, "key_path": { "type": "string", "description": "Mycelium; not yet supported." }, "peers": { "type": "array", "items": { "type": "string" }, "description": "Mycelium; not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "image": { "type": "object", "description": "An image: exactly one of `ref`, `builtin`, `archive`.", "properties": { "ref": { "type": "string", "description": "Reference, pulled with podman. `nginx` means docker.io/library/nginx:latest." }, "builtin": { "enum": ["busybox", "alpine_3_20", "ubuntu_24_04", "ubuntu_25_04"], "description": "A ready image. `busybox` is made from the host's static busybox, without any registry." }, "archive": { "type": "string", "description": "A tar of a root file system, or what `podman save` or `docker save` wrote. Relative to this file." }, "pull_policy": { "enum": ["always", "missing", "if_not_present", "never"], "default": "missing", "description": "When to ask the registry: at every apply, when the image is not here, or never." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "volume": { "type": ["object", "null"], "description": "Data that outlives its containers.", "properties": { "protect": { "type": "boolean", "description": "Not even `destroy --delete-data` and `volume rm` erase it.", "default": false }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "source": { "type": "object", "description": "Exactly one of `file`, `content`, `variable`.", "properties": { "file": { "type": "string", "description": "File whose content it is. Relative to this file; not interpolated." }, "content": { "type": "string", "description": "The content itself; interpolated." }, "variable": { "type": "string", "description": "Variable whose value is the content." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } }, "fileReference": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "source": { "type": "string", "description": "Name under `configs:` or `secrets:`." }, "target": { "type": "string", "description": "Path inside the container; a secret's may be relative to /run/secrets. Default: /NAME for a config, /run/secrets/NAME for a secret." }, "mode": { "anyOf": [{ "type": "string", "pattern": "^0?[0-7]{3,4}$" }, { "type": "integer" }], "description": "Octal permissions. Default 0444." }, "uid": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Owner. Default: the container's user." }, "gid": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Group. Default: the container's group." }, "on_change": { "description": "Not yet supported." } }, "additionalProperties": false, "required": ["source"] }] }, "port": { "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 65535 }, { "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "target": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Port inside the container, or a range." }, "published": { "type": ["integer", "string"], "description": "Port of the host, or a range as `8000-8010`." }, "host_ip": { "type": "string", "description": "Address of the host that it binds. Default 127.0.0.1." }, "protocol": { "enum": ["tcp", "udp"], "default": "tcp", "description": "tcp or udp." }, "public": { "type": "boolean", "description": "Bind all addresses of the host: the world can reach it.", "default": false }, "name": { "type": "string", "description": "For readers only." }, "mode": { "enum": ["host", "ingress"], "description": "Accepted for Compose; both mean the same here." } }, "additionalProperties": false, "required": ["target"] }] }, "mount": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "type": { "enum": ["bind", "volume", "tmpfs"], "description": "Kind of mount." }, "source": { "type": "string", "description": "Path of the host (bind) or name under `volumes:` (volume)." }, "target": { "type": "string", "description": "Path inside the container." }, "read_only": { "type": "boolean", "description": "Mounted read-only.", "default": false }, "bind": { "type": "object", "description": "Options of a bind mount.", "properties": { "propagation": { "enum": ["private", "rprivate", "shared", "rshared", "slave", "rslave"], "default": "rprivate", "description": "Mount propagation." }, "create_host_path": { "type": "boolean", "description": "Make the source folder where it does not exist.", "default": true } }, "additionalProperties": false }, "volume": { "type": "object", "description": "Options of a volume.", "properties": { "nocopy": { "type": "boolean", "description": "Do not fill an empty volume from the image.", "default": false } }, "additionalProperties": false }, "tmpfs": { "type": "object", "description": "Options of a tmpfs.", "properties": { "size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Largest size. Default: half of memory." }, "mode": { "anyOf": [{ "type": "string", "pattern": "^0?[0-7]{3,4}$" }, { "type": "integer" }], "description": "Octal permissions. Default 1777." } }, "additionalProperties": false } }, "additionalProperties": false, "required": ["type", "target"] }] }, "device": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "source": { "type": "string", "description": "Device of the host." }, "target": { "type": "string", "description": "Path inside. Default: as on the host." }, "permissions": { "type": "string", "pattern": "^[rwm]{1,3}$", "default": "rwm", "description": "r, w, m." } }, "additionalProperties": false, "required": ["source"] }] }, "container": { "type": "object", "description": "A container, or with `deploy.replicas` several.", "properties": { "image": { "type": "string", "description": "An entry of `images:`, a built-in name, or a reference." }, "command": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Arguments, or the command itself where there is no entrypoint. Default: the image's." }, "entrypoint": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Program. Default: the image's; stating one drops the image's command." }, "environment": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Environment variables. A name without a value is refused: the shell's environment is read through `variables: { X: { env: X } }` only." }, "env_file": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "path": { "type": "string", "description": "Path." }, "required": { "type": "boolean", "description": "Refuse where it does not exist.", "default": true } }, "additionalProperties": false, "required": ["path"] }] } }], "description": "Files of NAME=VALUE lines, read before `environment`. Relative to this file; not interpolated." }, "working_dir": { "type": "string", "description": "Working folder; made where it does not exist. Default: the image's.", "pattern": "^/" }, "user": { "type": ["string", "integer"], "description": "User or user:group, by name or number. Default: the image's." }, "group_add": { "type": "array", "items": { "type": ["string", "integer"] }, "description": "More groups, by name or number." }, "hostname": { "type": "string", "description": "Host name. Default: the container's name.", "pattern": "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$" }, "ports": { "type": "array", "items": { "$ref": "#/definitions/port" }, "description": "Published ports: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, with ranges. Bound to 127.0.0.1 unless `host_ip` or `public` says otherwise." }, "expose": { "type": "array", "items": { "type": ["integer", "string"] }, "description": "Ports the container listens on; for readers only." }, "volumes": { "type": "array", "items": { "$ref": "#/definitions/mount" }, "description": "Mounts: `SOURCE:TARGET[:ro]` with a path (bind) or a name under `volumes:`." }, "tmpfs": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Paths of tmpfs mounts, with options as `/run:size=64m,mode=1777`." }, "networks": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of networks." }, { "type": "object", "additionalProperties": { "anyOf": [{ "type": "null" }, { "type": "object", "description": "How a container stands on a network.", "properties": { "aliases": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "More names under which the others find it." }, "ipv4_address": { "allOf": [{ "$ref": "#/definitions/ipv4" }], "description": "A fixed address." } }, "additionalProperties": false }] } }], "description": "Networks in the order of eth0, eth1 ...; default route and DNS come from the first that is not internal. Default: the stack's only network, else the instance's default network." }, "network_mode": { "type": "string", "description": "`bridge`, `none`, `host`, or `service:NAME` to share another container's network.", "pattern": "^(bridge|none|host|(service|container):.+)$" }, "dns": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Name servers. Default: those of its first network that leads outside." }, "dns_search": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Search domains." }, "dns_opt": { "type": "array", "items": { "type": "string" }, "description": "Options of resolv.conf." }, "extra_hosts": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "`NAME=IP` or `NAME:IP`." }, { "type": "object", "additionalProperties": { "type": "string" } }], "description": "More names in /etc/hosts; `host-gateway` stands for the host." }, "depends_on": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of containers." }, { "type": "object", "additionalProperties": { "type": "object", "description": "One dependency.", "properties": { "condition": { "enum": ["service_started", "service_completed_successfully", "service_healthy"], "default": "service_started", "description": "What to wait for." }, "restart": { "type": "boolean", "description": "Accepted for Compose.", "default": false }, "required": { "type": "boolean", "description": "Accepted for Compose.", "default": true } }, "additionalProperties": false } }], "description": "Containers that must have been started (or have completed) before." }, "healthcheck": { "description": "Not yet supported." }, "restart": { "anyOf": [{ "type": "string", "pattern": "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$" }, { "const": false }], "default": "no", "description": "`no`, `always`, `unless-stopped`, `on-failure[:N]`." }, "stop_signal": { "anyOf": [{ "type": "string", "pattern": "^(SIG)?[A-Z0-9+]+$" }, { "type": "integer", "minimum": 1, "maximum": 64 }], "description": "Signal that asks it to stop. Default: the image's, else SIGTERM." }, "stop_grace_period": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between that signal and SIGKILL. Default 10s." }, "mem_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory limit." }, "mem_reservation": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory it keeps when memory is short." }, "memswap_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory and swap together; -1: unlimited swap." }, "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "CPUs, as 1.5." }, "cpu_period": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS period, microseconds." }, "cpu_quota": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS quota, microseconds." }, "cpu_shares": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Relative weight; 1024 is normal." }, "cpuset": { "anyOf": [{ "type": "string", "pattern": "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$" }, { "type": "integer" }], "description": "CPUs it may run on, as 0-3,5." }, "pids_limit": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes and threads; 0 or -1: unlimited." }, "deploy": { "type": "object", "description": "Replicas and limits.", "properties": { "replicas": { "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 1e3 }, { "type": "string", "pattern": "^[0-9]+$" }], "description": "How many: KEY.1 to KEY.N." }, "resources": { "type": "object", "description": "Limits in Compose's other place.", "properties": { "limits": { "type": "object", "description": "Same as cpus, mem_limit, pids_limit.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "CPUs." }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes." } }, "additionalProperties": false }, "reservations": { "type": "object", "description": "Memory: same as mem_reservation.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "CPUs." }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes." } }, "additionalProperties": false } }, "additionalProperties": false }, "restart_policy": { "type": "object", "description": "Same as `restart`.", "properties": { "condition": { "enum": ["none", "on-failure", "any"], "default": "any", "description": "When to start again." }, "max_attempts": { "type": "integer", "minimum": 0, "description": "How often; 0: without end." }, "delay": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Accepted; the delay doubles from 100 ms to a minute." }, "window": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Accepted; a run of 10 s starts the delays over." } }, "additionalProperties": false }, "update_config": { "description": "Not yet supported." }, "rollback_config": { "description": "Not yet supported." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false }, "cap_add": { "type": "array", "items": { "type": "string" }, "description": "Capabilities added to the default set; ALL." }, "cap_drop": { "type": "array", "items": { "type": "string" }, "description": "Capabilities taken away; ALL." }, "security_opt": { "type": "array", "items": { "type": "string" }, "description": "`no-new-privileges[:false]`, `seccomp:unconfined`, `seccomp:FILE`, `apparmor:PROFILE`." }, "read_only": { "type": "boolean", "description": "Read-only root file system.", "default": false }, "privileged": { "type": "boolean", "description": "All capabilities and devices, no seccomp filter, no masked paths.", "default": false }, "devices": { "type": "array", "items": { "$ref": "#/definitions/device" }, "description": "Devices: `SOURCE[:TARGET[:rwm]]`." }, "ulimits": { "type": "object", "additionalProperties": { "anyOf": [{ "type": "integer", "minimum": -1 }, { "type": "object", "description": "Both.", "properties": { "soft": { "type": "integer", "minimum": -1, "description": "Soft limit." }, "hard": { "type": "integer", "minimum": -1, "description": "Hard limit." } }, "additionalProperties": false, "required": ["soft", "hard"] }] }, "description": "Resource limits of its processes, by name; -1: unlimited. Clamped to the host's hard limits where those cannot be raised." }, "sysctls": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Kernel parameters of its namespaces: net.*, kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*." }, "shm_size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size of /dev/shm. Default 64m." }, "init": { "type": "boolean", "description": "Run catatonit as PID 1.", "default": false }, "tty": { "type": "boolean", "description": "Allocate a terminal.", "default": false }, "stdin_open": { "type": "boolean", "description": "Keep standard input open.", "default": false }, "keep_alive": { "type": "boolean", "description": "When its entrypoint exits with 0, hold it open for `exec`.", "default": false }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." }, "annotations": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Annotations: kept with the container, never handed to the runtime." }, "configs": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Configs, by name or long form." }, "secrets": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Secrets, by name or long form." }, "profiles": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "Only there when one of these profiles is active." }, "extends": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "service": { "type": "string", "description": "Container to start from." }, "file": { "type": "string", "description": "File it stands in. Relative to this file; default: this stack." } }, "additionalProperties": false, "required": ["service"] }], "description": "Start from another container's fields." }, "pull_policy": { "enum": ["always", "missing", "if_not_present", "never"], "description": "When to ask the registry, for an image stated by reference." }, "logging": { "type": "object", "description": "Logs.", "properties": { "driver": { "enum": ["k8s-file", "json-file", "local", "none"], "description": "Accepted; logs are always kept in files." }, "options": { "type": "object", "description": "Options.", "properties": { "max-size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size at which a log is rotated. Default 10m." }, "max-file": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Files kept. Default 3." } }, "additionalProperties": false } }, "additionalProperties": false }, "firewall": { "description": "Not yet supported." }, "shaping": { "description": "Not yet supported." }, "pre_start": { "description": "Not yet supported." }, "post_start": { "description": "Not yet supported." }, "pre_stop": { "description": "Not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } } } };
var schema12 = { "anyOf": [{ "type": ["object", "null"], "additionalProperties": { "type": ["string", "number", "boolean", "null"] } }, { "type": "array", "items": { "type": "string" } }], "description": "A map, or a list of `NAME=VALUE`." };
var schema13 = { "type": "object", "description": "A value that may differ between runs of the same files.", "properties": { "type": { "enum": ["string", "int", "number", "bool", "list"], "default": "string", "description": "Type of the value." }, "default": { "description": "Value where nothing else states one." }, "env": { "type": "string", "description": "Environment variable that may state the value: the only way in which the shell's environment is read." }, "description": { "type": "string", "description": "What it is for." }, "enum": { "type": "array", "description": "The values allowed." }, "pattern": { "type": "string", "description": "Regular expression that the value must match." }, "min": { "type": "number", "description": "Smallest number allowed." }, "max": { "type": "number", "description": "Largest number allowed." }, "required": { "type": "boolean", "description": "Refuse to plan where nothing states a value.", "default": false }, "sensitive": { "type": "boolean", "description": "Never shown in plans, logs or records. Usable in environment, command, entrypoint, and in the content of configs and secrets.", "default": false } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
var func2 = Object.prototype.hasOwnProperty;
var pattern0 = new RegExp("^x-", "u");
var pattern1 = new RegExp("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "u");
var pattern2 = new RegExp("^[a-zA-Z_][a-zA-Z0-9_]*$", "u");
var pattern6 = new RegExp("^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$", "u");
var schema14 = { "type": ["object", "null"], "description": "A network: a bridge with a gateway, addresses for its containers, and NAT to the uplink unless it is internal.", "properties": { "driver": { "enum": ["bridge", "mycelium"], "default": "bridge", "description": "`bridge`; `mycelium` is not yet supported." }, "subnet": { "type": "string", "description": "IPv4 subnet in CIDR form, or `auto`: the first /24 of 10.64.0.0/10 that no route of the host meets.", "default": "auto" }, "gateway": { "type": "string", "description": "Address of the bridge. Default: the subnet's first." }, "internal": { "type": "boolean", "description": "No way out and no way in: containers reach each other only.", "default": false }, "mtu": { "type": "integer", "minimum": 576, "maximum": 65535, "default": 1500, "description": "Largest packet, bytes." }, "dns": { "type": "object", "description": "Name servers of the containers whose first way out this network is.", "properties": { "servers": { "type": "array", "items": { "$ref": "#/definitions/ipv4" }, "description": "Name servers. Default: 8.8.8.8 and 8.8.4.4, none on an internal network." }, "search": { "type": "array", "items": { "type": "string" }, "description": "Search domains." } }, "additionalProperties": false }, "exclude": { "type": "array", "items": { "type": "string" }, "description": "Addresses (or CIDR ranges) that are never handed out." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." }, "external": { "type": "boolean", "description": "It belongs to another stack, named by `name`.", "default": false }, "name": { "type": "string", "description": "With `external`: STACK/KEY of the network to join.", "pattern": "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$" }, "ipv6_range": { "type": "string", "description": "Mycelium; not yet supported." }, "key_path": { "type": "string", "description": "Mycelium; not yet supported." }, "peers": { "type": "array", "items": { "type": "string" }, "description": "Mycelium; not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
var pattern10 = new RegExp("^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$", "u");
var formats0 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
      if (!(func2.call(schema14.properties, key0) || pattern0.test(key0))) {
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
        const err2 = { instancePath: instancePath + "/driver", schemaPath: "#/properties/driver/enum", keyword: "enum", params: { allowedValues: schema14.properties.driver.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.subnet !== void 0) {
      if (typeof data.subnet !== "string") {
        const err3 = { instancePath: instancePath + "/subnet", schemaPath: "#/properties/subnet/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.gateway !== void 0) {
      if (typeof data.gateway !== "string") {
        const err4 = { instancePath: instancePath + "/gateway", schemaPath: "#/properties/gateway/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.internal !== void 0) {
      if (typeof data.internal !== "boolean") {
        const err5 = { instancePath: instancePath + "/internal", schemaPath: "#/properties/internal/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.mtu !== void 0) {
      let data4 = data.mtu;
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
        const err6 = { instancePath: instancePath + "/mtu", schemaPath: "#/properties/mtu/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 > 65535 || isNaN(data4)) {
          const err7 = { instancePath: instancePath + "/mtu", schemaPath: "#/properties/mtu/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 }, message: "must be <= 65535" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (data4 < 576 || isNaN(data4)) {
          const err8 = { instancePath: instancePath + "/mtu", schemaPath: "#/properties/mtu/minimum", keyword: "minimum", params: { comparison: ">=", limit: 576 }, message: "must be >= 576" };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
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
            const err9 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data5.servers !== void 0) {
          let data6 = data5.servers;
          if (Array.isArray(data6)) {
            const len0 = data6.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data7 = data6[i0];
              if (typeof data7 === "string") {
                if (!formats0.test(data7)) {
                  const err10 = { instancePath: instancePath + "/dns/servers/" + i0, schemaPath: "#/definitions/ipv4/format", keyword: "format", params: { format: "ipv4" }, message: 'must match format "ipv4"' };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
              } else {
                const err11 = { instancePath: instancePath + "/dns/servers/" + i0, schemaPath: "#/definitions/ipv4/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
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
              if (typeof data8[i1] !== "string") {
                const err13 = { instancePath: instancePath + "/dns/search/" + i1, schemaPath: "#/properties/dns/properties/search/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
              }
            }
          } else {
            const err14 = { instancePath: instancePath + "/dns/search", schemaPath: "#/properties/dns/properties/search/type", keyword: "type", params: { type: "array" }, message: "must be array" };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
      } else {
        const err15 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.exclude !== void 0) {
      let data10 = data.exclude;
      if (Array.isArray(data10)) {
        const len2 = data10.length;
        for (let i2 = 0; i2 < len2; i2++) {
          if (typeof data10[i2] !== "string") {
            const err16 = { instancePath: instancePath + "/exclude/" + i2, schemaPath: "#/properties/exclude/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
        }
      } else {
        const err17 = { instancePath: instancePath + "/exclude", schemaPath: "#/properties/exclude/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      let data12 = data.labels;
      const _errs30 = errors;
      let valid11 = false;
      const _errs31 = errors;
      if (!(data12 && typeof data12 == "object" && !Array.isArray(data12)) && data12 !== null) {
        const err18 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
      if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
        for (const key2 in data12) {
          let data13 = data12[key2];
          if (typeof data13 !== "string" && !(typeof data13 == "number" && isFinite(data13)) && typeof data13 !== "boolean" && data13 !== null) {
            const err19 = { instancePath: instancePath + "/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
      }
      var _valid0 = _errs31 === errors;
      valid11 = valid11 || _valid0;
      if (!valid11) {
        const _errs36 = errors;
        if (Array.isArray(data12)) {
          const len3 = data12.length;
          for (let i3 = 0; i3 < len3; i3++) {
            if (typeof data12[i3] !== "string") {
              const err20 = { instancePath: instancePath + "/labels/" + i3, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
          }
        } else {
          const err21 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
        var _valid0 = _errs36 === errors;
        valid11 = valid11 || _valid0;
      }
      if (!valid11) {
        const err22 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      } else {
        errors = _errs30;
        if (vErrors !== null) {
          if (_errs30) {
            vErrors.length = _errs30;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.external !== void 0) {
      if (typeof data.external !== "boolean") {
        const err23 = { instancePath: instancePath + "/external", schemaPath: "#/properties/external/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.name !== void 0) {
      let data16 = data.name;
      if (typeof data16 === "string") {
        if (!pattern10.test(data16)) {
          const err24 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$" }, message: 'must match pattern "^[a-z0-9][a-z0-9-]*/[a-zA-Z0-9][a-zA-Z0-9_-]*$"' };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
      } else {
        const err25 = { instancePath: instancePath + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.ipv6_range !== void 0) {
      if (typeof data.ipv6_range !== "string") {
        const err26 = { instancePath: instancePath + "/ipv6_range", schemaPath: "#/properties/ipv6_range/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.key_path !== void 0) {
      if (typeof data.key_path !== "string") {
        const err27 = { instancePath: instancePath + "/key_path", schemaPath: "#/properties/key_path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.peers !== void 0) {
      let data19 = data.peers;
      if (Array.isArray(data19)) {
        const len4 = data19.length;
        for (let i4 = 0; i4 < len4; i4++) {
          if (typeof data19[i4] !== "string") {
            const err28 = { instancePath: instancePath + "/peers/" + i4, schemaPath: "#/properties/peers/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
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
  validate11.errors = vErrors;
  return errors === 0;
}
var schema17 = { "type": "object", "description": "An image: exactly one of `ref`, `builtin`, `archive`.", "properties": { "ref": { "type": "string", "description": "Reference, pulled with podman. `nginx` means docker.io/library/nginx:latest." }, "builtin": { "enum": ["busybox", "alpine_3_20", "ubuntu_24_04", "ubuntu_25_04"], "description": "A ready image. `busybox` is made from the host's static busybox, without any registry." }, "archive": { "type": "string", "description": "A tar of a root file system, or what `podman save` or `docker save` wrote. Relative to this file." }, "pull_policy": { "enum": ["always", "missing", "if_not_present", "never"], "default": "missing", "description": "When to ask the registry: at every apply, when the image is not here, or never." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
function validate13(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "ref" || key0 === "builtin" || key0 === "archive" || key0 === "pull_policy" || key0 === "labels" || pattern0.test(key0))) {
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
      if (typeof data.ref !== "string") {
        const err1 = { instancePath: instancePath + "/ref", schemaPath: "#/properties/ref/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.builtin !== void 0) {
      let data1 = data.builtin;
      if (!(data1 === "busybox" || data1 === "alpine_3_20" || data1 === "ubuntu_24_04" || data1 === "ubuntu_25_04")) {
        const err2 = { instancePath: instancePath + "/builtin", schemaPath: "#/properties/builtin/enum", keyword: "enum", params: { allowedValues: schema17.properties.builtin.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.archive !== void 0) {
      if (typeof data.archive !== "string") {
        const err3 = { instancePath: instancePath + "/archive", schemaPath: "#/properties/archive/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.pull_policy !== void 0) {
      let data3 = data.pull_policy;
      if (!(data3 === "always" || data3 === "missing" || data3 === "if_not_present" || data3 === "never")) {
        const err4 = { instancePath: instancePath + "/pull_policy", schemaPath: "#/properties/pull_policy/enum", keyword: "enum", params: { allowedValues: schema17.properties.pull_policy.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      let data4 = data.labels;
      const _errs11 = errors;
      let valid3 = false;
      const _errs12 = errors;
      if (!(data4 && typeof data4 == "object" && !Array.isArray(data4)) && data4 !== null) {
        const err5 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        for (const key1 in data4) {
          let data5 = data4[key1];
          if (typeof data5 !== "string" && !(typeof data5 == "number" && isFinite(data5)) && typeof data5 !== "boolean" && data5 !== null) {
            const err6 = { instancePath: instancePath + "/labels/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
        }
      }
      var _valid0 = _errs12 === errors;
      valid3 = valid3 || _valid0;
      if (!valid3) {
        const _errs17 = errors;
        if (Array.isArray(data4)) {
          const len0 = data4.length;
          for (let i0 = 0; i0 < len0; i0++) {
            if (typeof data4[i0] !== "string") {
              const err7 = { instancePath: instancePath + "/labels/" + i0, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          }
        } else {
          const err8 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        var _valid0 = _errs17 === errors;
        valid3 = valid3 || _valid0;
      }
      if (!valid3) {
        const err9 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
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
  } else {
    const err10 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err10];
    } else {
      vErrors.push(err10);
    }
    errors++;
  }
  validate13.errors = vErrors;
  return errors === 0;
}
var schema19 = { "type": ["object", "null"], "description": "Data that outlives its containers.", "properties": { "protect": { "type": "boolean", "description": "Not even `destroy --delete-data` and `volume rm` erase it.", "default": false }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
function validate15(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema19.type }, message: "must be object,null" };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "protect" || key0 === "labels" || pattern0.test(key0))) {
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
    if (data.labels !== void 0) {
      let data1 = data.labels;
      const _errs7 = errors;
      let valid3 = false;
      const _errs8 = errors;
      if (!(data1 && typeof data1 == "object" && !Array.isArray(data1)) && data1 !== null) {
        const err3 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
        for (const key1 in data1) {
          let data2 = data1[key1];
          if (typeof data2 !== "string" && !(typeof data2 == "number" && isFinite(data2)) && typeof data2 !== "boolean" && data2 !== null) {
            const err4 = { instancePath: instancePath + "/labels/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        }
      }
      var _valid0 = _errs8 === errors;
      valid3 = valid3 || _valid0;
      if (!valid3) {
        const _errs13 = errors;
        if (Array.isArray(data1)) {
          const len0 = data1.length;
          for (let i0 = 0; i0 < len0; i0++) {
            if (typeof data1[i0] !== "string") {
              const err5 = { instancePath: instancePath + "/labels/" + i0, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
          }
        } else {
          const err6 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        var _valid0 = _errs13 === errors;
        valid3 = valid3 || _valid0;
      }
      if (!valid3) {
        const err7 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      } else {
        errors = _errs7;
        if (vErrors !== null) {
          if (_errs7) {
            vErrors.length = _errs7;
          } else {
            vErrors = null;
          }
        }
      }
    }
  }
  validate15.errors = vErrors;
  return errors === 0;
}
function validate17(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
      if (typeof data.file !== "string") {
        const err1 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.content !== void 0) {
      if (typeof data.content !== "string") {
        const err2 = { instancePath: instancePath + "/content", schemaPath: "#/properties/content/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.variable !== void 0) {
      if (typeof data.variable !== "string") {
        const err3 = { instancePath: instancePath + "/variable", schemaPath: "#/properties/variable/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      let data3 = data.labels;
      const _errs11 = errors;
      let valid3 = false;
      const _errs12 = errors;
      if (!(data3 && typeof data3 == "object" && !Array.isArray(data3)) && data3 !== null) {
        const err4 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        for (const key1 in data3) {
          let data4 = data3[key1];
          if (typeof data4 !== "string" && !(typeof data4 == "number" && isFinite(data4)) && typeof data4 !== "boolean" && data4 !== null) {
            const err5 = { instancePath: instancePath + "/labels/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      }
      var _valid0 = _errs12 === errors;
      valid3 = valid3 || _valid0;
      if (!valid3) {
        const _errs17 = errors;
        if (Array.isArray(data3)) {
          const len0 = data3.length;
          for (let i0 = 0; i0 < len0; i0++) {
            if (typeof data3[i0] !== "string") {
              const err6 = { instancePath: instancePath + "/labels/" + i0, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          }
        } else {
          const err7 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        var _valid0 = _errs17 === errors;
        valid3 = valid3 || _valid0;
      }
      if (!valid3) {
        const err8 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
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
  } else {
    const err9 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate17.errors = vErrors;
  return errors === 0;
}
var schema23 = { "type": "object", "description": "A container, or with `deploy.replicas` several.", "properties": { "image": { "type": "string", "description": "An entry of `images:`, a built-in name, or a reference." }, "command": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Arguments, or the command itself where there is no entrypoint. Default: the image's." }, "entrypoint": { "allOf": [{ "$ref": "#/definitions/words" }], "description": "Program. Default: the image's; stating one drops the image's command." }, "environment": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Environment variables. A name without a value is refused: the shell's environment is read through `variables: { X: { env: X } }` only." }, "env_file": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "path": { "type": "string", "description": "Path." }, "required": { "type": "boolean", "description": "Refuse where it does not exist.", "default": true } }, "additionalProperties": false, "required": ["path"] }] } }], "description": "Files of NAME=VALUE lines, read before `environment`. Relative to this file; not interpolated." }, "working_dir": { "type": "string", "description": "Working folder; made where it does not exist. Default: the image's.", "pattern": "^/" }, "user": { "type": ["string", "integer"], "description": "User or user:group, by name or number. Default: the image's." }, "group_add": { "type": "array", "items": { "type": ["string", "integer"] }, "description": "More groups, by name or number." }, "hostname": { "type": "string", "description": "Host name. Default: the container's name.", "pattern": "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$" }, "ports": { "type": "array", "items": { "$ref": "#/definitions/port" }, "description": "Published ports: `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, with ranges. Bound to 127.0.0.1 unless `host_ip` or `public` says otherwise." }, "expose": { "type": "array", "items": { "type": ["integer", "string"] }, "description": "Ports the container listens on; for readers only." }, "volumes": { "type": "array", "items": { "$ref": "#/definitions/mount" }, "description": "Mounts: `SOURCE:TARGET[:ro]` with a path (bind) or a name under `volumes:`." }, "tmpfs": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Paths of tmpfs mounts, with options as `/run:size=64m,mode=1777`." }, "networks": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of networks." }, { "type": "object", "additionalProperties": { "anyOf": [{ "type": "null" }, { "type": "object", "description": "How a container stands on a network.", "properties": { "aliases": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "More names under which the others find it." }, "ipv4_address": { "allOf": [{ "$ref": "#/definitions/ipv4" }], "description": "A fixed address." } }, "additionalProperties": false }] } }], "description": "Networks in the order of eth0, eth1 ...; default route and DNS come from the first that is not internal. Default: the stack's only network, else the instance's default network." }, "network_mode": { "type": "string", "description": "`bridge`, `none`, `host`, or `service:NAME` to share another container's network.", "pattern": "^(bridge|none|host|(service|container):.+)$" }, "dns": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Name servers. Default: those of its first network that leads outside." }, "dns_search": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Search domains." }, "dns_opt": { "type": "array", "items": { "type": "string" }, "description": "Options of resolv.conf." }, "extra_hosts": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "`NAME=IP` or `NAME:IP`." }, { "type": "object", "additionalProperties": { "type": "string" } }], "description": "More names in /etc/hosts; `host-gateway` stands for the host." }, "depends_on": { "anyOf": [{ "type": "array", "items": { "type": "string" }, "description": "Names of containers." }, { "type": "object", "additionalProperties": { "type": "object", "description": "One dependency.", "properties": { "condition": { "enum": ["service_started", "service_completed_successfully", "service_healthy"], "default": "service_started", "description": "What to wait for." }, "restart": { "type": "boolean", "description": "Accepted for Compose.", "default": false }, "required": { "type": "boolean", "description": "Accepted for Compose.", "default": true } }, "additionalProperties": false } }], "description": "Containers that must have been started (or have completed) before." }, "healthcheck": { "description": "Not yet supported." }, "restart": { "anyOf": [{ "type": "string", "pattern": "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$" }, { "const": false }], "default": "no", "description": "`no`, `always`, `unless-stopped`, `on-failure[:N]`." }, "stop_signal": { "anyOf": [{ "type": "string", "pattern": "^(SIG)?[A-Z0-9+]+$" }, { "type": "integer", "minimum": 1, "maximum": 64 }], "description": "Signal that asks it to stop. Default: the image's, else SIGTERM." }, "stop_grace_period": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Time between that signal and SIGKILL. Default 10s." }, "mem_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory limit." }, "mem_reservation": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory it keeps when memory is short." }, "memswap_limit": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory and swap together; -1: unlimited swap." }, "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "CPUs, as 1.5." }, "cpu_period": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS period, microseconds." }, "cpu_quota": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "CFS quota, microseconds." }, "cpu_shares": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Relative weight; 1024 is normal." }, "cpuset": { "anyOf": [{ "type": "string", "pattern": "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$" }, { "type": "integer" }], "description": "CPUs it may run on, as 0-3,5." }, "pids_limit": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes and threads; 0 or -1: unlimited." }, "deploy": { "type": "object", "description": "Replicas and limits.", "properties": { "replicas": { "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 1e3 }, { "type": "string", "pattern": "^[0-9]+$" }], "description": "How many: KEY.1 to KEY.N." }, "resources": { "type": "object", "description": "Limits in Compose's other place.", "properties": { "limits": { "type": "object", "description": "Same as cpus, mem_limit, pids_limit.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "CPUs." }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes." } }, "additionalProperties": false }, "reservations": { "type": "object", "description": "Memory: same as mem_reservation.", "properties": { "cpus": { "allOf": [{ "$ref": "#/definitions/numberOrText" }], "description": "CPUs." }, "memory": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Memory." }, "pids": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Processes." } }, "additionalProperties": false } }, "additionalProperties": false }, "restart_policy": { "type": "object", "description": "Same as `restart`.", "properties": { "condition": { "enum": ["none", "on-failure", "any"], "default": "any", "description": "When to start again." }, "max_attempts": { "type": "integer", "minimum": 0, "description": "How often; 0: without end." }, "delay": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Accepted; the delay doubles from 100 ms to a minute." }, "window": { "allOf": [{ "$ref": "#/definitions/duration" }], "description": "Accepted; a run of 10 s starts the delays over." } }, "additionalProperties": false }, "update_config": { "description": "Not yet supported." }, "rollback_config": { "description": "Not yet supported." }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." } }, "additionalProperties": false }, "cap_add": { "type": "array", "items": { "type": "string" }, "description": "Capabilities added to the default set; ALL." }, "cap_drop": { "type": "array", "items": { "type": "string" }, "description": "Capabilities taken away; ALL." }, "security_opt": { "type": "array", "items": { "type": "string" }, "description": "`no-new-privileges[:false]`, `seccomp:unconfined`, `seccomp:FILE`, `apparmor:PROFILE`." }, "read_only": { "type": "boolean", "description": "Read-only root file system.", "default": false }, "privileged": { "type": "boolean", "description": "All capabilities and devices, no seccomp filter, no masked paths.", "default": false }, "devices": { "type": "array", "items": { "$ref": "#/definitions/device" }, "description": "Devices: `SOURCE[:TARGET[:rwm]]`." }, "ulimits": { "type": "object", "additionalProperties": { "anyOf": [{ "type": "integer", "minimum": -1 }, { "type": "object", "description": "Both.", "properties": { "soft": { "type": "integer", "minimum": -1, "description": "Soft limit." }, "hard": { "type": "integer", "minimum": -1, "description": "Hard limit." } }, "additionalProperties": false, "required": ["soft", "hard"] }] }, "description": "Resource limits of its processes, by name; -1: unlimited. Clamped to the host's hard limits where those cannot be raised." }, "sysctls": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Kernel parameters of its namespaces: net.*, kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*." }, "shm_size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size of /dev/shm. Default 64m." }, "init": { "type": "boolean", "description": "Run catatonit as PID 1.", "default": false }, "tty": { "type": "boolean", "description": "Allocate a terminal.", "default": false }, "stdin_open": { "type": "boolean", "description": "Keep standard input open.", "default": false }, "keep_alive": { "type": "boolean", "description": "When its entrypoint exits with 0, hold it open for `exec`.", "default": false }, "labels": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Labels." }, "annotations": { "allOf": [{ "$ref": "#/definitions/keyValues" }], "description": "Annotations: kept with the container, never handed to the runtime." }, "configs": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Configs, by name or long form." }, "secrets": { "type": "array", "items": { "$ref": "#/definitions/fileReference" }, "description": "Secrets, by name or long form." }, "profiles": { "type": "array", "items": { "type": "string", "pattern": "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, "description": "Only there when one of these profiles is active." }, "extends": { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "service": { "type": "string", "description": "Container to start from." }, "file": { "type": "string", "description": "File it stands in. Relative to this file; default: this stack." } }, "additionalProperties": false, "required": ["service"] }], "description": "Start from another container's fields." }, "pull_policy": { "enum": ["always", "missing", "if_not_present", "never"], "description": "When to ask the registry, for an image stated by reference." }, "logging": { "type": "object", "description": "Logs.", "properties": { "driver": { "enum": ["k8s-file", "json-file", "local", "none"], "description": "Accepted; logs are always kept in files." }, "options": { "type": "object", "description": "Options.", "properties": { "max-size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Size at which a log is rotated. Default 10m." }, "max-file": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Files kept. Default 3." } }, "additionalProperties": false } }, "additionalProperties": false }, "firewall": { "description": "Not yet supported." }, "shaping": { "description": "Not yet supported." }, "pre_start": { "description": "Not yet supported." }, "post_start": { "description": "Not yet supported." }, "pre_stop": { "description": "Not yet supported." } }, "additionalProperties": false, "patternProperties": { "^x-": true } };
var schema24 = { "anyOf": [{ "type": ["string", "null"] }, { "type": "array", "items": { "type": ["string", "number", "boolean"] } }], "description": "A list of arguments, or one line that is split as a POSIX shell splits words; no shell runs." };
var pattern30 = new RegExp("^/", "u");
var pattern31 = new RegExp("^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$", "u");
var pattern35 = new RegExp("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$", "u");
var pattern36 = new RegExp("^(bridge|none|host|(service|container):.+)$", "u");
var pattern37 = new RegExp("^(no|always|unless-stopped|on-failure(:[0-9]+)?)$", "u");
var pattern38 = new RegExp("^(SIG)?[A-Z0-9+]+$", "u");
var pattern39 = new RegExp("^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$", "u");
var pattern33 = new RegExp("^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$", "u");
var pattern43 = new RegExp("^[0-9]+(\\.[0-9]+)?$", "u");
var pattern32 = new RegExp("^-?[0-9]+$", "u");
var pattern47 = new RegExp("^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$", "u");
var pattern49 = new RegExp("^[0-9]+$", "u");
var pattern58 = new RegExp("^[rwm]{1,3}$", "u");
var schema27 = { "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 65535 }, { "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "target": { "allOf": [{ "$ref": "#/definitions/integerOrText" }], "description": "Port inside the container, or a range." }, "published": { "type": ["integer", "string"], "description": "Port of the host, or a range as `8000-8010`." }, "host_ip": { "type": "string", "description": "Address of the host that it binds. Default 127.0.0.1." }, "protocol": { "enum": ["tcp", "udp"], "default": "tcp", "description": "tcp or udp." }, "public": { "type": "boolean", "description": "Bind all addresses of the host: the world can reach it.", "default": false }, "name": { "type": "string", "description": "For readers only." }, "mode": { "enum": ["host", "ingress"], "description": "Accepted for Compose; both mean the same here." } }, "additionalProperties": false, "required": ["target"] }] };
function validate21(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
    if (typeof data !== "string") {
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
    if (!valid0) {
      const _errs5 = errors;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.target === void 0) {
          const err4 = { instancePath, schemaPath: "#/anyOf/2/required", keyword: "required", params: { missingProperty: "target" }, message: "must have required property 'target'" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        for (const key0 in data) {
          if (!(key0 === "target" || key0 === "published" || key0 === "host_ip" || key0 === "protocol" || key0 === "public" || key0 === "name" || key0 === "mode")) {
            const err5 = { instancePath, schemaPath: "#/anyOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
        if (data.target !== void 0) {
          let data0 = data.target;
          const _errs11 = errors;
          let valid4 = false;
          const _errs12 = errors;
          if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
            const err6 = { instancePath: instancePath + "/target", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
          var _valid1 = _errs12 === errors;
          valid4 = valid4 || _valid1;
          if (!valid4) {
            const _errs14 = errors;
            if (typeof data0 === "string") {
              if (!pattern32.test(data0)) {
                const err7 = { instancePath: instancePath + "/target", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
                if (vErrors === null) {
                  vErrors = [err7];
                } else {
                  vErrors.push(err7);
                }
                errors++;
              }
            } else {
              const err8 = { instancePath: instancePath + "/target", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
            var _valid1 = _errs14 === errors;
            valid4 = valid4 || _valid1;
          }
          if (!valid4) {
            const err9 = { instancePath: instancePath + "/target", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
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
        if (data.published !== void 0) {
          let data1 = data.published;
          if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1)) && typeof data1 !== "string") {
            const err10 = { instancePath: instancePath + "/published", schemaPath: "#/anyOf/2/properties/published/type", keyword: "type", params: { type: schema27.anyOf[2].properties.published.type }, message: "must be integer,string" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        if (data.host_ip !== void 0) {
          if (typeof data.host_ip !== "string") {
            const err11 = { instancePath: instancePath + "/host_ip", schemaPath: "#/anyOf/2/properties/host_ip/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data.protocol !== void 0) {
          let data3 = data.protocol;
          if (!(data3 === "tcp" || data3 === "udp")) {
            const err12 = { instancePath: instancePath + "/protocol", schemaPath: "#/anyOf/2/properties/protocol/enum", keyword: "enum", params: { allowedValues: schema27.anyOf[2].properties.protocol.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data.public !== void 0) {
          if (typeof data.public !== "boolean") {
            const err13 = { instancePath: instancePath + "/public", schemaPath: "#/anyOf/2/properties/public/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data.name !== void 0) {
          if (typeof data.name !== "string") {
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
            const err15 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/2/properties/mode/enum", keyword: "enum", params: { allowedValues: schema27.anyOf[2].properties.mode.enum }, message: "must be equal to one of the allowed values" };
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
  validate21.errors = vErrors;
  return errors === 0;
}
var schema29 = { "anyOf": [{ "type": "string" }, { "type": "object", "description": "Long form.", "properties": { "type": { "enum": ["bind", "volume", "tmpfs"], "description": "Kind of mount." }, "source": { "type": "string", "description": "Path of the host (bind) or name under `volumes:` (volume)." }, "target": { "type": "string", "description": "Path inside the container." }, "read_only": { "type": "boolean", "description": "Mounted read-only.", "default": false }, "bind": { "type": "object", "description": "Options of a bind mount.", "properties": { "propagation": { "enum": ["private", "rprivate", "shared", "rshared", "slave", "rslave"], "default": "rprivate", "description": "Mount propagation." }, "create_host_path": { "type": "boolean", "description": "Make the source folder where it does not exist.", "default": true } }, "additionalProperties": false }, "volume": { "type": "object", "description": "Options of a volume.", "properties": { "nocopy": { "type": "boolean", "description": "Do not fill an empty volume from the image.", "default": false } }, "additionalProperties": false }, "tmpfs": { "type": "object", "description": "Options of a tmpfs.", "properties": { "size": { "allOf": [{ "$ref": "#/definitions/size" }], "description": "Largest size. Default: half of memory." }, "mode": { "anyOf": [{ "type": "string", "pattern": "^0?[0-7]{3,4}$" }, { "type": "integer" }], "description": "Octal permissions. Default 1777." } }, "additionalProperties": false } }, "additionalProperties": false, "required": ["type", "target"] }] };
var pattern34 = new RegExp("^0?[0-7]{3,4}$", "u");
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
      if (data.type === void 0) {
        const err1 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "type" }, message: "must have required property 'type'" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (data.target === void 0) {
        const err2 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "target" }, message: "must have required property 'target'" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      for (const key0 in data) {
        if (!(key0 === "type" || key0 === "source" || key0 === "target" || key0 === "read_only" || key0 === "bind" || key0 === "volume" || key0 === "tmpfs")) {
          const err3 = { instancePath, schemaPath: "#/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
      if (data.type !== void 0) {
        let data0 = data.type;
        if (!(data0 === "bind" || data0 === "volume" || data0 === "tmpfs")) {
          const err4 = { instancePath: instancePath + "/type", schemaPath: "#/anyOf/1/properties/type/enum", keyword: "enum", params: { allowedValues: schema29.anyOf[1].properties.type.enum }, message: "must be equal to one of the allowed values" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
      if (data.source !== void 0) {
        if (typeof data.source !== "string") {
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
        if (typeof data.target !== "string") {
          const err6 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
      if (data.read_only !== void 0) {
        if (typeof data.read_only !== "boolean") {
          const err7 = { instancePath: instancePath + "/read_only", schemaPath: "#/anyOf/1/properties/read_only/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
      if (data.bind !== void 0) {
        let data4 = data.bind;
        if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
          for (const key1 in data4) {
            if (!(key1 === "propagation" || key1 === "create_host_path")) {
              const err8 = { instancePath: instancePath + "/bind", schemaPath: "#/anyOf/1/properties/bind/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          }
          if (data4.propagation !== void 0) {
            let data5 = data4.propagation;
            if (!(data5 === "private" || data5 === "rprivate" || data5 === "shared" || data5 === "rshared" || data5 === "slave" || data5 === "rslave")) {
              const err9 = { instancePath: instancePath + "/bind/propagation", schemaPath: "#/anyOf/1/properties/bind/properties/propagation/enum", keyword: "enum", params: { allowedValues: schema29.anyOf[1].properties.bind.properties.propagation.enum }, message: "must be equal to one of the allowed values" };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
          }
          if (data4.create_host_path !== void 0) {
            if (typeof data4.create_host_path !== "boolean") {
              const err10 = { instancePath: instancePath + "/bind/create_host_path", schemaPath: "#/anyOf/1/properties/bind/properties/create_host_path/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          }
        } else {
          const err11 = { instancePath: instancePath + "/bind", schemaPath: "#/anyOf/1/properties/bind/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      }
      if (data.volume !== void 0) {
        let data7 = data.volume;
        if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
          for (const key2 in data7) {
            if (!(key2 === "nocopy")) {
              const err12 = { instancePath: instancePath + "/volume", schemaPath: "#/anyOf/1/properties/volume/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
          if (data7.nocopy !== void 0) {
            if (typeof data7.nocopy !== "boolean") {
              const err13 = { instancePath: instancePath + "/volume/nocopy", schemaPath: "#/anyOf/1/properties/volume/properties/nocopy/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
          }
        } else {
          const err14 = { instancePath: instancePath + "/volume", schemaPath: "#/anyOf/1/properties/volume/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      }
      if (data.tmpfs !== void 0) {
        let data9 = data.tmpfs;
        if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
          for (const key3 in data9) {
            if (!(key3 === "size" || key3 === "mode")) {
              const err15 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/anyOf/1/properties/tmpfs/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
          if (data9.size !== void 0) {
            let data10 = data9.size;
            const _errs30 = errors;
            let valid7 = false;
            const _errs31 = errors;
            if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
              const err16 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
            if (typeof data10 == "number" && isFinite(data10)) {
              if (data10 < -1 || isNaN(data10)) {
                const err17 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
            var _valid1 = _errs31 === errors;
            valid7 = valid7 || _valid1;
            if (!valid7) {
              const _errs33 = errors;
              if (typeof data10 === "string") {
                if (!pattern33.test(data10)) {
                  const err18 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
              } else {
                const err19 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err19];
                } else {
                  vErrors.push(err19);
                }
                errors++;
              }
              var _valid1 = _errs33 === errors;
              valid7 = valid7 || _valid1;
            }
            if (!valid7) {
              const err20 = { instancePath: instancePath + "/tmpfs/size", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            } else {
              errors = _errs30;
              if (vErrors !== null) {
                if (_errs30) {
                  vErrors.length = _errs30;
                } else {
                  vErrors = null;
                }
              }
            }
          }
          if (data9.mode !== void 0) {
            let data11 = data9.mode;
            const _errs36 = errors;
            let valid8 = false;
            const _errs37 = errors;
            if (typeof data11 === "string") {
              if (!pattern34.test(data11)) {
                const err21 = { instancePath: instancePath + "/tmpfs/mode", schemaPath: "#/anyOf/1/properties/tmpfs/properties/mode/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^0?[0-7]{3,4}$" }, message: 'must match pattern "^0?[0-7]{3,4}$"' };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            } else {
              const err22 = { instancePath: instancePath + "/tmpfs/mode", schemaPath: "#/anyOf/1/properties/tmpfs/properties/mode/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            }
            var _valid2 = _errs37 === errors;
            valid8 = valid8 || _valid2;
            if (!valid8) {
              const _errs39 = errors;
              if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
                const err23 = { instancePath: instancePath + "/tmpfs/mode", schemaPath: "#/anyOf/1/properties/tmpfs/properties/mode/anyOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err23];
                } else {
                  vErrors.push(err23);
                }
                errors++;
              }
              var _valid2 = _errs39 === errors;
              valid8 = valid8 || _valid2;
            }
            if (!valid8) {
              const err24 = { instancePath: instancePath + "/tmpfs/mode", schemaPath: "#/anyOf/1/properties/tmpfs/properties/mode/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err24];
              } else {
                vErrors.push(err24);
              }
              errors++;
            } else {
              errors = _errs36;
              if (vErrors !== null) {
                if (_errs36) {
                  vErrors.length = _errs36;
                } else {
                  vErrors = null;
                }
              }
            }
          }
        } else {
          const err25 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/anyOf/1/properties/tmpfs/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
      }
    } else {
      const err26 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
      if (vErrors === null) {
        vErrors = [err26];
      } else {
        vErrors.push(err26);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err27 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err27];
    } else {
      vErrors.push(err27);
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
  validate23.errors = vErrors;
  return errors === 0;
}
function validate25(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
        if (typeof data.target !== "string") {
          const err4 = { instancePath: instancePath + "/target", schemaPath: "#/anyOf/1/properties/target/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
      if (data.mode !== void 0) {
        let data2 = data.mode;
        const _errs11 = errors;
        let valid2 = false;
        const _errs12 = errors;
        if (typeof data2 === "string") {
          if (!pattern34.test(data2)) {
            const err5 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/1/properties/mode/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^0?[0-7]{3,4}$" }, message: 'must match pattern "^0?[0-7]{3,4}$"' };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        } else {
          const err6 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/1/properties/mode/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        var _valid1 = _errs12 === errors;
        valid2 = valid2 || _valid1;
        if (!valid2) {
          const _errs14 = errors;
          if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
            const err7 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/1/properties/mode/anyOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          var _valid1 = _errs14 === errors;
          valid2 = valid2 || _valid1;
        }
        if (!valid2) {
          const err8 = { instancePath: instancePath + "/mode", schemaPath: "#/anyOf/1/properties/mode/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
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
      if (data.uid !== void 0) {
        let data3 = data.uid;
        const _errs19 = errors;
        let valid5 = false;
        const _errs20 = errors;
        if (!(typeof data3 == "number" && (!(data3 % 1) && !isNaN(data3)) && isFinite(data3))) {
          const err9 = { instancePath: instancePath + "/uid", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        var _valid2 = _errs20 === errors;
        valid5 = valid5 || _valid2;
        if (!valid5) {
          const _errs22 = errors;
          if (typeof data3 === "string") {
            if (!pattern32.test(data3)) {
              const err10 = { instancePath: instancePath + "/uid", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          } else {
            const err11 = { instancePath: instancePath + "/uid", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
          var _valid2 = _errs22 === errors;
          valid5 = valid5 || _valid2;
        }
        if (!valid5) {
          const err12 = { instancePath: instancePath + "/uid", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        } else {
          errors = _errs19;
          if (vErrors !== null) {
            if (_errs19) {
              vErrors.length = _errs19;
            } else {
              vErrors = null;
            }
          }
        }
      }
      if (data.gid !== void 0) {
        let data4 = data.gid;
        const _errs27 = errors;
        let valid8 = false;
        const _errs28 = errors;
        if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
          const err13 = { instancePath: instancePath + "/gid", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        var _valid3 = _errs28 === errors;
        valid8 = valid8 || _valid3;
        if (!valid8) {
          const _errs30 = errors;
          if (typeof data4 === "string") {
            if (!pattern32.test(data4)) {
              const err14 = { instancePath: instancePath + "/gid", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          } else {
            const err15 = { instancePath: instancePath + "/gid", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
          var _valid3 = _errs30 === errors;
          valid8 = valid8 || _valid3;
        }
        if (!valid8) {
          const err16 = { instancePath: instancePath + "/gid", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
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
      }
    } else {
      const err17 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
      if (vErrors === null) {
        vErrors = [err17];
      } else {
        vErrors.push(err17);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err18 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
    if (vErrors === null) {
      vErrors = [err18];
    } else {
      vErrors.push(err18);
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
function validate20(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(func2.call(schema23.properties, key0) || pattern0.test(key0))) {
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
      if (typeof data.image !== "string") {
        const err1 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.command !== void 0) {
      let data1 = data.command;
      const _errs7 = errors;
      let valid3 = false;
      const _errs8 = errors;
      if (typeof data1 !== "string" && data1 !== null) {
        const err2 = { instancePath: instancePath + "/command", schemaPath: "#/definitions/words/anyOf/0/type", keyword: "type", params: { type: schema24.anyOf[0].type }, message: "must be string,null" };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      var _valid0 = _errs8 === errors;
      valid3 = valid3 || _valid0;
      if (!valid3) {
        const _errs10 = errors;
        if (Array.isArray(data1)) {
          const len0 = data1.length;
          for (let i0 = 0; i0 < len0; i0++) {
            let data2 = data1[i0];
            if (typeof data2 !== "string" && !(typeof data2 == "number" && isFinite(data2)) && typeof data2 !== "boolean") {
              const err3 = { instancePath: instancePath + "/command/" + i0, schemaPath: "#/definitions/words/anyOf/1/items/type", keyword: "type", params: { type: schema24.anyOf[1].items.type }, message: "must be string,number,boolean" };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
          }
        } else {
          const err4 = { instancePath: instancePath + "/command", schemaPath: "#/definitions/words/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        var _valid0 = _errs10 === errors;
        valid3 = valid3 || _valid0;
      }
      if (!valid3) {
        const err5 = { instancePath: instancePath + "/command", schemaPath: "#/definitions/words/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      } else {
        errors = _errs7;
        if (vErrors !== null) {
          if (_errs7) {
            vErrors.length = _errs7;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.entrypoint !== void 0) {
      let data3 = data.entrypoint;
      const _errs17 = errors;
      let valid8 = false;
      const _errs18 = errors;
      if (typeof data3 !== "string" && data3 !== null) {
        const err6 = { instancePath: instancePath + "/entrypoint", schemaPath: "#/definitions/words/anyOf/0/type", keyword: "type", params: { type: schema24.anyOf[0].type }, message: "must be string,null" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      var _valid1 = _errs18 === errors;
      valid8 = valid8 || _valid1;
      if (!valid8) {
        const _errs20 = errors;
        if (Array.isArray(data3)) {
          const len1 = data3.length;
          for (let i1 = 0; i1 < len1; i1++) {
            let data4 = data3[i1];
            if (typeof data4 !== "string" && !(typeof data4 == "number" && isFinite(data4)) && typeof data4 !== "boolean") {
              const err7 = { instancePath: instancePath + "/entrypoint/" + i1, schemaPath: "#/definitions/words/anyOf/1/items/type", keyword: "type", params: { type: schema24.anyOf[1].items.type }, message: "must be string,number,boolean" };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          }
        } else {
          const err8 = { instancePath: instancePath + "/entrypoint", schemaPath: "#/definitions/words/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        var _valid1 = _errs20 === errors;
        valid8 = valid8 || _valid1;
      }
      if (!valid8) {
        const err9 = { instancePath: instancePath + "/entrypoint", schemaPath: "#/definitions/words/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
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
    if (data.environment !== void 0) {
      let data5 = data.environment;
      const _errs27 = errors;
      let valid13 = false;
      const _errs28 = errors;
      if (!(data5 && typeof data5 == "object" && !Array.isArray(data5)) && data5 !== null) {
        const err10 = { instancePath: instancePath + "/environment", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        for (const key1 in data5) {
          let data6 = data5[key1];
          if (typeof data6 !== "string" && !(typeof data6 == "number" && isFinite(data6)) && typeof data6 !== "boolean" && data6 !== null) {
            const err11 = { instancePath: instancePath + "/environment/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
      }
      var _valid2 = _errs28 === errors;
      valid13 = valid13 || _valid2;
      if (!valid13) {
        const _errs33 = errors;
        if (Array.isArray(data5)) {
          const len2 = data5.length;
          for (let i2 = 0; i2 < len2; i2++) {
            if (typeof data5[i2] !== "string") {
              const err12 = { instancePath: instancePath + "/environment/" + i2, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
        } else {
          const err13 = { instancePath: instancePath + "/environment", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        var _valid2 = _errs33 === errors;
        valid13 = valid13 || _valid2;
      }
      if (!valid13) {
        const err14 = { instancePath: instancePath + "/environment", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
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
    }
    if (data.env_file !== void 0) {
      let data8 = data.env_file;
      const _errs38 = errors;
      let valid17 = false;
      const _errs39 = errors;
      if (typeof data8 !== "string") {
        const err15 = { instancePath: instancePath + "/env_file", schemaPath: "#/properties/env_file/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
      var _valid3 = _errs39 === errors;
      valid17 = valid17 || _valid3;
      if (!valid17) {
        const _errs41 = errors;
        if (Array.isArray(data8)) {
          const len3 = data8.length;
          for (let i3 = 0; i3 < len3; i3++) {
            let data9 = data8[i3];
            const _errs44 = errors;
            let valid20 = false;
            const _errs45 = errors;
            if (typeof data9 !== "string") {
              const err16 = { instancePath: instancePath + "/env_file/" + i3, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
            var _valid4 = _errs45 === errors;
            valid20 = valid20 || _valid4;
            if (!valid20) {
              const _errs47 = errors;
              if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
                if (data9.path === void 0) {
                  const err17 = { instancePath: instancePath + "/env_file/" + i3, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
                  if (vErrors === null) {
                    vErrors = [err17];
                  } else {
                    vErrors.push(err17);
                  }
                  errors++;
                }
                for (const key2 in data9) {
                  if (!(key2 === "path" || key2 === "required")) {
                    const err18 = { instancePath: instancePath + "/env_file/" + i3, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err18];
                    } else {
                      vErrors.push(err18);
                    }
                    errors++;
                  }
                }
                if (data9.path !== void 0) {
                  if (typeof data9.path !== "string") {
                    const err19 = { instancePath: instancePath + "/env_file/" + i3 + "/path", schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err19];
                    } else {
                      vErrors.push(err19);
                    }
                    errors++;
                  }
                }
                if (data9.required !== void 0) {
                  if (typeof data9.required !== "boolean") {
                    const err20 = { instancePath: instancePath + "/env_file/" + i3 + "/required", schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/properties/required/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                    if (vErrors === null) {
                      vErrors = [err20];
                    } else {
                      vErrors.push(err20);
                    }
                    errors++;
                  }
                }
              } else {
                const err21 = { instancePath: instancePath + "/env_file/" + i3, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
              var _valid4 = _errs47 === errors;
              valid20 = valid20 || _valid4;
            }
            if (!valid20) {
              const err22 = { instancePath: instancePath + "/env_file/" + i3, schemaPath: "#/properties/env_file/anyOf/1/items/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err22];
              } else {
                vErrors.push(err22);
              }
              errors++;
            } else {
              errors = _errs44;
              if (vErrors !== null) {
                if (_errs44) {
                  vErrors.length = _errs44;
                } else {
                  vErrors = null;
                }
              }
            }
          }
        } else {
          const err23 = { instancePath: instancePath + "/env_file", schemaPath: "#/properties/env_file/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
        var _valid3 = _errs41 === errors;
        valid17 = valid17 || _valid3;
      }
      if (!valid17) {
        const err24 = { instancePath: instancePath + "/env_file", schemaPath: "#/properties/env_file/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      } else {
        errors = _errs38;
        if (vErrors !== null) {
          if (_errs38) {
            vErrors.length = _errs38;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.working_dir !== void 0) {
      let data12 = data.working_dir;
      if (typeof data12 === "string") {
        if (!pattern30.test(data12)) {
          const err25 = { instancePath: instancePath + "/working_dir", schemaPath: "#/properties/working_dir/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"' };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
      } else {
        const err26 = { instancePath: instancePath + "/working_dir", schemaPath: "#/properties/working_dir/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.user !== void 0) {
      let data13 = data.user;
      if (typeof data13 !== "string" && !(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
        const err27 = { instancePath: instancePath + "/user", schemaPath: "#/properties/user/type", keyword: "type", params: { type: schema23.properties.user.type }, message: "must be string,integer" };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.group_add !== void 0) {
      let data14 = data.group_add;
      if (Array.isArray(data14)) {
        const len4 = data14.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data15 = data14[i4];
          if (typeof data15 !== "string" && !(typeof data15 == "number" && (!(data15 % 1) && !isNaN(data15)) && isFinite(data15))) {
            const err28 = { instancePath: instancePath + "/group_add/" + i4, schemaPath: "#/properties/group_add/items/type", keyword: "type", params: { type: schema23.properties.group_add.items.type }, message: "must be string,integer" };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
      } else {
        const err29 = { instancePath: instancePath + "/group_add", schemaPath: "#/properties/group_add/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
    if (data.hostname !== void 0) {
      let data16 = data.hostname;
      if (typeof data16 === "string") {
        if (!pattern31.test(data16)) {
          const err30 = { instancePath: instancePath + "/hostname", schemaPath: "#/properties/hostname/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$" }, message: 'must match pattern "^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?$"' };
          if (vErrors === null) {
            vErrors = [err30];
          } else {
            vErrors.push(err30);
          }
          errors++;
        }
      } else {
        const err31 = { instancePath: instancePath + "/hostname", schemaPath: "#/properties/hostname/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err31];
        } else {
          vErrors.push(err31);
        }
        errors++;
      }
    }
    if (data.ports !== void 0) {
      let data17 = data.ports;
      if (Array.isArray(data17)) {
        const len5 = data17.length;
        for (let i5 = 0; i5 < len5; i5++) {
          if (!validate21(data17[i5], { instancePath: instancePath + "/ports/" + i5, parentData: data17, parentDataProperty: i5, rootData })) {
            vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err32 = { instancePath: instancePath + "/ports", schemaPath: "#/properties/ports/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
    }
    if (data.expose !== void 0) {
      let data19 = data.expose;
      if (Array.isArray(data19)) {
        const len6 = data19.length;
        for (let i6 = 0; i6 < len6; i6++) {
          let data20 = data19[i6];
          if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20)) && typeof data20 !== "string") {
            const err33 = { instancePath: instancePath + "/expose/" + i6, schemaPath: "#/properties/expose/items/type", keyword: "type", params: { type: schema23.properties.expose.items.type }, message: "must be integer,string" };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
      } else {
        const err34 = { instancePath: instancePath + "/expose", schemaPath: "#/properties/expose/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.volumes !== void 0) {
      let data21 = data.volumes;
      if (Array.isArray(data21)) {
        const len7 = data21.length;
        for (let i7 = 0; i7 < len7; i7++) {
          if (!validate23(data21[i7], { instancePath: instancePath + "/volumes/" + i7, parentData: data21, parentDataProperty: i7, rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err35 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err35];
        } else {
          vErrors.push(err35);
        }
        errors++;
      }
    }
    if (data.tmpfs !== void 0) {
      let data23 = data.tmpfs;
      const _errs75 = errors;
      let valid30 = false;
      const _errs76 = errors;
      if (typeof data23 !== "string") {
        const err36 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/properties/tmpfs/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
      var _valid5 = _errs76 === errors;
      valid30 = valid30 || _valid5;
      if (!valid30) {
        const _errs78 = errors;
        if (Array.isArray(data23)) {
          const len8 = data23.length;
          for (let i8 = 0; i8 < len8; i8++) {
            if (typeof data23[i8] !== "string") {
              const err37 = { instancePath: instancePath + "/tmpfs/" + i8, schemaPath: "#/properties/tmpfs/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
          }
        } else {
          const err38 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/properties/tmpfs/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err38];
          } else {
            vErrors.push(err38);
          }
          errors++;
        }
        var _valid5 = _errs78 === errors;
        valid30 = valid30 || _valid5;
      }
      if (!valid30) {
        const err39 = { instancePath: instancePath + "/tmpfs", schemaPath: "#/properties/tmpfs/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err39];
        } else {
          vErrors.push(err39);
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
    }
    if (data.networks !== void 0) {
      let data25 = data.networks;
      const _errs83 = errors;
      let valid33 = false;
      const _errs84 = errors;
      if (Array.isArray(data25)) {
        const len9 = data25.length;
        for (let i9 = 0; i9 < len9; i9++) {
          if (typeof data25[i9] !== "string") {
            const err40 = { instancePath: instancePath + "/networks/" + i9, schemaPath: "#/properties/networks/anyOf/0/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
        }
      } else {
        const err41 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/anyOf/0/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err41];
        } else {
          vErrors.push(err41);
        }
        errors++;
      }
      var _valid6 = _errs84 === errors;
      valid33 = valid33 || _valid6;
      if (!valid33) {
        const _errs88 = errors;
        if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
          for (const key3 in data25) {
            let data27 = data25[key3];
            const _errs92 = errors;
            let valid37 = false;
            const _errs93 = errors;
            if (data27 !== null) {
              const err42 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "null" }, message: "must be null" };
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
            }
            var _valid7 = _errs93 === errors;
            valid37 = valid37 || _valid7;
            if (!valid37) {
              const _errs95 = errors;
              if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
                for (const key4 in data27) {
                  if (!(key4 === "aliases" || key4 === "ipv4_address")) {
                    const err43 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err43];
                    } else {
                      vErrors.push(err43);
                    }
                    errors++;
                  }
                }
                if (data27.aliases !== void 0) {
                  let data28 = data27.aliases;
                  if (Array.isArray(data28)) {
                    const len10 = data28.length;
                    for (let i10 = 0; i10 < len10; i10++) {
                      let data29 = data28[i10];
                      if (typeof data29 === "string") {
                        if (!pattern35.test(data29)) {
                          const err44 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/aliases/" + i10, schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/properties/aliases/items/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"' };
                          if (vErrors === null) {
                            vErrors = [err44];
                          } else {
                            vErrors.push(err44);
                          }
                          errors++;
                        }
                      } else {
                        const err45 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/aliases/" + i10, schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/properties/aliases/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err45];
                        } else {
                          vErrors.push(err45);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err46 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/aliases", schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/properties/aliases/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err46];
                    } else {
                      vErrors.push(err46);
                    }
                    errors++;
                  }
                }
                if (data27.ipv4_address !== void 0) {
                  let data30 = data27.ipv4_address;
                  if (typeof data30 === "string") {
                    if (!formats0.test(data30)) {
                      const err47 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/ipv4_address", schemaPath: "#/definitions/ipv4/format", keyword: "format", params: { format: "ipv4" }, message: 'must match format "ipv4"' };
                      if (vErrors === null) {
                        vErrors = [err47];
                      } else {
                        vErrors.push(err47);
                      }
                      errors++;
                    }
                  } else {
                    const err48 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/ipv4_address", schemaPath: "#/definitions/ipv4/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err48];
                    } else {
                      vErrors.push(err48);
                    }
                    errors++;
                  }
                }
              } else {
                const err49 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err49];
                } else {
                  vErrors.push(err49);
                }
                errors++;
              }
              var _valid7 = _errs95 === errors;
              valid37 = valid37 || _valid7;
            }
            if (!valid37) {
              const err50 = { instancePath: instancePath + "/networks/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/networks/anyOf/1/additionalProperties/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
              if (vErrors === null) {
                vErrors = [err50];
              } else {
                vErrors.push(err50);
              }
              errors++;
            } else {
              errors = _errs92;
              if (vErrors !== null) {
                if (_errs92) {
                  vErrors.length = _errs92;
                } else {
                  vErrors = null;
                }
              }
            }
          }
        } else {
          const err51 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
        var _valid6 = _errs88 === errors;
        valid33 = valid33 || _valid6;
      }
      if (!valid33) {
        const err52 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err52];
        } else {
          vErrors.push(err52);
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
    }
    if (data.network_mode !== void 0) {
      let data31 = data.network_mode;
      if (typeof data31 === "string") {
        if (!pattern36.test(data31)) {
          const err53 = { instancePath: instancePath + "/network_mode", schemaPath: "#/properties/network_mode/pattern", keyword: "pattern", params: { pattern: "^(bridge|none|host|(service|container):.+)$" }, message: 'must match pattern "^(bridge|none|host|(service|container):.+)$"' };
          if (vErrors === null) {
            vErrors = [err53];
          } else {
            vErrors.push(err53);
          }
          errors++;
        }
      } else {
        const err54 = { instancePath: instancePath + "/network_mode", schemaPath: "#/properties/network_mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err54];
        } else {
          vErrors.push(err54);
        }
        errors++;
      }
    }
    if (data.dns !== void 0) {
      let data32 = data.dns;
      const _errs109 = errors;
      let valid43 = false;
      const _errs110 = errors;
      if (typeof data32 !== "string") {
        const err55 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err55];
        } else {
          vErrors.push(err55);
        }
        errors++;
      }
      var _valid8 = _errs110 === errors;
      valid43 = valid43 || _valid8;
      if (!valid43) {
        const _errs112 = errors;
        if (Array.isArray(data32)) {
          const len11 = data32.length;
          for (let i11 = 0; i11 < len11; i11++) {
            if (typeof data32[i11] !== "string") {
              const err56 = { instancePath: instancePath + "/dns/" + i11, schemaPath: "#/properties/dns/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
          }
        } else {
          const err57 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err57];
          } else {
            vErrors.push(err57);
          }
          errors++;
        }
        var _valid8 = _errs112 === errors;
        valid43 = valid43 || _valid8;
      }
      if (!valid43) {
        const err58 = { instancePath: instancePath + "/dns", schemaPath: "#/properties/dns/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err58];
        } else {
          vErrors.push(err58);
        }
        errors++;
      } else {
        errors = _errs109;
        if (vErrors !== null) {
          if (_errs109) {
            vErrors.length = _errs109;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.dns_search !== void 0) {
      let data34 = data.dns_search;
      const _errs117 = errors;
      let valid46 = false;
      const _errs118 = errors;
      if (typeof data34 !== "string") {
        const err59 = { instancePath: instancePath + "/dns_search", schemaPath: "#/properties/dns_search/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err59];
        } else {
          vErrors.push(err59);
        }
        errors++;
      }
      var _valid9 = _errs118 === errors;
      valid46 = valid46 || _valid9;
      if (!valid46) {
        const _errs120 = errors;
        if (Array.isArray(data34)) {
          const len12 = data34.length;
          for (let i12 = 0; i12 < len12; i12++) {
            if (typeof data34[i12] !== "string") {
              const err60 = { instancePath: instancePath + "/dns_search/" + i12, schemaPath: "#/properties/dns_search/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err60];
              } else {
                vErrors.push(err60);
              }
              errors++;
            }
          }
        } else {
          const err61 = { instancePath: instancePath + "/dns_search", schemaPath: "#/properties/dns_search/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err61];
          } else {
            vErrors.push(err61);
          }
          errors++;
        }
        var _valid9 = _errs120 === errors;
        valid46 = valid46 || _valid9;
      }
      if (!valid46) {
        const err62 = { instancePath: instancePath + "/dns_search", schemaPath: "#/properties/dns_search/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err62];
        } else {
          vErrors.push(err62);
        }
        errors++;
      } else {
        errors = _errs117;
        if (vErrors !== null) {
          if (_errs117) {
            vErrors.length = _errs117;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.dns_opt !== void 0) {
      let data36 = data.dns_opt;
      if (Array.isArray(data36)) {
        const len13 = data36.length;
        for (let i13 = 0; i13 < len13; i13++) {
          if (typeof data36[i13] !== "string") {
            const err63 = { instancePath: instancePath + "/dns_opt/" + i13, schemaPath: "#/properties/dns_opt/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
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
      let data38 = data.extra_hosts;
      const _errs129 = errors;
      let valid51 = false;
      const _errs130 = errors;
      if (Array.isArray(data38)) {
        const len14 = data38.length;
        for (let i14 = 0; i14 < len14; i14++) {
          if (typeof data38[i14] !== "string") {
            const err65 = { instancePath: instancePath + "/extra_hosts/" + i14, schemaPath: "#/properties/extra_hosts/anyOf/0/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err65];
            } else {
              vErrors.push(err65);
            }
            errors++;
          }
        }
      } else {
        const err66 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf/0/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err66];
        } else {
          vErrors.push(err66);
        }
        errors++;
      }
      var _valid10 = _errs130 === errors;
      valid51 = valid51 || _valid10;
      if (!valid51) {
        const _errs134 = errors;
        if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
          for (const key5 in data38) {
            if (typeof data38[key5] !== "string") {
              const err67 = { instancePath: instancePath + "/extra_hosts/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/extra_hosts/anyOf/1/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
          }
        } else {
          const err68 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err68];
          } else {
            vErrors.push(err68);
          }
          errors++;
        }
        var _valid10 = _errs134 === errors;
        valid51 = valid51 || _valid10;
      }
      if (!valid51) {
        const err69 = { instancePath: instancePath + "/extra_hosts", schemaPath: "#/properties/extra_hosts/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err69];
        } else {
          vErrors.push(err69);
        }
        errors++;
      } else {
        errors = _errs129;
        if (vErrors !== null) {
          if (_errs129) {
            vErrors.length = _errs129;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.depends_on !== void 0) {
      let data41 = data.depends_on;
      const _errs140 = errors;
      let valid55 = false;
      const _errs141 = errors;
      if (Array.isArray(data41)) {
        const len15 = data41.length;
        for (let i15 = 0; i15 < len15; i15++) {
          if (typeof data41[i15] !== "string") {
            const err70 = { instancePath: instancePath + "/depends_on/" + i15, schemaPath: "#/properties/depends_on/anyOf/0/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err70];
            } else {
              vErrors.push(err70);
            }
            errors++;
          }
        }
      } else {
        const err71 = { instancePath: instancePath + "/depends_on", schemaPath: "#/properties/depends_on/anyOf/0/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err71];
        } else {
          vErrors.push(err71);
        }
        errors++;
      }
      var _valid11 = _errs141 === errors;
      valid55 = valid55 || _valid11;
      if (!valid55) {
        const _errs145 = errors;
        if (data41 && typeof data41 == "object" && !Array.isArray(data41)) {
          for (const key6 in data41) {
            let data43 = data41[key6];
            if (data43 && typeof data43 == "object" && !Array.isArray(data43)) {
              for (const key7 in data43) {
                if (!(key7 === "condition" || key7 === "restart" || key7 === "required")) {
                  const err72 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err72];
                  } else {
                    vErrors.push(err72);
                  }
                  errors++;
                }
              }
              if (data43.condition !== void 0) {
                let data44 = data43.condition;
                if (!(data44 === "service_started" || data44 === "service_completed_successfully" || data44 === "service_healthy")) {
                  const err73 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1") + "/condition", schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/properties/condition/enum", keyword: "enum", params: { allowedValues: schema23.properties.depends_on.anyOf[1].additionalProperties.properties.condition.enum }, message: "must be equal to one of the allowed values" };
                  if (vErrors === null) {
                    vErrors = [err73];
                  } else {
                    vErrors.push(err73);
                  }
                  errors++;
                }
              }
              if (data43.restart !== void 0) {
                if (typeof data43.restart !== "boolean") {
                  const err74 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1") + "/restart", schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/properties/restart/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                  if (vErrors === null) {
                    vErrors = [err74];
                  } else {
                    vErrors.push(err74);
                  }
                  errors++;
                }
              }
              if (data43.required !== void 0) {
                if (typeof data43.required !== "boolean") {
                  const err75 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1") + "/required", schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/properties/required/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                  if (vErrors === null) {
                    vErrors = [err75];
                  } else {
                    vErrors.push(err75);
                  }
                  errors++;
                }
              }
            } else {
              const err76 = { instancePath: instancePath + "/depends_on/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/depends_on/anyOf/1/additionalProperties/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err76];
              } else {
                vErrors.push(err76);
              }
              errors++;
            }
          }
        } else {
          const err77 = { instancePath: instancePath + "/depends_on", schemaPath: "#/properties/depends_on/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err77];
          } else {
            vErrors.push(err77);
          }
          errors++;
        }
        var _valid11 = _errs145 === errors;
        valid55 = valid55 || _valid11;
      }
      if (!valid55) {
        const err78 = { instancePath: instancePath + "/depends_on", schemaPath: "#/properties/depends_on/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err78];
        } else {
          vErrors.push(err78);
        }
        errors++;
      } else {
        errors = _errs140;
        if (vErrors !== null) {
          if (_errs140) {
            vErrors.length = _errs140;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.restart !== void 0) {
      let data47 = data.restart;
      const _errs157 = errors;
      let valid60 = false;
      const _errs158 = errors;
      if (typeof data47 === "string") {
        if (!pattern37.test(data47)) {
          const err79 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$" }, message: 'must match pattern "^(no|always|unless-stopped|on-failure(:[0-9]+)?)$"' };
          if (vErrors === null) {
            vErrors = [err79];
          } else {
            vErrors.push(err79);
          }
          errors++;
        }
      } else {
        const err80 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err80];
        } else {
          vErrors.push(err80);
        }
        errors++;
      }
      var _valid12 = _errs158 === errors;
      valid60 = valid60 || _valid12;
      if (!valid60) {
        const _errs160 = errors;
        if (false !== data47) {
          const err81 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf/1/const", keyword: "const", params: { allowedValue: false }, message: "must be equal to constant" };
          if (vErrors === null) {
            vErrors = [err81];
          } else {
            vErrors.push(err81);
          }
          errors++;
        }
        var _valid12 = _errs160 === errors;
        valid60 = valid60 || _valid12;
      }
      if (!valid60) {
        const err82 = { instancePath: instancePath + "/restart", schemaPath: "#/properties/restart/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err82];
        } else {
          vErrors.push(err82);
        }
        errors++;
      } else {
        errors = _errs157;
        if (vErrors !== null) {
          if (_errs157) {
            vErrors.length = _errs157;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.stop_signal !== void 0) {
      let data48 = data.stop_signal;
      const _errs162 = errors;
      let valid61 = false;
      const _errs163 = errors;
      if (typeof data48 === "string") {
        if (!pattern38.test(data48)) {
          const err83 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^(SIG)?[A-Z0-9+]+$" }, message: 'must match pattern "^(SIG)?[A-Z0-9+]+$"' };
          if (vErrors === null) {
            vErrors = [err83];
          } else {
            vErrors.push(err83);
          }
          errors++;
        }
      } else {
        const err84 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err84];
        } else {
          vErrors.push(err84);
        }
        errors++;
      }
      var _valid13 = _errs163 === errors;
      valid61 = valid61 || _valid13;
      if (!valid61) {
        const _errs165 = errors;
        if (!(typeof data48 == "number" && (!(data48 % 1) && !isNaN(data48)) && isFinite(data48))) {
          const err85 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/anyOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
          if (vErrors === null) {
            vErrors = [err85];
          } else {
            vErrors.push(err85);
          }
          errors++;
        }
        if (typeof data48 == "number" && isFinite(data48)) {
          if (data48 > 64 || isNaN(data48)) {
            const err86 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/anyOf/1/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 }, message: "must be <= 64" };
            if (vErrors === null) {
              vErrors = [err86];
            } else {
              vErrors.push(err86);
            }
            errors++;
          }
          if (data48 < 1 || isNaN(data48)) {
            const err87 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/anyOf/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
            if (vErrors === null) {
              vErrors = [err87];
            } else {
              vErrors.push(err87);
            }
            errors++;
          }
        }
        var _valid13 = _errs165 === errors;
        valid61 = valid61 || _valid13;
      }
      if (!valid61) {
        const err88 = { instancePath: instancePath + "/stop_signal", schemaPath: "#/properties/stop_signal/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err88];
        } else {
          vErrors.push(err88);
        }
        errors++;
      } else {
        errors = _errs162;
        if (vErrors !== null) {
          if (_errs162) {
            vErrors.length = _errs162;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.stop_grace_period !== void 0) {
      let data49 = data.stop_grace_period;
      const _errs170 = errors;
      let valid64 = false;
      const _errs171 = errors;
      if (!(typeof data49 == "number" && (!(data49 % 1) && !isNaN(data49)) && isFinite(data49))) {
        const err89 = { instancePath: instancePath + "/stop_grace_period", schemaPath: "#/definitions/duration/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err89];
        } else {
          vErrors.push(err89);
        }
        errors++;
      }
      if (typeof data49 == "number" && isFinite(data49)) {
        if (data49 < 0 || isNaN(data49)) {
          const err90 = { instancePath: instancePath + "/stop_grace_period", schemaPath: "#/definitions/duration/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
          if (vErrors === null) {
            vErrors = [err90];
          } else {
            vErrors.push(err90);
          }
          errors++;
        }
      }
      var _valid14 = _errs171 === errors;
      valid64 = valid64 || _valid14;
      if (!valid64) {
        const _errs173 = errors;
        if (typeof data49 === "string") {
          if (!pattern39.test(data49)) {
            const err91 = { instancePath: instancePath + "/stop_grace_period", schemaPath: "#/definitions/duration/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$"' };
            if (vErrors === null) {
              vErrors = [err91];
            } else {
              vErrors.push(err91);
            }
            errors++;
          }
        } else {
          const err92 = { instancePath: instancePath + "/stop_grace_period", schemaPath: "#/definitions/duration/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err92];
          } else {
            vErrors.push(err92);
          }
          errors++;
        }
        var _valid14 = _errs173 === errors;
        valid64 = valid64 || _valid14;
      }
      if (!valid64) {
        const err93 = { instancePath: instancePath + "/stop_grace_period", schemaPath: "#/definitions/duration/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err93];
        } else {
          vErrors.push(err93);
        }
        errors++;
      } else {
        errors = _errs170;
        if (vErrors !== null) {
          if (_errs170) {
            vErrors.length = _errs170;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.mem_limit !== void 0) {
      let data50 = data.mem_limit;
      const _errs178 = errors;
      let valid67 = false;
      const _errs179 = errors;
      if (!(typeof data50 == "number" && (!(data50 % 1) && !isNaN(data50)) && isFinite(data50))) {
        const err94 = { instancePath: instancePath + "/mem_limit", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err94];
        } else {
          vErrors.push(err94);
        }
        errors++;
      }
      if (typeof data50 == "number" && isFinite(data50)) {
        if (data50 < -1 || isNaN(data50)) {
          const err95 = { instancePath: instancePath + "/mem_limit", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
          if (vErrors === null) {
            vErrors = [err95];
          } else {
            vErrors.push(err95);
          }
          errors++;
        }
      }
      var _valid15 = _errs179 === errors;
      valid67 = valid67 || _valid15;
      if (!valid67) {
        const _errs181 = errors;
        if (typeof data50 === "string") {
          if (!pattern33.test(data50)) {
            const err96 = { instancePath: instancePath + "/mem_limit", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
            if (vErrors === null) {
              vErrors = [err96];
            } else {
              vErrors.push(err96);
            }
            errors++;
          }
        } else {
          const err97 = { instancePath: instancePath + "/mem_limit", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err97];
          } else {
            vErrors.push(err97);
          }
          errors++;
        }
        var _valid15 = _errs181 === errors;
        valid67 = valid67 || _valid15;
      }
      if (!valid67) {
        const err98 = { instancePath: instancePath + "/mem_limit", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err98];
        } else {
          vErrors.push(err98);
        }
        errors++;
      } else {
        errors = _errs178;
        if (vErrors !== null) {
          if (_errs178) {
            vErrors.length = _errs178;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.mem_reservation !== void 0) {
      let data51 = data.mem_reservation;
      const _errs186 = errors;
      let valid70 = false;
      const _errs187 = errors;
      if (!(typeof data51 == "number" && (!(data51 % 1) && !isNaN(data51)) && isFinite(data51))) {
        const err99 = { instancePath: instancePath + "/mem_reservation", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err99];
        } else {
          vErrors.push(err99);
        }
        errors++;
      }
      if (typeof data51 == "number" && isFinite(data51)) {
        if (data51 < -1 || isNaN(data51)) {
          const err100 = { instancePath: instancePath + "/mem_reservation", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
          if (vErrors === null) {
            vErrors = [err100];
          } else {
            vErrors.push(err100);
          }
          errors++;
        }
      }
      var _valid16 = _errs187 === errors;
      valid70 = valid70 || _valid16;
      if (!valid70) {
        const _errs189 = errors;
        if (typeof data51 === "string") {
          if (!pattern33.test(data51)) {
            const err101 = { instancePath: instancePath + "/mem_reservation", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
            if (vErrors === null) {
              vErrors = [err101];
            } else {
              vErrors.push(err101);
            }
            errors++;
          }
        } else {
          const err102 = { instancePath: instancePath + "/mem_reservation", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err102];
          } else {
            vErrors.push(err102);
          }
          errors++;
        }
        var _valid16 = _errs189 === errors;
        valid70 = valid70 || _valid16;
      }
      if (!valid70) {
        const err103 = { instancePath: instancePath + "/mem_reservation", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err103];
        } else {
          vErrors.push(err103);
        }
        errors++;
      } else {
        errors = _errs186;
        if (vErrors !== null) {
          if (_errs186) {
            vErrors.length = _errs186;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.memswap_limit !== void 0) {
      let data52 = data.memswap_limit;
      const _errs194 = errors;
      let valid73 = false;
      const _errs195 = errors;
      if (!(typeof data52 == "number" && (!(data52 % 1) && !isNaN(data52)) && isFinite(data52))) {
        const err104 = { instancePath: instancePath + "/memswap_limit", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err104];
        } else {
          vErrors.push(err104);
        }
        errors++;
      }
      if (typeof data52 == "number" && isFinite(data52)) {
        if (data52 < -1 || isNaN(data52)) {
          const err105 = { instancePath: instancePath + "/memswap_limit", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
          if (vErrors === null) {
            vErrors = [err105];
          } else {
            vErrors.push(err105);
          }
          errors++;
        }
      }
      var _valid17 = _errs195 === errors;
      valid73 = valid73 || _valid17;
      if (!valid73) {
        const _errs197 = errors;
        if (typeof data52 === "string") {
          if (!pattern33.test(data52)) {
            const err106 = { instancePath: instancePath + "/memswap_limit", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
            if (vErrors === null) {
              vErrors = [err106];
            } else {
              vErrors.push(err106);
            }
            errors++;
          }
        } else {
          const err107 = { instancePath: instancePath + "/memswap_limit", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err107];
          } else {
            vErrors.push(err107);
          }
          errors++;
        }
        var _valid17 = _errs197 === errors;
        valid73 = valid73 || _valid17;
      }
      if (!valid73) {
        const err108 = { instancePath: instancePath + "/memswap_limit", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err108];
        } else {
          vErrors.push(err108);
        }
        errors++;
      } else {
        errors = _errs194;
        if (vErrors !== null) {
          if (_errs194) {
            vErrors.length = _errs194;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.cpus !== void 0) {
      let data53 = data.cpus;
      const _errs202 = errors;
      let valid76 = false;
      const _errs203 = errors;
      if (!(typeof data53 == "number" && isFinite(data53))) {
        const err109 = { instancePath: instancePath + "/cpus", schemaPath: "#/definitions/numberOrText/anyOf/0/type", keyword: "type", params: { type: "number" }, message: "must be number" };
        if (vErrors === null) {
          vErrors = [err109];
        } else {
          vErrors.push(err109);
        }
        errors++;
      }
      var _valid18 = _errs203 === errors;
      valid76 = valid76 || _valid18;
      if (!valid76) {
        const _errs205 = errors;
        if (typeof data53 === "string") {
          if (!pattern43.test(data53)) {
            const err110 = { instancePath: instancePath + "/cpus", schemaPath: "#/definitions/numberOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?$"' };
            if (vErrors === null) {
              vErrors = [err110];
            } else {
              vErrors.push(err110);
            }
            errors++;
          }
        } else {
          const err111 = { instancePath: instancePath + "/cpus", schemaPath: "#/definitions/numberOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err111];
          } else {
            vErrors.push(err111);
          }
          errors++;
        }
        var _valid18 = _errs205 === errors;
        valid76 = valid76 || _valid18;
      }
      if (!valid76) {
        const err112 = { instancePath: instancePath + "/cpus", schemaPath: "#/definitions/numberOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err112];
        } else {
          vErrors.push(err112);
        }
        errors++;
      } else {
        errors = _errs202;
        if (vErrors !== null) {
          if (_errs202) {
            vErrors.length = _errs202;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.cpu_period !== void 0) {
      let data54 = data.cpu_period;
      const _errs210 = errors;
      let valid79 = false;
      const _errs211 = errors;
      if (!(typeof data54 == "number" && (!(data54 % 1) && !isNaN(data54)) && isFinite(data54))) {
        const err113 = { instancePath: instancePath + "/cpu_period", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err113];
        } else {
          vErrors.push(err113);
        }
        errors++;
      }
      var _valid19 = _errs211 === errors;
      valid79 = valid79 || _valid19;
      if (!valid79) {
        const _errs213 = errors;
        if (typeof data54 === "string") {
          if (!pattern32.test(data54)) {
            const err114 = { instancePath: instancePath + "/cpu_period", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
            if (vErrors === null) {
              vErrors = [err114];
            } else {
              vErrors.push(err114);
            }
            errors++;
          }
        } else {
          const err115 = { instancePath: instancePath + "/cpu_period", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err115];
          } else {
            vErrors.push(err115);
          }
          errors++;
        }
        var _valid19 = _errs213 === errors;
        valid79 = valid79 || _valid19;
      }
      if (!valid79) {
        const err116 = { instancePath: instancePath + "/cpu_period", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err116];
        } else {
          vErrors.push(err116);
        }
        errors++;
      } else {
        errors = _errs210;
        if (vErrors !== null) {
          if (_errs210) {
            vErrors.length = _errs210;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.cpu_quota !== void 0) {
      let data55 = data.cpu_quota;
      const _errs218 = errors;
      let valid82 = false;
      const _errs219 = errors;
      if (!(typeof data55 == "number" && (!(data55 % 1) && !isNaN(data55)) && isFinite(data55))) {
        const err117 = { instancePath: instancePath + "/cpu_quota", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err117];
        } else {
          vErrors.push(err117);
        }
        errors++;
      }
      var _valid20 = _errs219 === errors;
      valid82 = valid82 || _valid20;
      if (!valid82) {
        const _errs221 = errors;
        if (typeof data55 === "string") {
          if (!pattern32.test(data55)) {
            const err118 = { instancePath: instancePath + "/cpu_quota", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
            if (vErrors === null) {
              vErrors = [err118];
            } else {
              vErrors.push(err118);
            }
            errors++;
          }
        } else {
          const err119 = { instancePath: instancePath + "/cpu_quota", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err119];
          } else {
            vErrors.push(err119);
          }
          errors++;
        }
        var _valid20 = _errs221 === errors;
        valid82 = valid82 || _valid20;
      }
      if (!valid82) {
        const err120 = { instancePath: instancePath + "/cpu_quota", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err120];
        } else {
          vErrors.push(err120);
        }
        errors++;
      } else {
        errors = _errs218;
        if (vErrors !== null) {
          if (_errs218) {
            vErrors.length = _errs218;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.cpu_shares !== void 0) {
      let data56 = data.cpu_shares;
      const _errs226 = errors;
      let valid85 = false;
      const _errs227 = errors;
      if (!(typeof data56 == "number" && (!(data56 % 1) && !isNaN(data56)) && isFinite(data56))) {
        const err121 = { instancePath: instancePath + "/cpu_shares", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err121];
        } else {
          vErrors.push(err121);
        }
        errors++;
      }
      var _valid21 = _errs227 === errors;
      valid85 = valid85 || _valid21;
      if (!valid85) {
        const _errs229 = errors;
        if (typeof data56 === "string") {
          if (!pattern32.test(data56)) {
            const err122 = { instancePath: instancePath + "/cpu_shares", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
            if (vErrors === null) {
              vErrors = [err122];
            } else {
              vErrors.push(err122);
            }
            errors++;
          }
        } else {
          const err123 = { instancePath: instancePath + "/cpu_shares", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err123];
          } else {
            vErrors.push(err123);
          }
          errors++;
        }
        var _valid21 = _errs229 === errors;
        valid85 = valid85 || _valid21;
      }
      if (!valid85) {
        const err124 = { instancePath: instancePath + "/cpu_shares", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err124];
        } else {
          vErrors.push(err124);
        }
        errors++;
      } else {
        errors = _errs226;
        if (vErrors !== null) {
          if (_errs226) {
            vErrors.length = _errs226;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.cpuset !== void 0) {
      let data57 = data.cpuset;
      const _errs232 = errors;
      let valid86 = false;
      const _errs233 = errors;
      if (typeof data57 === "string") {
        if (!pattern47.test(data57)) {
          const err125 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$" }, message: 'must match pattern "^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$"' };
          if (vErrors === null) {
            vErrors = [err125];
          } else {
            vErrors.push(err125);
          }
          errors++;
        }
      } else {
        const err126 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err126];
        } else {
          vErrors.push(err126);
        }
        errors++;
      }
      var _valid22 = _errs233 === errors;
      valid86 = valid86 || _valid22;
      if (!valid86) {
        const _errs235 = errors;
        if (!(typeof data57 == "number" && (!(data57 % 1) && !isNaN(data57)) && isFinite(data57))) {
          const err127 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf/1/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
          if (vErrors === null) {
            vErrors = [err127];
          } else {
            vErrors.push(err127);
          }
          errors++;
        }
        var _valid22 = _errs235 === errors;
        valid86 = valid86 || _valid22;
      }
      if (!valid86) {
        const err128 = { instancePath: instancePath + "/cpuset", schemaPath: "#/properties/cpuset/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err128];
        } else {
          vErrors.push(err128);
        }
        errors++;
      } else {
        errors = _errs232;
        if (vErrors !== null) {
          if (_errs232) {
            vErrors.length = _errs232;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.pids_limit !== void 0) {
      let data58 = data.pids_limit;
      const _errs240 = errors;
      let valid89 = false;
      const _errs241 = errors;
      if (!(typeof data58 == "number" && (!(data58 % 1) && !isNaN(data58)) && isFinite(data58))) {
        const err129 = { instancePath: instancePath + "/pids_limit", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err129];
        } else {
          vErrors.push(err129);
        }
        errors++;
      }
      var _valid23 = _errs241 === errors;
      valid89 = valid89 || _valid23;
      if (!valid89) {
        const _errs243 = errors;
        if (typeof data58 === "string") {
          if (!pattern32.test(data58)) {
            const err130 = { instancePath: instancePath + "/pids_limit", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
            if (vErrors === null) {
              vErrors = [err130];
            } else {
              vErrors.push(err130);
            }
            errors++;
          }
        } else {
          const err131 = { instancePath: instancePath + "/pids_limit", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err131];
          } else {
            vErrors.push(err131);
          }
          errors++;
        }
        var _valid23 = _errs243 === errors;
        valid89 = valid89 || _valid23;
      }
      if (!valid89) {
        const err132 = { instancePath: instancePath + "/pids_limit", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err132];
        } else {
          vErrors.push(err132);
        }
        errors++;
      } else {
        errors = _errs240;
        if (vErrors !== null) {
          if (_errs240) {
            vErrors.length = _errs240;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.deploy !== void 0) {
      let data59 = data.deploy;
      if (data59 && typeof data59 == "object" && !Array.isArray(data59)) {
        for (const key8 in data59) {
          if (!(key8 === "replicas" || key8 === "resources" || key8 === "restart_policy" || key8 === "update_config" || key8 === "rollback_config" || key8 === "labels")) {
            const err133 = { instancePath: instancePath + "/deploy", schemaPath: "#/properties/deploy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err133];
            } else {
              vErrors.push(err133);
            }
            errors++;
          }
        }
        if (data59.replicas !== void 0) {
          let data60 = data59.replicas;
          const _errs249 = errors;
          let valid91 = false;
          const _errs250 = errors;
          if (!(typeof data60 == "number" && (!(data60 % 1) && !isNaN(data60)) && isFinite(data60))) {
            const err134 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err134];
            } else {
              vErrors.push(err134);
            }
            errors++;
          }
          if (typeof data60 == "number" && isFinite(data60)) {
            if (data60 > 1e3 || isNaN(data60)) {
              const err135 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/0/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e3 }, message: "must be <= 1000" };
              if (vErrors === null) {
                vErrors = [err135];
              } else {
                vErrors.push(err135);
              }
              errors++;
            }
            if (data60 < 0 || isNaN(data60)) {
              const err136 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
              if (vErrors === null) {
                vErrors = [err136];
              } else {
                vErrors.push(err136);
              }
              errors++;
            }
          }
          var _valid24 = _errs250 === errors;
          valid91 = valid91 || _valid24;
          if (!valid91) {
            const _errs252 = errors;
            if (typeof data60 === "string") {
              if (!pattern49.test(data60)) {
                const err137 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[0-9]+$" }, message: 'must match pattern "^[0-9]+$"' };
                if (vErrors === null) {
                  vErrors = [err137];
                } else {
                  vErrors.push(err137);
                }
                errors++;
              }
            } else {
              const err138 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err138];
              } else {
                vErrors.push(err138);
              }
              errors++;
            }
            var _valid24 = _errs252 === errors;
            valid91 = valid91 || _valid24;
          }
          if (!valid91) {
            const err139 = { instancePath: instancePath + "/deploy/replicas", schemaPath: "#/properties/deploy/properties/replicas/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err139];
            } else {
              vErrors.push(err139);
            }
            errors++;
          } else {
            errors = _errs249;
            if (vErrors !== null) {
              if (_errs249) {
                vErrors.length = _errs249;
              } else {
                vErrors = null;
              }
            }
          }
        }
        if (data59.resources !== void 0) {
          let data61 = data59.resources;
          if (data61 && typeof data61 == "object" && !Array.isArray(data61)) {
            for (const key9 in data61) {
              if (!(key9 === "limits" || key9 === "reservations")) {
                const err140 = { instancePath: instancePath + "/deploy/resources", schemaPath: "#/properties/deploy/properties/resources/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err140];
                } else {
                  vErrors.push(err140);
                }
                errors++;
              }
            }
            if (data61.limits !== void 0) {
              let data62 = data61.limits;
              if (data62 && typeof data62 == "object" && !Array.isArray(data62)) {
                for (const key10 in data62) {
                  if (!(key10 === "cpus" || key10 === "memory" || key10 === "pids")) {
                    const err141 = { instancePath: instancePath + "/deploy/resources/limits", schemaPath: "#/properties/deploy/properties/resources/properties/limits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err141];
                    } else {
                      vErrors.push(err141);
                    }
                    errors++;
                  }
                }
                if (data62.cpus !== void 0) {
                  let data63 = data62.cpus;
                  const _errs263 = errors;
                  let valid96 = false;
                  const _errs264 = errors;
                  if (!(typeof data63 == "number" && isFinite(data63))) {
                    const err142 = { instancePath: instancePath + "/deploy/resources/limits/cpus", schemaPath: "#/definitions/numberOrText/anyOf/0/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                    if (vErrors === null) {
                      vErrors = [err142];
                    } else {
                      vErrors.push(err142);
                    }
                    errors++;
                  }
                  var _valid25 = _errs264 === errors;
                  valid96 = valid96 || _valid25;
                  if (!valid96) {
                    const _errs266 = errors;
                    if (typeof data63 === "string") {
                      if (!pattern43.test(data63)) {
                        const err143 = { instancePath: instancePath + "/deploy/resources/limits/cpus", schemaPath: "#/definitions/numberOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?$"' };
                        if (vErrors === null) {
                          vErrors = [err143];
                        } else {
                          vErrors.push(err143);
                        }
                        errors++;
                      }
                    } else {
                      const err144 = { instancePath: instancePath + "/deploy/resources/limits/cpus", schemaPath: "#/definitions/numberOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err144];
                      } else {
                        vErrors.push(err144);
                      }
                      errors++;
                    }
                    var _valid25 = _errs266 === errors;
                    valid96 = valid96 || _valid25;
                  }
                  if (!valid96) {
                    const err145 = { instancePath: instancePath + "/deploy/resources/limits/cpus", schemaPath: "#/definitions/numberOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err145];
                    } else {
                      vErrors.push(err145);
                    }
                    errors++;
                  } else {
                    errors = _errs263;
                    if (vErrors !== null) {
                      if (_errs263) {
                        vErrors.length = _errs263;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                }
                if (data62.memory !== void 0) {
                  let data64 = data62.memory;
                  const _errs271 = errors;
                  let valid99 = false;
                  const _errs272 = errors;
                  if (!(typeof data64 == "number" && (!(data64 % 1) && !isNaN(data64)) && isFinite(data64))) {
                    const err146 = { instancePath: instancePath + "/deploy/resources/limits/memory", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err146];
                    } else {
                      vErrors.push(err146);
                    }
                    errors++;
                  }
                  if (typeof data64 == "number" && isFinite(data64)) {
                    if (data64 < -1 || isNaN(data64)) {
                      const err147 = { instancePath: instancePath + "/deploy/resources/limits/memory", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                      if (vErrors === null) {
                        vErrors = [err147];
                      } else {
                        vErrors.push(err147);
                      }
                      errors++;
                    }
                  }
                  var _valid26 = _errs272 === errors;
                  valid99 = valid99 || _valid26;
                  if (!valid99) {
                    const _errs274 = errors;
                    if (typeof data64 === "string") {
                      if (!pattern33.test(data64)) {
                        const err148 = { instancePath: instancePath + "/deploy/resources/limits/memory", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
                        if (vErrors === null) {
                          vErrors = [err148];
                        } else {
                          vErrors.push(err148);
                        }
                        errors++;
                      }
                    } else {
                      const err149 = { instancePath: instancePath + "/deploy/resources/limits/memory", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err149];
                      } else {
                        vErrors.push(err149);
                      }
                      errors++;
                    }
                    var _valid26 = _errs274 === errors;
                    valid99 = valid99 || _valid26;
                  }
                  if (!valid99) {
                    const err150 = { instancePath: instancePath + "/deploy/resources/limits/memory", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err150];
                    } else {
                      vErrors.push(err150);
                    }
                    errors++;
                  } else {
                    errors = _errs271;
                    if (vErrors !== null) {
                      if (_errs271) {
                        vErrors.length = _errs271;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                }
                if (data62.pids !== void 0) {
                  let data65 = data62.pids;
                  const _errs279 = errors;
                  let valid102 = false;
                  const _errs280 = errors;
                  if (!(typeof data65 == "number" && (!(data65 % 1) && !isNaN(data65)) && isFinite(data65))) {
                    const err151 = { instancePath: instancePath + "/deploy/resources/limits/pids", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err151];
                    } else {
                      vErrors.push(err151);
                    }
                    errors++;
                  }
                  var _valid27 = _errs280 === errors;
                  valid102 = valid102 || _valid27;
                  if (!valid102) {
                    const _errs282 = errors;
                    if (typeof data65 === "string") {
                      if (!pattern32.test(data65)) {
                        const err152 = { instancePath: instancePath + "/deploy/resources/limits/pids", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
                        if (vErrors === null) {
                          vErrors = [err152];
                        } else {
                          vErrors.push(err152);
                        }
                        errors++;
                      }
                    } else {
                      const err153 = { instancePath: instancePath + "/deploy/resources/limits/pids", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err153];
                      } else {
                        vErrors.push(err153);
                      }
                      errors++;
                    }
                    var _valid27 = _errs282 === errors;
                    valid102 = valid102 || _valid27;
                  }
                  if (!valid102) {
                    const err154 = { instancePath: instancePath + "/deploy/resources/limits/pids", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err154];
                    } else {
                      vErrors.push(err154);
                    }
                    errors++;
                  } else {
                    errors = _errs279;
                    if (vErrors !== null) {
                      if (_errs279) {
                        vErrors.length = _errs279;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                }
              } else {
                const err155 = { instancePath: instancePath + "/deploy/resources/limits", schemaPath: "#/properties/deploy/properties/resources/properties/limits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err155];
                } else {
                  vErrors.push(err155);
                }
                errors++;
              }
            }
            if (data61.reservations !== void 0) {
              let data66 = data61.reservations;
              if (data66 && typeof data66 == "object" && !Array.isArray(data66)) {
                for (const key11 in data66) {
                  if (!(key11 === "cpus" || key11 === "memory" || key11 === "pids")) {
                    const err156 = { instancePath: instancePath + "/deploy/resources/reservations", schemaPath: "#/properties/deploy/properties/resources/properties/reservations/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err156];
                    } else {
                      vErrors.push(err156);
                    }
                    errors++;
                  }
                }
                if (data66.cpus !== void 0) {
                  let data67 = data66.cpus;
                  const _errs290 = errors;
                  let valid106 = false;
                  const _errs291 = errors;
                  if (!(typeof data67 == "number" && isFinite(data67))) {
                    const err157 = { instancePath: instancePath + "/deploy/resources/reservations/cpus", schemaPath: "#/definitions/numberOrText/anyOf/0/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                    if (vErrors === null) {
                      vErrors = [err157];
                    } else {
                      vErrors.push(err157);
                    }
                    errors++;
                  }
                  var _valid28 = _errs291 === errors;
                  valid106 = valid106 || _valid28;
                  if (!valid106) {
                    const _errs293 = errors;
                    if (typeof data67 === "string") {
                      if (!pattern43.test(data67)) {
                        const err158 = { instancePath: instancePath + "/deploy/resources/reservations/cpus", schemaPath: "#/definitions/numberOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^[0-9]+(\\.[0-9]+)?$" }, message: 'must match pattern "^[0-9]+(\\.[0-9]+)?$"' };
                        if (vErrors === null) {
                          vErrors = [err158];
                        } else {
                          vErrors.push(err158);
                        }
                        errors++;
                      }
                    } else {
                      const err159 = { instancePath: instancePath + "/deploy/resources/reservations/cpus", schemaPath: "#/definitions/numberOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err159];
                      } else {
                        vErrors.push(err159);
                      }
                      errors++;
                    }
                    var _valid28 = _errs293 === errors;
                    valid106 = valid106 || _valid28;
                  }
                  if (!valid106) {
                    const err160 = { instancePath: instancePath + "/deploy/resources/reservations/cpus", schemaPath: "#/definitions/numberOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err160];
                    } else {
                      vErrors.push(err160);
                    }
                    errors++;
                  } else {
                    errors = _errs290;
                    if (vErrors !== null) {
                      if (_errs290) {
                        vErrors.length = _errs290;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                }
                if (data66.memory !== void 0) {
                  let data68 = data66.memory;
                  const _errs298 = errors;
                  let valid109 = false;
                  const _errs299 = errors;
                  if (!(typeof data68 == "number" && (!(data68 % 1) && !isNaN(data68)) && isFinite(data68))) {
                    const err161 = { instancePath: instancePath + "/deploy/resources/reservations/memory", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err161];
                    } else {
                      vErrors.push(err161);
                    }
                    errors++;
                  }
                  if (typeof data68 == "number" && isFinite(data68)) {
                    if (data68 < -1 || isNaN(data68)) {
                      const err162 = { instancePath: instancePath + "/deploy/resources/reservations/memory", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                      if (vErrors === null) {
                        vErrors = [err162];
                      } else {
                        vErrors.push(err162);
                      }
                      errors++;
                    }
                  }
                  var _valid29 = _errs299 === errors;
                  valid109 = valid109 || _valid29;
                  if (!valid109) {
                    const _errs301 = errors;
                    if (typeof data68 === "string") {
                      if (!pattern33.test(data68)) {
                        const err163 = { instancePath: instancePath + "/deploy/resources/reservations/memory", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
                        if (vErrors === null) {
                          vErrors = [err163];
                        } else {
                          vErrors.push(err163);
                        }
                        errors++;
                      }
                    } else {
                      const err164 = { instancePath: instancePath + "/deploy/resources/reservations/memory", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err164];
                      } else {
                        vErrors.push(err164);
                      }
                      errors++;
                    }
                    var _valid29 = _errs301 === errors;
                    valid109 = valid109 || _valid29;
                  }
                  if (!valid109) {
                    const err165 = { instancePath: instancePath + "/deploy/resources/reservations/memory", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err165];
                    } else {
                      vErrors.push(err165);
                    }
                    errors++;
                  } else {
                    errors = _errs298;
                    if (vErrors !== null) {
                      if (_errs298) {
                        vErrors.length = _errs298;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                }
                if (data66.pids !== void 0) {
                  let data69 = data66.pids;
                  const _errs306 = errors;
                  let valid112 = false;
                  const _errs307 = errors;
                  if (!(typeof data69 == "number" && (!(data69 % 1) && !isNaN(data69)) && isFinite(data69))) {
                    const err166 = { instancePath: instancePath + "/deploy/resources/reservations/pids", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err166];
                    } else {
                      vErrors.push(err166);
                    }
                    errors++;
                  }
                  var _valid30 = _errs307 === errors;
                  valid112 = valid112 || _valid30;
                  if (!valid112) {
                    const _errs309 = errors;
                    if (typeof data69 === "string") {
                      if (!pattern32.test(data69)) {
                        const err167 = { instancePath: instancePath + "/deploy/resources/reservations/pids", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
                        if (vErrors === null) {
                          vErrors = [err167];
                        } else {
                          vErrors.push(err167);
                        }
                        errors++;
                      }
                    } else {
                      const err168 = { instancePath: instancePath + "/deploy/resources/reservations/pids", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                      if (vErrors === null) {
                        vErrors = [err168];
                      } else {
                        vErrors.push(err168);
                      }
                      errors++;
                    }
                    var _valid30 = _errs309 === errors;
                    valid112 = valid112 || _valid30;
                  }
                  if (!valid112) {
                    const err169 = { instancePath: instancePath + "/deploy/resources/reservations/pids", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                    if (vErrors === null) {
                      vErrors = [err169];
                    } else {
                      vErrors.push(err169);
                    }
                    errors++;
                  } else {
                    errors = _errs306;
                    if (vErrors !== null) {
                      if (_errs306) {
                        vErrors.length = _errs306;
                      } else {
                        vErrors = null;
                      }
                    }
                  }
                }
              } else {
                const err170 = { instancePath: instancePath + "/deploy/resources/reservations", schemaPath: "#/properties/deploy/properties/resources/properties/reservations/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err170];
                } else {
                  vErrors.push(err170);
                }
                errors++;
              }
            }
          } else {
            const err171 = { instancePath: instancePath + "/deploy/resources", schemaPath: "#/properties/deploy/properties/resources/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err171];
            } else {
              vErrors.push(err171);
            }
            errors++;
          }
        }
        if (data59.restart_policy !== void 0) {
          let data70 = data59.restart_policy;
          if (data70 && typeof data70 == "object" && !Array.isArray(data70)) {
            for (const key12 in data70) {
              if (!(key12 === "condition" || key12 === "max_attempts" || key12 === "delay" || key12 === "window")) {
                const err172 = { instancePath: instancePath + "/deploy/restart_policy", schemaPath: "#/properties/deploy/properties/restart_policy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err172];
                } else {
                  vErrors.push(err172);
                }
                errors++;
              }
            }
            if (data70.condition !== void 0) {
              let data71 = data70.condition;
              if (!(data71 === "none" || data71 === "on-failure" || data71 === "any")) {
                const err173 = { instancePath: instancePath + "/deploy/restart_policy/condition", schemaPath: "#/properties/deploy/properties/restart_policy/properties/condition/enum", keyword: "enum", params: { allowedValues: schema23.properties.deploy.properties.restart_policy.properties.condition.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err173];
                } else {
                  vErrors.push(err173);
                }
                errors++;
              }
            }
            if (data70.max_attempts !== void 0) {
              let data72 = data70.max_attempts;
              if (!(typeof data72 == "number" && (!(data72 % 1) && !isNaN(data72)) && isFinite(data72))) {
                const err174 = { instancePath: instancePath + "/deploy/restart_policy/max_attempts", schemaPath: "#/properties/deploy/properties/restart_policy/properties/max_attempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err174];
                } else {
                  vErrors.push(err174);
                }
                errors++;
              }
              if (typeof data72 == "number" && isFinite(data72)) {
                if (data72 < 0 || isNaN(data72)) {
                  const err175 = { instancePath: instancePath + "/deploy/restart_policy/max_attempts", schemaPath: "#/properties/deploy/properties/restart_policy/properties/max_attempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err175];
                  } else {
                    vErrors.push(err175);
                  }
                  errors++;
                }
              }
            }
            if (data70.delay !== void 0) {
              let data73 = data70.delay;
              const _errs320 = errors;
              let valid116 = false;
              const _errs321 = errors;
              if (!(typeof data73 == "number" && (!(data73 % 1) && !isNaN(data73)) && isFinite(data73))) {
                const err176 = { instancePath: instancePath + "/deploy/restart_policy/delay", schemaPath: "#/definitions/duration/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err176];
                } else {
                  vErrors.push(err176);
                }
                errors++;
              }
              if (typeof data73 == "number" && isFinite(data73)) {
                if (data73 < 0 || isNaN(data73)) {
                  const err177 = { instancePath: instancePath + "/deploy/restart_policy/delay", schemaPath: "#/definitions/duration/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err177];
                  } else {
                    vErrors.push(err177);
                  }
                  errors++;
                }
              }
              var _valid31 = _errs321 === errors;
              valid116 = valid116 || _valid31;
              if (!valid116) {
                const _errs323 = errors;
                if (typeof data73 === "string") {
                  if (!pattern39.test(data73)) {
                    const err178 = { instancePath: instancePath + "/deploy/restart_policy/delay", schemaPath: "#/definitions/duration/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$"' };
                    if (vErrors === null) {
                      vErrors = [err178];
                    } else {
                      vErrors.push(err178);
                    }
                    errors++;
                  }
                } else {
                  const err179 = { instancePath: instancePath + "/deploy/restart_policy/delay", schemaPath: "#/definitions/duration/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err179];
                  } else {
                    vErrors.push(err179);
                  }
                  errors++;
                }
                var _valid31 = _errs323 === errors;
                valid116 = valid116 || _valid31;
              }
              if (!valid116) {
                const err180 = { instancePath: instancePath + "/deploy/restart_policy/delay", schemaPath: "#/definitions/duration/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                if (vErrors === null) {
                  vErrors = [err180];
                } else {
                  vErrors.push(err180);
                }
                errors++;
              } else {
                errors = _errs320;
                if (vErrors !== null) {
                  if (_errs320) {
                    vErrors.length = _errs320;
                  } else {
                    vErrors = null;
                  }
                }
              }
            }
            if (data70.window !== void 0) {
              let data74 = data70.window;
              const _errs328 = errors;
              let valid119 = false;
              const _errs329 = errors;
              if (!(typeof data74 == "number" && (!(data74 % 1) && !isNaN(data74)) && isFinite(data74))) {
                const err181 = { instancePath: instancePath + "/deploy/restart_policy/window", schemaPath: "#/definitions/duration/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err181];
                } else {
                  vErrors.push(err181);
                }
                errors++;
              }
              if (typeof data74 == "number" && isFinite(data74)) {
                if (data74 < 0 || isNaN(data74)) {
                  const err182 = { instancePath: instancePath + "/deploy/restart_policy/window", schemaPath: "#/definitions/duration/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err182];
                  } else {
                    vErrors.push(err182);
                  }
                  errors++;
                }
              }
              var _valid32 = _errs329 === errors;
              valid119 = valid119 || _valid32;
              if (!valid119) {
                const _errs331 = errors;
                if (typeof data74 === "string") {
                  if (!pattern39.test(data74)) {
                    const err183 = { instancePath: instancePath + "/deploy/restart_policy/window", schemaPath: "#/definitions/duration/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$" }, message: 'must match pattern "^([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+$|^[0-9]+$"' };
                    if (vErrors === null) {
                      vErrors = [err183];
                    } else {
                      vErrors.push(err183);
                    }
                    errors++;
                  }
                } else {
                  const err184 = { instancePath: instancePath + "/deploy/restart_policy/window", schemaPath: "#/definitions/duration/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err184];
                  } else {
                    vErrors.push(err184);
                  }
                  errors++;
                }
                var _valid32 = _errs331 === errors;
                valid119 = valid119 || _valid32;
              }
              if (!valid119) {
                const err185 = { instancePath: instancePath + "/deploy/restart_policy/window", schemaPath: "#/definitions/duration/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                if (vErrors === null) {
                  vErrors = [err185];
                } else {
                  vErrors.push(err185);
                }
                errors++;
              } else {
                errors = _errs328;
                if (vErrors !== null) {
                  if (_errs328) {
                    vErrors.length = _errs328;
                  } else {
                    vErrors = null;
                  }
                }
              }
            }
          } else {
            const err186 = { instancePath: instancePath + "/deploy/restart_policy", schemaPath: "#/properties/deploy/properties/restart_policy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err186];
            } else {
              vErrors.push(err186);
            }
            errors++;
          }
        }
        if (data59.labels !== void 0) {
          let data75 = data59.labels;
          const _errs336 = errors;
          let valid122 = false;
          const _errs337 = errors;
          if (!(data75 && typeof data75 == "object" && !Array.isArray(data75)) && data75 !== null) {
            const err187 = { instancePath: instancePath + "/deploy/labels", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
            if (vErrors === null) {
              vErrors = [err187];
            } else {
              vErrors.push(err187);
            }
            errors++;
          }
          if (data75 && typeof data75 == "object" && !Array.isArray(data75)) {
            for (const key13 in data75) {
              let data76 = data75[key13];
              if (typeof data76 !== "string" && !(typeof data76 == "number" && isFinite(data76)) && typeof data76 !== "boolean" && data76 !== null) {
                const err188 = { instancePath: instancePath + "/deploy/labels/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
                if (vErrors === null) {
                  vErrors = [err188];
                } else {
                  vErrors.push(err188);
                }
                errors++;
              }
            }
          }
          var _valid33 = _errs337 === errors;
          valid122 = valid122 || _valid33;
          if (!valid122) {
            const _errs342 = errors;
            if (Array.isArray(data75)) {
              const len16 = data75.length;
              for (let i16 = 0; i16 < len16; i16++) {
                if (typeof data75[i16] !== "string") {
                  const err189 = { instancePath: instancePath + "/deploy/labels/" + i16, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err189];
                  } else {
                    vErrors.push(err189);
                  }
                  errors++;
                }
              }
            } else {
              const err190 = { instancePath: instancePath + "/deploy/labels", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
              if (vErrors === null) {
                vErrors = [err190];
              } else {
                vErrors.push(err190);
              }
              errors++;
            }
            var _valid33 = _errs342 === errors;
            valid122 = valid122 || _valid33;
          }
          if (!valid122) {
            const err191 = { instancePath: instancePath + "/deploy/labels", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err191];
            } else {
              vErrors.push(err191);
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
      } else {
        const err192 = { instancePath: instancePath + "/deploy", schemaPath: "#/properties/deploy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err192];
        } else {
          vErrors.push(err192);
        }
        errors++;
      }
    }
    if (data.cap_add !== void 0) {
      let data78 = data.cap_add;
      if (Array.isArray(data78)) {
        const len17 = data78.length;
        for (let i17 = 0; i17 < len17; i17++) {
          if (typeof data78[i17] !== "string") {
            const err193 = { instancePath: instancePath + "/cap_add/" + i17, schemaPath: "#/properties/cap_add/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err193];
            } else {
              vErrors.push(err193);
            }
            errors++;
          }
        }
      } else {
        const err194 = { instancePath: instancePath + "/cap_add", schemaPath: "#/properties/cap_add/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err194];
        } else {
          vErrors.push(err194);
        }
        errors++;
      }
    }
    if (data.cap_drop !== void 0) {
      let data80 = data.cap_drop;
      if (Array.isArray(data80)) {
        const len18 = data80.length;
        for (let i18 = 0; i18 < len18; i18++) {
          if (typeof data80[i18] !== "string") {
            const err195 = { instancePath: instancePath + "/cap_drop/" + i18, schemaPath: "#/properties/cap_drop/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err195];
            } else {
              vErrors.push(err195);
            }
            errors++;
          }
        }
      } else {
        const err196 = { instancePath: instancePath + "/cap_drop", schemaPath: "#/properties/cap_drop/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err196];
        } else {
          vErrors.push(err196);
        }
        errors++;
      }
    }
    if (data.security_opt !== void 0) {
      let data82 = data.security_opt;
      if (Array.isArray(data82)) {
        const len19 = data82.length;
        for (let i19 = 0; i19 < len19; i19++) {
          if (typeof data82[i19] !== "string") {
            const err197 = { instancePath: instancePath + "/security_opt/" + i19, schemaPath: "#/properties/security_opt/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err197];
            } else {
              vErrors.push(err197);
            }
            errors++;
          }
        }
      } else {
        const err198 = { instancePath: instancePath + "/security_opt", schemaPath: "#/properties/security_opt/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err198];
        } else {
          vErrors.push(err198);
        }
        errors++;
      }
    }
    if (data.read_only !== void 0) {
      if (typeof data.read_only !== "boolean") {
        const err199 = { instancePath: instancePath + "/read_only", schemaPath: "#/properties/read_only/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err199];
        } else {
          vErrors.push(err199);
        }
        errors++;
      }
    }
    if (data.privileged !== void 0) {
      if (typeof data.privileged !== "boolean") {
        const err200 = { instancePath: instancePath + "/privileged", schemaPath: "#/properties/privileged/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err200];
        } else {
          vErrors.push(err200);
        }
        errors++;
      }
    }
    if (data.devices !== void 0) {
      let data86 = data.devices;
      if (Array.isArray(data86)) {
        const len20 = data86.length;
        for (let i20 = 0; i20 < len20; i20++) {
          let data87 = data86[i20];
          const _errs366 = errors;
          let valid135 = false;
          const _errs367 = errors;
          if (typeof data87 !== "string") {
            const err201 = { instancePath: instancePath + "/devices/" + i20, schemaPath: "#/definitions/device/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err201];
            } else {
              vErrors.push(err201);
            }
            errors++;
          }
          var _valid34 = _errs367 === errors;
          valid135 = valid135 || _valid34;
          if (!valid135) {
            const _errs369 = errors;
            if (data87 && typeof data87 == "object" && !Array.isArray(data87)) {
              if (data87.source === void 0) {
                const err202 = { instancePath: instancePath + "/devices/" + i20, schemaPath: "#/definitions/device/anyOf/1/required", keyword: "required", params: { missingProperty: "source" }, message: "must have required property 'source'" };
                if (vErrors === null) {
                  vErrors = [err202];
                } else {
                  vErrors.push(err202);
                }
                errors++;
              }
              for (const key14 in data87) {
                if (!(key14 === "source" || key14 === "target" || key14 === "permissions")) {
                  const err203 = { instancePath: instancePath + "/devices/" + i20, schemaPath: "#/definitions/device/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err203];
                  } else {
                    vErrors.push(err203);
                  }
                  errors++;
                }
              }
              if (data87.source !== void 0) {
                if (typeof data87.source !== "string") {
                  const err204 = { instancePath: instancePath + "/devices/" + i20 + "/source", schemaPath: "#/definitions/device/anyOf/1/properties/source/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err204];
                  } else {
                    vErrors.push(err204);
                  }
                  errors++;
                }
              }
              if (data87.target !== void 0) {
                if (typeof data87.target !== "string") {
                  const err205 = { instancePath: instancePath + "/devices/" + i20 + "/target", schemaPath: "#/definitions/device/anyOf/1/properties/target/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err205];
                  } else {
                    vErrors.push(err205);
                  }
                  errors++;
                }
              }
              if (data87.permissions !== void 0) {
                let data90 = data87.permissions;
                if (typeof data90 === "string") {
                  if (!pattern58.test(data90)) {
                    const err206 = { instancePath: instancePath + "/devices/" + i20 + "/permissions", schemaPath: "#/definitions/device/anyOf/1/properties/permissions/pattern", keyword: "pattern", params: { pattern: "^[rwm]{1,3}$" }, message: 'must match pattern "^[rwm]{1,3}$"' };
                    if (vErrors === null) {
                      vErrors = [err206];
                    } else {
                      vErrors.push(err206);
                    }
                    errors++;
                  }
                } else {
                  const err207 = { instancePath: instancePath + "/devices/" + i20 + "/permissions", schemaPath: "#/definitions/device/anyOf/1/properties/permissions/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err207];
                  } else {
                    vErrors.push(err207);
                  }
                  errors++;
                }
              }
            } else {
              const err208 = { instancePath: instancePath + "/devices/" + i20, schemaPath: "#/definitions/device/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err208];
              } else {
                vErrors.push(err208);
              }
              errors++;
            }
            var _valid34 = _errs369 === errors;
            valid135 = valid135 || _valid34;
          }
          if (!valid135) {
            const err209 = { instancePath: instancePath + "/devices/" + i20, schemaPath: "#/definitions/device/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err209];
            } else {
              vErrors.push(err209);
            }
            errors++;
          } else {
            errors = _errs366;
            if (vErrors !== null) {
              if (_errs366) {
                vErrors.length = _errs366;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err210 = { instancePath: instancePath + "/devices", schemaPath: "#/properties/devices/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err210];
        } else {
          vErrors.push(err210);
        }
        errors++;
      }
    }
    if (data.ulimits !== void 0) {
      let data91 = data.ulimits;
      if (data91 && typeof data91 == "object" && !Array.isArray(data91)) {
        for (const key15 in data91) {
          let data92 = data91[key15];
          const _errs382 = errors;
          let valid138 = false;
          const _errs383 = errors;
          if (!(typeof data92 == "number" && (!(data92 % 1) && !isNaN(data92)) && isFinite(data92))) {
            const err211 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
            if (vErrors === null) {
              vErrors = [err211];
            } else {
              vErrors.push(err211);
            }
            errors++;
          }
          if (typeof data92 == "number" && isFinite(data92)) {
            if (data92 < -1 || isNaN(data92)) {
              const err212 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
              if (vErrors === null) {
                vErrors = [err212];
              } else {
                vErrors.push(err212);
              }
              errors++;
            }
          }
          var _valid35 = _errs383 === errors;
          valid138 = valid138 || _valid35;
          if (!valid138) {
            const _errs385 = errors;
            if (data92 && typeof data92 == "object" && !Array.isArray(data92)) {
              if (data92.soft === void 0) {
                const err213 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/required", keyword: "required", params: { missingProperty: "soft" }, message: "must have required property 'soft'" };
                if (vErrors === null) {
                  vErrors = [err213];
                } else {
                  vErrors.push(err213);
                }
                errors++;
              }
              if (data92.hard === void 0) {
                const err214 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/required", keyword: "required", params: { missingProperty: "hard" }, message: "must have required property 'hard'" };
                if (vErrors === null) {
                  vErrors = [err214];
                } else {
                  vErrors.push(err214);
                }
                errors++;
              }
              for (const key16 in data92) {
                if (!(key16 === "soft" || key16 === "hard")) {
                  const err215 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err215];
                  } else {
                    vErrors.push(err215);
                  }
                  errors++;
                }
              }
              if (data92.soft !== void 0) {
                let data93 = data92.soft;
                if (!(typeof data93 == "number" && (!(data93 % 1) && !isNaN(data93)) && isFinite(data93))) {
                  const err216 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1") + "/soft", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/soft/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                  if (vErrors === null) {
                    vErrors = [err216];
                  } else {
                    vErrors.push(err216);
                  }
                  errors++;
                }
                if (typeof data93 == "number" && isFinite(data93)) {
                  if (data93 < -1 || isNaN(data93)) {
                    const err217 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1") + "/soft", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/soft/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                    if (vErrors === null) {
                      vErrors = [err217];
                    } else {
                      vErrors.push(err217);
                    }
                    errors++;
                  }
                }
              }
              if (data92.hard !== void 0) {
                let data94 = data92.hard;
                if (!(typeof data94 == "number" && (!(data94 % 1) && !isNaN(data94)) && isFinite(data94))) {
                  const err218 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1") + "/hard", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/hard/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                  if (vErrors === null) {
                    vErrors = [err218];
                  } else {
                    vErrors.push(err218);
                  }
                  errors++;
                }
                if (typeof data94 == "number" && isFinite(data94)) {
                  if (data94 < -1 || isNaN(data94)) {
                    const err219 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1") + "/hard", schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/properties/hard/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                    if (vErrors === null) {
                      vErrors = [err219];
                    } else {
                      vErrors.push(err219);
                    }
                    errors++;
                  }
                }
              }
            } else {
              const err220 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err220];
              } else {
                vErrors.push(err220);
              }
              errors++;
            }
            var _valid35 = _errs385 === errors;
            valid138 = valid138 || _valid35;
          }
          if (!valid138) {
            const err221 = { instancePath: instancePath + "/ulimits/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/ulimits/additionalProperties/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err221];
            } else {
              vErrors.push(err221);
            }
            errors++;
          } else {
            errors = _errs382;
            if (vErrors !== null) {
              if (_errs382) {
                vErrors.length = _errs382;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err222 = { instancePath: instancePath + "/ulimits", schemaPath: "#/properties/ulimits/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err222];
        } else {
          vErrors.push(err222);
        }
        errors++;
      }
    }
    if (data.sysctls !== void 0) {
      let data95 = data.sysctls;
      const _errs395 = errors;
      let valid142 = false;
      const _errs396 = errors;
      if (!(data95 && typeof data95 == "object" && !Array.isArray(data95)) && data95 !== null) {
        const err223 = { instancePath: instancePath + "/sysctls", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err223];
        } else {
          vErrors.push(err223);
        }
        errors++;
      }
      if (data95 && typeof data95 == "object" && !Array.isArray(data95)) {
        for (const key17 in data95) {
          let data96 = data95[key17];
          if (typeof data96 !== "string" && !(typeof data96 == "number" && isFinite(data96)) && typeof data96 !== "boolean" && data96 !== null) {
            const err224 = { instancePath: instancePath + "/sysctls/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err224];
            } else {
              vErrors.push(err224);
            }
            errors++;
          }
        }
      }
      var _valid36 = _errs396 === errors;
      valid142 = valid142 || _valid36;
      if (!valid142) {
        const _errs401 = errors;
        if (Array.isArray(data95)) {
          const len21 = data95.length;
          for (let i21 = 0; i21 < len21; i21++) {
            if (typeof data95[i21] !== "string") {
              const err225 = { instancePath: instancePath + "/sysctls/" + i21, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err225];
              } else {
                vErrors.push(err225);
              }
              errors++;
            }
          }
        } else {
          const err226 = { instancePath: instancePath + "/sysctls", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err226];
          } else {
            vErrors.push(err226);
          }
          errors++;
        }
        var _valid36 = _errs401 === errors;
        valid142 = valid142 || _valid36;
      }
      if (!valid142) {
        const err227 = { instancePath: instancePath + "/sysctls", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err227];
        } else {
          vErrors.push(err227);
        }
        errors++;
      } else {
        errors = _errs395;
        if (vErrors !== null) {
          if (_errs395) {
            vErrors.length = _errs395;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.shm_size !== void 0) {
      let data98 = data.shm_size;
      const _errs408 = errors;
      let valid148 = false;
      const _errs409 = errors;
      if (!(typeof data98 == "number" && (!(data98 % 1) && !isNaN(data98)) && isFinite(data98))) {
        const err228 = { instancePath: instancePath + "/shm_size", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
        if (vErrors === null) {
          vErrors = [err228];
        } else {
          vErrors.push(err228);
        }
        errors++;
      }
      if (typeof data98 == "number" && isFinite(data98)) {
        if (data98 < -1 || isNaN(data98)) {
          const err229 = { instancePath: instancePath + "/shm_size", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
          if (vErrors === null) {
            vErrors = [err229];
          } else {
            vErrors.push(err229);
          }
          errors++;
        }
      }
      var _valid37 = _errs409 === errors;
      valid148 = valid148 || _valid37;
      if (!valid148) {
        const _errs411 = errors;
        if (typeof data98 === "string") {
          if (!pattern33.test(data98)) {
            const err230 = { instancePath: instancePath + "/shm_size", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
            if (vErrors === null) {
              vErrors = [err230];
            } else {
              vErrors.push(err230);
            }
            errors++;
          }
        } else {
          const err231 = { instancePath: instancePath + "/shm_size", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
          if (vErrors === null) {
            vErrors = [err231];
          } else {
            vErrors.push(err231);
          }
          errors++;
        }
        var _valid37 = _errs411 === errors;
        valid148 = valid148 || _valid37;
      }
      if (!valid148) {
        const err232 = { instancePath: instancePath + "/shm_size", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err232];
        } else {
          vErrors.push(err232);
        }
        errors++;
      } else {
        errors = _errs408;
        if (vErrors !== null) {
          if (_errs408) {
            vErrors.length = _errs408;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.init !== void 0) {
      if (typeof data.init !== "boolean") {
        const err233 = { instancePath: instancePath + "/init", schemaPath: "#/properties/init/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err233];
        } else {
          vErrors.push(err233);
        }
        errors++;
      }
    }
    if (data.tty !== void 0) {
      if (typeof data.tty !== "boolean") {
        const err234 = { instancePath: instancePath + "/tty", schemaPath: "#/properties/tty/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err234];
        } else {
          vErrors.push(err234);
        }
        errors++;
      }
    }
    if (data.stdin_open !== void 0) {
      if (typeof data.stdin_open !== "boolean") {
        const err235 = { instancePath: instancePath + "/stdin_open", schemaPath: "#/properties/stdin_open/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err235];
        } else {
          vErrors.push(err235);
        }
        errors++;
      }
    }
    if (data.keep_alive !== void 0) {
      if (typeof data.keep_alive !== "boolean") {
        const err236 = { instancePath: instancePath + "/keep_alive", schemaPath: "#/properties/keep_alive/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
        if (vErrors === null) {
          vErrors = [err236];
        } else {
          vErrors.push(err236);
        }
        errors++;
      }
    }
    if (data.labels !== void 0) {
      let data103 = data.labels;
      const _errs424 = errors;
      let valid151 = false;
      const _errs425 = errors;
      if (!(data103 && typeof data103 == "object" && !Array.isArray(data103)) && data103 !== null) {
        const err237 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err237];
        } else {
          vErrors.push(err237);
        }
        errors++;
      }
      if (data103 && typeof data103 == "object" && !Array.isArray(data103)) {
        for (const key18 in data103) {
          let data104 = data103[key18];
          if (typeof data104 !== "string" && !(typeof data104 == "number" && isFinite(data104)) && typeof data104 !== "boolean" && data104 !== null) {
            const err238 = { instancePath: instancePath + "/labels/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err238];
            } else {
              vErrors.push(err238);
            }
            errors++;
          }
        }
      }
      var _valid38 = _errs425 === errors;
      valid151 = valid151 || _valid38;
      if (!valid151) {
        const _errs430 = errors;
        if (Array.isArray(data103)) {
          const len22 = data103.length;
          for (let i22 = 0; i22 < len22; i22++) {
            if (typeof data103[i22] !== "string") {
              const err239 = { instancePath: instancePath + "/labels/" + i22, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err239];
              } else {
                vErrors.push(err239);
              }
              errors++;
            }
          }
        } else {
          const err240 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err240];
          } else {
            vErrors.push(err240);
          }
          errors++;
        }
        var _valid38 = _errs430 === errors;
        valid151 = valid151 || _valid38;
      }
      if (!valid151) {
        const err241 = { instancePath: instancePath + "/labels", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err241];
        } else {
          vErrors.push(err241);
        }
        errors++;
      } else {
        errors = _errs424;
        if (vErrors !== null) {
          if (_errs424) {
            vErrors.length = _errs424;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.annotations !== void 0) {
      let data106 = data.annotations;
      const _errs437 = errors;
      let valid157 = false;
      const _errs438 = errors;
      if (!(data106 && typeof data106 == "object" && !Array.isArray(data106)) && data106 !== null) {
        const err242 = { instancePath: instancePath + "/annotations", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err242];
        } else {
          vErrors.push(err242);
        }
        errors++;
      }
      if (data106 && typeof data106 == "object" && !Array.isArray(data106)) {
        for (const key19 in data106) {
          let data107 = data106[key19];
          if (typeof data107 !== "string" && !(typeof data107 == "number" && isFinite(data107)) && typeof data107 !== "boolean" && data107 !== null) {
            const err243 = { instancePath: instancePath + "/annotations/" + key19.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
            if (vErrors === null) {
              vErrors = [err243];
            } else {
              vErrors.push(err243);
            }
            errors++;
          }
        }
      }
      var _valid39 = _errs438 === errors;
      valid157 = valid157 || _valid39;
      if (!valid157) {
        const _errs443 = errors;
        if (Array.isArray(data106)) {
          const len23 = data106.length;
          for (let i23 = 0; i23 < len23; i23++) {
            if (typeof data106[i23] !== "string") {
              const err244 = { instancePath: instancePath + "/annotations/" + i23, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err244];
              } else {
                vErrors.push(err244);
              }
              errors++;
            }
          }
        } else {
          const err245 = { instancePath: instancePath + "/annotations", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
          if (vErrors === null) {
            vErrors = [err245];
          } else {
            vErrors.push(err245);
          }
          errors++;
        }
        var _valid39 = _errs443 === errors;
        valid157 = valid157 || _valid39;
      }
      if (!valid157) {
        const err246 = { instancePath: instancePath + "/annotations", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err246];
        } else {
          vErrors.push(err246);
        }
        errors++;
      } else {
        errors = _errs437;
        if (vErrors !== null) {
          if (_errs437) {
            vErrors.length = _errs437;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.configs !== void 0) {
      let data109 = data.configs;
      if (Array.isArray(data109)) {
        const len24 = data109.length;
        for (let i24 = 0; i24 < len24; i24++) {
          if (!validate25(data109[i24], { instancePath: instancePath + "/configs/" + i24, parentData: data109, parentDataProperty: i24, rootData })) {
            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err247 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err247];
        } else {
          vErrors.push(err247);
        }
        errors++;
      }
    }
    if (data.secrets !== void 0) {
      let data111 = data.secrets;
      if (Array.isArray(data111)) {
        const len25 = data111.length;
        for (let i25 = 0; i25 < len25; i25++) {
          if (!validate25(data111[i25], { instancePath: instancePath + "/secrets/" + i25, parentData: data111, parentDataProperty: i25, rootData })) {
            vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err248 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err248];
        } else {
          vErrors.push(err248);
        }
        errors++;
      }
    }
    if (data.profiles !== void 0) {
      let data113 = data.profiles;
      if (Array.isArray(data113)) {
        const len26 = data113.length;
        for (let i26 = 0; i26 < len26; i26++) {
          let data114 = data113[i26];
          if (typeof data114 === "string") {
            if (!pattern35.test(data114)) {
              const err249 = { instancePath: instancePath + "/profiles/" + i26, schemaPath: "#/properties/profiles/items/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"' };
              if (vErrors === null) {
                vErrors = [err249];
              } else {
                vErrors.push(err249);
              }
              errors++;
            }
          } else {
            const err250 = { instancePath: instancePath + "/profiles/" + i26, schemaPath: "#/properties/profiles/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err250];
            } else {
              vErrors.push(err250);
            }
            errors++;
          }
        }
      } else {
        const err251 = { instancePath: instancePath + "/profiles", schemaPath: "#/properties/profiles/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err251];
        } else {
          vErrors.push(err251);
        }
        errors++;
      }
    }
    if (data.extends !== void 0) {
      let data115 = data.extends;
      const _errs458 = errors;
      let valid167 = false;
      const _errs459 = errors;
      if (typeof data115 !== "string") {
        const err252 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err252];
        } else {
          vErrors.push(err252);
        }
        errors++;
      }
      var _valid40 = _errs459 === errors;
      valid167 = valid167 || _valid40;
      if (!valid167) {
        const _errs461 = errors;
        if (data115 && typeof data115 == "object" && !Array.isArray(data115)) {
          if (data115.service === void 0) {
            const err253 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/1/required", keyword: "required", params: { missingProperty: "service" }, message: "must have required property 'service'" };
            if (vErrors === null) {
              vErrors = [err253];
            } else {
              vErrors.push(err253);
            }
            errors++;
          }
          for (const key20 in data115) {
            if (!(key20 === "service" || key20 === "file")) {
              const err254 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key20 }, message: "must NOT have additional properties" };
              if (vErrors === null) {
                vErrors = [err254];
              } else {
                vErrors.push(err254);
              }
              errors++;
            }
          }
          if (data115.service !== void 0) {
            if (typeof data115.service !== "string") {
              const err255 = { instancePath: instancePath + "/extends/service", schemaPath: "#/properties/extends/anyOf/1/properties/service/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err255];
              } else {
                vErrors.push(err255);
              }
              errors++;
            }
          }
          if (data115.file !== void 0) {
            if (typeof data115.file !== "string") {
              const err256 = { instancePath: instancePath + "/extends/file", schemaPath: "#/properties/extends/anyOf/1/properties/file/type", keyword: "type", params: { type: "string" }, message: "must be string" };
              if (vErrors === null) {
                vErrors = [err256];
              } else {
                vErrors.push(err256);
              }
              errors++;
            }
          }
        } else {
          const err257 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
          if (vErrors === null) {
            vErrors = [err257];
          } else {
            vErrors.push(err257);
          }
          errors++;
        }
        var _valid40 = _errs461 === errors;
        valid167 = valid167 || _valid40;
      }
      if (!valid167) {
        const err258 = { instancePath: instancePath + "/extends", schemaPath: "#/properties/extends/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
        if (vErrors === null) {
          vErrors = [err258];
        } else {
          vErrors.push(err258);
        }
        errors++;
      } else {
        errors = _errs458;
        if (vErrors !== null) {
          if (_errs458) {
            vErrors.length = _errs458;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.pull_policy !== void 0) {
      let data118 = data.pull_policy;
      if (!(data118 === "always" || data118 === "missing" || data118 === "if_not_present" || data118 === "never")) {
        const err259 = { instancePath: instancePath + "/pull_policy", schemaPath: "#/properties/pull_policy/enum", keyword: "enum", params: { allowedValues: schema23.properties.pull_policy.enum }, message: "must be equal to one of the allowed values" };
        if (vErrors === null) {
          vErrors = [err259];
        } else {
          vErrors.push(err259);
        }
        errors++;
      }
    }
    if (data.logging !== void 0) {
      let data119 = data.logging;
      if (data119 && typeof data119 == "object" && !Array.isArray(data119)) {
        for (const key21 in data119) {
          if (!(key21 === "driver" || key21 === "options")) {
            const err260 = { instancePath: instancePath + "/logging", schemaPath: "#/properties/logging/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key21 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err260];
            } else {
              vErrors.push(err260);
            }
            errors++;
          }
        }
        if (data119.driver !== void 0) {
          let data120 = data119.driver;
          if (!(data120 === "k8s-file" || data120 === "json-file" || data120 === "local" || data120 === "none")) {
            const err261 = { instancePath: instancePath + "/logging/driver", schemaPath: "#/properties/logging/properties/driver/enum", keyword: "enum", params: { allowedValues: schema23.properties.logging.properties.driver.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err261];
            } else {
              vErrors.push(err261);
            }
            errors++;
          }
        }
        if (data119.options !== void 0) {
          let data121 = data119.options;
          if (data121 && typeof data121 == "object" && !Array.isArray(data121)) {
            for (const key22 in data121) {
              if (!(key22 === "max-size" || key22 === "max-file")) {
                const err262 = { instancePath: instancePath + "/logging/options", schemaPath: "#/properties/logging/properties/options/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key22 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err262];
                } else {
                  vErrors.push(err262);
                }
                errors++;
              }
            }
            if (data121["max-size"] !== void 0) {
              let data122 = data121["max-size"];
              const _errs479 = errors;
              let valid173 = false;
              const _errs480 = errors;
              if (!(typeof data122 == "number" && (!(data122 % 1) && !isNaN(data122)) && isFinite(data122))) {
                const err263 = { instancePath: instancePath + "/logging/options/max-size", schemaPath: "#/definitions/size/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err263];
                } else {
                  vErrors.push(err263);
                }
                errors++;
              }
              if (typeof data122 == "number" && isFinite(data122)) {
                if (data122 < -1 || isNaN(data122)) {
                  const err264 = { instancePath: instancePath + "/logging/options/max-size", schemaPath: "#/definitions/size/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: -1 }, message: "must be >= -1" };
                  if (vErrors === null) {
                    vErrors = [err264];
                  } else {
                    vErrors.push(err264);
                  }
                  errors++;
                }
              }
              var _valid41 = _errs480 === errors;
              valid173 = valid173 || _valid41;
              if (!valid173) {
                const _errs482 = errors;
                if (typeof data122 === "string") {
                  if (!pattern33.test(data122)) {
                    const err265 = { instancePath: instancePath + "/logging/options/max-size", schemaPath: "#/definitions/size/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$" }, message: 'must match pattern "^-?[0-9]+(\\.[0-9]+)?\\s*([bBkKmMgGtT]([iI]?[bB])?)?$"' };
                    if (vErrors === null) {
                      vErrors = [err265];
                    } else {
                      vErrors.push(err265);
                    }
                    errors++;
                  }
                } else {
                  const err266 = { instancePath: instancePath + "/logging/options/max-size", schemaPath: "#/definitions/size/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err266];
                  } else {
                    vErrors.push(err266);
                  }
                  errors++;
                }
                var _valid41 = _errs482 === errors;
                valid173 = valid173 || _valid41;
              }
              if (!valid173) {
                const err267 = { instancePath: instancePath + "/logging/options/max-size", schemaPath: "#/definitions/size/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                if (vErrors === null) {
                  vErrors = [err267];
                } else {
                  vErrors.push(err267);
                }
                errors++;
              } else {
                errors = _errs479;
                if (vErrors !== null) {
                  if (_errs479) {
                    vErrors.length = _errs479;
                  } else {
                    vErrors = null;
                  }
                }
              }
            }
            if (data121["max-file"] !== void 0) {
              let data123 = data121["max-file"];
              const _errs487 = errors;
              let valid176 = false;
              const _errs488 = errors;
              if (!(typeof data123 == "number" && (!(data123 % 1) && !isNaN(data123)) && isFinite(data123))) {
                const err268 = { instancePath: instancePath + "/logging/options/max-file", schemaPath: "#/definitions/integerOrText/anyOf/0/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err268];
                } else {
                  vErrors.push(err268);
                }
                errors++;
              }
              var _valid42 = _errs488 === errors;
              valid176 = valid176 || _valid42;
              if (!valid176) {
                const _errs490 = errors;
                if (typeof data123 === "string") {
                  if (!pattern32.test(data123)) {
                    const err269 = { instancePath: instancePath + "/logging/options/max-file", schemaPath: "#/definitions/integerOrText/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^-?[0-9]+$" }, message: 'must match pattern "^-?[0-9]+$"' };
                    if (vErrors === null) {
                      vErrors = [err269];
                    } else {
                      vErrors.push(err269);
                    }
                    errors++;
                  }
                } else {
                  const err270 = { instancePath: instancePath + "/logging/options/max-file", schemaPath: "#/definitions/integerOrText/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err270];
                  } else {
                    vErrors.push(err270);
                  }
                  errors++;
                }
                var _valid42 = _errs490 === errors;
                valid176 = valid176 || _valid42;
              }
              if (!valid176) {
                const err271 = { instancePath: instancePath + "/logging/options/max-file", schemaPath: "#/definitions/integerOrText/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
                if (vErrors === null) {
                  vErrors = [err271];
                } else {
                  vErrors.push(err271);
                }
                errors++;
              } else {
                errors = _errs487;
                if (vErrors !== null) {
                  if (_errs487) {
                    vErrors.length = _errs487;
                  } else {
                    vErrors = null;
                  }
                }
              }
            }
          } else {
            const err272 = { instancePath: instancePath + "/logging/options", schemaPath: "#/properties/logging/properties/options/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err272];
            } else {
              vErrors.push(err272);
            }
            errors++;
          }
        }
      } else {
        const err273 = { instancePath: instancePath + "/logging", schemaPath: "#/properties/logging/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err273];
        } else {
          vErrors.push(err273);
        }
        errors++;
      }
    }
  } else {
    const err274 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err274];
    } else {
      vErrors.push(err274);
    }
    errors++;
  }
  validate20.errors = vErrors;
  return errors === 0;
}
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
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
      if (!(func2.call(schema11.properties, key0) || pattern0.test(key0))) {
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
        const err5 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema11.properties.kind.enum }, message: "must be equal to one of the allowed values" };
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
          let data4 = data2.labels;
          const _errs12 = errors;
          let valid4 = false;
          const _errs13 = errors;
          if (!(data4 && typeof data4 == "object" && !Array.isArray(data4)) && data4 !== null) {
            const err10 = { instancePath: instancePath + "/metadata/labels", schemaPath: "#/definitions/keyValues/anyOf/0/type", keyword: "type", params: { type: schema12.anyOf[0].type }, message: "must be object,null" };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
            for (const key2 in data4) {
              let data5 = data4[key2];
              if (typeof data5 !== "string" && !(typeof data5 == "number" && isFinite(data5)) && typeof data5 !== "boolean" && data5 !== null) {
                const err11 = { instancePath: instancePath + "/metadata/labels/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/keyValues/anyOf/0/additionalProperties/type", keyword: "type", params: { type: schema12.anyOf[0].additionalProperties.type }, message: "must be string,number,boolean,null" };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
              }
            }
          }
          var _valid0 = _errs13 === errors;
          valid4 = valid4 || _valid0;
          if (!valid4) {
            const _errs18 = errors;
            if (Array.isArray(data4)) {
              const len0 = data4.length;
              for (let i0 = 0; i0 < len0; i0++) {
                if (typeof data4[i0] !== "string") {
                  const err12 = { instancePath: instancePath + "/metadata/labels/" + i0, schemaPath: "#/definitions/keyValues/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
              }
            } else {
              const err13 = { instancePath: instancePath + "/metadata/labels", schemaPath: "#/definitions/keyValues/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array" };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
            var _valid0 = _errs18 === errors;
            valid4 = valid4 || _valid0;
          }
          if (!valid4) {
            const err14 = { instancePath: instancePath + "/metadata/labels", schemaPath: "#/definitions/keyValues/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          } else {
            errors = _errs12;
            if (vErrors !== null) {
              if (_errs12) {
                vErrors.length = _errs12;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err15 = { instancePath: instancePath + "/metadata", schemaPath: "#/properties/metadata/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.include !== void 0) {
      let data7 = data.include;
      if (Array.isArray(data7)) {
        const len1 = data7.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data8 = data7[i1];
          const _errs25 = errors;
          let valid10 = false;
          const _errs26 = errors;
          if (typeof data8 !== "string") {
            const err16 = { instancePath: instancePath + "/include/" + i1, schemaPath: "#/properties/include/items/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
          var _valid1 = _errs26 === errors;
          valid10 = valid10 || _valid1;
          if (!valid10) {
            const _errs28 = errors;
            if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
              if (data8.path === void 0) {
                const err17 = { instancePath: instancePath + "/include/" + i1, schemaPath: "#/properties/include/items/anyOf/1/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'" };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
              for (const key3 in data8) {
                if (!(key3 === "path")) {
                  const err18 = { instancePath: instancePath + "/include/" + i1, schemaPath: "#/properties/include/items/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
              }
              if (data8.path !== void 0) {
                if (typeof data8.path !== "string") {
                  const err19 = { instancePath: instancePath + "/include/" + i1 + "/path", schemaPath: "#/properties/include/items/anyOf/1/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
              }
            } else {
              const err20 = { instancePath: instancePath + "/include/" + i1, schemaPath: "#/properties/include/items/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
            var _valid1 = _errs28 === errors;
            valid10 = valid10 || _valid1;
          }
          if (!valid10) {
            const err21 = { instancePath: instancePath + "/include/" + i1, schemaPath: "#/properties/include/items/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf" };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          } else {
            errors = _errs25;
            if (vErrors !== null) {
              if (_errs25) {
                vErrors.length = _errs25;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err22 = { instancePath: instancePath + "/include", schemaPath: "#/properties/include/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.variables !== void 0) {
      let data10 = data.variables;
      if (!(data10 && typeof data10 == "object" && !Array.isArray(data10)) && data10 !== null) {
        const err23 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/type", keyword: "type", params: { type: schema11.properties.variables.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
      if (data10 && typeof data10 == "object" && !Array.isArray(data10)) {
        for (const key4 in data10) {
          const _errs35 = errors;
          const _errs36 = errors;
          let valid13 = false;
          const _errs37 = errors;
          if (typeof key4 === "string") {
            if (!pattern2.test(key4)) {
              const err24 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z_][a-zA-Z0-9_]*$" }, message: 'must match pattern "^[a-zA-Z_][a-zA-Z0-9_]*$"', propertyName: key4 };
              if (vErrors === null) {
                vErrors = [err24];
              } else {
                vErrors.push(err24);
              }
              errors++;
            }
          }
          var _valid2 = _errs37 === errors;
          valid13 = valid13 || _valid2;
          if (!valid13) {
            const _errs38 = errors;
            if (typeof key4 === "string") {
              if (!pattern0.test(key4)) {
                const err25 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key4 };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
            }
            var _valid2 = _errs38 === errors;
            valid13 = valid13 || _valid2;
          }
          if (!valid13) {
            const err26 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key4 };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          } else {
            errors = _errs36;
            if (vErrors !== null) {
              if (_errs36) {
                vErrors.length = _errs36;
              } else {
                vErrors = null;
              }
            }
          }
          var valid12 = _errs35 === errors;
          if (!valid12) {
            const err27 = { instancePath: instancePath + "/variables", schemaPath: "#/properties/variables/propertyNames", keyword: "propertyNames", params: { propertyName: key4 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        for (const key5 in data10) {
          if (!pattern0.test(key5)) {
            let data11 = data10[key5];
            if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
              for (const key6 in data11) {
                if (!(func2.call(schema13.properties, key6) || pattern0.test(key6))) {
                  const err28 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/variable/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties" };
                  if (vErrors === null) {
                    vErrors = [err28];
                  } else {
                    vErrors.push(err28);
                  }
                  errors++;
                }
              }
              if (data11.type !== void 0) {
                let data12 = data11.type;
                if (!(data12 === "string" || data12 === "int" || data12 === "number" || data12 === "bool" || data12 === "list")) {
                  const err29 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/type", schemaPath: "#/definitions/variable/properties/type/enum", keyword: "enum", params: { allowedValues: schema13.properties.type.enum }, message: "must be equal to one of the allowed values" };
                  if (vErrors === null) {
                    vErrors = [err29];
                  } else {
                    vErrors.push(err29);
                  }
                  errors++;
                }
              }
              if (data11.env !== void 0) {
                if (typeof data11.env !== "string") {
                  const err30 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/env", schemaPath: "#/definitions/variable/properties/env/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err30];
                  } else {
                    vErrors.push(err30);
                  }
                  errors++;
                }
              }
              if (data11.description !== void 0) {
                if (typeof data11.description !== "string") {
                  const err31 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/description", schemaPath: "#/definitions/variable/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err31];
                  } else {
                    vErrors.push(err31);
                  }
                  errors++;
                }
              }
              if (data11.enum !== void 0) {
                if (!Array.isArray(data11.enum)) {
                  const err32 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/enum", schemaPath: "#/definitions/variable/properties/enum/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                  if (vErrors === null) {
                    vErrors = [err32];
                  } else {
                    vErrors.push(err32);
                  }
                  errors++;
                }
              }
              if (data11.pattern !== void 0) {
                if (typeof data11.pattern !== "string") {
                  const err33 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/pattern", schemaPath: "#/definitions/variable/properties/pattern/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                  if (vErrors === null) {
                    vErrors = [err33];
                  } else {
                    vErrors.push(err33);
                  }
                  errors++;
                }
              }
              if (data11.min !== void 0) {
                let data17 = data11.min;
                if (!(typeof data17 == "number" && isFinite(data17))) {
                  const err34 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/min", schemaPath: "#/definitions/variable/properties/min/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                  if (vErrors === null) {
                    vErrors = [err34];
                  } else {
                    vErrors.push(err34);
                  }
                  errors++;
                }
              }
              if (data11.max !== void 0) {
                let data18 = data11.max;
                if (!(typeof data18 == "number" && isFinite(data18))) {
                  const err35 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/max", schemaPath: "#/definitions/variable/properties/max/type", keyword: "type", params: { type: "number" }, message: "must be number" };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
              }
              if (data11.required !== void 0) {
                if (typeof data11.required !== "boolean") {
                  const err36 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/required", schemaPath: "#/definitions/variable/properties/required/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                  if (vErrors === null) {
                    vErrors = [err36];
                  } else {
                    vErrors.push(err36);
                  }
                  errors++;
                }
              }
              if (data11.sensitive !== void 0) {
                if (typeof data11.sensitive !== "boolean") {
                  const err37 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/sensitive", schemaPath: "#/definitions/variable/properties/sensitive/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                  if (vErrors === null) {
                    vErrors = [err37];
                  } else {
                    vErrors.push(err37);
                  }
                  errors++;
                }
              }
            } else {
              const err38 = { instancePath: instancePath + "/variables/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/definitions/variable/type", keyword: "type", params: { type: "object" }, message: "must be object" };
              if (vErrors === null) {
                vErrors = [err38];
              } else {
                vErrors.push(err38);
              }
              errors++;
            }
          }
        }
      }
    }
    if (data.networks !== void 0) {
      let data21 = data.networks;
      if (!(data21 && typeof data21 == "object" && !Array.isArray(data21)) && data21 !== null) {
        const err39 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/type", keyword: "type", params: { type: schema11.properties.networks.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err39];
        } else {
          vErrors.push(err39);
        }
        errors++;
      }
      if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
        for (const key7 in data21) {
          const _errs63 = errors;
          const _errs64 = errors;
          let valid18 = false;
          const _errs65 = errors;
          if (typeof key7 === "string") {
            if (!pattern6.test(key7)) {
              const err40 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$"', propertyName: key7 };
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
          }
          var _valid3 = _errs65 === errors;
          valid18 = valid18 || _valid3;
          if (!valid18) {
            const _errs66 = errors;
            if (typeof key7 === "string") {
              if (!pattern0.test(key7)) {
                const err41 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key7 };
                if (vErrors === null) {
                  vErrors = [err41];
                } else {
                  vErrors.push(err41);
                }
                errors++;
              }
            }
            var _valid3 = _errs66 === errors;
            valid18 = valid18 || _valid3;
          }
          if (!valid18) {
            const err42 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key7 };
            if (vErrors === null) {
              vErrors = [err42];
            } else {
              vErrors.push(err42);
            }
            errors++;
          } else {
            errors = _errs64;
            if (vErrors !== null) {
              if (_errs64) {
                vErrors.length = _errs64;
              } else {
                vErrors = null;
              }
            }
          }
          var valid17 = _errs63 === errors;
          if (!valid17) {
            const err43 = { instancePath: instancePath + "/networks", schemaPath: "#/properties/networks/propertyNames", keyword: "propertyNames", params: { propertyName: key7 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err43];
            } else {
              vErrors.push(err43);
            }
            errors++;
          }
        }
        for (const key8 in data21) {
          if (!pattern0.test(key8)) {
            if (!validate11(data21[key8], { instancePath: instancePath + "/networks/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data21, parentDataProperty: key8, rootData })) {
              vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.images !== void 0) {
      let data23 = data.images;
      if (!(data23 && typeof data23 == "object" && !Array.isArray(data23)) && data23 !== null) {
        const err44 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/type", keyword: "type", params: { type: schema11.properties.images.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err44];
        } else {
          vErrors.push(err44);
        }
        errors++;
      }
      if (data23 && typeof data23 == "object" && !Array.isArray(data23)) {
        for (const key9 in data23) {
          const _errs71 = errors;
          const _errs72 = errors;
          let valid21 = false;
          const _errs73 = errors;
          if (typeof key9 === "string") {
            if (!pattern6.test(key9)) {
              const err45 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$"', propertyName: key9 };
              if (vErrors === null) {
                vErrors = [err45];
              } else {
                vErrors.push(err45);
              }
              errors++;
            }
          }
          var _valid4 = _errs73 === errors;
          valid21 = valid21 || _valid4;
          if (!valid21) {
            const _errs74 = errors;
            if (typeof key9 === "string") {
              if (!pattern0.test(key9)) {
                const err46 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key9 };
                if (vErrors === null) {
                  vErrors = [err46];
                } else {
                  vErrors.push(err46);
                }
                errors++;
              }
            }
            var _valid4 = _errs74 === errors;
            valid21 = valid21 || _valid4;
          }
          if (!valid21) {
            const err47 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key9 };
            if (vErrors === null) {
              vErrors = [err47];
            } else {
              vErrors.push(err47);
            }
            errors++;
          } else {
            errors = _errs72;
            if (vErrors !== null) {
              if (_errs72) {
                vErrors.length = _errs72;
              } else {
                vErrors = null;
              }
            }
          }
          var valid20 = _errs71 === errors;
          if (!valid20) {
            const err48 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/propertyNames", keyword: "propertyNames", params: { propertyName: key9 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err48];
            } else {
              vErrors.push(err48);
            }
            errors++;
          }
        }
        for (const key10 in data23) {
          if (!pattern0.test(key10)) {
            if (!validate13(data23[key10], { instancePath: instancePath + "/images/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data23, parentDataProperty: key10, rootData })) {
              vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.volumes !== void 0) {
      let data25 = data.volumes;
      if (!(data25 && typeof data25 == "object" && !Array.isArray(data25)) && data25 !== null) {
        const err49 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/type", keyword: "type", params: { type: schema11.properties.volumes.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err49];
        } else {
          vErrors.push(err49);
        }
        errors++;
      }
      if (data25 && typeof data25 == "object" && !Array.isArray(data25)) {
        for (const key11 in data25) {
          const _errs79 = errors;
          const _errs80 = errors;
          let valid24 = false;
          const _errs81 = errors;
          if (typeof key11 === "string") {
            if (!pattern6.test(key11)) {
              const err50 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$"', propertyName: key11 };
              if (vErrors === null) {
                vErrors = [err50];
              } else {
                vErrors.push(err50);
              }
              errors++;
            }
          }
          var _valid5 = _errs81 === errors;
          valid24 = valid24 || _valid5;
          if (!valid24) {
            const _errs82 = errors;
            if (typeof key11 === "string") {
              if (!pattern0.test(key11)) {
                const err51 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key11 };
                if (vErrors === null) {
                  vErrors = [err51];
                } else {
                  vErrors.push(err51);
                }
                errors++;
              }
            }
            var _valid5 = _errs82 === errors;
            valid24 = valid24 || _valid5;
          }
          if (!valid24) {
            const err52 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key11 };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
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
          var valid23 = _errs79 === errors;
          if (!valid23) {
            const err53 = { instancePath: instancePath + "/volumes", schemaPath: "#/properties/volumes/propertyNames", keyword: "propertyNames", params: { propertyName: key11 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err53];
            } else {
              vErrors.push(err53);
            }
            errors++;
          }
        }
        for (const key12 in data25) {
          if (!pattern0.test(key12)) {
            if (!validate15(data25[key12], { instancePath: instancePath + "/volumes/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data25, parentDataProperty: key12, rootData })) {
              vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.configs !== void 0) {
      let data27 = data.configs;
      if (!(data27 && typeof data27 == "object" && !Array.isArray(data27)) && data27 !== null) {
        const err54 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/type", keyword: "type", params: { type: schema11.properties.configs.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err54];
        } else {
          vErrors.push(err54);
        }
        errors++;
      }
      if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
        for (const key13 in data27) {
          const _errs87 = errors;
          const _errs88 = errors;
          let valid27 = false;
          const _errs89 = errors;
          if (typeof key13 === "string") {
            if (!pattern6.test(key13)) {
              const err55 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$"', propertyName: key13 };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
          }
          var _valid6 = _errs89 === errors;
          valid27 = valid27 || _valid6;
          if (!valid27) {
            const _errs90 = errors;
            if (typeof key13 === "string") {
              if (!pattern0.test(key13)) {
                const err56 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key13 };
                if (vErrors === null) {
                  vErrors = [err56];
                } else {
                  vErrors.push(err56);
                }
                errors++;
              }
            }
            var _valid6 = _errs90 === errors;
            valid27 = valid27 || _valid6;
          }
          if (!valid27) {
            const err57 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key13 };
            if (vErrors === null) {
              vErrors = [err57];
            } else {
              vErrors.push(err57);
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
          var valid26 = _errs87 === errors;
          if (!valid26) {
            const err58 = { instancePath: instancePath + "/configs", schemaPath: "#/properties/configs/propertyNames", keyword: "propertyNames", params: { propertyName: key13 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
        }
        for (const key14 in data27) {
          if (!pattern0.test(key14)) {
            if (!validate17(data27[key14], { instancePath: instancePath + "/configs/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data27, parentDataProperty: key14, rootData })) {
              vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.secrets !== void 0) {
      let data29 = data.secrets;
      if (!(data29 && typeof data29 == "object" && !Array.isArray(data29)) && data29 !== null) {
        const err59 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: schema11.properties.secrets.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err59];
        } else {
          vErrors.push(err59);
        }
        errors++;
      }
      if (data29 && typeof data29 == "object" && !Array.isArray(data29)) {
        for (const key15 in data29) {
          const _errs95 = errors;
          const _errs96 = errors;
          let valid30 = false;
          const _errs97 = errors;
          if (typeof key15 === "string") {
            if (!pattern6.test(key15)) {
              const err60 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$"', propertyName: key15 };
              if (vErrors === null) {
                vErrors = [err60];
              } else {
                vErrors.push(err60);
              }
              errors++;
            }
          }
          var _valid7 = _errs97 === errors;
          valid30 = valid30 || _valid7;
          if (!valid30) {
            const _errs98 = errors;
            if (typeof key15 === "string") {
              if (!pattern0.test(key15)) {
                const err61 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key15 };
                if (vErrors === null) {
                  vErrors = [err61];
                } else {
                  vErrors.push(err61);
                }
                errors++;
              }
            }
            var _valid7 = _errs98 === errors;
            valid30 = valid30 || _valid7;
          }
          if (!valid30) {
            const err62 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key15 };
            if (vErrors === null) {
              vErrors = [err62];
            } else {
              vErrors.push(err62);
            }
            errors++;
          } else {
            errors = _errs96;
            if (vErrors !== null) {
              if (_errs96) {
                vErrors.length = _errs96;
              } else {
                vErrors = null;
              }
            }
          }
          var valid29 = _errs95 === errors;
          if (!valid29) {
            const err63 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames", keyword: "propertyNames", params: { propertyName: key15 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err63];
            } else {
              vErrors.push(err63);
            }
            errors++;
          }
        }
        for (const key16 in data29) {
          if (!pattern0.test(key16)) {
            if (!validate17(data29[key16], { instancePath: instancePath + "/secrets/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data29, parentDataProperty: key16, rootData })) {
              vErrors = vErrors === null ? validate17.errors : vErrors.concat(validate17.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.containers !== void 0) {
      let data31 = data.containers;
      if (!(data31 && typeof data31 == "object" && !Array.isArray(data31)) && data31 !== null) {
        const err64 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/type", keyword: "type", params: { type: schema11.properties.containers.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err64];
        } else {
          vErrors.push(err64);
        }
        errors++;
      }
      if (data31 && typeof data31 == "object" && !Array.isArray(data31)) {
        for (const key17 in data31) {
          const _errs103 = errors;
          const _errs104 = errors;
          let valid33 = false;
          const _errs105 = errors;
          if (typeof key17 === "string") {
            if (!pattern6.test(key17)) {
              const err65 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$"', propertyName: key17 };
              if (vErrors === null) {
                vErrors = [err65];
              } else {
                vErrors.push(err65);
              }
              errors++;
            }
          }
          var _valid8 = _errs105 === errors;
          valid33 = valid33 || _valid8;
          if (!valid33) {
            const _errs106 = errors;
            if (typeof key17 === "string") {
              if (!pattern0.test(key17)) {
                const err66 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key17 };
                if (vErrors === null) {
                  vErrors = [err66];
                } else {
                  vErrors.push(err66);
                }
                errors++;
              }
            }
            var _valid8 = _errs106 === errors;
            valid33 = valid33 || _valid8;
          }
          if (!valid33) {
            const err67 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key17 };
            if (vErrors === null) {
              vErrors = [err67];
            } else {
              vErrors.push(err67);
            }
            errors++;
          } else {
            errors = _errs104;
            if (vErrors !== null) {
              if (_errs104) {
                vErrors.length = _errs104;
              } else {
                vErrors = null;
              }
            }
          }
          var valid32 = _errs103 === errors;
          if (!valid32) {
            const err68 = { instancePath: instancePath + "/containers", schemaPath: "#/properties/containers/propertyNames", keyword: "propertyNames", params: { propertyName: key17 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err68];
            } else {
              vErrors.push(err68);
            }
            errors++;
          }
        }
        for (const key18 in data31) {
          if (!pattern0.test(key18)) {
            if (!validate20(data31[key18], { instancePath: instancePath + "/containers/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data31, parentDataProperty: key18, rootData })) {
              vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
    if (data.services !== void 0) {
      let data33 = data.services;
      if (!(data33 && typeof data33 == "object" && !Array.isArray(data33)) && data33 !== null) {
        const err69 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/type", keyword: "type", params: { type: schema11.properties.services.type }, message: "must be object,null" };
        if (vErrors === null) {
          vErrors = [err69];
        } else {
          vErrors.push(err69);
        }
        errors++;
      }
      if (data33 && typeof data33 == "object" && !Array.isArray(data33)) {
        for (const key19 in data33) {
          const _errs111 = errors;
          const _errs112 = errors;
          let valid36 = false;
          const _errs113 = errors;
          if (typeof key19 === "string") {
            if (!pattern6.test(key19)) {
              const err70 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames/anyOf/0/pattern", keyword: "pattern", params: { pattern: "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$" }, message: 'must match pattern "^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$"', propertyName: key19 };
              if (vErrors === null) {
                vErrors = [err70];
              } else {
                vErrors.push(err70);
              }
              errors++;
            }
          }
          var _valid9 = _errs113 === errors;
          valid36 = valid36 || _valid9;
          if (!valid36) {
            const _errs114 = errors;
            if (typeof key19 === "string") {
              if (!pattern0.test(key19)) {
                const err71 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames/anyOf/1/pattern", keyword: "pattern", params: { pattern: "^x-" }, message: 'must match pattern "^x-"', propertyName: key19 };
                if (vErrors === null) {
                  vErrors = [err71];
                } else {
                  vErrors.push(err71);
                }
                errors++;
              }
            }
            var _valid9 = _errs114 === errors;
            valid36 = valid36 || _valid9;
          }
          if (!valid36) {
            const err72 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", propertyName: key19 };
            if (vErrors === null) {
              vErrors = [err72];
            } else {
              vErrors.push(err72);
            }
            errors++;
          } else {
            errors = _errs112;
            if (vErrors !== null) {
              if (_errs112) {
                vErrors.length = _errs112;
              } else {
                vErrors = null;
              }
            }
          }
          var valid35 = _errs111 === errors;
          if (!valid35) {
            const err73 = { instancePath: instancePath + "/services", schemaPath: "#/properties/services/propertyNames", keyword: "propertyNames", params: { propertyName: key19 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err73];
            } else {
              vErrors.push(err73);
            }
            errors++;
          }
        }
        for (const key20 in data33) {
          if (!pattern0.test(key20)) {
            if (!validate20(data33[key20], { instancePath: instancePath + "/services/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data33, parentDataProperty: key20, rootData })) {
              vErrors = vErrors === null ? validate20.errors : vErrors.concat(validate20.errors);
              errors = vErrors.length;
            }
          }
        }
      }
    }
  } else {
    const err74 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err74];
    } else {
      vErrors.push(err74);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export {
  stdin_default as default,
  validate
};
