import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'

/**
 * The last line of a run that released volumes, with the command that erases them; undefined: it released none. `known`: all volumes of the
 * instance. Volumes whose name others have are shown as STACK/NAME. Pure.
 */
export function releasedVolumesText(
  released: readonly ResourceAddress[],
  known: readonly ResourceAddress[],
  instance: string,
): string | undefined {
  if (released.length === 0) return undefined
  const names = [...new Set([...known, ...released])].map((address) => parseResourceAddress(address).name)
  const shown = released.map((address) => {
    const { stack, name } = parseResourceAddress(address)
    return names.filter((one) => one === name).length > 1 ? `${stack}/${name}` : name
  })
  const option = instance === 'default' ? '' : `--instance ${instance} `
  const object = shown.length === 1 ? 'it' : 'them'
  return `The data of ${shown.join(', ')} is still on the host: \`heropods volume rm ${option}${shown.join(' ')}\` erases ${object}.`
}
