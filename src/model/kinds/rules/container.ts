import type { Change } from '../../change.ts'
import type { SecretValues } from '../../desired.ts'
import { fieldChanges } from '../../diff/field-changes.ts'
import type { KindRules, ObjectReference } from '../../kind-rules.ts'
import { parseResourceAddress } from '../../resource-address.ts'
import { fileContent } from '../../values/content.ts'
import { containerClassOf } from '../classes/container-change-classes.ts'
import type { ContainerSpec, InjectedFile } from '../container.ts'
import { inCanonicalOrder } from '../container-order.ts'
import { referredAddresses } from '../container-references.ts'

export const containerRules: KindRules<'container'> = {
  references,
  exclusive: ({ networks }) => networks.map((one) => `${one.network} ${one.ipv4_address}`),
  changes,
  runsProcesses: true,
  imageDigests: ({ image_digest }) => (image_digest === undefined ? [] : [image_digest]),
  leases: (container, { networks }) =>
    networks.map((attachment) => ({
      network: attachment.network,
      ip: attachment.ipv4_address,
      mac: attachment.mac,
      container,
    })),
  upgraded,
}

function references(spec: ContainerSpec): readonly ObjectReference[] {
  const [shared] = referredAddresses(spec, ['namespace'])
  const finished = new Set([
    ...referredAddresses(spec, ['image', 'network', 'volume', 'namespace', 'value']),
    ...spec.depends_on.filter(({ condition }) => condition !== 'service_started').map(({ container }) => container),
  ])
  return referredAddresses(spec).map((to) => ({
    to,
    followsRestart: to === shared,
    neededUntilReplaced: ['image', 'volume'].includes(parseResourceAddress(to).kind),
    onceStarted: !finished.has(to),
  }))
}

/** Compares sorted specs: the order of some lists has no meaning. */
function changes(before: ContainerSpec | undefined, after: ContainerSpec): readonly Change[] {
  const found = fieldChanges(before, after, containerClassOf)
  if (before === undefined || found.length === 0) return found
  return fieldChanges(inCanonicalOrder(before), inCanonicalOrder(after), containerClassOf)
}

/**
 * Older versions recorded configs from files as tokens, like secrets. If the file still has that content, the token is replaced by the
 * readable form, so that an update of HeroPods alone is not a change.
 */
function upgraded(spec: ContainerSpec, secretValues: SecretValues): ContainerSpec {
  const readable = (file: InjectedFile): InjectedFile => {
    const bytes = file.kind === 'config' ? secretValues.get(file.content) : undefined
    return bytes === undefined ? file : { ...file, content: fileContent(Buffer.from(bytes, 'base64'), file.content) }
  }
  if (!spec.files?.some((file) => readable(file) !== file)) return spec
  return { ...spec, files: spec.files.map(readable) }
}
