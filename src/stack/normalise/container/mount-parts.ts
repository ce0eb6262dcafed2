/** `SOURCE:TARGET` or `SOURCE:TARGET:OPTIONS`; a folder that the source lies in may have colons in its name. */
const bind = /^(\/.*?):(\/[^:]*)(?::([^:/]*))?$/s

/** The parts of a mount in the short form, as many as there are. Relative paths have become absolute before. Pure. */
export function mountParts(text: string): readonly [string, ...string[]] {
  const [, source, target, options] = bind.exec(text) ?? []
  if (source !== undefined && target !== undefined) return [source, target, ...(options === undefined ? [] : [options])]
  const [first = '', ...rest] = text.split(':')
  return [first, ...rest]
}
