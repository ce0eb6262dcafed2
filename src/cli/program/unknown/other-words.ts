import { runOptions } from './run-options.ts'

/** Words that users of docker, compose, kubectl, terraform and systemctl type, with the way to do the same here. */
export type Words = Readonly<Record<string, string>>

const attach = '`heropods exec -it NAME sh` opens a shell in a container; `heropods logs -f NAME` follows its output.'
const list = '`heropods ps` lists containers; `heropods network ls`, `volume ls` and `image ls` list the rest.'
const files = 'Write it in the stack file and run `heropods apply`.'
const remove = '`heropods destroy STACK` removes a stack and keeps its data; `heropods rm NAME` removes one container.'
const show = '`heropods inspect NAME` prints all data of a container; `heropods history N` shows the changes of a run.'
const records =
  'Records are not edited: `heropods ps` and `heropods inspect NAME` show them, `heropods refresh` rebuilds them from the host.'
const service =
  '`heropods boot install` starts containers after each reboot; `heropods watch install FOLDER` runs `watch` as a systemd service.'
const instances = '`heropods instance new NAME` makes an instance; the first apply with `--instance NAME` does, too.'
const login = 'HeroPods uses the credentials of podman: `podman login REGISTRY`.'
const builds = '`heropods image build --tag NAME .` builds an image; a container uses it with `image: localhost/NAME`.'
const notPublished = 'HeroPods does not publish images. Use `podman push`.'
const init = '`heropods init` creates a first stack.'
const templates = '`heropods init --list` lists templates; `heropods init --template NAME` starts from one.'
const formatting =
  '`heropods fmt` formats stack files; `heropods fmt --check` only reports those that are not formatted.'
const schema = '`heropods schema` prints the JSON schema of stack files; `heropods explain FIELD` describes one field.'
const why = '`heropods why NAME` shows the file, the line and the run behind an object.'
const heroscript =
  '`heropods play FILE.heroscript` runs a HeroScript; `heropods import FILE.heroscript` prints the equivalent stack.'
const variables = 'Variables are declared under `variables:`; `heropods config` prints the stack with their values.'

