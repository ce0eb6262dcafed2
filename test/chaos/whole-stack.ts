import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildImage, type Registry } from '../live/images/registry.ts'
import { type Instance, sh } from '../live/support.ts'

/** Addresses that a container of the whole stack has in `heropods ps`, and in what state it settles. */
export const containers: Readonly<Record<string, string>> = {
  db: 'running',
  web: 'running',
  'worker.1': 'running',
  'worker.2': 'running',
  relay: 'running',
  migrate: 'completed',
  shell: 'held',
}

/** Port of the host that leads to `web`. */
export const port = 18091

/** Builds the images and archives that the versions of the stack refer to. Version N runs `shop/app` of its own and one of two archives. */
export function makeImages(instance: Instance, registry: Registry, versions: number): void {
  const rootfs = join(instance.base, 'rootfs')
  mkdirSync(join(rootfs, 'bin'), { recursive: true })
  sh('cp', '/bin/busybox', join(rootfs, 'bin/busybox'))
  for (const applet of ['sh', 'sleep', 'cat', 'nc', 'true']) sh('ln', '-sf', 'busybox', join(rootfs, 'bin', applet))
  for (const archive of [0, 1]) {
    writeFileSync(join(rootfs, 'archive'), String(archive))
    sh('tar', '-czf', join(instance.base, `db-${archive}.tgz`), '-C', rootfs, '.')
  }
  for (let version = 0; version < versions; version += 1)
    buildImage(registry, `shop/app${version}`, {
      Cmd: ['httpd', '-f', '-p', '80', '-h', '/www'],
      Env: [`VERSION=${version}`],
      Volumes: { '/var/lib/app': {} },
    })
}

/** A stack with every kind of object and most ways to depend on another. `version` changes every container, `image` names the pulled one. */
export const wholeStack = (version: number, image: number): string => `
variables: { token: { default: "token-${version}", sensitive: true } }
networks:
  front: { subnet: 10.91.0.0/24 }
  back: { subnet: 10.91.1.0/24, internal: true }
images:
  db: { archive: ./db-${version % 2}.tgz }
volumes: { data: , site: }
configs: { page: { content: "version ${version}" } }
secrets: { password: { content: "password-${version}" } }
containers:
  db:
    image: db
    command: [sh, -c, "echo ${version} > /data/version; exec sleep 100000"]
    networks: { back: { aliases: [postgres], ipv4_address: 10.91.1.10 } }
    volumes: ["data:/data"]
    secrets: [password]
    healthcheck: { test: [CMD, cat, /data/version], interval: 1s, timeout: 5s, retries: 3 }
    restart: always
    stop_grace_period: 0s
  migrate:
    image: busybox
    command: [sh, -c, "echo ${version} > /data/migrated"]
    networks: [back]
    volumes: ["data:/data"]
    depends_on: { db: { condition: service_healthy } }
  web:
    image: shop/app${image}
    networks: [front, back]
    environment: { DB: "\${containers.db.ip}", TOKEN: "\${token}" }
    configs: [{ source: page, target: /www/index.html }]
    volumes: ["site:/srv"]
    ports: ["${port}:80"]
    depends_on: { migrate: { condition: service_completed_successfully } }
    restart: unless-stopped
    stop_grace_period: 0s
  worker:
    image: busybox
    command: [sleep, "${100000 + version}"]
    networks: [back]
    depends_on: [db]
    mem_limit: 64m
    deploy: { replicas: 2 }
    stop_grace_period: 0s
  relay:
    image: busybox
    command: [sleep, "100000"]
    networks: [front]
    labels: { version: "${version}" }
    ports: ["${port}:7/udp"]
    restart: always
    stop_grace_period: 0s
  shell: { image: busybox, command: ["true"], keep_alive: true, network_mode: none, stop_grace_period: 0s }
`
