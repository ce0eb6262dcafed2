const ms = (value) => (value === undefined || Number.isNaN(value) ? '-' : `${Math.round(value)}`)
const ratio = (value, to) => (to > 0 && value > 0 ? ` (${(value / to).toFixed(1)}x)` : '')

function table(header, rows) {
  console.log(`\n| ${header.join(' | ')} |\n|${'---|'.repeat(header.length)}`)
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
}

/** How long an apply waits to see that processes stay up, milliseconds. The floor does not wait. */
const verifyMs = 1000

const beside = (field, ours, floor) => `${ms(ours[field])}${ratio(ours[field], floor[field])}`

/** Prints the results of bench.mjs as tables of Markdown; a number in brackets is a ratio of medians. */
export function printReport({ node, version, help, counts, podman, failed }) {
  console.log(
    `\nnode -e 0: ${ms(node.ms)}; --version: ${beside('ms', version, node)}; --help: ${beside('ms', help, node)}`,
  )
  const each = Object.entries(counts)
  const running = (one) => ({ ms: one.apply.ms - verifyMs, cpu: one.apply.cpu })
  table(
    ['containers', 'apply', 'without verification', 'floor', 'CPU time', 'CPU time of the floor'],
    each.map(([count, one]) => [
      count,
      ms(one.apply.ms),
      beside('ms', running(one), one.floorCreate),
      ms(one.floorCreate.ms),
      beside('cpu', one.apply, one.floorCreate),
      ms(one.floorCreate.cpu),
    ]),
  )
  table(
    ['containers', 'destroy', 'floor', 'CPU time', 'CPU time of the floor', 'empty diff', 'its commands'],
    each.map(([count, one]) => [
      count,
      beside('ms', one.destroy, one.floorDestroy),
      ms(one.floorDestroy.ms),
      beside('cpu', one.destroy, one.floorDestroy),
      ms(one.floorDestroy.cpu),
      `${ms(one.diff.ms)}${ratio(one.diff.ms, node.ms)}`,
      one.spawns,
    ]),
  )
  if (podman !== undefined)
    table(
      [`podman, ${podman.count} containers`, 'time', 'each', 'CPU time each'],
      [
        ['run, one by one', podman.one],
        ['run, 4 at a time', podman.four],
        ['rm --all', podman.remove],
      ].map(([name, one]) => [name, ms(one.ms), ms(one.ms / podman.count), ms(one.cpu / podman.count)]),
    )
  if (failed !== undefined) console.log(`\nNot all was measured: ${failed}`)
}
