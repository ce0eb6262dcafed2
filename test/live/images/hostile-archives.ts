import type { TarEntry } from './tar-writer.ts'

/** One archive of the corpus. `outside`: a folder of the host that no archive may change. */
export interface HostileArchive {
  readonly name: string
  readonly entries: (outside: string) => Iterable<TarEntry>
  /** The start of the refusal; undefined: the archive is unpacked, and only inside its root. */
  readonly refused?: RegExp
}

const file = (name: string, content = 'hostile', more: Partial<TarEntry> = {}): TarEntry => ({ name, content, ...more })
const link = (name: string, target: string): TarEntry => ({ name, type: '2', target })
const hardLink = (name: string, target: string): TarEntry => ({ name, type: '1', target })
const folder = (name: string, more: Partial<TarEntry> = {}): TarEntry => ({ name: `${name}/`, type: '5', ...more })
const device = (name: string, type: '3' | '4', major: number, minor: number): TarEntry => ({ name, type, major, minor })

/** A sparse file of GNU tar: almost 8 GiB in two blocks of the archive. */
const sparse = (name: string): TarEntry => ({
  name,
  type: 'S',
  content: 'x',
  patch: { 257: 'ustar  \0', 386: '00000000000\0', 398: '00000000001\0', 483: '77777777777\0' },
})

function* empty(count: number): Iterable<TarEntry> {
  for (let index = 0; index < count; index += 1) yield { name: `many/${index % 500}/${index}` }
}

const chain = (links: number): readonly TarEntry[] =>
  Array.from({ length: links }, (_, index) => link(`l${index}`, `l${index + 1}`))

