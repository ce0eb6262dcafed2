/** `SOURCE:TARGET` or `SOURCE:TARGET:OPTIONS`; an absolute source may contain colons. */
const bind = /^(\/.*?):(\/[^:]*)(?::([^:/]*))?$/s

/** The parts of a mount in the short form. Relative paths are absolute already. Pure. */
export function mountParts(text: string): readonly [string, ...string[]] {
  const [, source, target, options] = bind.exec(text) ?? []
  if (source !== undefined && target !== undefined) return [source, target, ...(options === undefined ? [] : [options])]
  const [first = '', ...rest] = text.split(':')
  return [first, ...rest]
}
