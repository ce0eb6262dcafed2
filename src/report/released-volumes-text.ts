import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'

/** The last line of a run that released volumes, with the command that erases them; undefined: it released none. Pure. */
export function releasedVolumesText(released: readonly ResourceAddress[], instance: string): string | undefined {
  if (released.length === 0) return undefined
  const names = released.map((address) => parseResourceAddress(address).name)
  const shown = new Set(names).size === names.length ? names : released
  const option = instance === 'default' ? '' : `--instance ${instance} `
  const object = shown.length === 1 ? 'it' : 'them'
  return `The data of ${shown.join(', ')} is still on the host: \`heropods volume rm ${option}${shown.join(' ')}\` erases ${object}.`
}
