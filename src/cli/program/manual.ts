/** A term and its meaning. */
export type Entry = readonly [term: string, meaning: string]

/** Exit codes of every command. */
export const exitCodes: readonly Entry[] = [
  ['0', 'done'],
  ['1', 'failed; the next apply completes the run'],
  ['2', 'changes pending (diff --exit-code), or a stack is not in order (status --exit-code)'],
  ['3', 'refused, nothing was changed: input, stale plan, lock, a port in use'],
  ['130', 'interrupted: running steps were finished'],
]

/** Exit codes that only `exec` and `run` have. */
export const execExitCodes: readonly Entry[] = [
  ['125', 'HeroPods failed'],
  ['126', 'the command is not executable'],
  ['127', 'the command was not found'],
]

/** Environment variables. */
export const environment: readonly Entry[] = [
  ['HEROPODS_DIR', 'images, volumes, layers, logs and records; default /var/lib/heropods'],
  ['HEROPODS_RUN_DIR', 'data that a reboot may delete; default /run/heropods'],
  ['HEROPODS_REDIS_URL', 'a Redis server for the records; default: one of its own'],
  ['HEROPODS_INSTANCE', 'the instance, as with --instance; default "default"'],
  ['HEROPODS_PASSPHRASE', 'passphrase of `instance export` and `instance import`'],
  ['HEROPODS_YES', 'apply and destroy without asking'],
  ['HEROPODS_GIT_URL', 'the repository, as with watch --git, for a URL with a password'],
  ['HEROPODS_FORGE_TOKEN', 'the API token with which watch reports the status of commits'],
  ['HEROPODS_NOTIFY_URL', 'webhooks for problems found by watch, separated by commas or blanks'],
  ['HEROPODS_NOTIFY_SECRET', 'the key that signs these webhooks'],
  ['HEROPODS_PAGE_TOKEN', 'the token that the status page, its API and the metrics of watch ask for'],
  ['HEROPODS_HOOK_SECRET', 'the key that signs webhooks to watch'],
]

/** Files and folders. */
export const files: readonly Entry[] = [
  ['heropods.yaml, stacks/', 'the stacks that commands read without a file'],
  ['/var/lib/heropods/INSTANCE', 'images, volumes, layers, logs, records, the key'],
  ['/run/heropods/INSTANCE', 'sockets, locks, health, data that a reboot may delete'],
  ['/run/heropods-host', 'locks of the host, shared by all installations'],
  ['/etc/heropods/watch.env', 'secrets of the watch service, as NAME=VALUE'],
]
