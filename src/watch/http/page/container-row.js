import { bytes, counted, element, factList, prose, read, relativeTime, setState, setText, state, utc } from './dom.js'
import { schedule } from './frames.js'
import { Series, Sparkline } from './sparkline.js'

/** How often the output of an open container is read again, milliseconds. */
const outputInterval = 2000

/** Only rows on the screen draw their graphs. */
const visible = new Set()
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const row = target.row
    if (isIntersecting) {
      visible.add(row)
      schedule(`graphs ${row.address}`, () => row.drawGraphs())
    } else visible.delete(row)
  }
})

const series = new Map()

/** Adds a sample of CPU and memory, and draws the graphs on the screen. */
export function addUsage({ time, points }) {
  const at = Date.parse(time)
  for (const [address, point] of Object.entries(points)) {
    if (!series.has(address)) series.set(address, new Series())
    series.get(address).push(at, point)
  }
  for (const row of visible) schedule(`graphs ${row.address}`, () => row.drawGraphs())
}

export const forgetUsage = () => series.clear()

/** A container as a row that opens. Its details are drawn only while it is open. */
export class ContainerRow {
  constructor(address) {
    this.address = address
    this.word = state('busy', '')
    this.title = element('span', { class: 'name' })
    this.reason = element('span', { class: 'reason' })
    this.cpu = meter('CPU')
    this.memory = meter('Memory')
    this.ports = element('p', { class: 'ports' })
    this.body = element('div', { class: 'container-body' })
    this.details = element(
      'details',
      {},
      element('summary', {}, this.word, this.title, this.reason, this.cpu.node, this.memory.node),
      this.body,
    )
    this.node = element('li', { class: 'container', id: anchorOf(address) }, this.details, this.ports)
    this.node.row = this
    this.details.addEventListener('toggle', () => this.toggled())
    observer.observe(this.node)
  }

  update(container) {
    this.container = container
    const { tone, word } = container
    setState(this.word, tone, word)
    this.node.dataset.healthy = String(tone === 'good')
    setText(this.title, container.name)
    this.reason.dataset.tone = container.reason === null ? 'warn' : tone
    setText(
      this.reason,
      container.reason?.replaceAll('`', '') ?? (container.drift.length > 0 ? 'differs from its record' : ''),
    )
    this.drawGlance()
    if (this.details.open) schedule(`body ${this.address}`, () => this.drawFacts())
  }

  /** The line below: facts where the width allows, and links to the ports. */
  drawGlance() {
    const { image, addresses, startedAt, state: word, restarts, ports } = this.container
    const shown = JSON.stringify([image, addresses, startedAt, word, restarts, ports])
    if (shown === this.glance) return
    this.glance = shown
    this.ports.classList.toggle('portless', ports.length === 0)
    this.ports.replaceChildren(...glanceFacts(this.container), ...portLinks(ports))
  }

  remove() {
    clearInterval(this.timer)
    observer.unobserve(this.node)
    visible.delete(this)
    this.node.remove()
  }

  drawGraphs() {
    const own = series.get(this.address)
    const last = own?.cpu.length ? own : undefined
    const isLiving = this.container.state === 'running'
    setText(this.cpu.text, last && isLiving ? `${last.cpu.at(-1).toFixed(1)} %` : '')
    const { memoryLimit, cpuLimit } = this.container
    setText(this.memory.text, last && isLiving ? memoryText(last.memory.at(-1), memoryLimit) : '')
    const { times, cpu, memory } = (isLiving ? last : undefined) ?? new Series()
    this.scale(this.cpu, { times, values: cpu }, cpuLimit === null ? 10 : cpuLimit * 100, percentText)
    this.scale(this.memory, { times, values: memory }, memoryLimit ?? 0, bytes)
  }

  /** Draws a graph up to its limit, and says in its tooltip how high that is. */
  scale({ graph, node }, { times, values }, most, text) {
    const top = graph.draw(times, values, most)
    node.title = values.length > 0 ? `The last minutes, from 0 to ${text(top)}` : ''
  }

  toggled() {
    clearInterval(this.timer)
    if (!this.details.open) return
    this.facts = element('dl', { class: 'facts' })
    this.check = element('div', { class: 'output' })
    this.log = element('div', { class: 'output' })
    this.body.replaceChildren(this.facts, this.check, this.log)
    this.drawFacts()
    this.drawOutput().catch(() => undefined)
    this.timer = setInterval(() => document.hidden || this.drawOutput(), outputInterval)
  }