/** By the words of the command line after `heropods`. */
export const otherCommands: Words = {
  up: '`heropods apply` creates, updates and removes until the host matches the files.',
  down: '`heropods destroy STACK` removes a stack and keeps its data.',
  plan: '`heropods diff` shows the changes of apply.',
  preview: '`heropods diff` shows the changes of apply.',
  drift: '`heropods diff` also shows drift: every difference between the host and the files.',
  show,
  get: list,
  describe: show,
  info: '`heropods doctor` checks this host; `heropods status` shows the stacks.',
  delete: remove,
  remove,
  uninstall: `${remove} For the service: \`heropods watch uninstall\`.`,
  ls: list,
  list,
  container:
    '`heropods ps` lists containers; `inspect`, `logs`, `exec`, `start`, `stop`, `restart`, `pause` and `rm` act on them.',
  stack: '`heropods status` lists stacks; `heropods apply FILE` and `heropods destroy STACK` change them.',
  kill: '`heropods stop -t 0 NAME` ends a container at once.',
  images: '`heropods image ls` lists images.',
  rmi: '`heropods image rm DIGEST` removes an unpacked image; `--unused` removes all unused ones.',
  volumes: '`heropods volume ls` lists volumes.',
  networks: '`heropods network ls` lists networks.',
  instances: '`heropods instance ls` lists instances.',
  scale: 'Set `deploy: { replicas: N }` in the stack file and run `heropods apply`.',
  sh: attach,
  shell: attach,
  bash: attach,
  ssh: attach,
  attach,
  console: attach,
  pull: '`heropods apply` pulls missing images; `pull_policy: always` asks the registry at every plan.',
  push: notPublished,
  build: builds,
  tag: 'Name an image with `podman tag`, and write that name under `image:` in the stack file.',
  login,
  logout: login,
  search: 'Search with `podman search`.',
  save: '`heropods image export NAME FILE` writes an unpacked image as a compressed archive.',
  load: '`heropods image import FILE` unpacks an archive and gives the image a name.',
  commit: 'HeroPods does not make images from containers. Build one with `podman build`.',
  create: files,
  rename:
    'Rename its key in the stack file and run `heropods apply`: the container is replaced. The data of a renamed volume stays under the old name: `heropods volume ls`.',
  update: 'Change the stack file and run `heropods apply`; `heropods diff` shows first if a process restarts.',
  edit: 'Change the stack file and run `heropods apply`.',
  set: 'Change the stack file and run `heropods apply`.',
  compose:
    'The commands have no prefix: `heropods apply`, `heropods ps`, `heropods logs`. `heropods init --from FILE` converts a Compose file.',
  convert: '`heropods init --from FILE` converts a Compose file.',
  new: init,
  scaffold: init,
  generate: init,
  template:
    '`heropods config` prints the stack with all defaults filled in; `heropods init --template NAME` starts from a template.',
  templates,
  example: templates,
  examples: templates,
  df: '`heropods image ls` lists unpacked images, `heropods volume ls` volumes; `heropods doctor` checks the free space.',
  test: '`heropods validate` checks stack files; `heropods diff` shows the changes of apply.',
  format: formatting,
  prettier: formatting,
  tidy: formatting,
  schemas: schema,
  'json-schema': schema,
  jsonschema: schema,
  crd: schema,
  blame: why,
  origin: why,
  trace: why,
  render: '`heropods config` prints the stack with all defaults filled in.',
  lint: '`heropods validate` checks stack files.',
  check: '`heropods validate` checks stack files; `heropods doctor` checks this host.',
  verify: '`heropods validate` checks stack files; `heropods doctor` checks this host.',
  prune:
    '`heropods apply` removes objects that are no longer declared; `heropods image rm --unused` and `heropods volume rm NAME` free space.',
  system: '`heropods doctor` checks this host; `heropods image rm --unused` frees space.',
  state: records,
  output: '`heropods ps --json` and `heropods inspect NAME` print addresses, ports and states.',
  outputs: '`heropods ps --json` and `heropods inspect NAME` print addresses, ports and states.',
  heroscript,
  script: heroscript,
  playbook: heroscript,
  hero: heroscript,
  taint: '`heropods restart NAME` restarts the process of a container.',
  untaint: records,
  recreate:
    '`heropods restart NAME` restarts the process; `heropods rm --force NAME` and `heropods apply` create the container again.',
  reload: 'Run `heropods apply`. To restart processes, run `heropods restart NAME`.',
  redeploy: 'Run `heropods apply`. To restart processes, run `heropods restart NAME`.',
  deploy: '`heropods apply` creates, updates and removes until the host matches the files.',
  sync: '`heropods apply` makes the host match the files once; `heropods watch FOLDER` does it continuously.',
  reconcile: '`heropods apply` makes the host match the files once; `heropods watch FOLDER` does it continuously.',
  graph:
    'This is not available yet. `heropods diff` shows the steps in their order; `heropods config` shows `depends_on`.',
  undo: '`heropods rollback` applies the last good generation before this one; `heropods history` lists all.',
  rollout: '`heropods rollback` returns to an earlier generation; `heropods status STACK` shows the state of a change.',
  revert: '`heropods rollback N` applies the state of generation N.',
  log: '`heropods logs NAME` prints the output of a container; `heropods history` lists past runs.',
  journal: '`heropods logs NAME` prints the output of a container; `heropods events` lists past events.',
  version: '`heropods --version` prints the version.',
  upgrade: 'Install the new version of the package: containers keep running. Then run `heropods apply`.',
  force: '`heropods unlock` removes the lock of a run that no longer exists.',
  'force-unlock': '`heropods unlock` removes the lock of a run that no longer exists.',
  providers: 'There are no providers to install: `heropods doctor` lists the programs that are needed.',
  workspace: '`--instance NAME` separates environments; `heropods instance ls` lists them.',
  context: '`--instance NAME` separates environments; `heropods instance ls` lists them.',
  var: variables,
  env: variables,
  secret: `Secrets are declared under \`secrets:\`. ${files}`,
  enable: service,
  disable: service,
  daemon: service,
  serve: service,
  'daemon-reload': service,
  'is-active': '`heropods status` shows stacks, `heropods ps` containers.',
  fix: '`heropods apply` repairs drift; `heropods doctor --repair` repairs records, network rules and leftovers.',
  repair: '`heropods apply` repairs drift; `heropods doctor --repair` repairs records, network rules and leftovers.',
  clean: '`heropods image rm --unused` removes unused images; `heropods volume rm NAME` erases released volumes.',
  'volume inspect': '`heropods volume ls --json` prints all data of volumes.',
  'volume show': '`heropods volume ls --json` prints all data of volumes.',
  'volume list': '`heropods volume ls` lists volumes.',
  'volume prune': '`heropods volume ls` shows released volumes; `heropods volume rm NAME` erases them.',
  'volume remove': '`heropods volume rm NAME` erases a released volume.',
  'volume delete': '`heropods volume rm NAME` erases a released volume.',
  'volume create': 'Declare it under `volumes:` in the stack file and run `heropods apply`.',
  'network inspect': '`heropods network ls --json` prints all data of networks.',
  'network show': '`heropods network ls --json` prints all data of networks.',
  'network list': '`heropods network ls` lists networks.',
  'network create': 'Declare it under `networks:` in the stack file and run `heropods apply`.',
  'network rm': 'Remove it from the stack file and run `heropods apply`.',
  'network remove': 'Remove it from the stack file and run `heropods apply`.',
  'network delete': 'Remove it from the stack file and run `heropods apply`.',
  'network prune': 'Networks that are no longer declared are removed by `heropods apply`.',
  'network connect': 'Add the network to `networks:` of the container and run `heropods apply`.',
  'network disconnect': 'Remove the network from `networks:` of the container and run `heropods apply`.',
  'image list': '`heropods image ls` lists images.',
  'image inspect': '`heropods image info NAME` prints all data of an unpacked image.',
  'image show': '`heropods image info NAME` prints all data of an unpacked image.',
  'image remove': '`heropods image rm DIGEST` removes an unpacked image.',
  'image delete': '`heropods image rm DIGEST` removes an unpacked image.',
  'image push': notPublished,
  'image history': '`podman history IMAGE` shows the layers of an image.',
  'instance list': '`heropods instance ls` lists instances.',
  'instance create': instances,
  'instance add': instances,
  'instance delete': '`heropods instance rm NAME` removes an instance without objects.',
  'instance remove': '`heropods instance rm NAME` removes an instance without objects.',
  'pulumi new': '`heropods pulumi init` creates a Pulumi project.',
  'pulumi up': '`heropods pulumi init` creates a Pulumi project; `pulumi up` in it applies it.',
}

