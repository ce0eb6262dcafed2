import { HeroPodsError } from '../../../../model/errors.ts'

/**
 * Checks that a line for iptables-restore or `ip -batch` has no line break, quote or comment sign. All values were parsed before, so this
 * is a second check. Raises `unsafe-value`.
 */
export function safeLine(line: string): string {
  if (/^[\w .:/!+,@~[\]-]+$/.test(line)) return line
  throw new HeroPodsError({
    code: 'unsafe-value',
    message: `${JSON.stringify(line.slice(0, 200))} is not written to the host: it contains characters that are not allowed in a rule or a link.`,
    hint: 'Check the records of the networks; `heropods apply` writes them again.',
  })
}
