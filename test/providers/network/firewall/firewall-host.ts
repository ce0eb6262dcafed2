import type { Command, CommandResult } from '../../../../src/host/host.ts'
import { parseSaved, type SavedRules } from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import { RecordingHost } from '../../../host/recording-host.ts'
import { afterRestore, savedText } from './iptables.ts'

export const builtIn = parseSaved('*raw\n:PREROUTING\n*filter\n:FORWARD\n*nat\n:PREROUTING\n:OUTPUT\n:POSTROUTING\n')

/** A host with rules. Its iptables-restore commits tables up to the first that it refuses. */
export class FirewallHost extends RecordingHost {
  rules: SavedRules = builtIn

  constructor(private refuses?: string) {
    super((command) => this.answer(command))
  }

  protected answer({ program, input = '' }: Command): Partial<CommandResult> {
    if (program.endsWith('-save')) return { stdout: savedText(this.rules) }
    if (!program.endsWith('-restore')) return {}
    for (const table of String(input).split(/(?<=COMMIT\n)/)) {
      if (this.refuses !== undefined && table.startsWith(`*${this.refuses}\n`)) {
        this.refuses = undefined
        return { exitCode: 1 }
      }
      this.rules = afterRestore(this.rules, table)
    }
    return {}
  }
}
