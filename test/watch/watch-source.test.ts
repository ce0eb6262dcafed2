import { expect, it } from 'vitest'
import { watchSource } from '../../src/cli/commands/watch/source-options.ts'

const given = { url: undefined, cwd: '/srv' }

it('every option of watch is checked, whether it is used or not', () => {
  for (const options of [
    { poll: 'abc' },
    { poll: '' },
    { poll: '0' },
    { poll: '1ms' },
    { poll: '1000000h' },
    { settle: '-1s' },
    { settle: 'soon' },
    { listen: '0.0.0.0:80000' },
    { branch: '--upload-pack=x' },
    { path: '../other' },
  ]) {
    expect(() => watchSource('stacks', options, given), JSON.stringify(options)).toThrow()
    expect(() => watchSource(undefined, { git: '/srv/x.git', ...options }, given), JSON.stringify(options)).toThrow()
  }
  expect(() => watchSource(undefined, { git: 'ext::sh -c id' }, given)).toThrow('which runs programs')
})

it('what is for a repository is refused beside a folder, and signers where nothing is verified', () => {
  expect(() => watchSource('stacks', { poll: '60s', branch: 'main' }, given)).toThrow(
    '--branch, --poll apply to a repository, but the folder stacks is given.',
  )
  expect(() => watchSource('stacks', { git: 'https://example.com/x.git' }, given)).toThrow(
    'Both a folder and a repository',
  )
  expect(() => watchSource(undefined, { git: '/srv/x.git', keyring: '/k' }, given)).toThrow('--keyring is given')
})

it('a folder whose name is not UTF-8 is refused: it would never be there', () => {
  expect(() => watchSource('gr\uFFFD', {}, given)).toThrow('The path of the folder contains bytes that are not UTF-8')
})

it('what is followed is the folder, else the repository that is named, else that of the environment', () => {
  const environment = { url: 'https://example.com/env.git', cwd: '/srv' }
  expect(watchSource('stacks', {}, environment).request).toEqual({ kind: 'directory', folder: 'stacks' })
  expect(watchSource(undefined, { git: '/srv/x.git', poll: '1h' }, environment).request).toEqual({
    kind: 'git',
    url: '/srv/x.git',
    pollMs: 3_600_000,
  })
  expect(watchSource(undefined, {}, environment).request).toMatchObject({ url: 'https://example.com/env.git' })
  expect(watchSource(undefined, { listen: false }, given)).toEqual({
    forge: undefined,
    settleMs: 500,
    listen: undefined,
  })
})

it('the results of commits are sent if there is a token, and the server is known or named', () => {
  const git = 'https://github.com/acme/shop.git'
  const forge = { kind: 'github', api: 'https://api.github.com', repository: 'acme/shop' }
  expect(watchSource(undefined, { git }, given).forge).toBeUndefined()
  expect(watchSource(undefined, { git }, { ...given, hasForgeToken: true }).forge).toEqual({ forge })
  expect(watchSource(undefined, { git, forgeTokenFile: 'token' }, given).forge).toEqual({
    forge,
    tokenFile: '/srv/token',
  })
  expect(() => watchSource(undefined, { git, forge: 'github' }, given)).toThrow('There is no token for the git server.')
  expect(() => watchSource(undefined, { git: '/srv/x.git' }, { ...given, hasForgeToken: true })).toThrow(
    'The kind of the git server is unknown.',
  )
  expect(() => watchSource('stacks', { forgeUrl: 'https://x.org' }, given)).toThrow(
    '--forge-url applies to a repository',
  )
})
