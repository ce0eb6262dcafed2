import type { CommandResult } from '../../../../../host/host.ts'
import type { Family } from '../../../../../model/ip/prefix.ts'
import type { WriteContext } from '../../../../provider.ts'
import { networkLockDescriptor } from '../../commands/ip-batch.ts'
import type { DesiredRules, Direction, FirewallBackend, HostRules } from '../backend.ts'
import { chainPrefix } from '../chain-names.ts'
import type { Table } from '../rule.ts'
import { compareRules } from './compare.ts'
import { lostPorts } from './lost-ports.ts'
import { ruleMonitor } from './monitor.ts'
import { withUnreadable } from './preserve.ts'
import { redirectsOf } from './redirects.ts'
import { renderRestore, rulesOnHost } from './restore.ts'
import { programs, readSavedRules, type SavedRules } from './saved-rules.ts'

const orders: Readonly<Record<Direction, readonly Table[]>> = {
  opening: ['raw', 'filter', 'nat'],
  closing: ['nat', 'filter', 'raw'],
}

/** The rules of the host, as iptables-save prints them. */
export const iptablesRules = (saved: SavedRules): HostRules => ({
  compare: (desired) => compareRules(withUnreadable(desired, saved), saved),
  lostPorts: (ruleset) => lostPorts(ruleset, saved),
  render: (desired, direction) => render(desired, saved, direction),
  redirects: (instance) => redirectsOf(saved, chainPrefix(instance)),
})

const render = (desired: DesiredRules, saved: SavedRules, direction: Direction): string =>
  renderRestore(withUnreadable(desired, saved), saved, chainPrefix(desired.instance), orders[direction])

/** Rules in the syntax of iptables, for its legacy and its nftables programs. */
export const iptables: FirewallBackend = {
  name: 'iptables',
  read: async (read, family) => iptablesRules(await readSavedRules(read, family)),
  monitor: ruleMonitor,
  commit,
}

/**
 * Writes the rules in one run. iptables-restore commits one table after the other, and a failed commit undoes only its own table. The
 * tables committed before it are then written back, so that a change is complete or has no effect. `--test` does not find errors
 * that only the kernel detects.
 */
async function commit(write: WriteContext, desired: DesiredRules, direction: Direction): Promise<void> {
  const { family } = desired.ruleset
  const before = await readSavedRules(write, family)
  const input = render(desired, before, direction)
  if (input === '') return
  try {
    await restore(write, family, input)
  } catch (error) {
    await undo(write, desired, before, direction)
    throw error
  }
}

async function undo(
  write: WriteContext,
  { instance, ruleset }: DesiredRules,
  before: SavedRules,
  direction: Direction,
): Promise<void> {
  const prefix = chainPrefix(instance)
  const now = await readSavedRules(write, ruleset.family)
  const input = renderRestore(rulesOnHost(before, prefix), now, prefix, [...orders[direction]].reverse())
  // A second failure has the same cause. The caller raises the first one.
  if (input !== '') await restore(write, ruleset.family, input).catch(() => undefined)
}

const restore = (write: WriteContext, family: Family, input: string): Promise<CommandResult> =>
  write.host.run({
    program: programs[family].restore,
    args: ['--noflush', '--wait', '10'],
    input,
    ...networkLockDescriptor(write),
  })
