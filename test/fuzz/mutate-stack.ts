import type { Random } from './random.ts'

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth)

/** Texts that programs stumble over. */
const texts: readonly string[] = [
  ...[
    '',
    ' ',
    '-',
    '.',
    '..',
    '/',
    '//',
    '../../..',
    '~',
    '*',
    '"',
    "'",
    '\\',
    '%',
    '#',
    ':',
    '=',
    ',',
    '@',
    '&x',
    '<<',
  ],
  ...['\0', '\n', '\r', '\t', '\u001b[2J', '\u0085', '\u2028', '\u202e', '\ud800', '\ufeff', 'é', '🐳'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'length', 'prototype'],
  ...[
    '\u0001sensitive:',
    `\u0001sensitive:${'0'.repeat(64)}\u0002`,
    '\u0001ref:test/container/web#ip\u0002',
    '\u0001',
    '\u0002',
  ],
  ...[
    '$',
    '$$',
    '${',
    '${}',
    '${v',
    '${v}',
    '${a.b.c}',
    '${containers.web.ip}',
    '${containers.__proto__.ip}',
    '${constructor}',
  ],
  ...[
    '${containers.toString.networks.valueOf.ip}',
    '${networks.back.subnet}',
    '${v:?}',
    '${v:-${v:-${v}}}',
    nested(2000, '${v:-', '}'),
  ],
  ...[
    '0',
    '-1',
    '007',
    '1e3',
    '0x10',
    '1.5',
    '99999999999999999999',
    '4294967295',
    '-0',
    '.nan',
    '.inf',
    '1_000',
    'NaN',
  ],
  ...[
    '10.0.0.0/0',
    '10.1.2.3',
    '300.1.1.1',
    '::1',
    '[::1]',
    '0.0.0.0',
    '127.0.0.1:80:80',
    '80:80/sctp',
    '1-65535:1-65535',
    '65536',
  ],
  ...[
    'host-gateway',
    'service:web',
    'container:',
    'on-failure:999999999999',
    '1e999m',
    '-5k',
    '9999999999h',
    '1h1h1h',
    '5000000000000000000000b',
  ],
  ...[
    '/proc',
    '/proc/self/fd/3',
    '/dev/zero',
    '/dev/stdin',
    '/proc/kmsg',
    '/etc',
    '/nonexistent',
    './heropods.yaml',
    './self.yaml',
  ],
  ...[
    'bridge',
    'none',
    'host',
    'busybox',
    'SIGRTMIN+99',
    'SIGKILL',
    'a:b:c:d',
    'root:4294967295',
    '9'.repeat(400),
    'a'.repeat(70_000),
  ],
  ...[
    '(a+)+$',
    '[',
    '\\',
    'mon-fri 25:00',
    'CMD',
    'CMD-SHELL',
    'NONE',
    'true',
    'null',
    'yes',
    '2026-01-01',
    '!!binary aGk=',
  ],
]

const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1, 1.5, -0, 2 ** 53, 1e308, 4294967295, 65536, 1e21, 2 ** 31],
  ...[[], {}, [[]], [null], [{}], { '': '' }, { toString: 1 }, { valueOf: null }, { toJSON: 'x' }, { length: 3 }],
  ...[[1, 'a', null, {}], { a: { b: { c: {} } } }, ['a', 'a'], Array.from({ length: 300 }, (_, index) => `n${index}`)],
  JSON.parse('{"__proto__":{"image":"busybox"},"constructor":{"prototype":1}}'),
]

const value = (random: Random): unknown => (random.chance(0.6) ? random.pick(texts) : random.pick(values))

type Path = readonly (string | number)[]

function paths(node: unknown, path: Path = []): readonly Path[] {
  if (node === null || typeof node !== 'object') return [path]
  return [
    path,
    ...Object.entries(node).flatMap(([key, one]) => paths(one, [...path, Array.isArray(node) ? Number(key) : key])),
  ]
}

const at = (node: unknown, path: Path): unknown =>
  path.reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part as string], node)

/** A copy with another value at a path; undefined takes it away. */
function replaced(node: unknown, path: Path, next: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return next
  if (Array.isArray(node))
    return node.flatMap((one, index) => (index === first ? kept(replaced(one, rest, next)) : [one]))
  return Object.fromEntries(
    Object.entries(node as object).flatMap(([key, one]) =>
      key === first ? kept(replaced(one, rest, next)).map((each) => [key, each] as const) : [[key, one] as const],
    ),
  )
}
const kept = (one: unknown): readonly unknown[] => (one === undefined ? [] : [one])

function renamed(node: unknown, path: Path, name: string): unknown {
  const [parent, last] = [path.slice(0, -1), path.at(-1)]
  const map = at(node, parent)
  if (map === null || typeof map !== 'object' || Array.isArray(map)) return node
  return replaced(
    node,
    parent,
    Object.fromEntries(Object.entries(map).map(([key, one]) => [key === last ? name : key, one])),
  )
}

function added(node: unknown, path: Path, name: string, one: unknown): unknown {
  const map = at(node, path)
  if (Array.isArray(map)) return replaced(node, path, [...map, one])
  return map !== null && typeof map === 'object'
    ? replaced(node, path, Object.fromEntries([...Object.entries(map), [name, one]]))
    : node
}

/** One change of a stack's data. */
export function mutateData(random: Random, data: unknown): unknown {
  const all = paths(data)
  const path = random.pick(all)
  switch (random.below(7)) {
    case 0:
      return path.length > 0 ? replaced(data, path, undefined) : data
    case 1:
      return renamed(data, path, random.pick(texts))
    case 2:
      return added(data, path, random.pick(texts), value(random))
    case 3:
      return replaced(data, path, at(data, random.pick(all)))
    case 4:
      return replaced(data, path, random.chance(0.5) ? [at(data, path)] : { [random.pick(texts)]: at(data, path) })
    default:
      return replaced(data, path, value(random))
  }
}

const snippets: readonly string[] = [
  ...[
    ': ',
    '- ',
    '\n',
    '  ',
    '\t',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|\n',
    '>\n',
    '&a ',
    '*a',
    '<<: *a',
    '!!str ',
    '!x ',
    '%YAML 1.1\n---\n',
  ],
  ...[
    '---\n',
    '...\n',
    '# ',
    '? ',
    '\u0000',
    '\u0001',
    '\ufeff',
    '\r',
    '!!binary ',
    '!!set ',
    '"\\x01"',
    '"\\ud800"',
    '__proto__: ',
    '&a [*a]',
  ],
  ...[
    nested(3000, '[', ']'),
    nested(3000, '{a: ', '}'),
    '- '.repeat(2000),
    '&a [a, a, a, a, a, a, a, a]',
    'x: &b [*a,*a,*a,*a]',
  ],
]

/** One change of a stack's text. */
export function mutateText(random: Random, text: string): string {
  const [from, to] = [random.below(text.length + 1), random.below(text.length + 1)].sort((left, right) => left - right)
  const [start = 0, end = 0] = [from, to]
  switch (random.below(5)) {
    case 0:
      return text.slice(0, start) + text.slice(Math.min(end, start + random.below(40)))
    case 1:
      return text.slice(0, start) + random.pick(snippets) + text.slice(start)
    case 2:
      return text.slice(0, start) + text.slice(start, start + random.below(200)) + text.slice(start)
    case 3:
      return text.slice(0, start)
    default:
      return text.slice(0, start) + random.pick(texts) + text.slice(start + random.below(10))
  }
}
