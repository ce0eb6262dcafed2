import type { EventType, InstanceEvent, NewEvent } from '../../src/model/event.ts'
import { authorText } from '../../src/model/generation.ts'
import type { Condition, ConditionType, ObjectStatus, StackStatus, WatchStatus } from '../../src/model/status.ts'
import type { HistoryEntry, StatusUpdate, StatusView } from '../../src/watch/http/view.ts'
import { FakePage } from './page-fixtures.ts'

export const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString()

const conditions = (
  states: Partial<Record<ConditionType, boolean>>,
  reason: string,
  message: string,
): readonly Condition[] =>
  (['Ready', 'Degraded', 'Progressing', 'Suspended'] as const).map((type) => ({
    type,
    status: states[type] ?? false,
    reason: states[type] || type === 'Ready' ? reason : 'None',
    message: states[type] || type === 'Ready' ? message : '',
    since: ago(3700),
  }))

export const container = (stack: string, name: string, more: Partial<ObjectStatus> = {}): ObjectStatus => ({
  address: `${stack}/container/${name}`,
  kind: 'container',
  state: 'running',
  health: 'healthy',
  drift: [],
  ...more,
})

/** A stack at rest. */
export const readyStack = (stack: string, more: Partial<StackStatus> = {}): StackStatus => ({
  stack,
  files: [`${stack}.yaml`],
  mode: 'heal',
  conditions: conditions({ Ready: true }, 'Applied', 'As its files state it.'),
  attempted: 41,
  applied: 41,
  appliedAt: ago(3700),
  lastError: null,
  drift: [],
  nextTry: null,
  objects: [
    { address: `${stack}/network/lan`, kind: 'network', state: 'present', health: null, drift: [] },
    container(stack, 'web'),
  ],
  ...more,
})

export const failedStack = (stack: string, more: Partial<StackStatus> = {}): StackStatus =>
  readyStack(stack, {
    conditions: conditions({ Degraded: true }, 'ImagePullFailed', 'The image cannot be pulled.'),
    attempted: 44,
    applied: 43,
    lastError: {
      code: 'image-pull-failed',
      message: 'docker.io/library/postgres:17.9 is not there.',
      hint: 'See which tags exist: skopeo list-tags docker://docker.io/library/postgres.',
      place: { file: `${stack}.yaml`, line: 12, column: 12, quote: '    image: postgres:17.9' },
      address: `${stack}/image/postgres`,
    },
    nextTry: new Date(Date.now() + 42_000).toISOString(),
    ...more,
  })

export const suspendedStack = (stack: string): StackStatus =>
  readyStack(stack, { conditions: conditions({ Suspended: true }, 'Suspended', 'Suspended by root.') })

export const progressingStack = (stack: string): StackStatus =>
  readyStack(stack, { conditions: conditions({ Progressing: true }, 'Applying', 'Applying generation 45.') })

export const watchStatus = (stacks: readonly StackStatus[], more: Partial<WatchStatus> = {}): WatchStatus => ({
  instance: 'default',
  version: '0.1.0',
  pid: 4711,
  startedAt: ago(86_400 * 3),
  heartbeat: ago(1),
  source: {
    kind: 'git',
    location: 'https://git.example.com/ops/stacks.git',
    revision: '8f3c2d91ab04e5c6d7f8091a2b3c4d5e6f708192',
    ok: true,
    message: '',
  },
  stacks,
  ...more,
})

/** A view whose contents a test changes. */
export class FakeView implements StatusView {
  readonly known: InstanceEvent[] = []
  readonly generations: HistoryEntry[] = []
  private readonly listeners = new Set<(update: StatusUpdate) => void>()
  private sequence = 0
  readonly page = new FakePage(
    () => this.current,
    () => this.generations,
  )

  constructor(public current: WatchStatus) {}

  status = (): WatchStatus => this.current
  metrics = async (): Promise<string> => '# HELP up Fake.\n'
  history = async (): Promise<readonly HistoryEntry[]> => this.generations

  async events({
    after,
    limit,
  }: {
    readonly after?: string
    readonly limit: number
  }): Promise<readonly InstanceEvent[]> {
    if (after === undefined) return this.known.slice(-limit)
    const position = this.known.findIndex((one) => one.id === after)
    return this.known.slice(position + 1, position + 1 + limit)
  }

  subscribe(listener: (update: StatusUpdate) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  show(status: WatchStatus): void {
    this.current = status
    for (const listener of this.listeners) listener({ kind: 'status' })
  }

  happen(type: EventType, more: Partial<NewEvent & { time: string }> = {}): InstanceEvent {
    const event = { ...hostEvent(type, more), id: `${Date.now()}-${this.sequence++}` }
    this.known.push(event)
    for (const listener of this.listeners) listener({ kind: 'event', event })
    return event
  }

  generation(more: Partial<HistoryEntry> = {}): void {
    const run = { user: 'root', command: 'watch', ...more }
    this.generations.unshift({
      by: authorText(run),
      generation: this.generations.length + 1,
      time: ago(60),
      user: 'root',
      pid: 4711,
      command: 'watch',
      result: 'done',
      stacks: ['shop'],
      summary: { create: 3, update: 1, recreate: 0, delete: 0, keep: 2 },
      ...more,
    })
  }
}

export const hostEvent = (type: EventType, more: Partial<InstanceEvent> = {}): InstanceEvent => ({
  id: '1795633200000-0',
  time: ago(0),
  type,
  level: 'info',
  reason: 'Fixture',
  message: `${type} happened.`,
  ...more,
})
