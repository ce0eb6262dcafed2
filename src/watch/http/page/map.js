import { anchorOf } from './container-row.js'
import { byId, element, setText, svg } from './dom.js'
import { layout } from './map-layout.js'

/** Stacks that are drawn. The filter chooses among more. */
const shownStacks = 24

/** Draws the stacks with their services, dependencies and networks. */
export function drawMap(stacks, containersOf, networksOf) {
  const shown = stacks.slice(0, shownStacks)
  const figures = shown.map((stack) => {
    const drawn = layout(stack, containersOf(stack), networksOf(stack))
    return element('figure', { class: 'map-stack' }, picture(stack, drawn), caption(drawn))
  })
  byId('map-stacks').replaceChildren(...figures)
  const left = stacks.length - shown.length
  setText(byId('map-left'), left > 0 ? `${left} more stacks are not drawn: filter by stack.` : '')
}

function picture(stack, { width, height, nodes, networks, dependencies }) {
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': `Map of ${stack}` },
    svg('text', { x: 16, y: 22, class: 'map-title' }, stack),
    ...networks.flatMap((one) => networkLine(one, width)),
    ...dependencies.map(arrow),
    ...nodes.flatMap(serviceNode),
  )
}

function networkLine({ label, y, lane, members }, width) {
  return [
    ...members.flatMap((node) => memberLine(node, y, lane)),
    svg('path', { class: 'network', d: `M16 ${y}H${width - 16}` }),
    svg('text', { x: width - 16, y: y + 14, class: 'map-network', 'text-anchor': 'end' }, label),
  ]
}

/** From a service to its network: beside the services below it, in the same place for all services of a column. */
function memberLine({ x, y, height, isLast }, end, lane) {
  const start = y + height
  const down = isLast ? `M${x + lane + 4} ${start}V${end}` : `M${x + lane + 4} ${start}v6H${x - lane}V${end}`
  return [
    svg('path', { class: 'member', d: down }),
    svg('circle', { class: 'joint', cx: isLast ? x + lane + 4 : x - lane, cy: end, r: 3 }),
  ]
}

/** From the service that is waited for to the one that waits. */
function arrow({ from, to }) {
  const [x, y] = [from.x + from.width, from.y + from.height / 2]
  const [endX, endY] = [to.x - 2, to.y + to.height / 2]
  const middle = endX - 22
  const curve = `M${x} ${y}H${middle - 10}C${middle} ${y} ${middle - 4} ${endY} ${middle + 8} ${endY}H${endX}`
  return svg('path', { class: 'dependency', d: `${curve}m-6 -4l6 4l-6 4` })
}

function serviceNode({ x, y, width, height, name, containers }) {
  const ready = containers.filter((one) => one.readiness === 'ready').length
  const tone = ['bad', 'warn', 'busy'].find((tone) => containers.some((one) => one.tone === tone)) ?? 'good'
  const label = containers.length > 1 ? `${name} ×${containers.length}` : name
  const ports = portsText(containers)
  const middle = y + height / 2 - (ports ? 7 : 0)
  const link = svg(
    'a',
    {
      href: `#${anchorOf(containers[0].address)}`,
      'aria-label': `${label}, ${ready} of ${containers.length} ready${ports && `, port ${ports}`}`,
    },
    svg('rect', { x, y, width, height, rx: 8 }),
    svg('circle', { cx: x + 14, cy: middle, r: 4, 'data-tone': tone }),
    svg('text', { x: x + 26, y: middle + 5 }, shortened(label, 15)),
  )
  link.dataset.address = containers[0].address
  // Beside the link: its name begins with its text.
  return ports ? [link, svg('text', { x: x + 26, y: middle + 21, class: 'map-port' }, shortened(ports, 17))] : [link]
}

const shortened = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** The published ports of a service: `8080 → 80`, `8080 → 80 +2`. */
function portsText(containers) {
  const all = containers.flatMap(({ ports }) => ports)
  if (all.length === 0) return ''
  const [{ published, target, protocol }] = all
  const more = all.length > 1 ? ` +${all.length - 1}` : ''
  return `${published} → ${target}${protocol === 'udp' ? '/udp' : ''}${more}`
}

/** The same as sentences, for readers without the picture. */
function caption({ dependencies, networks }) {
  const sentences = [
    ...dependencies.map(({ from, to }) => `${to.name} waits for ${from.name}.`),
    ...networks
      .filter(({ members }) => members.length > 0)
      .map(({ label, members }) => `On network ${label}: ${members.map(({ name }) => name).join(', ')}.`),
  ]
  return element('figcaption', { class: 'offscreen' }, sentences.join(' '))
}
