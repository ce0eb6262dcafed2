import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer as createHttps } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalHost } from '../../../src/host/local.ts'
import {
  type GitSource,
  type GitSourceOptions,
  type GitState,
  openGitSource,
} from '../../../src/watch/source/git-source.ts'

const base = mkdtempSync('/tmp/hp-git-')
afterAll(() => rmSync(base, { recursive: true, force: true }))

const environment = {
  PATH: process.env.PATH,
  HOME: base,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}
const run = (program: string, args: readonly string[], cwd = base): string =>
  execFileSync(program, args, { encoding: 'utf8', cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] }).trim()

let count = 0
let repository: string
let folder: string
let states: GitState[]
const open: GitSource[] = []

const git = (...args: readonly string[]): string => run('git', args, repository)
function commit(files: Readonly<Record<string, string>>, ...options: readonly string[]): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(repository, name, '..'), { recursive: true })
    writeFileSync(join(repository, name), text)
  }
  git('add', '-A')
  git('commit', '-q', '--allow-empty', '-m', 'change', ...options)
  return git('rev-parse', 'HEAD')
}
const onMain = { branch: 'main' }
async function follow(
  options: Partial<GitSourceOptions> = {},
  branch: { branch?: string } = onMain,
): Promise<GitSource> {
  const onState = (state: GitState): unknown => states.push(state)
  const common = { host: new LocalHost(), url: repository, folder, pollMs: 3_600_000 }
  const source = await openGitSource({ ...common, ...branch, ...options, onState })
  open.push(source)
  await source.poll()
  return source
}
const read = (source: GitSource, name = 'a.yaml'): string => readFileSync(join(source.directory, name), 'utf8')
const trees = (): readonly string[] => readdirSync(join(folder, 'checkouts')).sort()

beforeEach(() => {
  count += 1
  repository = join(base, `repository${count}`)
  folder = join(base, `folder${count}`)
  states = []
  run('git', ['init', '-q', '-b', 'main', repository])
})
afterEach(async () => {
  for (const source of open.splice(0)) await source.close()
})

