import { type Diagnostic, limitReported, refusedError } from '../model/errors.ts'
import { inOrder } from '../stack/check/problem.ts'
import { knownNames, nearest } from '../stack/check/suggest.ts'
import {
  type ConfigureParameters,
  type ContainerNewParameters,
  type EnableMyceliumParameters,
  type HeroAction,
  type HeroActionName,
  type HeroCall,
  heroImages,
} from './actions.ts'
import { ParameterReader } from './parameter-reader.ts'
import { parse, type RawAction } from './syntax/parse.ts'

/** Reads the parameters of each action. */
const readers: { readonly [Name in HeroActionName]: (read: ParameterReader) => HeroCall } = {
  configure: (read) => ({ action: 'configure', parameters: configure(read) }),
  enable_mycelium: (read) => ({ action: 'enable_mycelium', parameters: enableMycelium(read) }),
  container_new: (read) => ({ action: 'container_new', parameters: containerNew(read) }),
  container_start: (read) => ({
    action: 'container_start',
    parameters: { name: read.container(), keep_alive: read.flag('keep_alive', false) },
  }),
  container_exec: (read) => ({
    action: 'container_exec',
    parameters: { name: read.container(), cmd: read.required('cmd', "'ls -la'"), stdout: read.flag('stdout', true) },
  }),
  container_stop: (read) => ({ action: 'container_stop', parameters: { name: read.container() } }),
  container_delete: (read) => ({ action: 'container_delete', parameters: { name: read.container() } }),
}

function configure(read: ParameterReader): ConfigureParameters {
  const name = read.text('name')
  const reset = read.flag('reset', false)
  const usePodman = read.flag('use_podman', true)
  const bridge = read.text('bridge_name')
  const subnet = read.text('subnet')
  const gateway = read.text('gateway_ip')
  const servers = read.list('dns_servers')
  read.checkedName('name', name)
  return {
    name: name ?? 'default',
    reset,
    use_podman: usePodman,
    ...(bridge !== undefined && { bridge_name: bridge }),
    ...(subnet !== undefined && { subnet }),
    ...(gateway !== undefined && { gateway_ip: gateway }),
    ...(servers !== undefined && { dns_servers: servers }),
  }
}

function enableMycelium(read: ParameterReader): EnableMyceliumParameters {
  const version = read.text('version')
  const range = read.text('ipv6_range')
  const key = read.text('key_path')
  const peers = read.list('peers')
  return {
    ...(version !== undefined && { version }),
    ...(range !== undefined && { ipv6_range: range }),
    ...(key !== undefined && { key_path: key }),
    ...(peers !== undefined && { peers }),
  }
}

const containerNew = (read: ParameterReader): ContainerNewParameters => ({
  name: read.container(),
  image: read.choice('image', heroImages, 'alpine_3_20'),
  custom_image_name: read.text('custom_image_name') ?? '',
  docker_url: read.text('docker_url') ?? '',
  reset: read.flag('reset', false),
})

/** The names of all actions, in the order of the documentation. */
export const heroActionNames = Object.keys(readers).filter(isActionName)

/**
 * Reads a HeroScript: its actions in the order of the text, with their types checked and all defaults filled in. `file` is its name in
 * errors. Touches nothing. Raises (refused) all syntax errors, or else all unknown actions and parameters and wrong values.
 */
export function readHeroScript(script: string, file: string): readonly HeroAction[] {
  const { actions, faults } = parse(script, file)
  if (faults.length > 0) throw refusedError(limitReported(faults))
  const problems: Diagnostic[] = []
  const checked = actions.flatMap((action) => check(action, problems))
  if (problems.length > 0) throw refusedError(limitReported(inOrder(problems, [file])))
  return checked
}

function check(action: RawAction, problems: Diagnostic[]): readonly HeroAction[] {
  if (action.actor === 'heropods' && isActionName(action.name)) return [typed(action, action.name, problems)]
  problems.push(unknownAction(action))
  return []
}

function typed(action: RawAction, name: HeroActionName, problems: Diagnostic[]): HeroAction {
  const read = new ParameterReader(action, problems)
  const call = readers[name](read)
  const heropods = name === 'configure' ? undefined : read.text('heropods')
  read.checkedName('heropods', heropods)
  read.refuseOthers()
  return { ...call, ...(heropods !== undefined && { heropods }), place: action.place, places: read.places() }
}

/** Hints for actions of the original's other modules. */
const elsewhere: Readonly<Record<string, string>> = {
  'play.include': 'Put all actions into one file; stacks have `include:`.',
  'session.env_set': 'Write the value into each action; stacks have `variables:`.',
  'session.env_set_once': 'Write the value into each action; stacks have `variables:`.',
}

function unknownAction({ actor, name, place }: RawAction): Diagnostic {
  const full = `${actor}.${name}`
  const names = heroActionNames.map((one) => `heropods.${one}`)
  const similar = nearest(full, names)
  return {
    code: 'unknown-action',
    message: `No action \`${full}\` exists.${similar === undefined ? '' : ` Did you mean "${similar}"?`}`,
    hint: elsewhere[full] ?? knownNames(names),
    place,
  }
}

function isActionName(name: string): name is HeroActionName {
  return Object.hasOwn(readers, name)
}
