import { expect, it } from 'vitest'
import { imageCatalog } from '../../../../src/model/kinds/images/catalog.ts'
import {
  fullReference,
  localReference,
  nameOfArchive,
  referencesOf,
} from '../../../../src/model/kinds/images/reference.ts'

it.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['grafana/grafana:11', 'docker.io/grafana/grafana:11'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['ghcr.io/a/b', 'ghcr.io/a/b:latest'],
  ['localhost/web', 'localhost/web:latest'],
  ['registry:5000/web:2', 'registry:5000/web:2'],
  [`nginx@sha256:${'a'.repeat(64)}`, `docker.io/library/nginx@sha256:${'a'.repeat(64)}`],
  ['a'.repeat(64), undefined],
  ['UPPER', undefined],
  ['../etc', undefined],
])('the full reference of %s is %s', (text, full) => {
  expect(fullReference(text)).toBe(full)
})

it.each([
  ['web', 'localhost/web:latest'],
  ['shop/web:2', 'localhost/shop/web:2'],
  ['localhost/web', 'localhost/web:latest'],
  ['docker.io/library/alpine:3.20', 'docker.io/library/alpine:3.20'],
  [`web@sha256:${'a'.repeat(64)}`, undefined],
  ['-web', undefined],
  ['web\n', undefined],
])('an image that is made here as %s is called %s', (text, full) => {
  expect(localReference(text)).toBe(full)
})

it.each([
  ['/srv/Alpine 3.20.tgz', 'alpine_3.20'],
  ['alpine_3_20.tar.gz', 'alpine_3_20'],
  ['--x--.tar.zst', 'x'],
  ['web', 'web'],
  ['a..b.tar', 'a_b'],
  ['....tar', ''],
])('the image in %s is called %s', (file, name) => {
  expect(nameOfArchive(file)).toBe(name)
})

it('a name may mean an image of Docker Hub or of this host', () => {
  expect(referencesOf('web')).toEqual(['docker.io/library/web:latest', 'localhost/web:latest'])
  expect(referencesOf('not a name')).toEqual([])
})

it('the catalogue has the 21 images of the original, and each is a reference', () => {
  expect(imageCatalog).toHaveLength(21)
  expect(imageCatalog.filter((name) => fullReference(name) === undefined)).toEqual([])
})
