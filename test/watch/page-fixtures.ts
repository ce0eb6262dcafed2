import { resourceAddress } from '../../src/model/resource-address.ts'
import type { WatchStatus } from '../../src/model/status.ts'
import type { GenerationDetails, HistoryEntry, OutputDetails, PageView } from '../../src/watch/http/view.ts'
import type { ContainerDetails, NetworkDetails } from '../../src/watch/page-data/container-details.ts'
import type { Difference } from '../../src/watch/page-data/differences.ts'
import { stackEntry } from '../../src/watch/page-data/page-data.ts'
import { problemsOf } from '../../src/watch/page-data/problems.ts'
import type { UsageSample } from '../../src/watch/page-data/usage-sampler.ts'

const tones = { ready: 'good', pending: 'busy', failed: 'bad' } as const

/** A container at rest. */
export const containerDetails = (
  stack: string,
  name: string,
  more: Partial<ContainerDetails> = {},
): ContainerDetails => ({
  tone: more.state === 'stopped' ? 'warn' : tones[more.readiness ?? 'ready'],
  word: more.state && more.state !== 'running' ? more.state : (more.health ?? 'healthy'),
  address: resourceAddress(stack, 'container', name),
  stack,
  name,
  service: name.replace(/\.\d+$/, ''),
  state: 'running',
  health: 'healthy',
  readiness: 'ready',
  reason: null,
  exitCode: null,
  lastExit: null,
  restarts: 0,
  startedAt: new Date(Date.now() - 86_400_000).toISOString(),
  image: 'docker.io/library/nginx:1.27',
  digest: '8f3c2d91ab04',
  addresses: [{ network: resourceAddress(stack, 'network', 'lan'), ip: '10.94.0.2' }],
  ports: [],
  memoryLimit: 128 * 2 ** 20,
  cpuLimit: 0.5,
  dependsOn: [],
  drift: [],
  ...more,
})

/** The data of the page, which a test changes. */
export class FakePage implements PageView {
  containers: readonly ContainerDetails[] = []
  networks: readonly NetworkDetails[] = []
  differences: Readonly<Record<string, readonly Difference[]>> = {}
  waiting: Readonly<Record<string, string>> = {}
  outputs = new Map<string, OutputDetails>()
  plans = new Map<number, Pick<GenerationDetails, 'plan' | 'failures'>>()
  samples: UsageSample[] = []
  looking = 0
  private readonly listeners = new Set<(sample: UsageSample) => void>()

  constructor(
    private readonly status: () => WatchStatus,
    private readonly history: () => readonly HistoryEntry[],
  ) {}

  readonly usage = {
    look: () => {
      this.looking += 1
      return () => {
        this.looking -= 1
      }
    },
    subscribe: (listener: (sample: UsageSample) => void) => {
      this.listeners.add(listener)
      return () => this.listeners.delete(listener)
    },
    recent: () => this.samples,
  }

  measure(points: UsageSample['points'], time = new Date().toISOString()): void {
    const sample = { time, points }
    this.samples.push(sample)
    for (const listener of this.listeners) listener(sample)
  }

  entries(): ReadonlyMap<string, unknown> {
    const { stacks: followed, others = [], ...watch } = this.status()
    const stacks = [...followed, ...others]
    return new Map<string, unknown>([
      ['watch', watch],
      ['problems', problemsOf({ ...this.status(), stacks }, this.containers)],
      ...stacks.map((one) => [`stack ${one.stack}`, stackEntry(one)] as const),
      ...Object.entries(this.differences).map(([stack, all]) => [`differences ${stack}`, all] as const),
      ...Object.entries(this.waiting).map(([stack, plan]) => [`waiting ${stack}`, plan] as const),
      ...this.networks.map((one) => [`network ${one.address}`, one] as const),
      ...this.containers.map((one) => [`container ${one.address}`, one] as const),
    ])
  }

  async generation(number: number): Promise<GenerationDetails | undefined> {
    const found = this.history().find(({ generation }) => generation === number)
    return found && { ...found, failures: [], plan: null, ...this.plans.get(number) }
  }

  async output(container: string): Promise<OutputDetails | undefined> {
    const isKnown = this.containers.some(({ address: own }) => own === container)
    return this.outputs.get(container) ?? (isKnown ? { hidden: null, log: [], check: null } : undefined)
  }
}
