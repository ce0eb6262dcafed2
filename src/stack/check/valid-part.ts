import type { ErrorObject } from 'ajv'
import { ownValue } from '../../model/values/own-value.ts'
import { isRecord } from '../../model/values/unknown.ts'
import { type Path, toPath } from '../read/position.ts'
import { loadValidator } from './load-validator.ts'
import { nearest } from './suggest.ts'

type Data = Readonly<Record<string, unknown>>

/** The valid part of a document, for further checks. */
export interface ValidPart {
  readonly data: Data
  /** Paths of the merged stack that were removed or replaced. Problems there are consequences of a reported one. */
  readonly suppressed: readonly Path[]
}

const header: Data = { apiVersion: 'heropods/v1', kind: 'Stack', metadata: { name: 'stack' } }

/** Minimal valid objects. They take the place of invalid ones, so that references to these are still found. */
const stubs: Readonly<Record<string, unknown>> = {
  networks: {},
  images: { builtin: 'busybox' },
  volumes: {},
  configs: { content: '' },
  secrets: { content: '' },
  containers: { image: 'busybox' },
  services: { image: 'busybox' },
}

/** Fields that other objects depend on, with a valid value. */
const fieldStubs: Data = { image: 'busybox', healthcheck: { test: ['CMD', 'true'] } }
/** Fields that other fields depend on. Without one of them, checks of these fields would be wrong. */
const dependentFields: Readonly<Record<string, readonly string[]>> = {
  networks: ['networks', 'network_mode'],
  network_mode: ['networks', 'network_mode'],
  deploy: ['deploy'],
}
/** Without one of them, most checks of the container would be wrong. */
const unknownWithout = ['extends', 'profiles']
const definingFields = [...Object.keys(dependentFields), ...unknownWithout]
/** Fields of a network that the addresses of containers depend on. */
const addressFields = ['subnet', 'gateway', 'exclude', 'driver', 'external']

/**
 * Removes the invalid fields of a document after a failed validation. `undefined`: without them the document is still not valid, or its
 * parts would not have the same meaning.
 */
export async function validPart(data: Data): Promise<ValidPart | undefined> {
  const validateStack = await loadValidator()
  if (validateStack(data)) return { data, suppressed: [] }
  const part = new PrunedDocument(data)
  for (const error of validateStack.errors ?? []) part.remove(error)
  return part.hasInvalidName || !validateStack(part.data) ? undefined : { data: part.data, suppressed: part.suppressed }
}

/** The field that a user means with an unknown key, if other checks depend on it. */
const meantField = (key: string): string =>
  key === 'build' ? 'image' : (nearest(key, [...Object.keys(fieldStubs), ...definingFields]) ?? key)

class PrunedDocument {
  readonly data: Record<string, unknown>
  readonly suppressed: Path[] = []
  /** True if an object has an invalid name: references to it cannot be checked. */
  hasInvalidName = false

  constructor(data: Data) {
    this.data = { ...data }
  }

  remove(error: ErrorObject): void {
    const path = toPath(error.instancePath)
    if (error.keyword === 'required' && path.length === 0) this.replaceHeader(String(error.params.missingProperty))
    else if (error.keyword === 'additionalProperties') this.removeAt([...path, error.params.additionalProperty])
    else if (error.keyword === 'propertyNames' && path.length === 1) this.hasInvalidName = true
    else if (!(path.length < 3 && ['if', 'allOf', 'anyOf'].includes(error.keyword))) this.removeAt(path)
  }

  private removeAt(path: Path): void {
    const [part, name, field] = path.map(String)
    if (part === undefined) return
    if (part in header) this.replaceHeader(part)
    else if (name === undefined) delete this.data[part]
    else this.removeBelow(part, name, field)
  }

  private replaceHeader(field: string): void {
    this.data[field] = header[field]
    this.suppress(field)
  }

  /** A copy of this object, which replaces it in the document. */
  private replaceByCopy(parent: Record<string, unknown>, name: string): Record<string, unknown> | undefined {
    const object = parent[name]
    if (object === undefined) return undefined
    const copy = { ...object }
    parent[name] = copy
    return copy
  }

  private removeBelow(part: string, name: string, field: string | undefined): void {
    const objects = this.replaceByCopy(this.data, part)
    if (objects === undefined) return
    const object = this.replaceByCopy(objects, name)
    const isContainer = part === 'containers' || part === 'services'
    if (field === undefined || object === undefined || !(isContainer || part === 'networks')) {
      objects[name] = stubs[part] ?? {}
      this.suppress(part, name)
      return
    }
    const known = isContainer ? meantField(field) : field
    delete object[field]
    if (isContainer && known in fieldStubs) object[known] = fieldStubs[known]
    if (isContainer && known === 'networks') object.networks = this.openNetwork()
    const isUnknown = unknownWithout.includes(known) || (known === 'networks' && object.networks === undefined)
    if (isContainer && isUnknown) this.suppress(part, name)
    else this.suppress(part, name, field)
    for (const dependent of (isContainer && ownValue(dependentFields, known)) || [])
      this.suppress(part, name, dependent)
    if (!isContainer && addressFields.includes(field)) this.suppressAttachments()
  }

  /** A list of one declared network that may publish ports, in place of an invalid list; undefined: this document has none. */
  private openNetwork(): readonly string[] | undefined {
    const networks = isRecord(this.data.networks) ? this.data.networks : {}
    const open = Object.keys(networks).find((name) => {
      const network = networks[name]
      return !name.startsWith('x-') && !(isRecord(network) && network.internal)
    })
    return open === undefined ? undefined : [open]
  }

  private suppressAttachments(): void {
    for (const part of ['containers', 'services'])
      for (const name of Object.keys(isRecord(this.data[part]) ? this.data[part] : {}))
        this.suppress(part, name, 'networks')
  }

  private suppress(...path: readonly string[]): void {
    this.suppressed.push(mergedPath(path))
  }
}

/** A path of a document in the merged stack, where `services` is `containers`. Pure. */
export const mergedPath = (path: Path): Path => (path[0] === 'services' ? ['containers', ...path.slice(1)] : path)