describe('a followed repository', () => {
  it('shows whole trees of the newest commit, and keeps the one before', async () => {
    const commits = [commit({ 'a.yaml': '1' })]
    const source = await follow()
    expect(source.state).toMatchObject({ kind: 'git', revision: commits[0], ok: true, reason: 'Synced' })
    expect(source.state.location).toBe(`${repository} main`)
    expect(read(source)).toBe('1')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const text of ['2', '3']) {
      commits.push(commit({ 'a.yaml': text }))
      await source.poll()
      expect(read(source)).toBe(text)
    }
    expect(trees()).toEqual(commits.slice(1).sort())
    const told = states.length
    await source.poll()
    expect(states).toHaveLength(told)
  })

  it('is reached through file:// too, and is cloned with a short history', async () => {
    for (let text = 1; text <= 60; text += 1) commit({ 'a.yaml': `${text}` })
    const other = commit({ 'b.yaml': 'b' })
    const source = await follow({ url: `file://${repository}` })
    expect(read(source)).toBe('60')
    const kept = run('git', ['--git-dir', join(folder, 'repository'), 'rev-list', '--count', '--all'])
    expect(kept).toBe('50')
    const [newest, before] = await source.fileCommits(other)
    expect(newest).toMatchObject({ commit: { id: other }, files: ['b.yaml'] })
    expect(before).toMatchObject({ commit: { id: git('rev-parse', 'HEAD~1') }, files: ['a.yaml'] })
  })

  it('is followed at its HEAD without a branch, and in one folder of it', async () => {
    commit({ 'stacks/prod/a.yaml': 'prod', 'shared/b.yaml': 'b' })
    const source = await follow({ path: 'stacks/prod' }, {})
    expect(read(source)).toBe('prod')
    expect(read(source, '../../shared/b.yaml')).toBe('b')
  })

  it('is followed through a burst of commits, a rewritten history and a return', async () => {
    const first = commit({ 'a.yaml': '0' })
    const source = await follow()
    for (let round = 1; round <= 100; round += 1) {
      commit({ 'a.yaml': String(round) })
      if (round % 10 === 0) void source.poll()
    }
    await source.poll()
    expect(read(source)).toBe('100')
    expect(trees().length).toBeLessThanOrEqual(2)
    git('reset', '-q', '--hard', first)
    const other = commit({ 'a.yaml': 'another history' }, '--amend')
    await source.poll()
    expect(source.state).toMatchObject({ revision: other, ok: true })
    expect(read(source)).toBe('another history')
    git('reset', '-q', '--hard', first)
    await source.poll()
    expect(read(source)).toBe('0')
  })

  it('keeps the last good commit while the branch or the repository is gone, and says so', async () => {
    const first = commit({ 'a.yaml': '1' })
    const source = await follow()
    git('branch', '-m', 'main', 'other')
    await source.poll()
    expect(source.state).toMatchObject({ revision: first, ok: false, reason: 'BranchMissing' })
    expect(source.state.message).toBe(`${repository} has no branch main.`)
    run('mv', [repository, `${repository}.away`])
    await source.poll()
    expect(source.state).toMatchObject({ revision: first, ok: false, reason: 'RemoteUnreachable' })
    expect(read(source)).toBe('1')
    run('mv', [`${repository}.away`, repository])
    git('branch', '-m', 'other', 'main')
    await source.poll()
    expect(source.state).toMatchObject({ revision: first, ok: true, reason: 'Synced' })
  })

  it('goes on with what it had after a restart, but not with another source’s', async () => {
    const first = commit({ 'a.yaml': '1' })
    await (await follow()).close()
    run('mv', [repository, `${repository}.away`])
    expect(read(await follow())).toBe('1')
    expect(states.at(-1)).toMatchObject({ revision: first, ok: false })
    const other = await follow({ url: `${repository}.other` })
    expect(other.state).toMatchObject({ revision: null, ok: false })
    expect(existsSync(other.directory)).toBe(false)
  })

  it('says that files are not fetched which Git LFS keeps', async () => {
    commit({
      'a.yaml': '1',
      '.gitattributes': '*.bin filter=lfs -text\n',
      'www/page.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 5\n`,
    })
    const source = await follow()
    expect(source.state).toMatchObject({ ok: true, message: expect.stringContaining('not fetched: www/page.bin') })
  })

  it('says that a folder is missing and submodules are not followed', async () => {
    commit({ 'stacks/a.yaml': '1' })
    const source = await follow({ path: 'stacks' })
    git('rm', '-q', '-r', 'stacks')
    commit({ 'other/a.yaml': '2' })
    await source.poll()
    expect(source.state).toMatchObject({ ok: false, reason: 'PathMissing' })
    expect(read(source)).toBe('1')
    const sub = join(base, `sub${count}`)
    run('git', ['init', '-q', '-b', 'main', sub])
    run('git', ['commit', '-q', '--allow-empty', '-m', 'x'], sub)
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub, 'lib')
    commit({ 'stacks/a.yaml': '3' })
    await source.poll()
    expect(source.state).toMatchObject({ ok: true, message: expect.stringContaining('not followed: lib') })
    expect(read(source)).toBe('3')
  })

  it('refuses links that lead out, naming them', async () => {
    commit({ 'a.yaml': '1' })
    symlinkSync('a.yaml', join(repository, 'b.yaml'))
    commit({})
    const source = await follow()
    expect(read(source, 'b.yaml')).toBe('1')
    for (const [link, target] of [
      ['secret.yaml', '/etc/shadow'],
      ['d/up.yaml', '../../../../etc/shadow'],
    ] as const) {
      commit({ 'a.yaml': link, 'd/x': '' })
      symlinkSync(target, join(repository, link))
      commit({})
      await source.poll()
      expect(source.state).toMatchObject({ ok: false, reason: 'LinkOutside' })
      expect(source.state.message).toContain(`${link} -> ${target}`)
      expect(read(source)).toBe('1')
      rmSync(join(repository, link))
    }
    expect(trees().filter((name) => name.includes('partial'))).toEqual([])
  })

  it('runs no hooks, no filters and nothing of the remote’s configuration', async () => {
    const proof = join(base, `proof${count}`)
    commit({ 'a.yaml': '1', '.gitattributes': '*.yaml filter=evil\n' })
    git('config', 'filter.evil.smudge', `touch ${proof}`)
    git('config', 'uploadpack.packObjectsHook', `touch ${proof}`)
    git('config', 'core.fsmonitor', `touch ${proof}`)
    writeFileSync(join(base, '.gitconfig'), `[core]\n\tsshCommand = touch ${proof}\n\thooksPath = ${base}/hooks\n`)
    mkdirSync(join(base, 'hooks'), { recursive: true })
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change'])
      writeFileSync(join(base, 'hooks', name), `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 })
    const home = process.env.HOME
    process.env.HOME = base
    try {
      expect(read(await follow())).toBe('1')
    } finally {
      process.env.HOME = home
      rmSync(join(base, '.gitconfig'))
    }
    expect(existsSync(proof)).toBe(false)
  })

  it('may belong to someone else', async () => {
    commit({ 'a.yaml': '1' })
    chownSync(repository, 65534, 65534)
    chownSync(join(repository, '.git'), 65534, 65534)
    expect(read(await follow())).toBe('1')
  })
})

describe('signatures', () => {
  const key = (name: string): string => {
    const path = join(base, name)
    if (!existsSync(path)) run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path])
    return path
  }
  const signed = (files: Readonly<Record<string, string>>, name: string): string => {
    git('config', 'gpg.format', 'ssh')
    git('config', 'user.signingKey', `${key(name)}.pub`)
    return commit(files, '-S')
  }
  const allowed = (...names: readonly string[]): string => {
    const file = join(base, `signers${count}`)
    writeFileSync(file, names.map((name) => `a@example.com ${readFileSync(`${key(name)}.pub`, 'utf8')}`).join(''))
    return file
  }

  it('of SSH keys: allowed ones pass, others, none and forged ones do not', async () => {
    const good = signed({ 'a.yaml': 'good' }, 'alice')
    const source = await follow({ verifySignatures: true, allowedSigners: allowed('alice') })
    expect(source.state).toMatchObject({ ok: true, revision: good })
    const refused = async (): Promise<void> => {
      await source.poll()
      expect(source.state).toMatchObject({ ok: false, reason: 'SignatureRejected', revision: good })
      expect(read(source)).toBe('good')
      git('reset', '-q', '--hard', good)
    }
    commit({ 'a.yaml': 'unsigned' }, '--no-gpg-sign')
    await refused()
    expect(source.state.message).toContain('it is not signed')
    signed({ 'a.yaml': 'mallory' }, 'mallory')
    await refused()
    // A good signature over another tree.
    const signature = git('cat-file', 'commit', good)
    writeFileSync(join(repository, 'a.yaml'), 'forged')
    git('add', '-A')
    const forged = signature.replace(/^tree \w+/, `tree ${git('write-tree')}`)
    writeFileSync(join(base, 'forged'), `${forged}\n`)
    git('reset', '-q', '--hard', git('hash-object', '-t', 'commit', '-w', join(base, 'forged')))
    expect(git('show', 'HEAD:a.yaml')).toBe('forged')
    await refused()
    // A key that is allowed later makes the same commit good.
    const bobs = signed({ 'a.yaml': 'bob' }, 'bob')
    await source.poll()
    expect(source.state).toMatchObject({ ok: false, reason: 'SignatureRejected' })
    allowed('alice', 'bob')
    await source.poll()
    expect(source.state).toMatchObject({ ok: true, revision: bobs })
  })

  it('need somebody who may sign', async () => {
    for (const signers of [{}, { allowedSigners: join(base, 'missing') }, { keyring: join(base, 'missing') }])
      await expect(follow({ verifySignatures: true, ...signers })).rejects.toMatchObject({
        refused: true,
        diagnostics: [{ code: 'signers-missing' }],
      })
  })

  it('are asked for of a commit that was taken without', async () => {
    commit({ 'a.yaml': '1' }, '--no-gpg-sign')
    await (await follow()).close()
    const source = await follow({ verifySignatures: true, allowedSigners: allowed('alice') })
    expect(source.state).toMatchObject({ ok: false, revision: null, reason: 'SignatureRejected' })
    expect(existsSync(source.directory)).toBe(false)
  })

  it.skipIf(!existsSync('/usr/bin/gpg'))('of GPG keys count by their home alone', async () => {
    const home = mkdtempSync('/tmp/hp-gpg-')
    const gpg = (...args: readonly string[]): string => run('gpg', ['--homedir', home, '--batch', '--quiet', ...args])
    const keyring = mkdtempSync('/tmp/hp-gpg-')
    try {
      gpg('--passphrase', '', '--quick-generate-key', 'a@example.com', 'ed25519', 'sign', 'never')
      writeFileSync(join(base, 'key.asc'), gpg('--armor', '--export'))
      run('gpg', ['--homedir', keyring, '--batch', '--quiet', '--import', join(base, 'key.asc')])
      writeFileSync(join(base, 'gpg'), `#!/bin/sh\nexec gpg --homedir ${home} --batch "$@"\n`, { mode: 0o755 })
      git('config', 'gpg.program', join(base, 'gpg'))
      const good = commit({ 'a.yaml': 'good' }, '-Sa@example.com')
      const source = await follow({ verifySignatures: true, keyring })
      expect(source.state).toMatchObject({ ok: true, revision: good })
      await source.close()
      const other = await follow({ verifySignatures: true, allowedSigners: allowed('alice') })
      expect(other.state).toMatchObject({ ok: false, reason: 'SignatureRejected' })
    } finally {
      for (const folder of [home, keyring]) {
        run('gpgconf', ['--homedir', folder, '--kill', 'all'])
        rmSync(folder, { recursive: true, force: true })
      }
    }
  })
})

