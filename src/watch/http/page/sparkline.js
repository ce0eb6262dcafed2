import { svg } from './dom.js'

const width = 72
const height = 18
/** The time that a line shows, milliseconds. */
const longest = 180_000

/** The values of the last minutes of one container: CPU in percent of a core, memory in bytes. They are not equally far apart. */
export class Series {
  times = []
  cpu = []
  memory = []

  push(time, [cpu, memory]) {
    this.times.push(time)
    this.cpu.push(cpu ?? 0)
    this.memory.push(memory ?? 0)
    while (this.times[0] < time - longest) for (const list of [this.times, this.cpu, this.memory]) list.shift()
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

  /** Draws values at their times. `most`: the value at the top, at least. Returns the value at the top. */
  draw(times, values, most) {
    const top = Math.max(most, ...values)
    const xOf = (time) => width - ((times.at(-1) - time) / longest) * width
    const from = values.length > 0 ? xOf(times[0]) : width
    const points = values.map((value, at) => {
      const y = height - 1 - (top === 0 ? 0 : (value / top) * (height - 2))
      return `${xOf(times[at]).toFixed(1)} ${y.toFixed(1)}`
    })
    const line = points.length > 1 ? `M${points.join('L')}` : ''
    this.line.setAttribute('d', line)
    this.area.setAttribute('d', line && `${line}L${width} ${height}L${from.toFixed(1)} ${height}Z`)
    return top
  }
}
