import { expect, it } from 'vitest'
import { imageNamed } from '../../src/reconciler/engine/image-store.ts'

const images = [
  { digest: `sha256:ab${'0'.repeat(62)}`, names: ['localhost/web:latest', 'localhost/web:2'] },
  { digest: `sha256:ac${'0'.repeat(62)}`, names: ['docker.io/library/nginx:latest'] },
  { digest: `sha256:ad${'0'.repeat(62)}`, names: [] },
  { digest: `sha256:ae${'0'.repeat(62)}`, names: ['localhost/ad:latest'] },
]

it.each([
  ['web', 0],
  ['web:2', 0],
  ['localhost/web', 0],
  ['nginx', 1],
  ['sha256:ac', 1],
  ['ab0', 0],
  // A name goes before a digest.
  ['ad', 3],
])('%s is image %d', (name, index) => {
  expect(imageNamed(images, name)).toBe(images[index])
})

it.each([
  ['a', /several images: sha256:ab\d+, sha256:ac/],
  ['none', /no unpacked image none/],
  ['web:3', /no unpacked image web:3/],
])('%s is refused', (name, message) => {
  expect(() => imageNamed(images, name)).toThrow(message)
})
