/** A command to paste, and its effect. */
export type Example = readonly [command: string, effect: string]

/** Examples of each command, by its words. They are at the end of its help and in its man page. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  diff: [
    ['heropods diff', 'show the changes for heropods.yaml, or for stacks/'],
    ['heropods diff --exit-code shop.yaml', 'exit with 2 if there are changes'],
    ['heropods diff --out plan.json', 'save the plan for `heropods apply plan.json`'],
    ['heropods diff @12 @15', 'compare two generations'],
    ['heropods diff --format markdown stacks', 'print the plan for a comment on a pull request'],
  ],
  apply: [
    ['heropods apply', 'show the plan, ask, and apply it'],
    ['heropods apply --yes --wait shop.yaml', 'do not ask; wait until containers are healthy'],
    ['heropods apply -f shop.yaml -f production.yaml', 'merge two files of one stack'],
    ['heropods apply plan.json', 'apply exactly a saved plan'],
  ],
  destroy: [
    ['heropods destroy shop', 'remove the stack; its volumes keep their data'],
    ['heropods destroy --all --delete-data', 'remove every stack, and erase the volumes'],
  ],
  play: [
    ['heropods play demo.heroscript', 'run a script'],
    ['heropods play --dry-run demo.heroscript', 'check it, and print the effect of each action'],
  ],
  import: [['heropods import demo.heroscript > heropods.yaml', 'convert a HeroScript to a stack']],
  validate: [['heropods validate shop.yaml', 'check a file; all errors are shown at once']],
  config: [['heropods config shop.yaml', 'print the stack with all defaults']],
  init: [
    ['heropods init', 'create heropods.yaml from five questions'],
    ['heropods init shop --template web', 'make the folder shop from a template'],
    ['heropods init --from docker-compose.yml', 'convert a Compose file'],
  ],
  fmt: [
    ['heropods fmt', 'format heropods.yaml, or the files in stacks/'],
    ['heropods fmt --check stacks', 'exit with 1 if a file is not formatted (for CI)'],
    ['heropods fmt - < in.yaml > out.yaml', 'format standard input'],
  ],
  schema: [['heropods schema > .heropods.schema.json', 'write the schema for an editor']],
  explain: [
    ['heropods explain healthcheck.interval', 'explain a field and the cost of changing it'],
    ['heropods explain port-taken', 'explain an error code'],
    ['heropods explain CrashLoop', 'explain the reason of a condition in `heropods status`'],
  ],
  ps: [
    ['heropods ps', 'list all containers'],
    ['heropods ps shop --json', 'list the containers of a stack as JSON'],
  ],
  inspect: [
    ['heropods inspect web', 'print all data of one container'],
    ['heropods inspect --oci web', 'print the config.json of its last run'],
  ],
  changes: [['heropods changes web', 'list added (A), changed (C) and deleted (D) files']],
  logs: [
    ['heropods logs --follow web', 'follow new lines'],
    ['heropods logs --tail 50 --timestamps web', 'print the last 50 lines with their times'],
    ['heropods logs --previous web', 'print the output before the last restart'],
    ['heropods logs --since 10m web db', 'print the lines of the last ten minutes of two containers'],
  ],
  stats: [
    ['heropods stats', 'show all running containers, each second (in a pipe: once)'],
    ['heropods stats --no-stream --json web', 'print one reading as JSON'],
  ],
  top: [['heropods top web', 'list the processes of a container']],
  port: [
    ['heropods port web', 'list the published ports'],
    ['heropods port web 80/tcp', 'print the address of one port'],
  ],
  wait: [['heropods wait migrate', 'wait for a job and print its exit code']],
  start: [
    ['heropods start web', 'start a stopped container'],
    ['heropods start --keep-alive box', 'hold it open for `heropods exec` after its command has ended'],
  ],
  stop: [['heropods stop --time 2 web', 'stop a container; kill it after two seconds']],
  restart: [['heropods restart web', 'restart a container']],
  pause: [['heropods pause web', 'freeze all processes of a container']],
  unpause: [['heropods unpause web', 'let a paused container continue']],
  rm: [['heropods rm --force web', 'remove a running container']],
  tmux: [
    ['heropods tmux web', 'open a shell in a pane of tmux'],
    ['heropods tmux -d --pane 1 web tail -f /var/log/app', 'follow a file in a second pane'],
  ],
  cp: [
    ['heropods cp web:/etc/hosts .', 'copy a file out of a container'],
    ['heropods cp ./site web:/www', 'copy a folder into a container'],
    ['heropods cp web:/data - > data.tar', 'write a folder as a tar archive'],
  ],
  exec: [
    ['heropods exec -it web sh', 'open a shell'],
    ['heropods exec -e DEBUG=1 -u nobody web env', 'run a command with a variable, as another user'],
  ],
  run: [
    ['heropods run --rm -it alpine:3.20 sh', 'open a shell in a new container, and remove it afterwards'],
    ['heropods run --rm shop/web ./manage.py migrate', 'run another command with the configuration of a container'],
    ['heropods run --rm -f shop.yaml migrate', 'run a container of a stack file'],
    ['heropods run -d --name cache -p 6379:6379 redis:7', 'start a container in the background'],
    ['heropods run --rm --network shop/back postgres:17 psql -h db', 'run a client in the network of a stack'],
  ],
  history: [
    ['heropods history', 'list the newest 20 runs'],
    ['heropods history shop', 'list the runs of one stack'],
    ['heropods history 12', 'show the changes and the result of one run'],
    ['heropods history 7-10', 'list the parts of one run of Pulumi'],
  ],
  rollback: [
    ['heropods rollback', 'go back to the newest earlier state'],
    ['heropods rollback 12 --stack shop', 'apply the state of generation 12 for one stack'],
  ],
  refresh: [['heropods refresh', 'rebuild the records from the host']],
  unlock: [['heropods unlock', 'remove the stale lock of a crashed run']],
  'network ls': [['heropods network ls', 'list networks with subnet and bridge']],
  'volume ls': [['heropods volume ls', 'list volumes, including released ones']],
  'volume rm': [['heropods volume rm data', 'erase the data of a released volume']],
  'image ls': [['heropods image ls', 'list unpacked images']],
  'image catalog': [['heropods image catalog', 'list names for `image:` of a container']],
  'image pull': [['heropods image pull nginx:alpine redis:alpine', 'download two images before they are needed']],
  'image build': [
    ['heropods image build --tag web .', 'build localhost/web:latest from ./Containerfile'],
    ['heropods image build --tag web:2 --build-arg VERSION=2 -f web.Containerfile src', 'build it from another file'],
  ],
  'image info': [['heropods image info nginx:alpine', 'show digest, size and configuration of an image']],
  'image import': [
    ['heropods image import web.tgz', 'import the image as localhost/web:latest'],
    ['heropods image import --name shop/web:2 web.tar', 'give it another name'],
  ],
  'image export': [['heropods image export --compress 9 localhost/web web.tgz', 'write an image as a small archive']],
  'image prune': [['heropods image prune', 'free the space of images that nothing needs']],
  'image rm': [['heropods image rm --unused', 'free the space of unused images']],
  'instance new': [
    ['heropods instance new staging --bridge hpstaging --subnet 10.50.0.0/24', 'make an instance with its own network'],
    ['heropods instance new offline --no-podman', 'make an instance that uses only archives and built-in images'],
  ],
  'instance set': [['heropods instance set staging --dns 9.9.9.9', 'change the name servers of its containers']],
  'instance reset': [['heropods instance reset staging', 'destroy all stacks of the instance after a question']],
  'instance export': [
    ['heropods instance export -o backup.json', 'save the history, settings and secrets; asks for a passphrase'],
    ['heropods instance export staging -o staging.json --passphrase-file pass', 'the same in a script'],
  ],
  'instance import': [
    ['heropods instance import backup.json', 'make the instance again, e.g. on another host'],
    ['heropods instance import backup.json --as copy', 'make an instance with another name'],
  ],
  'instance use': [['heropods instance use staging', 'use it in later commands without --instance']],
  'instance exists': [['heropods instance exists staging', 'ask in a script if an instance exists']],
  'instance ls': [['heropods instance ls', 'list instances with their folders']],
  'instance rm': [['heropods instance rm staging --delete-data', 'remove an empty instance with its data']],
  'pulumi init': [['heropods pulumi init infra', 'create the project in the folder infra']],
  why: [
    ['heropods why web', 'show the file, commit and change behind an object'],
    ['heropods why page', 'show the file of a config, and the containers that use it'],
  ],
  doctor: [
    ['heropods doctor', 'check programs, kernel, folders and records'],
    ['heropods doctor --repair', 'ask, and repair'],
  ],
  completion: [
    ['heropods completion bash > /etc/bash_completion.d/heropods', 'install completion for all users of bash'],
  ],
  watch: [
    ['heropods watch stacks', 'follow a folder'],
    ['heropods watch --git https://git.example.org/infra.git --path host1', 'follow a folder of a repository'],
  ],
  'watch install': [['heropods watch install /etc/heropods/stacks', 'follow a folder, also after a reboot']],
  boot: [['heropods boot', 'start the containers that a reboot has ended']],
  'boot install': [
    ['heropods boot install', 'start containers after each reboot, without watch'],
    ['heropods boot install --instance staging', 'do it for another instance'],
  ],
  'boot uninstall': [['heropods boot uninstall', 'remove the service; containers keep running']],
  'boot status': [['heropods boot status', 'see which containers start after a reboot']],
  'watch uninstall': [['heropods watch uninstall', 'remove the service; containers keep running']],
  status: [
    ['heropods status', 'show all stacks'],
    ['heropods status shop --watch', 'show all details of one stack, live'],
  ],
  events: [
    ['heropods events --follow', 'follow new events'],
    ['heropods events shop --since 1h', 'show the events of the last hour of one stack'],
  ],
  suspend: [
    ['heropods suspend shop', 'pause the stack until `heropods resume shop`'],
    ["heropods suspend --reason 'disk work' shop", 'show the reason in status, page and events'],
  ],
  resume: [['heropods resume shop', 'continue, and retry a rejected change']],
}