  drawFacts() {
    const one = this.container
    factList(this.facts, [
      [
        'Image',
        one.image === null ? null : element('code', {}, one.digest ? `${one.image} (${one.digest})` : one.image),
      ],
      ['State', one.exitCode === null ? one.state : `${one.state}, exit code ${one.exitCode}`],
      ['Ready', one.readiness === 'ready' ? 'yes' : `no: ${one.reason}`],
      ['Last exit', one.lastExit === null ? null : `code ${one.lastExit}`],
      ['Health', one.health ?? 'not checked'],
      ['Address', one.addresses.map(({ network, ip }) => `${ip} on ${network.split('/').at(-1)}`).join(', ')],
      ['Up', one.startedAt !== null && one.state === 'running' ? relativeTime(one.startedAt, true) : null],
      ['Restarts', String(one.restarts)],
      ['Limits', limitsOf(one)],
      ['Waits for', one.dependsOn.map(({ container }) => container.split('/').at(-1)).join(', ')],
    ])
  }

  async drawOutput() {
    const output = await read(`/api/output?container=${encodeURIComponent(this.address)}`).catch(() => undefined)
    if (output === undefined) return
    showText(this.check, output.check && 'Last health check', checkText(output.check))
    if (output.hidden) showNote(this.log, 'Log', output.hidden)
    else showText(this.log, 'Log', output.log.map(logText).join('\n') || 'Nothing yet.')
  }
}

function meter(name) {
  const graph = new Sparkline()
  const text = element('span', { class: 'figure' })
  const label = element('span', { class: 'offscreen' }, `${name} `)
  return { graph, text, node: element('span', { class: 'meter' }, label, graph.node, text) }
}

const percentText = (value) => `${Math.round(value)} %`

const memoryText = (used, limit) => (limit === null ? bytes(used) : `${bytes(used)} of ${bytes(limit)}`)

/** The id of a container's row, for links to it. */
export const anchorOf = (address) => `c:${address}`

function limitsOf({ memoryLimit, cpuLimit }) {
  const limits = [memoryLimit && bytes(memoryLimit), cpuLimit && `${cpuLimit} CPUs`].filter(Boolean)
  return limits.join(', ')
}

function glanceFacts({ image, addresses, startedAt, state: word, restarts }) {
  const ips = addresses.map(({ ip }) => ip).join(', ')
  const up = startedAt !== null && word === 'running' ? ['up ', relativeTime(startedAt, true)] : []
  return [[image ?? ''], [ips], up, [counted(restarts, 'restart')]]
    .filter(([first = '']) => first !== '')
    .map((parts) => element('span', { class: 'fact' }, ...parts))
}

/** A port that all can reach is a link to the host by which this page was called. */
function portLinks(ports) {
  return ports.map(({ host_ip, published, target, protocol }) => {
    const any = ['0.0.0.0', '::'].includes(host_ip)
    const text = `${any ? '' : `${host_ip}:`}${published} → ${target}${protocol === 'udp' ? '/udp' : ''}`
    if (protocol === 'udp') return element('span', {}, text)
    const host = any ? location.hostname : host_ip.includes(':') ? `[${host_ip}]` : host_ip
    const scheme = [443, 8443].includes(target) ? 'https' : 'http'
    const href = `${scheme}://${host}:${published}/`
    return element('a', { href, target: '_blank', rel: 'noreferrer', title: href }, text)
  })
}

function checkText(check) {
  if (check === null) return ''
  const when = check.endedAt === null ? '' : `${utc(check.endedAt)}, `
  return `${when}${check.durationMs} ms\n${check.output.trimEnd()}`.trimEnd()
}

const logText = ({ time, text }) => `${utc(time)}  ${text}`

/** Shows a sentence with commands under a heading. */
function showNote(place, heading, text) {
  const nodes = [element('p', { class: 'label' }, heading), element('p', {}, ...prose(text))]
  // New nodes would end a selection.
  if (place.textContent !== nodes.map((node) => node.textContent).join('')) place.replaceChildren(...nodes)
}

/** Shows a text under a heading, at its end. A text that is read further up is not moved. */
function showText(place, heading, text) {
  if (!text) return place.replaceChildren()
  const shown = place.querySelector('pre')
  if (shown === null) {
    const pre = element('pre', { tabindex: '0', role: 'group', 'aria-label': heading }, text)
    place.replaceChildren(element('p', { class: 'label' }, heading), pre)
    pre.scrollTop = pre.scrollHeight
    return
  }
  const atEnd = shown.scrollHeight - shown.scrollTop - shown.clientHeight < 8
  setText(shown, text)
  if (atEnd) shown.scrollTop = shown.scrollHeight
}
