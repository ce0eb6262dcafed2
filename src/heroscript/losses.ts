import { shellWord } from '../model/command/shell-word.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { ConfigureParameters } from './actions.ts'
import { defaultNetwork } from './check-values.ts'
import type { InstanceAction } from './instances.ts'

/** A part of an action that a stack cannot express. `key`: its parameter. */
interface Loss {
  readonly message: string
  readonly hint: string
  readonly key?: string
}

/** A command of the command line, with the option for the instance. */
type CommandOf = (name: string) => string

/** The parts of a script that have no equivalent in a stack, in the order of the script. `instance`: the default instance. Pure. */
export const lossesOf = (actions: readonly InstanceAction[], instance: string): readonly Diagnostic[] =>
  actions.flatMap((action) =>
    lossesOfAction(action, actions, instance).map(({ key, ...loss }) => ({
      code: 'no-equivalent' as const,
      ...loss,
      place: (key === undefined ? undefined : action.places[key]) ?? action.place,
    })),
  )

function lossesOfAction(action: InstanceAction, all: readonly InstanceAction[], initial: string): readonly Loss[] {
  const command: CommandOf = (name) =>
    `heropods ${name}${action.instance === initial ? '' : ` --instance ${action.instance}`}`
  switch (action.action) {
    case 'configure':
      return lossesOfConfigure(action.parameters, action.instance === initial, command)
    case 'enable_mycelium':
      return [{ message: 'A stack cannot enable Mycelium yet.', hint: 'Leave it out for now.' }]
    case 'container_new':
      return [...lossOfImage(action), ...lossOfUnstarted(action, all)]
    case 'container_start':
      return lossOfUnknown(action, all)
    case 'container_exec':
      return [
        {
          message: 'A stack runs no single commands.',
          hint: `After the apply: \`${command('exec')} ${action.parameters.name} -- /bin/sh -c ${shellWord(action.parameters.cmd)}\`.`,
        },
      ]
    case 'container_stop':
      return [
        {
          message: 'A stack has no stopped containers.',
          hint: `To stop it: \`${command('stop')} ${action.parameters.name}\`.`,
        },
      ]
    case 'container_delete':
      return [
        {
          message: 'A stack removes a container that is no longer declared.',
          hint: `Remove ${action.parameters.name} from the stack and apply it, or run \`${command('rm')} ${action.parameters.name}\`.`,
        },
      ]
  }
}

function lossesOfConfigure(settings: ConfigureParameters, isInitial: boolean, command: CommandOf): readonly Loss[] {
  const { reset, use_podman: usePodman, bridge_name: bridge = defaultNetwork.bridge_name } = settings
  return [
    ...(isInitial
      ? []
      : [
          {
            key: 'name',
            message: 'A stack does not name its instance.',
            hint: `Apply it with \`${command('apply')}\`.`,
          },
        ]),
    ...(reset
      ? [
          {
            key: 'reset',
            message: 'A stack cannot reset its instance.',
            hint: `Before the first apply: \`${command('destroy --all')}\`.`,
          },
        ]
      : []),
    ...(usePodman
      ? []
      : [
          {
            key: 'use_podman',
            message: 'A stack cannot turn off podman.',
            hint: 'Images from archives and the image `busybox` do not use it.',
          },
        ]),
    ...(bridge === defaultNetwork.bridge_name
      ? []
      : [
          { key: 'bridge_name', message: 'A stack does not name the bridge of a network.', hint: 'HeroPods names it.' },
        ]),
  ]
}

type ActionOf<Name> = Extract<InstanceAction, { readonly action: Name }>

/** An image that has a name but no reference. */
const lossOfImage = ({ parameters }: ActionOf<'container_new'>): readonly Loss[] =>
  parameters.image === 'custom' && parameters.docker_url === ''
    ? [
        {
          key: 'custom_image_name',
          message: `The script has no reference of the image ${parameters.custom_image_name}.`,
          hint: 'Replace it in the stack by a reference, e.g. `docker.io/library/alpine:3.20`.',
        },
      ]
    : []

const isOf = (one: InstanceAction, { instance, parameters }: ActionOf<'container_new' | 'container_start'>): boolean =>
  one.instance === instance && one.action !== 'enable_mycelium' && one.parameters.name === parameters.name

function lossOfUnstarted(action: ActionOf<'container_new'>, all: readonly InstanceAction[]): readonly Loss[] {
  const isStarted = all.some((one) => ['container_start', 'container_exec'].includes(one.action) && isOf(one, action))
  if (isStarted) return []
  return [
    {
      message: `The script does not start ${action.parameters.name}, but a stack starts all its containers.`,
      hint: 'Remove it from the stack if it must not run.',
    },
  ]
}

function lossOfUnknown(action: ActionOf<'container_start'>, all: readonly InstanceAction[]): readonly Loss[] {
  if (all.some((one) => one.action === 'container_new' && isOf(one, action))) return []
  return [
    {
      message: `The script starts ${action.parameters.name}, but does not create it.`,
      hint: 'Declare it in the stack.',
    },
  ]
}
