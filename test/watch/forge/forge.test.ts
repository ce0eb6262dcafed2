import { describe, expect, it } from 'vitest'
import { type ForgeOptions, forgeOf } from '../../../src/watch/forge/forge.ts'

describe('the forge of a repository', () => {
  it.each<readonly [string, ForgeOptions, string]>([
    ['https://github.com/acme/shop.git', {}, 'github https://api.github.com acme/shop'],
    ['git@github.com:acme/shop.git', {}, 'github https://api.github.com acme/shop'],
    ['ssh://git@gitlab.com:2222/acme/infra/shop.git', {}, 'gitlab https://gitlab.com/api/v4 acme/infra/shop'],
    ['https://me:token@codeberg.org/acme/shop', {}, 'forgejo https://codeberg.org/api/v1 acme/shop'],
    ['https://git.acme.org/acme/shop.git', { kind: 'github' }, 'github https://git.acme.org/api/v3 acme/shop'],
    ['git@git.acme.org:acme/shop.git', { kind: 'gitea' }, 'gitea https://git.acme.org/api/v1 acme/shop'],
    [
      '/srv/mirror/shop.git',
      { kind: 'forgejo', api: 'http://127.0.0.1:3000/api/v1/', repository: 'acme/shop' },
      'forgejo http://127.0.0.1:3000/api/v1 acme/shop',
    ],
  ])('%s with %j is %s', (url, options, expected) => {
    const { kind, api, repository } = forgeOf(url, options)
    expect(`${kind} ${api} ${repository}`).toBe(expected)
  })

  it.each<readonly [string, ForgeOptions, string]>([
    ['https://git.acme.org/acme/shop.git', {}, 'The kind of the git server git.acme.org is unknown.'],
    ['/srv/shop.git', { kind: 'gitea', api: 'https://git.acme.org/api/v1' }, 'The name of the repository'],
    ['/srv/shop.git', { kind: 'gitea', repository: 'acme/shop' }, 'The API of the git server is unknown.'],
    ['https://github.com/acme', {}, 'The name of the repository'],
    ['https://github.com/acme/shop', { kind: 'svn' }, '--forge: "svn" is not a known git server.'],
    ['https://github.com/acme/shop', { api: 'http://git.acme.org/api' }, 'is not the URL of an API'],
    ['https://github.com/acme/shop', { api: 'https://me:hunter2@git.acme.org/api' }, 'is not the URL of an API'],
  ])('%s with %j is refused', (url, options, message) => {
    expect(() => forgeOf(url, options)).toThrow(message)
    expect(() => forgeOf(url, options)).not.toThrow('hunter2')
  })
})
