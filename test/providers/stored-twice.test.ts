import { expect, it } from 'vitest'
import { copiesOf, sized, storedTwice } from '../../src/providers/linux/image/stored-twice.ts'
import { RecordingHost } from '../host/recording-host.ts'
import { writeContext } from '../host/write-context.ts'

const image = (id: string, name: string, digest: string, layer?: string) => ({
  id,
  names: [name],
  digest,
  digests: new Set([digest]),
  ...(layer !== undefined && { layer }),
})

it('copies are images with a digest of an unpacked one, except those that were built here', () => {
  const local = [
    image('1', 'docker.io/a', 'sha256:a'),
    image('2', 'localhost/b', 'sha256:b'),
    image('3', 'c', 'sha256:c'),
  ]
  expect(copiesOf(local, new Set(['sha256:a', 'sha256:b'])).map(({ id }) => id)).toEqual(['1'])
})

it('a layer of several images counts once', () => {
  const layers = [
    { id: 'base', 'diff-size': 100 },
    { id: 'a', parent: 'base', 'diff-size': 20 },
    { id: 'b', parent: 'base', 'diff-size': 3 },
  ]
  const images = [image('1', 'one', 'x', 'a'), image('2', 'two', 'y', 'b'), image('3', 'three', 'z')]
  expect(sized(images, layers)).toEqual([
    { name: 'one', bytes: 120 },
    { name: 'two', bytes: 3 },
    { name: 'three', bytes: 0 },
  ])
})

it("reads podman's files without a command", async () => {
  const host = new RecordingHost()
  const write = writeContext(host)
  const digest = 'a'.repeat(64)
  host.files.makeFolder(`${write.paths.data}/images/${digest}`, 0o755)
  expect(await storedTwice(write)).toEqual([])
  const storage = '/var/lib/containers/storage'
  const put = (name: string, value: unknown) =>
    host.files.set(`${storage}/${name}`, { content: Buffer.from(JSON.stringify(value)) })
  put('overlay-images/images.json', [
    { id: 'b'.repeat(64), digest: `sha256:${digest}`, names: ['docker.io/app'], layer: 'top' },
  ])
  put('overlay-layers/layers.json', [{ id: 'top', 'diff-size': 7 }])
  expect(await storedTwice(write)).toEqual([{ name: 'docker.io/app', bytes: 7 }])
  expect([host.commands, host.effects]).toEqual([[], []])
})
