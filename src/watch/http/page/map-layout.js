const nodeWidth = 132
const nodeHeight = 34
const gapX = 44
const gapY = 14
const padding = 16
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
  for (const [x, column] of columns.entries())
    for (const [y, name] of column.entries()) {
      const place = { x: padding + x * (nodeWidth + gapX), y: titleHeight + padding + y * (nodeHeight + gapY) }
      nodes.set(name, {
        ...place,
        name,
        width: nodeWidth,
        height: nodeHeight,
        containers: services.get(name).containers,
      })
    }
  const tallest = Math.max(1, ...columns.map((column) => column.length))
  const below = titleHeight + padding + tallest * (nodeHeight + gapY) + gapY
  const used = [
    ...new Set([...networks.map((one) => one.address), ...[...services.values()].flatMap((one) => one.networks)]),
  ]
  const bars = used.map((address, at) => ({
    address,
    label: address.startsWith(`${stack}/`) ? address.split('/').at(-1) : address.replace('/network/', '/'),
    y: below + at * networkHeight,
    members: [...services].filter(([, { networks: own }]) => own.includes(address)).map(([name]) => nodes.get(name)),
  }))
  return {
    width: padding * 2 + Math.max(2, columns.length) * (nodeWidth + gapX) - gapX,
    height: below + used.length * networkHeight + padding / 2,
    nodes: [...nodes.values()],
    networks: bars,
    dependencies: [...services].flatMap(([name, { after }]) =>
      [...after].filter((one) => nodes.has(one)).map((one) => ({ from: nodes.get(one), to: nodes.get(name) })),
    ),
  }
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
