import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildProgramImage } from './images/program-image.ts'
import type { Registry } from './images/registry.ts'

/**
 * Images with the names that stacks/ uses, for a registry that is found as docker.io. PostgreSQL, Redis, nginx and Node.js are the programs
 * of this host. PostgREST, Prometheus, its exporter and Grafana are shell scripts that do the part that a stack needs: they query, scrape
 * and serve.
 */
export function buildStackImages(registry: Registry): void {
  buildPostgres(registry)
  buildProgramImage(registry, 'library/redis', '7-alpine', {
    programs: ['/usr/bin/redis-server', '/usr/bin/redis-cli'],
    config: { Cmd: ['redis-server'], WorkingDir: '/data', Env: ['PATH=/usr/bin:/bin'] },
  })
  buildProgramImage(registry, 'library/nginx', '1.28-alpine', {
    programs: ['/usr/sbin/nginx'],
    copies: ['/etc/nginx/mime.types'],
    users: { nginx: 101 },
    config: { Cmd: ['/usr/sbin/nginx', '-g', 'daemon off;'], StopSignal: '3', Env: ['PATH=/usr/sbin:/bin'] },
  })
  buildProgramImage(registry, 'library/node', '22-alpine', {
    programs: [process.execPath],
    config: { Cmd: ['node'], Env: [`PATH=${dirname(process.execPath)}:/bin`] },
  })
  for (const [name, version, user, script, owned] of scripts)
    buildProgramImage(registry, name, version, {
      files: { 'bin/start': script },
      owned: { [owned]: user },
      config: { Entrypoint: ['/bin/start'], User: `${user}:${user}`, Env: ['PATH=/bin'] },
    })
}

/** The folder of the programs of PostgreSQL: Debian has one for each version. */
function postgresFolder(): string {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base) : []
  const folder = versions.map((version) => join(base, version, 'bin')).find((one) => existsSync(join(one, 'initdb')))
  if (folder !== undefined) return folder
  throw new Error('PostgreSQL is not installed: apt-get install postgresql')
}

function buildPostgres(registry: Registry): void {
  const folder = postgresFolder()
  const version = /\d+/.exec(folder)?.[0] ?? ''
  const program = (name: string): string => join(folder, name)
  const path = `PATH=${folder}:/bin`
  const libraries = ['dict_snowball', 'plpgsql'].map((name) => join(folder, `../lib/${name}.so`))
  buildProgramImage(registry, 'library/postgres', '17-alpine', {
    programs: ['postgres', 'initdb', 'psql', 'pg_isready'].map(program),
    copies: [...libraries, `/usr/share/postgresql/${version}`, '/usr/share/zoneinfo/Etc', '/usr/share/zoneinfo/GMT'],
    users: { postgres: 70 },
    owned: { 'var/lib/postgresql/data': 70, tmp: 70 },
    files: { 'bin/start': startPostgres },
    config: { Entrypoint: ['/bin/start'], Cmd: ['postgres'], User: '70:70', Env: [path], StopSignal: '2' },
  })
  buildProgramImage(registry, 'postgrest/postgrest', 'v12.2.3', {
    programs: [program('psql')],
    files: { 'bin/start': 'exec nc -ll -p "$PGRST_SERVER_PORT" -e /bin/answer', 'bin/answer': answerWithTable },
    config: { Cmd: ['/bin/sh', '/bin/start'], User: '1000', Env: [path] },
  })
}

/** As the image's own: makes the database once, then starts the server. */
const startPostgres = `#!/bin/sh
[ "$1" = postgres ] || exec "$@"
data=/var/lib/postgresql/data
if [ ! -e $data/PG_VERSION ]; then
  initdb --no-sync -E UTF8 --no-locale -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" -D $data >/dev/null || exit 1
  echo 'host all all all scram-sha-256' >$data/pg_hba.conf
  echo "CREATE DATABASE $POSTGRES_DB" | postgres --single -D $data postgres >/dev/null
fi
exec postgres -D $data -c listen_addresses='*' -c unix_socket_directories=/tmp
`

/** Answers a request for /TABLE with the rows of the table. */
const answerWithTable = `#!/bin/sh
read -r method path version
while read -r line && [ "$line" != "$(printf '\\r')" ]; do :; done
uri="$(cat "\${PGRST_DB_URI#@}")"
status='200 OK'
body="$(psql "$uri" -At -c "SELECT json_agg(t) FROM $(printf %s "$path" | tr -dc a-z) t" 2>&1)" || status='500 Failed'
printf 'HTTP/1.0 %s\\r\\nContent-Length: %d\\r\\n\\r\\n%s' "$status" "$(printf %s "$body" | wc -c)" "$body"
`

/** Scrapes the targets of its configuration each second, and serves the newest metrics of each at /HOST:PORT. */
const prometheus = `#!/bin/sh
for one in "$@"; do case $one in --web.listen-address=*) address=\${one#*=};; --config.file=*) file=\${one#*=};; esac; done
mkdir -p /prometheus/www/- && cd /prometheus/www && echo ready >-/ready
httpd -p "$address" -h .
while sleep 1; do
  for target in $(sed -n 's/.*targets: \\["\\(.*\\)"\\]/\\1/p' "$file"); do
    wget -qO /prometheus/new "http://$target/metrics" && mv /prometheus/new "$target"
  done
done
`

/** Serves the load of the host that is mounted at --path.rootfs. */
const nodeExporter = `#!/bin/sh
for one in "$@"; do case $one in --web.listen-address=*) address=\${one#*=};; --path.rootfs=*) host=\${one#*=};; esac; done
cd /srv/metrics && httpd -p "$address" -h .
while :; do echo "node_load1 $(cut -d ' ' -f 1 "$host/proc/loadavg")" >metrics; sleep 1; done
`

/** Serves the dashboards, the metrics of its data source, and the length of the password. */
const grafana = `#!/bin/sh
cd /var/lib/grafana && httpd -p "$GF_SERVER_HTTP_ADDR:$GF_SERVER_HTTP_PORT" -h .
wc -c <"$GF_SECURITY_ADMIN_PASSWORD__FILE" >password-length
cp "$(sed -n 's/.*path: \\([^ ]*\\) }.*/\\1/p' /etc/grafana/provisioning/dashboards/dashboards.yml)/heropods.json" .
url="$(sed -n 's/ *url: //p' /etc/grafana/provisioning/datasources/prometheus.yml)"
while sleep 1; do wget -qO new "$url/127.0.0.1:9180" && mv new heropods; wget -qO new "$url/127.0.0.1:9100" && mv new node; done
`

const scripts: readonly (readonly [string, string, number, string, string])[] = [
  ['prom/prometheus', 'v3.5.0', 65534, prometheus, 'prometheus'],
  ['prom/node-exporter', 'v1.9.1', 65534, nodeExporter, 'srv/metrics'],
  ['grafana/grafana', '11.6.0', 472, grafana, 'var/lib/grafana'],
]
