import { describe, expect, it } from 'vitest'
import { copySide, copyTarget } from '../../src/cli/commands/containers/copy-target.ts'

describe('copySide', () => {
  it.each([
    ['-', { type: 'stream' }],
    ['web:/etc/hosts', { type: 'container', name: 'web', path: '/etc/hosts' }],
    ['shop/web.1:data', { type: 'container', name: 'shop/web.1', path: '/data' }],
    ['web:', { type: 'container', name: 'web', path: '/' }],
    ['./a:b', { type: 'host', path: './a:b' }],
    ['/srv/a:b', { type: 'host', path: '/srv/a:b' }],
    ['site', { type: 'host', path: 'site' }],
  ])('%s', (text, side) => expect(copySide(text)).toEqual(side))
})

describe('copyTarget', () => {
  const file = { path: '/src/a.txt', isFolder: false }
  const folder = { path: '/src/site', isFolder: true }
  it.each([
    ['a file into a folder', file, '/dst', 'folder', { folder: '/dst', name: 'a.txt' }],
    ['a file over a file', file, '/dst/b', 'other', { folder: '/dst', name: 'b' }],
    ['a file under a new name', file, '/dst/b', undefined, { folder: '/dst', name: 'b' }],
    ['a folder into a folder', folder, '/dst', 'folder', { folder: '/dst', name: 'site' }],
    ['a folder under a new name', folder, '/dst/new', undefined, { folder: '/dst', name: 'new' }],
    ['contents into a folder', { ...folder, path: '/src/site/.' }, '/dst', 'folder', { folder: '/dst', name: '.' }],
    ['a root', { path: '/', isFolder: true }, '/dst', 'folder', { folder: '/dst', name: '.' }],
    ['a folder over a file', folder, '/dst/b', 'other', { refusal: '/dst/b is not a folder, but /src/site is.' }],
    ['a file into a missing folder', file, '/dst/new/', undefined, { refusal: '/dst/new/ is not a folder.' }],
  ] as const)('%s', (_, source, path, kind, target) => expect(copyTarget(source, { path, kind })).toEqual(target))
})