describe('trouble', () => {
  it('with credentials stays without them in what is told and in the arguments of programs', async () => {
    commit({ 'a.yaml': '1' })
    const trace = join(base, 'trace')
    process.env.HEROPODS_DEBUG_COMMANDS = trace
    try {
      const source = await follow({ url: 'https://me:hunter2@127.0.0.1:1/shop.git' })
      expect(source.state).toMatchObject({ ok: false, reason: 'RemoteUnreachable', revision: null })
      expect(JSON.stringify(states)).not.toMatch(/hunter2|bWU6/)
    } finally {
      delete process.env.HEROPODS_DEBUG_COMMANDS
    }
    expect(readFileSync(trace, 'utf8')).toContain('ls-remote')
    expect(readFileSync(trace, 'utf8')).not.toMatch(/hunter2|bWU6/)
    expect(statSync(join(folder, 'gitconfig')).mode & 0o777).toBe(0o600)
  })

  it.skipIf(!existsSync('/usr/bin/openssl'))(
    'with https: credentials reach the server and no list of processes',
    async () => {
      const name = '/CN=localhost'
      const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', name]
      run('openssl', [...request, '-addext', 'subjectAltName=DNS:localhost', '-keyout', 'tls.key', '-out', 'tls.crt'])
      commit({ 'a.yaml': '1' })
      const given = new Set<string | undefined>()
      const lists: string[] = []
      const tls = { key: readFileSync(join(base, 'tls.key')), cert: readFileSync(join(base, 'tls.crt')) }
      const server = createHttps(tls, (asked, answer) => {
        given.add(asked.headers.authorization)
        lists.push(run('ps', ['-eo', 'args', '-ww']))
        if (asked.headers.authorization !== `Basic ${btoa('me:hunter2')}`) return answer.writeHead(401).end()
        const { pathname, search } = new URL(asked.url ?? '', 'https://localhost')
        const child = spawn('git', ['http-backend'], {
          env: {
            ...environment,
            GIT_PROJECT_ROOT: base,
            GIT_HTTP_EXPORT_ALL: '1',
            GIT_PROTOCOL: String(asked.headers['git-protocol'] ?? ''),
            REQUEST_METHOD: asked.method,
            PATH_INFO: pathname,
            QUERY_STRING: search.slice(1),
            CONTENT_TYPE: asked.headers['content-type'] ?? '',
            HTTP_CONTENT_ENCODING: asked.headers['content-encoding'] ?? '',
          },
        })
        asked.pipe(child.stdin)
        const chunks: Buffer[] = []
        child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
        child.once('close', () => {
          const all = Buffer.concat(chunks)
          const end = all.indexOf('\r\n\r\n')
          const type = /Content-Type: (.*)/i.exec(all.subarray(0, end).toString())?.[1] ?? ''
          answer.writeHead(200, { 'content-type': type.trim() }).end(all.subarray(end + 4))
        })
      }).listen(0)
      await once(server, 'listening')
      const { port } = server.address() as { port: number }
      const at = `localhost:${port}/repository${count}/.git`
      process.env.GIT_SSL_CAINFO = join(base, 'tls.crt')
      try {
        const source = await follow({ url: `https://me:hunter2@${at}` })
        expect(source.state).toMatchObject({ ok: true, location: `https://${at} main` })
        expect(read(source)).toBe('1')
        expect(lists.join('\n')).toContain(`https://${at}`)
        expect(lists.join('\n')).not.toMatch(/hunter2|bWU6/)
        expect([...given]).toEqual([`Basic ${btoa('me:hunter2')}`])
        const wrong = await follow({ url: `https://me:wrong@${at}` })
        expect(wrong.state).toMatchObject({ ok: false, reason: 'RemoteUnreachable' })
      } finally {
        delete process.env.GIT_SSL_CAINFO
        server.close()
      }
    },
  )

  it('with ssh is told in its words', async () => {
    const source = await follow({ url: 'ssh://git@127.0.0.1:1/shop.git' })
    expect(source.state).toMatchObject({ ok: false, reason: 'RemoteUnreachable' })
    expect(source.state.message).toContain('Connection refused')
  })

  it('with a remote that accepts and says nothing ends with close', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const onState = (state: GitState): unknown => states.push(state)
    const url = `https://127.0.0.1:${port}/shop.git`
    const source = await openGitSource({ host: new LocalHost(), url, branch: 'main', folder, onState })
    await once(server, 'connection')
    await source.close()
    expect(states).toEqual([])
    server.close()
    await expect.poll(() => run('ps', ['-eo', 'args']).includes(url), { timeout: 20_000 }).toBe(false)
  })

  it('killed in the middle of a checkout, never shows half a tree', async () => {
    for (let index = 0; index < 3000; index += 1)
      writeFileSync(join(repository, `${String(index).padStart(4, '0')}.yaml`), `first ${index} ${'x'.repeat(2000)}`)
    commit({})
    const bundle = join(base, 'source.mjs')
    const entry = `
      import { openGitSource } from ${JSON.stringify(join(import.meta.dirname, '../../../src/watch/source/git-source.ts'))}
      import { LocalHost } from ${JSON.stringify(join(import.meta.dirname, '../../../src/host/local.ts'))}
      const [url, folder] = process.argv.slice(2)
      await openGitSource({ host: new LocalHost(), url, branch: 'main', folder, onState: () => undefined })`
    await build({
      stdin: { contents: entry, resolveDir: import.meta.dirname, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: bundle,
      banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
    })
    const expected = new Map<string, number>()
    let seen = 0
    for (let round = 0; round < 8; round += 1) {
      const id = commit({ '0000.yaml': `round ${round}`, [`extra${round}.yaml`]: '' })
      expected.set(id, git('ls-tree', '--name-only', 'HEAD').split('\n').length)
      const child = spawn(process.execPath, [bundle, repository, folder], { stdio: 'ignore' })
      const partial = join(folder, 'checkouts', `.${id}.partial`)
      // Half of them end while files are being written, the others somewhere.
      if (round % 2 === 0) {
        const started = (): boolean => existsSync(partial) && readdirSync(partial).length > 100 * round
        for (let waited = 0; waited < 1000 && !started() && child.exitCode === null; waited += 1) await delay(2)
        if (existsSync(partial)) seen += 1
      } else await delay(150 + 60 * round)
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await expect
        .poll(() => run('ps', ['-eo', 'args', '-ww']).includes(`read-tree --reset -u ${id}`), { timeout: 20_000 })
        .toBe(false)
      if (!existsSync(join(folder, 'current'))) continue
      const current = readlinkSync(join(folder, 'current')).split('/').at(-1) as string
      expect(readdirSync(join(folder, 'current'))).toHaveLength(expected.get(current) as number)
    }
    expect(seen).toBeGreaterThan(0)
    const source = await follow()
    expect(source.state.ok).toBe(true)
    expect(read(source, '0000.yaml')).toBe('round 7')
    expect(trees().filter((name) => name.includes('partial'))).toEqual([])
  })
})
