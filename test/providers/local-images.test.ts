import { describe, expect, it } from 'vitest'
import { findLocal, parseStorageConf } from '../../src/providers/linux/image/local-images.ts'

describe("podman's storage", () => {
  it('lies where storage.conf says, else at the usual place', () => {
    expect(parseStorageConf('')).toEqual({ driver: 'overlay', folders: ['/var/lib/containers/storage'] })
    const conf = `[storage]
# driver = "btrfs"
driver = "vfs"
  graphroot = "/srv/images"
[storage.options]
additionalimagestores = [
  "/mnt/a",
  # "/mnt/no",
  "/mnt/b",
]
`
    expect(parseStorageConf(conf)).toEqual({ driver: 'vfs', folders: ['/srv/images', '/mnt/a', '/mnt/b'] })
  })

  it('is asked by name, or by digest where the reference has one', () => {
    const image = (id: string, names: readonly string[], ...digests: readonly string[]) => ({
      id,
      names,
      digest: digests[0] ?? '',
      digests: new Set(digests),
    })
    const images = [image('1', [], 'sha256:old'), image('2', ['localhost/app:dev'], 'sha256:new', 'sha256:list')]
    expect(findLocal(images, 'localhost/app:dev')?.id).toBe('2')
    expect(findLocal(images, 'localhost/app@sha256:old')?.id).toBe('1')
    expect(findLocal(images, 'localhost/app:dev@sha256:list')?.id).toBe('2')
    expect(findLocal(images, 'docker.io/library/app:dev')).toBeUndefined()
  })
})
