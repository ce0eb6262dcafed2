import { describe, expect, it } from 'vitest'
import { EntryCheck, parseEntry } from '../../src/providers/linux/image/archive-entries.ts'
import { dockerImages, ociImages } from '../../src/providers/linux/image/archived-image.ts'

const line = (type: string, name: string, rest = '', size = '0'): string =>
  `${type}rw-r--r-- 0/0 ${size.padStart(10)} 2026-11-27 06:08:14 "${name}"${rest}`
const faultOf = (...lines: readonly string[]): string | undefined => {
  const check = new EntryCheck()
  return lines.reduce<string | undefined>((fault, one) => {
    const entry = parseEntry(one)
    return fault ?? (entry === undefined ? 'not understood' : check.add(entry))
  }, undefined)
}

describe('a line of a list of tar', () => {
  it('is read when its time has fewer digits, after which tar pads with blanks', () => {
    const padded = `lrwxrwxrwx 0/0               0 2026-11-27 07:49:20.416735  "./bin/ash" -> "busybox"`
    expect(parseEntry(padded)).toMatchObject({ type: 'l', name: 'bin/ash', target: 'busybox' })
    const whole = `-rw-r--r-- 0/0            1024 2026-11-27 07:49:20           "./x"`
    expect(parseEntry(whole)).toMatchObject({ name: 'x', size: 1024 })
    const early = `-rw-r--r-- 0/0               1 -1152921504606846976 "./x"`
    expect(parseEntry(early)).toMatchObject({ name: 'x' })
  })
  it('is read whatever the names hold', () => {
    expect(parseEntry(line('l', './li -> nk', ' -> " -> \\"y\\""'))).toMatchObject({
      type: 'l',
      name: 'li -> nk',
      target: ' -> "y"',
    })
    expect(parseEntry(line('-', './two\\nlines', '', '10737418240'))).toMatchObject({
      name: 'two\nlines',
      size: 10737418240,
    })
    expect(parseEntry(line('-', './caf\\351 \\\\n'))?.name).toBe('caf\xe9 \\n')
    expect(parseEntry(line('c', 'n', '', '1,3'))).toMatchObject({ device: '1,3', size: 0 })
    expect(parseEntry('tar: something else')).toBeUndefined()
  })
})

describe('an entry of a root file system', () => {
  it.each([
    ['a link that climbs above the root', [line('l', 'usr/x', ' -> "../../../../etc/y"')]],
    ['another name of a link', [line('l', './bin/a', ' -> "/bin/b"'), line('h', './bin/c', ' link to "./bin/a"')]],
    ['a FIFO', [line('p', './run/initctl')]],
    ['an absolute name', [line('-', '/etc/x'), line('h', '/y', ' link to "/etc/x"')]],
    ['a folder behind a link inside', [line('l', 'bin', ' -> "usr/bin"'), line('-', 'bin/x')]],
    ['a file that takes the place of a link', [line('l', 'x', ' -> "/"'), line('-', 'x'), line('d', 'y/')]],
    ['a disk below /dev, which is left out', [line('b', './dev/sda', '', '8,0')]],
    ['the null of a chroot', [line('c', 'var/spool/postfix/dev/null', '', '1,3')]],
  ])('is unpacked: %s', (_, lines) => expect(faultOf(...lines)).toBeUndefined())

  it.each([
    ['a name that climbs', [line('-', 'a/../../b')], '"a/../../b" has ".."'],
    ['a file behind a link to the top', [line('l', 'x', ' -> "/etc"'), line('-', 'x/shadow')], 'below the link "x"'],
    ['a file behind a climbing link', [line('l', 'x', ' -> "../up"'), line('-', 'x/y')], 'points to "../up"'],
    [
      'a file behind two links',
      [line('l', 'b', ' -> "/etc"'), line('l', 'a', ' -> "b"'), line('-', 'a/y')],
      'below the link "b"',
    ],
    [
      'a file behind another name of a link',
      [line('l', 'x', ' -> "/etc"'), line('h', 'y', ' link to "x"'), line('-', 'y/z')],
      'below the link "y"',
    ],
    [
      'a folder of the name of a link',
      [line('l', 'x', ' -> "/etc"'), line('d', 'x/'), line('-', 'x/y')],
      'below the link "x"',
    ],
    ['a loop of links', [line('l', 'a', ' -> "b"'), line('l', 'b', ' -> "a"'), line('-', 'a/x')], 'below the link'],
    [
      'another name of nothing',
      [line('h', 'x', ' link to "/etc/shadow"')],
      '"/etc/shadow", which is not in the archive',
    ],
    ['a disk', [line('b', './srv/disk', '', '8,0')], 'the device b 8,0'],
    ['memory', [line('c', 'mem', '', '1,1')], 'the device c 1,1'],
    ['a name that is too long', [line('-', 'x'.repeat(256))], 'longer name'],
    ['a root that is a link', [line('l', './', ' -> "/etc"')], 'the root itself, is not a folder'],
  ])('is refused: %s', (_, lines, fault) => expect(faultOf(...lines)).toContain(fault))
})

describe('the file that says which images an archive holds', () => {
  it('is one by its content, not by its name', () => {
    const saved = { Config: 'c.json', RepoTags: ['a:1'], Layers: ['l.tar'] }
    expect(dockerImages([saved])).toEqual([{ name: 'a:1', parts: ['c.json', 'l.tar'] }])
    expect(dockerImages([saved, { ...saved, RepoTags: null }])).toHaveLength(2)
    for (const other of [{}, [], null, 'x', [null], [{ Config: 1, Layers: [] }], [saved, {}]])
      expect(dockerImages(other)).toEqual([])
    expect(ociImages({ manifests: [{ digest: 'sha256:ab' }] })).toEqual([{ name: '', parts: ['blobs/sha256/ab'] }])
    for (const other of [{}, [], null, { manifests: [{}] }, { manifests: {} }]) expect(ociImages(other)).toEqual([])
  })
})
