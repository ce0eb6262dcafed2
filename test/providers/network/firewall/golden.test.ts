import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chainPrefix, networkChain } from '../../../../src/providers/linux/network/firewall/chain-names.ts'
import { iptablesRules } from '../../../../src/providers/linux/network/firewall/iptables/iptables.ts'
import { renderRestore, rulesOnHost } from '../../../../src/providers/linux/network/firewall/iptables/restore.ts'
import { parseSaved, type SavedRules } from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import { firewallRules } from '../../../../src/providers/linux/network/firewall/rules.ts'
import { type GoldenCase, goldenCases, instance, savedOf } from './golden-cases.ts'
import { afterRestore } from './iptables.ts'
import { opening } from './rendered.ts'

/** Lines that the version of November 2025 has written, before rules were values. */
interface Golden {
  readonly opening: readonly string[]
  readonly closing: readonly string[]
  /** Back to the earlier rules, after a failure. */
  readonly undo: readonly string[]
  readonly drift: readonly string[]
}

const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(new URL('golden-rules.json', import.meta.url), 'utf8'),
)

function written({ networks, unusable, saved: text }: GoldenCase): Golden {
  const saved: SavedRules = parseSaved(savedOf(text, (network, letter) => networkChain(instance, network, letter)))
  const rules = iptablesRules(saved)
  const desired = { instance, ruleset: firewallRules(instance, networks), unusable }
  const [open, close] = [rules.render(desired, 'opening'), rules.render(desired, 'closing')]
  const prefix = chainPrefix(instance)
  const undo = renderRestore(rulesOnHost(saved, prefix), afterRestore(saved, open), prefix, [...opening].reverse())
  return {
    opening: open.split('\n'),
    closing: close.split('\n'),
    undo: undo.split('\n'),
    drift: rules.compare(desired).map((one) => one.text),
  }
}

describe('the text of rules is byte for byte that of earlier versions:', () => {
  it('every case is known', () => expect(Object.keys(golden)).toEqual(Object.keys(goldenCases)))
  for (const [name, one] of Object.entries(goldenCases)) it(name, () => expect(written(one)).toEqual(golden[name]))
})
