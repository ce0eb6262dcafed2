const inStack = (field: string): string =>
  `A one-off container does not have it. Declare a container with \`${field}\` in a stack file and run \`heropods apply\`.`
const mounts = '`-v SOURCE:TARGET[:OPTIONS]` mounts a path or a volume; `--tmpfs FOLDER` mounts memory.'
const network = '`--network STACK/NAME` joins a network; a container of a stack has the networks of that stack.'
const attach = 'An attached run has the output of its command; add `-i` for its input, `-t` for a terminal.'
const checks = inStack('healthcheck: { test: [CMD, ...] }')
const logs = inStack('logging: { options: { max-size: 10m } }')

/** Options of `docker run` and `docker compose run` that are called otherwise here, or do not exist. */
export const runOptions: Readonly<Record<string, string>> = {
  'run --mount': mounts,
  'run --volumes-from': mounts,
  'run --volume-driver': mounts,
  'run -a': attach,
  'run --attach': attach,
  'run --sig-proxy': 'Remove it: signals always reach the command.',
  'run --detach-keys': 'An attached run cannot be detached. `-d` starts it in the background.',
  'run -h': '`--hostname NAME` sets the host name.',
  'run -P': '`-p HOST:CONTAINER` publishes one port; `--service-ports` those of the container of a stack.',
  'run --publish-all': '`-p HOST:CONTAINER` publishes one port; `--service-ports` those of the container of a stack.',
  'run --expose': 'Remove it: containers of one network reach all ports of each other.',
  'run --net': network,
  'run --ip': network,
  'run --network-alias': network,
  'run --link': network,
  'run --no-deps': 'Remove it: `run` starts no other containers. `heropods apply` starts those of the stack.',
  'run --use-aliases': 'The aliases of a container stay with it; the one-off container is reached by its own name.',
  'run --build': '`heropods image build --tag NAME .` builds an image; run it as `localhost/NAME`.',
  'run -T': 'Remove it: without `-t` there is no terminal.',
  'run --no-TTY': 'Remove it: without `-t` there is no terminal.',
  'run --no-tty': 'Remove it: without `-t` there is no terminal.',
  'run -q': 'Remove it: only the output of the command is written to standard output.',
  'run --quiet': 'Remove it: only the output of the command is written to standard output.',
  'run --quiet-pull': 'Remove it: only the output of the command is written to standard output.',
  'run -c': '`--cpu-shares NUMBER` is the weight of CPU time.',
  'run --cidfile': '`-d --json` prints the name and the address of the container.',
  'run --gpus': '`--device /dev/NAME` makes a device available.',
  'run --platform': 'Images are pulled for the platform of this host.',
  'run --health-cmd': checks,
  'run --no-healthcheck': 'Remove it: a one-off container has no health check.',
  'run --log-driver': logs,
  'run --log-opt': logs,
  'run --pid': 'Each container has its own processes here.',
  'run --ipc': 'Each container has its own IPC objects here.',
  'run --userns': 'Containers have no user namespace here: `docs/security.md` lists the protections.',
  'run --runtime': 'The runtime is crun.',
}
