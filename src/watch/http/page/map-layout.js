const nodeWidth = 132
/** Without a published port, and with one. */
const nodeHeights = [34, 48]
const gapX = 64
const gapY = 16
const padding = 16
/** Room left of the first column for the lines to the networks. */
const margin = 44
/** The label of a network needs this width. */
const narrowest = 240
/** Distance of the lines to two networks, and how many have a place of their own. */
const [laneWidth, lanes] = [4, 5]
const titleHeight = 26
const networkHeight = 26

/**
 * The places of the services, networks and dependencies of one stack. Replicas are one service. A service is in the column after those that
 * it waits for, networks are in a row below. Pure.
 */
export function layout(stack, containers, networks) {
  const services = servicesOf(containers)
  const columns = columnsOf(services)
  const nodes = new Map()
  const nodeHeight = nodeHeights[Number(containers.some(({ ports }) => ports.length > 0))]
  for (const [x, column] of columns.entries())
    for (const [y, name] of column.entries()) {
      const place = { x: margin + x * (nodeWidth + gapX), y: titleHeight + padding + y * (nodeHeight + gapY) }
      nodes.set(name, {
        ...place,
        name,
        width: nodeWidth,
        height: nodeHeight,
        containers: services.get(name).containers,
        isLast: y === column.length - 1,
      })
    }
  const tallest = Math.max(1, ...columns.map((column) => column.length))
  const below = titleHeight + padding + tallest * (nodeHeight + gapY) + gapY
  const used = [
    ...new Set([...networks.map((one) => one.address), ...[...services.values()].flatMap((one) => one.networks)]),
  ]
  const bars = used.map((address, at) => ({
    address,
    label: labelOf(address, stack, networks),
    y: below + at * networkHeight,
    lane: 10 + (at % lanes) * laneWidth,
    members: [...services].filter(([, { networks: own }]) => own.includes(address)).map(([name]) => nodes.get(name)),
  }))
  return {
    width: Math.max(narrowest, margin + padding + columns.length * (nodeWidth + gapX) - gapX),
    height: below + used.length * networkHeight + padding / 2,
    nodes: [...nodes.values()],
    networks: bars,
    dependencies: [...services].flatMap(([name, { after }]) =>
      [...after].filter((one) => nodes.has(one)).map((one) => ({ from: nodes.get(one), to: nodes.get(name) })),
    ),
  }
}

/** `back 10.94.1.0/24 internal`. A network of another stack has its name before it. */
function labelOf(address, stack, networks) {
  const name = address.startsWith(`${stack}/`) ? address.split('/').at(-1) : address.replace('/network/', '/')
  const found = networks.find((one) => one.address === address)
  return [name, found?.subnet, found?.internal ? 'internal' : null].filter(Boolean).join(' ')
}

function servicesOf(containers) {
  const names = new Map(containers.map(({ address, service }) => [address, service]))
  const services = new Map()
  for (const one of [...containers].sort((a, b) => a.service.localeCompare(b.service))) {
    const own = services.get(one.service) ?? { containers: [], networks: [], after: new Set() }
    own.containers.push(one)
    own.networks = [...new Set([...own.networks, ...one.addresses.map(({ network }) => network)])]
    for (const { container } of one.dependsOn) {
      const name = names.get(container)
      if (name !== undefined && name !== one.service) own.after.add(name)
    }
    services.set(one.service, own)
  }
  return services
}

/** Names by column: the longest chain of dependencies before a service is its column. A circle ends where it closes. */
function columnsOf(services) {
  const depths = new Map()
  const depthOf = (name, path) => {
    if (depths.has(name)) return depths.get(name)
    const before = [...services.get(name).after].filter((one) => services.has(one) && !path.includes(one))
    const depth = before.length === 0 ? 0 : 1 + Math.max(...before.map((one) => depthOf(one, [...path, name])))
    depths.set(name, depth)
    return depth
  }
  const columns = []
  for (const name of services.keys()) {
    const depth = depthOf(name, [])
    columns[depth] = [...(columns[depth] ?? []), name]
  }
  return Array.from(columns, (column) => column ?? [])
}
