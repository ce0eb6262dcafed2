import { svg } from './dom.js'

const width = 72
const height = 18
/** Points of a line: the last three minutes. */
const longest = 90

/** The values of the last minutes of one container: CPU in percent of a core, memory in bytes. */
export class Series {
  cpu = []
  memory = []

  push([cpu, memory]) {
    this.cpu.push(cpu ?? 0)
    this.memory.push(memory ?? 0)
    if (this.cpu.length > longest) {
      this.cpu.shift()
      this.memory.shift()
    }
  }
}

/** A small graph. It is decoration: the number beside it is the text. */
export class Sparkline {
  constructor() {
    this.line = svg('path', { class: 'line' })
    this.area = svg('path', { class: 'area' })
    this.node = svg(
      'svg',
      { class: 'spark', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' },
      this.area,
      this.line,
    )
  }

  /** `most`: the value at the top, at least. Returns the value at the top. */
  draw(values, most) {
    const top = Math.max(most, ...values)
    const step = width / (longest - 1)
    const from = width - (values.length - 1) * step
    const points = values.map((value, at) => {
      const y = height - 1 - (top === 0 ? 0 : (value / top) * (height - 2))
      return `${(from + at * step).toFixed(1)} ${y.toFixed(1)}`
    })
    const line = points.length > 1 ? `M${points.join('L')}` : ''
    this.line.setAttribute('d', line)
    this.area.setAttribute('d', line && `${line}L${width} ${height}L${from.toFixed(1)} ${height}Z`)
    return top
  }
}
