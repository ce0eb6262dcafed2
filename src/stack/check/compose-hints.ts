const absent = 'Remove it: HeroPods has no such setting.'
const windowsOnly = 'Remove it: it is for Windows only.'

/** The line to write instead of a key of Compose that HeroPods does not have. `VALUE` stands for the value in the file. */
const hints: Readonly<Record<string, string>> = {
  attach: 'Remove it: `heropods logs --follow NAME` shows the output.',
  build: 'A stack builds no images: build with `heropods image build -t NAME` and write `image: localhost/NAME`.',
  cgroup: 'Remove it: a container always has its own cgroup.',
  cgroup_parent: absent,
  container_name: 'Remove it: the name of a container is its key.',
  cpu_count: 'Write `cpus: VALUE`.',
  cpu_percent: 'Write `cpus: 0.5` for half of one CPU.',
  cpu_rt_period: absent,
  cpu_rt_runtime: absent,
  credential_spec: windowsOnly,
  develop: 'Remove it: no command follows the source code of an image.',
  device_cgroup_rules: 'Write `devices: [/dev/NAME]`.',
  domainname: 'Write the complete name in `hostname`, or `dns_search: [DOMAIN]`.',
  driver_opts: 'Remove it: networks have no options of a driver.',
  external_links:
    'Join the network of the other stack: `networks: { KEY: { external: true, name: STACK/KEY } }` at the top level.',
  gpus: 'Write `devices: [/dev/NAME]`.',
  ipam: 'Write `subnet` and `gateway` in the network itself.',
  ipc: 'Remove it: a container has its own IPC namespace.',
  isolation: windowsOnly,
  label_file: 'Write the labels of the file in `labels`.',
  links: 'Containers on one network find each other by name.',
  mac_address: 'Remove it: HeroPods chooses the MAC, and an address keeps it.',
  mem_swappiness: absent,
  models: absent,
  name: 'Write `metadata: { name: NAME }`.',
  network: 'Write `networks:`.',
  oom_kill_disable: absent,
  oom_score_adj: 'Remove it: it is 0.',
  pid: 'Remove it: a container has its own processes.',
  provider: absent,
  runtime: 'Remove it: the runtime is crun.',
  scale: 'Write `deploy: { replicas: VALUE }`.',
  storage_opt: absent,
  use_api_socket: absent,
  userns_mode:
    'Remove it: containers have no user namespace of their own. `user` and `cap_drop: [ALL]` restrict a process.',
  uts: 'Remove it: a container has its own host name.',
  version: 'Remove it: the version is `apiVersion: heropods/v1`.',
  volumes_from: 'Mount the same volume in both: `volumes: [NAME:/FOLDER]`.',
}

/** The hint for a key that only Compose has; undefined: Compose has no such key. Pure. */
export function composeHint(key: string, value: unknown): string | undefined {
  if (!Object.hasOwn(hints, key)) return undefined
  return hints[key]?.replace('VALUE', ['number', 'string'].includes(typeof value) ? String(value) : '3')
}