/** Archives that try to leave their root, or to exhaust the host. */
export const hostileArchives: readonly HostileArchive[] = [
  { name: 'a name that climbs', entries: () => [file('../owned')], refused: /archive-unsafe.*".." in its name/ },
  {
    name: 'a name that climbs in its middle',
    entries: () => [folder('a'), file('a/../../owned')],
    refused: /archive-unsafe.*".." in its name/,
  },
  {
    name: 'a name that climbs in an extended header',
    entries: () => [file('good', 'x', { pax: { path: '../owned' } })],
    refused: /archive-unsafe.*".." in its name/,
  },
  { name: 'an absolute name', entries: (outside) => [file(`${outside}/owned`)] },
  {
    name: 'a file behind an absolute link',
    entries: (outside) => [link('link', outside), file('link/owned')],
    refused: /archive-unsafe.*below the link "link"/,
  },
  {
    name: 'a file behind a link that climbs',
    entries: () => [folder('a'), link('a/link', '../../..'), file('a/link/owned')],
    refused: /archive-unsafe.*below the link "a\/link"/,
  },
  {
    name: 'a file behind two links',
    entries: (outside) => [link('second', outside), link('first', 'second'), file('first/owned')],
    refused: /archive-unsafe.*below the link "second"/,
  },
  {
    name: 'a file behind a link into a link',
    entries: (outside) => [link('second', outside), link('first', 'second/.'), file('first/owned')],
    refused: /archive-unsafe.*below the link "second"/,
  },
  {
    name: 'a file behind a link to a folder behind a link',
    entries: (outside) => [link('second', outside), link('first', 'second/keep'), file('first/owned')],
    refused: /archive-unsafe.*below the link "second"/,
  },
  {
    name: 'a folder that becomes a link',
    entries: (outside) => [folder('a'), link('a', outside), file('a/owned')],
    refused: /archive-unsafe.*below the link "a"/,
  },
  {
    name: 'a file behind a hard link to a link',
    entries: (outside) => [link('link', outside), hardLink('second', 'link'), file('second/owned')],
    refused: /archive-unsafe.*below the link "second"/,
  },
  {
    name: 'a file behind a circle of links',
    entries: () => [link('a', 'b'), link('b', 'a'), file('a/owned')],
    refused: /archive-unsafe.*below the link/,
  },
  {
    name: 'a file behind a hundred links',
    entries: () => [...chain(100), file('l0/owned')],
    refused: /archive-unsafe.*below the link/,
  },
  {
    name: 'a hard link to a file of the host',
    entries: (outside) => [hardLink('stolen', `${outside}/secret`)],
    refused: /archive-unsafe.*hard link to .* not in the archive/,
  },
  {
    name: 'a hard link that climbs',
    entries: () => [hardLink('stolen', '../../../../etc/shadow')],
    refused: /archive-unsafe.*hard link to .* not in the archive/,
  },
  {
    name: 'a hard link to a file behind a link',
    entries: (outside) => [link('link', outside), hardLink('stolen', 'link/secret')],
    refused: /archive-unsafe.*hard link to .* not in the archive/,
  },
  {
    name: 'a file in the place of a link to a file of the host',
    entries: (outside) => [link('victim', `${outside}/secret`), file('victim'), hardLink('again', 'victim')],
  },
  { name: 'a disk', entries: () => [device('disk', '4', 8, 0)], refused: /archive-unsafe.*the device b 8,0/ },
  { name: 'the memory', entries: () => [device('mem', '3', 1, 1)], refused: /archive-unsafe.*the device c 1,1/ },
  {
    name: 'a whiteout of overlayfs',
    entries: () => [device('etc', '3', 0, 0)],
    refused: /archive-unsafe.*the device c 0,0/,
  },
  { name: 'devices below dev', entries: () => [folder('dev'), device('dev/sda', '4', 8, 0)] },
  { name: 'a FIFO as passwd', entries: () => [folder('etc'), { name: 'etc/passwd', type: '6' }] },
  {
    name: 'a FIFO as the configuration',
    entries: () => [{ name: '.heropods-image.json', type: '6' }],
    refused: /archive-unsafe.*not a regular file/,
  },
  {
    name: 'a link as the configuration',
    entries: (outside) => [link('.heropods-image.json', `${outside}/secret`)],
    refused: /archive-unsafe.*not a regular file/,
  },
  {
    name: 'a late configuration',
    entries: () => [file('a'), file('.heropods-image.json', '{}')],
    refused: /archive-unsafe.*not its first one/,
  },
  {
    name: 'a configuration of another shape',
    entries: () => [file('.heropods-image.json', '{"apiVersion":"heropods/image/v1","config":{"Env":{}}}')],
    refused: /archive-unreadable.*\/config\/Env is not a list/,
  },
  {
    name: 'a name longer than Linux allows',
    entries: () => [file('x', 'x', { pax: { path: 'n'.repeat(256) } })],
    refused: /archive-unsafe.*longer name/,
  },
  {
    name: 'a path longer than Linux allows',
    entries: () => [file('x', 'x', { pax: { path: 'deep/'.repeat(900) } })],
    refused: /archive-unsafe.*longer name/,
  },
  {
    name: 'an unknown type of entry',
    entries: () => [file('x', 'x', { type: 'Q' })],
    refused: /archive-(unsafe|unreadable)/,
  },
  {
    name: 'sparse files of a terabyte',
    entries: () => Array.from({ length: 140 }, (_, index) => sparse(`bomb${index}`)),
    refused: /archive-too-large.*MiB are free/,
  },
  {
    name: 'a size that the archive does not have',
    entries: () => [{ ...file('x'), patch: { 124: '00000100000\0' } }],
    refused: /archive-unreadable/,
  },
  {
    name: 'names that control a terminal',
    entries: () => [file('two\nlines'), file('\u001b[2Jcleared'), file('caf\xe9'), file('$(touch owned)'), file('-rf')],
  },
  {
    name: 'attributes of overlayfs',
    entries: () => [
      folder('etc', { pax: { 'SCHILY.xattr.trusted.overlay.redirect': '/root' } }),
      folder('srv', { pax: { 'SCHILY.xattr.trusted.overlay.opaque': 'y' } }),
    ],
  },
  { name: 'a program with the rights of root', entries: () => [file('rootshell', 'x', { mode: 0o4755 })] },
  { name: '200,000 entries', entries: () => empty(200_000) },
]