const yes = '`-y` (or `--yes`) does not ask.'
const output = '`--json` prints JSON; without it there is a table.'
const background = 'Remove it: containers always run in the background. `heropods logs -f NAME` follows their output.'
const color = 'NO_COLOR=1 in the environment turns colours off.'
const project =
  'The name of a stack is `metadata: { name: NAME }` in its file; `--instance NAME` separates environments.'

/** By the option as it was typed, without its value; those of one command start with its name. */
export const otherOptions: Words = {
  ...runOptions,
  '-d': background,
  '--detach': background,
  '--build': builds,
  '--detailed-exitcode': '`heropods diff --exit-code` exits with 2 if there are changes.',
  '-detailed-exitcode': '`heropods diff --exit-code` exits with 2 if there are changes.',
  '--dry-run': '`heropods diff` shows the changes of apply.',
  '--plan': '`heropods diff` shows the changes of apply.',
  '--refresh-only': '`heropods diff` shows drift; `heropods refresh` rebuilds the records from the host.',
  '--auto-approve': yes,
  '-auto-approve': yes,
  '--force': yes,
  '--assume-yes': yes,
  '--force-recreate': '`heropods restart NAME` restarts the process of a container.',
  '--replace': '`heropods restart NAME` restarts the process of a container.',
  '-replace': '`heropods restart NAME` restarts the process of a container.',
  '--no-recreate': '`--target NAME` limits a run to some objects; `heropods diff` shows which processes restart.',
  '--remove-orphans': 'Remove it: `heropods apply` always removes objects that are no longer declared.',
  '--prune': 'Remove it: `heropods apply` always removes objects that are no longer declared.',
  '--no-deps': '`--target NAME` limits a run to an object and its dependencies.',
  '--scale': 'Set `deploy: { replicas: N }` in the stack file.',
  '--pull': '`pull_policy: always` in the stack file asks the registry at every plan.',
  '--no-color': color,
  '-no-color': color,
  '--color': color,
  '--ansi': color,
  '-o': output,
  '--output': output,
  '--format': output,
  '-v': '`heropods destroy --delete-data` also erases volumes. `--json` prints all details.',
  '--volumes': '`heropods destroy --delete-data` also erases volumes.',
  '--rmi': '`heropods image prune` removes unused images.',
  '-p': project,
  '--project-name': project,
  '--project-directory': 'Name the folder as an argument: `heropods apply FOLDER`.',
  '-C': 'Name the folder as an argument: `heropods apply FOLDER`.',
  '-chdir': 'Name the folder as an argument: `heropods apply FOLDER`.',
  '-n': project,
  '--namespace': project,
  '--context': '`--instance NAME` separates environments.',
  '--env-file': '`--var-file FILE` reads values of variables.',
  '--set': '`--var NAME=VALUE` sets a variable.',
  '-e': 'Environment variables of a container are declared under `environment:`; `--var NAME=VALUE` sets a variable.',
  '--env':
    'Environment variables of a container are declared under `environment:`; `--var NAME=VALUE` sets a variable.',
  '--timeout': '`--wait-timeout` limits `apply --wait`; `stop -t SECONDS` limits the time before SIGKILL.',
  '--lock': '`--lock-timeout 30s` waits for another run.',
  '-lock': '`--lock-timeout 30s` waits for another run.',
  '--filter': 'Name the stacks or containers as arguments.',
  '-l': 'Name the stacks or containers as arguments.',
  '--selector': 'Name the stacks or containers as arguments.',
  '-w': '`heropods status -w` follows the state of all stacks; `heropods events -f` follows events.',
  '--watch': '`heropods status -w` follows the state of all stacks; `heropods events -f` follows events.',
  '--rm':
    '`heropods run --rm IMAGE COMMAND` runs a one-off container; `heropods exec NAME COMMAND` runs in a running one.',
  '--debug': 'HEROPODS_DEBUG=1 in the environment adds the place in the source to unexpected errors.',
  '--verbose': '`--json` prints all data.',
  'config --services':
    '`heropods config --json` has the names under `containers`; `heropods ps` lists the containers that exist.',
  'history --stack':
    'Name the stack as an argument: `heropods history STACK`. `heropods why NAME` shows the last run of one object.',
  'status --all': 'Remove it: `heropods status` shows all stacks.',
  'status -a': 'Remove it: `heropods status` shows all stacks.',
}
