import type { Page } from 'puppeteer-core'
import { expect, vi } from 'vitest'
import { resourceAddress } from '../../../src/model/resource-address.ts'
import type { ContainerDetails } from '../../../src/watch/page-data/container-details.ts'
import {
  ago,
  container,
  FakeView,
  failedStack,
  progressingStack,
  readyStack,
  suspendedStack,
  watchStatus,
} from '../../watch/fixtures.ts'
import { containerDetails } from '../../watch/page-fixtures.ts'

const address = (name: string) => resourceAddress('shop', 'container', name)
const port = (published: number, target: number, host_ip = '0.0.0.0') =>
  ({ host_ip, published, target, protocol: 'tcp' }) as const

/** A host with everything that the page can show. */
export function scene(): FakeView {
  const view = new FakeView(
    watchStatus(stacks(), {
      source: {
        kind: 'git',
        location: 'https://git.example.com/ops/stacks.git',
        revision: '8f3c2d91ab04e5c6d7f8091a2b3c4d5e6f708192',
        commit: { ...commit('8f3c2d91ab04e5c6d7f8091a2b3c4d5e6f708192', 'Postgres 17.9', 'Ada'), time: ago(400) },
        ok: true,
        message: '',
      },
    }),
  )
  view.page.containers = containers()
  view.page.networks = [
    {
      address: resourceAddress('shop', 'network', 'front'),
      stack: 'shop',
      name: 'front',
      subnet: '10.94.0.0/24',
      internal: false,
    },
    {
      address: resourceAddress('shop', 'network', 'back'),
      stack: 'shop',
      name: 'back',
      subnet: '10.94.1.0/24',
      internal: true,
    },
  ]
  view.page.differences = {
    shop: [
      { address: address('db'), field: 'mem_limit', wanted: '256M', recorded: '256M', live: '512M' },
      {
        address: 'shop/network/front',
        field: 'host',
        wanted: 'as recorded',
        recorded: 'as applied',
        live: 'one firewall rule less',
      },
    ],
  }
  view.page.outputs.set(address('api.2'), {
    hidden: null,
    log: Array.from({ length: 12 }, (_, line) => ({
      time: ago(60 - line * 5),
      stream: 'stdout' as const,
      text: line === 11 ? 'error: connection to db:5432 refused' : `GET /orders/${1000 + line} 200 ${line + 3} ms`,
    })),
    check: { output: 'GET http://10.94.0.5:8080/healthz answered 503', endedAt: ago(4), durationMs: 31 },
  })
  generations(view)
  events(view)
  for (let step = 0; step < 60; step += 1) view.page.measure(usage(step), ago(120 - step * 2))
  return view
}

const commit = (id: string, subject: string, author: string) => ({ id, subject, author, time: ago(7200) })

const stacks = () => [
  readyStack('shop', {
    mode: 'warn',
    applied: 45,
    attempted: 45,
    drift: [{ address: 'shop/container/db', text: 'mem_limit is 512M instead of 256M' }],
    objects: [
      { address: 'shop/network/front', kind: 'network', state: 'present', health: null, drift: [] },
      { address: 'shop/network/back', kind: 'network', state: 'present', health: null, drift: [] },
      { address: 'shop/volume/data', kind: 'volume', state: 'present', health: null, drift: [] },
      container('shop', 'db'),
    ],
  }),
  failedStack('mail', { commit: commit('8f3c2d91ab04e5c6d7f8091a2b3c4d5e6f708192', 'Postgres 17.9', 'Ada') }),
  suspendedStack('legacy'),
  progressingStack('wiki'),
  readyStack('dns'),
  readyStack('metrics'),
]

function containers(): readonly ContainerDetails[] {
  const network = (name: string, ip: string) => ({ network: resourceAddress('shop', 'network', name), ip })
  const after = (name: string, condition = 'service_healthy') => ({ container: address(name), condition })
  const api = {
    image: 'registry.example.com/shop/api:4.2',
    digest: '77aa01c9d2e4',
    dependsOn: [after('db'), after('cache')],
  }
  return [
    containerDetails('shop', 'api.1', {
      ...api,
      addresses: [network('front', '10.94.0.4'), network('back', '10.94.1.4')],
    }),
    containerDetails('shop', 'api.2', {
      ...api,
      health: 'unhealthy',
      readiness: 'failed',
      reason: 'is unhealthy',
      restarts: 2,
      startedAt: ago(900),
      addresses: [network('front', '10.94.0.5'), network('back', '10.94.1.5')],
    }),
    containerDetails('shop', 'cache', {
      image: 'docker.io/library/redis:7.4',
      health: null,
      addresses: [network('back', '10.94.1.3')],
    }),
    containerDetails('shop', 'db', {
      image: 'docker.io/library/postgres:17.6',
      memoryLimit: 256 * 2 ** 20,
      addresses: [network('back', '10.94.1.2')],
      ports: [port(5432, 5432, '127.0.0.1')],
      drift: ['mem_limit is 512M instead of 256M'],
    }),
    containerDetails('shop', 'proxy', {
      ports: [port(80, 8080), port(443, 8443)],
      dependsOn: [after('api.1'), after('api.2')],
      addresses: [network('front', '10.94.0.2')],
    }),
    containerDetails('shop', 'worker', {
      ...api,
      state: 'exited',
      health: null,
      readiness: 'failed',
      reason: 'has exited with code 137',
      exitCode: 137,
      restarts: 5,
      addresses: [network('back', '10.94.1.6')],
    }),
    containerDetails('dns', 'web', { ports: [port(53, 53)] }),
    containerDetails('metrics', 'web', { ports: [port(3000, 3000)] }),
    containerDetails('wiki', 'web', { health: 'starting', readiness: 'pending', reason: 'is not healthy yet' }),
    containerDetails('mail', 'web', { ports: [port(25, 25)] }),
    containerDetails('legacy', 'web'),
  ]
}

