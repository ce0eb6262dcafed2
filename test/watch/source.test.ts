import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { branchRef } from '../../src/watch/source/git-ref.ts'
import { gitConfig, parseRemote, repositoryPath } from '../../src/watch/source/git-remote.ts'
import { nextPoll } from '../../src/watch/source/git-source.ts'
import { hookAllowed } from '../../src/watch/source/hook.ts'
import { outsideLink } from '../../src/watch/source/links.ts'

describe('a repository’s URL', () => {
  it.each([
    ['https://git.example.com/shop.git', 'https', 'https://git.example.com/shop.git'],
    ['HTTPS://git.example.com/shop.git', 'https', 'https://git.example.com/shop.git'],
    ['ssh://git@git.example.com:2222/shop.git', 'ssh', 'ssh://git@git.example.com:2222/shop.git'],
    ['git+ssh://git@git.example.com/shop.git', 'ssh', 'git+ssh://git@git.example.com/shop.git'],
    ['git@git.example.com:shop.git', 'ssh', 'git@git.example.com:shop.git'],
    ['git.example.com:shop.git', 'ssh', 'git.example.com:shop.git'],
    ['file:///srv/shop.git', 'file', 'file:///srv/shop.git'],
    ['/srv/shop.git', 'file', '/srv/shop.git'],
    ['../shop:1', 'file', '/srv/shop:1'],
    ['shop', 'file', '/srv/stacks/shop'],
  ])('%s is %s', (stated, protocol, url) => {
    expect(parseRemote(stated, '/srv/stacks')).toEqual({ protocol, url, authorization: undefined })
  })

  it('loses its password to a header', () => {
    const remote = parseRemote('https://me:p%40ss@git.example.com:8443/shop.git', '/')
    expect(remote.url).toBe('https://git.example.com:8443/shop.git')
    expect(remote.authorization).toBe(`Basic ${btoa('me:p@ss')}`)
    const config = gitConfig({ remote, allowedSigners: '/etc/sig"ners' })
    expect(config).toContain(`[http "https://git.example.com:8443/"]\n\textraHeader = "Authorization: Basic`)
    expect(config).toContain('allowedSignersFile = "/etc/sig\\"ners"')
    expect(config).not.toContain('p@ss')
    expect(config).not.toContain('p%40ss')
  })

  it.each([
    ['', 'empty'],
    ['--upload-pack=touch /tmp/x', 'starts with "-"'],
    ['ext::sh -c id', '"ext", which runs programs'],
    ['http://git.example.com/shop.git', 'http://'],
    ['git://git.example.com/shop.git', 'git://'],
    ['ftp://git.example.com/shop.git', 'ftp://'],
    ['ssh://-oProxyCommand=id/x', '"-"'],
    ['git@-oProxyCommand=id:x', '"-"'],
    ['ssh://git:secret@git.example.com/x', 'use a key'],
    ['https://[bad/x', 'cannot be read'],
    ['/srv/a\nb', 'control'],
  ])('%s is refused', (stated, message) => {
    expect(() => parseRemote(stated, '/')).toThrow(message)
    expect(() => parseRemote(stated, '/')).not.toThrow('secret')
  })

  it.each([['main'], ['release/1.2'], ['dependabot/npm_and_yarn/x-1'], ['ü']])('%s is a branch', (name) =>
    expect(branchRef(name)).toBe(`refs/heads/${name}`),
  )
  it('is followed at HEAD without one', () => expect(branchRef(undefined)).toBe('HEAD'))
  it.each([['-x'], ['a..b'], ['a b'], ['a:b'], ['a^'], ['a~1'], ['a.lock'], ['/a'], ['a/'], ['@'], ['a@{1}'], ['']])(
    '%s is no branch',
    (name) => expect(() => branchRef(name)).toThrow('not a valid name of a branch'),
  )

  it.each([
    ['', '.'],
    ['.', '.'],
    ['./stacks/', 'stacks'],
    ['a/../b', 'b'],
  ])('the path "%s" is %s', (stated, path) => expect(repositoryPath(stated)).toBe(path))
  it.each([['/etc'], ['..'], ['a/../../b']])('the path %s is refused', (stated) =>
    expect(() => repositoryPath(stated)).toThrow('is outside'),
  )
})

it.each([
  [{ a: 'b', 'd/e': '../b/c', f: 'missing/deeply' }, undefined],
  [{ a: '/etc/passwd' }, 'a'],
  [{ 'd/a': '../../x' }, 'd/a'],
  // Leads out only because another link is followed first.
  [{ up: '.', 'd/a': '../up/..' }, 'd/a'],
  [{ d: 'x/y', a: 'd/../..' }, undefined],
  [{ d: 'x/y', a: 'd/../../..' }, 'a'],
  [{ a: 'b', b: 'a' }, 'a'],
  [{ a: './/./b/' }, undefined],
])('of the links %j, %s leads out', (links, stray) => {
  expect(outsideLink(new Map(Object.entries(links as Record<string, string>)))).toBe(stray)
})

describe('a webhook', () => {
  const body = Buffer.from('{"ref":"refs/heads/main"}')
  const signed = (secret: string): string => createHmac('sha256', secret).update(body).digest('hex')
  it.each([
    ['GitHub', { 'x-hub-signature-256': `sha256=${signed('word')}` }, true],
    ['Gitea', { 'x-gitea-signature': signed('word') }, true],
    ['GitLab', { 'x-gitlab-token': 'word' }, true],
    ['another secret', { 'x-hub-signature-256': `sha256=${signed('other')}` }, false],
    ['a signature without its scheme', { 'x-hub-signature-256': signed('word') }, false],
    ['part of a token', { 'x-gitlab-token': 'wor' }, false],
    ['an empty token', { 'x-gitlab-token': '' }, false],
    ['no header', {}, false],
  ])('of %s', (_, headers, allowed) => expect(hookAllowed(headers, body, 'word')).toBe(allowed))

  it('of another body is refused', () => {
    const headers = { 'x-gitea-signature': signed('word') }
    expect(hookAllowed(headers, Buffer.from('{}'), 'word')).toBe(false)
  })
  it('is refused without a secret', () => {
    expect(hookAllowed({ 'x-gitlab-token': '' }, body, undefined)).toBe(false)
    expect(hookAllowed({ 'x-gitea-signature': createHmac('sha256', '').update(body).digest('hex') }, body, '')).toBe(
      false,
    )
  })
})

it('asks later and later, up to a quarter of an hour, and never in step', () => {
  expect([0, 1, 2, 3, 9].map((failures) => nextPoll(60_000, failures, 0.5))).toEqual([
    60_000, 120_000, 240_000, 480_000, 900_000,
  ])
  expect(nextPoll(60_000, 0, 0)).toBe(54_000)
  expect(nextPoll(60_000, 0, 1)).toBe(66_000)
  expect(nextPoll(3_600_000, 5, 0.5)).toBe(3_600_000)
})
