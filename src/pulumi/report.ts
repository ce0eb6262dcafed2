const reported = new Set<string>()

/**
 * Prints texts about an object, each once: the reasons of drift and the effect on the process, which Pulumi shows under its diagnostics: it has no other place for the
 * explanation of an update.
 */
export function report(id: string, texts: readonly string[]): void {
  for (const text of texts) {
    const line = `${id}: ${text}`
    if (reported.has(line)) continue
    reported.add(line)
    process.stderr.write(`${line}\n`)
  }
}
