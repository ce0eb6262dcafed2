import { entriesOf, parseAddress } from '../../model/address.ts'
import { ExitCode, refuse } from '../../model/errors.ts'
import { mapStrings } from '../../model/references.ts'
import { redactedForPeople } from '../../model/sensitive.ts'
import type { Engine, Snapshot } from '../../reconciler/engine.ts'
import { renderTable } from '../../report/table.ts'
import { didYouMean } from '../../stack/check/suggest.ts'
import { type CommonOptions, openTerminal } from '../context.ts'
import { reading } from '../instance-session.ts'
import { type ContainerView, containerView, namedContainers, type OwnedContainer, ownedContainers } from '../views.ts'

export interface PsOptions extends CommonOptions {
  readonly quiet?: boolean
}

/** `heropods ps`: every container of the instance and how it is. */
export async function ps(stack: string | undefined, options: PsOptions): Promise<number> {
  const terminal = openTerminal()
  const { all, absent } = await reading(options, async (engine) => {
    const snapshot = await engine.observe()
    return { all: ownedContainers(snapshot), absent: await absentContainers(engine, snapshot, stack) }
  })
  const stacks = [...new Set(all.map((one) => parseAddress(one.address).stack))]
  if (stack !== undefined && !stacks.includes(stack))
    throw refuse({
      code: 'unknown-stack',
      message: `No container of a stack "${stack}" stands on this instance.${didYouMean(stack, stacks)}`,
      hint: `Stacks: ${stacks.join(', ') || 'none'}.`,
    })
  const views = all.map(containerView).filter((view) => stack === undefined || view.stack === stack)
  if (options.json) terminal.print(JSON.stringify({ containers: views }))
  else if (options.quiet) for (const view of views) terminal.print(`${view.stack}/${view.name}`)
  else {
    const rows = views.map((view) => [
      view.name,
      view.stack,
      view.image ?? '-',
      `${stateText(view)}${view.drift.length > 0 ? ' !' : ''}`,
      view.startedAt && view.pid ? age(view.startedAt) : '-',
      view.ip || '-',
      view.ports.join(', ') || '-',
    ])
    terminal.print(await renderTable(['NAME', 'STACK', 'IMAGE', 'STATE', 'UP', 'IP', 'PORTS'], rows, terminal.style))
    if (views.some((view) => view.drift.length > 0))
      terminal.note('! is not as it was applied: `heropods diff` says how.')
    if (absent.length > 0) terminal.note(`Not created: ${absent.join(', ')}. \`heropods status STACK\` says why.`)
  }
  return ExitCode.done
}

/** Containers that the newest run was to make, and has not. */
async function absentContainers(
  engine: Engine,
  { resources }: Snapshot,
  stack: string | undefined,
): Promise<readonly string[]> {
  const generations = await engine.generations()
  const names = [...new Set(generations.flatMap((one) => Object.keys(one.stacks)))]
  const records = await engine.stackRecords(names.filter((name) => stack === undefined || name === stack))
  const meant = [...records.values()].flatMap((record) => entriesOf(record.resources).map(([at]) => at))
  return meant
    .filter((at) => parseAddress(at).kind === 'container' && !resources.has(at))
    .map((at) => `${parseAddress(at).stack}/${parseAddress(at).name}`)
}

function stateText({ state, health, exitCode }: ContainerView): string {
  const more = health ?? exitCode
  return more === null ? state : `${state} (${more})`
}

function age(startedAt: string): string {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(startedAt)) / 1000))
  if (seconds < 120) return `${seconds}s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

/** `heropods inspect`: all that is known of containers. */
export async function inspect(names: readonly string[], options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const shown = await reading(options, async (engine) => {
    const all = ownedContainers(await engine.observe())
    return Promise.all(names.flatMap((name) => namedContainers(all, name)).map((one) => details(engine, one)))
  })
  const text = mapStrings({ containers: shown }, redactedForPeople)
  terminal.print(JSON.stringify(text, undefined, terminal.live ? 2 : undefined))
  return ExitCode.done
}

async function details(engine: Engine, one: OwnedContainer): Promise<object> {
  const { files: _, ...spec } = one.spec ?? { files: [] }
  return {
    ...containerView(one),
    incarnation: one.actual.incarnation,
    runtimeId: one.actual.id ?? null,
    ...(await engine.places(one.address, one.actual.id)),
    spec,
    files: (one.spec?.files ?? []).map(({ kind, name, target, mode }) => ({ kind, name, target, mode })),
  }
}