function generations(view: FakeView): void {
  const subjects = ['First stacks', 'Add the worker', 'Cache for sessions', 'Two replicas of the API', 'API 4.2']
  for (const [index, subject] of subjects.entries())
    view.generation({
      generation: 39 + index,
      time: ago(86_400 / (index + 1)),
      stacks: ['shop'],
      origin: 'https://git.example.com/ops/stacks.git',
      commit: commit(`5${index}c2d91ab04e5c6d7f8091a2b3c4d5e6f708192`, subject, index % 2 ? 'Grace' : 'Ada'),
    })
  view.generation({
    generation: 44,
    time: ago(95),
    result: 'failed',
    stacks: ['mail'],
    origin: 'https://git.example.com/ops/stacks.git',
    commit: commit('8f3c2d91ab04e5c6d7f8091a2b3c4d5e6f708192', 'Postgres 17.9', 'Ada'),
  })
  view.generation({
    generation: 45,
    time: ago(80),
    stacks: ['shop'],
    summary: { create: 0, update: 1, recreate: 0, delete: 0, keep: 9 },
    origin: 'https://git.example.com/ops/stacks.git',
    commit: commit('91b07caaab04e5c6d7f8091a2b3c4d5e6f708192', 'More memory for db', 'Grace'),
  })
  view.page.plans.set(43, {
    failures: [],
    plan: [
      '  ± shop/container/api.1  recreate: new process, same namespace, address and MAC',
      '      because image changed',
      '      ~ image: registry.example.com/shop/api:4.1 -> registry.example.com/shop/api:4.2  [recreate]',
      '  + shop/container/worker  create',
      '      because it does not exist',
      '',
      'Plan: 1 to create, 0 to update, 1 to recreate, 0 to delete; 9 unchanged.',
    ].join('\n'),
  })
}

function events(view: FakeView): void {
  view.happen('watch.started', { message: 'Watching https://git.example.com/ops/stacks.git.', time: ago(7200) })
  view.happen('stack.applied', { stack: 'shop', message: 'Generation 43 is applied and healthy.', time: ago(3700) })
  view.happen('source.changed', { message: 'Commit 8f3c2d9 "Postgres 17.9" by Ada.', time: ago(400) })
  for (const seconds of [95, 65, 35])
    view.happen('stack.failed', {
      level: 'error',
      stack: 'mail',
      message: 'docker.io/library/postgres:17.9 is not there.',
      time: ago(seconds),
    })
  view.happen('container.unhealthy', {
    level: 'warning',
    stack: 'shop',
    address: 'shop/container/api.2',
    message: 'api.2 is unhealthy.',
    reason: 'Unhealthy',
    time: ago(30),
  })
}

function usage(step: number) {
  const wave = (from: number, size: number, speed: number) =>
    Math.round((from + size * Math.abs(Math.sin(step / speed)) + (step % 3)) * 10) / 10
  return {
    [address('api.1')]: [wave(12, 20, 6), (60 + wave(0, 8, 15)) * 2 ** 20],
    [address('api.2')]: [wave(2, 60, 4), (50 + step) * 2 ** 20],
    [address('cache')]: [wave(1, 2, 9), 9 * 2 ** 20],
    [address('db')]: [wave(5, 14, 8), (180 + wave(0, 30, 20)) * 2 ** 20],
    [address('proxy')]: [wave(3, 6, 5), 14 * 2 ** 20],
  } as const
}

/** Waits until the nodes hold a text, also where they are not on the screen and so not drawn. */
export const holds = (page: Page, selector: string, text: string | RegExp): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(await page.$$eval(selector, (nodes) => nodes.map((node) => node.textContent).join('\n'))).toMatch(text),
    { timeout: 30_000, interval: 50 },
  )

/** Opens everything that opens on the page of `scene`. */
export async function openAll(page: Page): Promise<void> {
  await open(page, '.stack > details')
  await vi.waitFor(async () => expect(await page.$$('.container')).toHaveLength(11), { timeout: 30_000 })
  for (const selector of ['#map', '.generation:nth-child(3) details', '.container > details'])
    await open(page, selector)
  await holds(page, '.container-body', 'answered 503')
  await holds(page, '.generation-body', 'heropods rollback 43')
  await page.waitForSelector('.map-stack a')
}

const open = (page: Page, selector: string): Promise<void> =>
  page.$$eval(selector, (nodes) => {
    for (const node of nodes) node.setAttribute('open', '')
  })
