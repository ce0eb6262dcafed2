import { instancePaths } from '../../../host/files/paths.ts'
import { ExitCode } from '../../../model/errors.ts'
import {
  changedSettings,
  givenSettings,
  type InstanceSettings,
  originalSettings,
} from '../../../model/instance/settings.ts'
import {
  createInstance,
  instanceExists,
  requireInstance,
  useInstance,
} from '../../../reconciler/engine/instance/instances.ts'
import { type WriteOptions, withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface SettingsOptions extends WriteOptions {
  readonly bridge?: string
  readonly subnet?: string
  readonly gateway?: string
  readonly dns?: readonly string[]
  readonly podman?: boolean
}

/** The settings that the options name. Pure. */
export const settingsOfOptions = ({
  bridge,
  subnet,
  gateway,
  dns,
  podman: usePodman,
}: SettingsOptions): InstanceSettings => givenSettings({ bridge, subnet, gateway, dns, usePodman })

/** `heropods instance new`: records an instance with its settings. Raises as `createInstance`. */
export async function instanceNew(name: string, { podman, ...options }: SettingsOptions): Promise<number> {
  const settings = settingsOfOptions(podman === false ? { ...options, podman } : options)
  await createInstance(localHost, instancePaths(localHost.environment, name), settings)
  return printSettings(options, name, 'created', settings)
}

/** `heropods instance set`: changes settings. Raises `unknown-instance`, `network-exists` (refused) and the errors of the settings. */
export async function instanceSet(name: string, options: SettingsOptions): Promise<number> {
  await requireInstance(localHost, instancePaths(localHost.environment, name))
  return withWriterEngine({ ...options, instance: name }, async (engine) => {
    const settings = changedSettings(await engine.settings(), settingsOfOptions(options))
    await engine.configure(settings)
    return printSettings(options, name, 'changed', settings)
  })
}

function printSettings(options: CommonOptions, name: string, result: string, settings: InstanceSettings): number {
  const all = originalSettings(settings)
  const { bridge_name: bridge, subnet, gateway_ip: gateway, dns_servers: dns, use_podman: usesPodman } = all
  const text = `instance ${name} ${result}: bridge ${bridge}, subnet ${subnet}, gateway ${gateway}, name servers ${dns.join(', ')}${usesPodman ? '' : ', without podman'}`
  openTerminal().print(options.json ? JSON.stringify({ instance: name, result, ...all }) : text)
  return ExitCode.done
}

/** `heropods instance use`: the default instance of this user from now on. Raises `unknown-instance` (refused). */
export async function instanceUse(name: string, options: CommonOptions): Promise<number> {
  const paths = instancePaths(localHost.environment, name)
  // The instance `default` is made by its first apply.
  if (name !== 'default') await requireInstance(localHost, paths)
  await useInstance(localHost, paths)
  const terminal = openTerminal()
  terminal.print(
    options.json ? JSON.stringify({ instance: name, result: 'used' }) : `Commands now use the instance ${name}.`,
  )
  const { HEROPODS_INSTANCE: variable } = localHost.environment
  if (variable !== undefined && variable !== name)
    terminal.note(`HEROPODS_INSTANCE is set to ${variable} here and has precedence: run \`unset HEROPODS_INSTANCE\`.`)
  return ExitCode.done
}

/** `heropods instance exists`: exit code 0 if the instance has data, else 1. */
export async function instanceExistsCommand(name: string, options: CommonOptions): Promise<number> {
  const exists = await instanceExists(localHost, instancePaths(localHost.environment, name))
  openTerminal().print(options.json ? JSON.stringify({ instance: name, exists }) : exists ? 'yes' : 'no')
  return exists ? ExitCode.done : ExitCode.failed
}
