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
    ...nodes.map(serviceNode),
  )
}

function networkLine({ label, y, members }, width) {
  return [
    ...members.map((node, at) =>
      svg('path', { class: 'member', d: `M${node.x + 14 + at * 3} ${node.y + node.height}V${y}` }),
    ),
    svg('path', { class: 'network', d: `M16 ${y}H${width - 16}` }),
    svg('text', { x: width - 16, y: y + 14, class: 'map-network', 'text-anchor': 'end' }, label),
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
  const text = label.length > 15 ? `${label.slice(0, 14)}…` : label
  const link = svg(
    'a',
    { href: `#${anchorOf(containers[0].address)}`, 'aria-label': `${label}, ${ready} of ${containers.length} ready` },
    svg('rect', { x, y, width, height, rx: 8 }),
    svg('circle', { cx: x + 14, cy: y + height / 2, r: 4, 'data-tone': tone }),
    svg('text', { x: x + 26, y: y + height / 2 + 5 }, text),
  )
  link.dataset.address = containers[0].address
  return link
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
