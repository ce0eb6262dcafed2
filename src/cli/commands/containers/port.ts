import { ExitCode, refusedError } from '../../../model/errors.ts'
import type { PublishedPort } from '../../../model/kinds/network.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { hostAddressText, targetText, unpublishedPorts } from '../../../report/containers/port-text.ts'
import type { OwnedContainer } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { imageConfigOf } from '../../image-config-of.ts'
import { namedContainers } from '../../not-created.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

interface PortOfContainer {
  readonly container: ResourceAddress
  readonly port: PublishedPort
}

/**
 * `heropods port`: prints the published and the exposed ports of a container, or the address of one of them. Replicas have their name in front. Raises
 * `unknown-container`, `ambiguous-name`, `usage` (refused).
 */
export async function port(name: string, wanted: string | undefined, options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const containers = await withEngine(options, async (engine) =>
    Promise.all((await namedContainers(engine, name)).map((one) => withExposed(engine, one))),
  )
  const published = containers.flatMap(({ address, spec }) =>
    (spec?.ports ?? []).map((one) => ({ container: address, port: one })),
  )
  const selected = wanted === undefined ? published : selectPort(published, name, wanted)
  const exposed = wanted === undefined ? containers.flatMap((one) => one.exposed) : []
  if (options.json)
    terminal.print(JSON.stringify({ ports: selected.map(portView), ...(wanted === undefined && { exposed }) }))
  else {
    const isSingle = containers.length === 1
    for (const one of selected) terminal.print(lineOf(one, { isSingle, wanted }))
    for (const { container, port, protocol } of exposed)
      terminal.print(withName(container, `${port}/${protocol} (not published)`, isSingle))
  }
  return ExitCode.done
}

function selectPort(published: readonly PortOfContainer[], name: string, wanted: string): readonly PortOfContainer[] {
  const text = wanted.includes('/') ? wanted : `${wanted}/tcp`
  const found = published.filter(({ port }) => targetText(port) === text)
  if (found.length > 0) return found
  const known = [...new Set(published.map(({ port }) => targetText(port)))]
  throw refusedError({
    code: 'usage',
    message: `${name} does not publish the port ${text}.`,
    hint: known.length === 0 ? 'It publishes no port: see `ports:` in its stack file.' : `Ports: ${known.join(', ')}.`,
  })
}

const portView = ({ container, port }: PortOfContainer): object => ({
  container,
  port: port.target,
  protocol: port.protocol,
  hostIp: port.host_ip,
  hostPort: port.published,
})

function lineOf(
  { container, port }: PortOfContainer,
  { isSingle, wanted }: { readonly isSingle: boolean; readonly wanted: string | undefined },
): string {
  const address = wanted === undefined ? `${targetText(port)} -> ${hostAddressText(port)}` : hostAddressText(port)
  return withName(container, address, isSingle)
}

const withName = (container: ResourceAddress, text: string, isSingle: boolean): string =>
  isSingle ? text : `${parseResourceAddress(container).name}: ${text}`

async function withExposed(engine: Engine, { address, spec }: OwnedContainer) {
  const { ExposedPorts = [] } = await imageConfigOf(engine, { spec })
  const exposed = unpublishedPorts(ExposedPorts, spec?.ports ?? []).map((one) => ({ container: address, ...one }))
  return { address, spec, exposed }
}
