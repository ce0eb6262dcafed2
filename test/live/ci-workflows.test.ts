import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Instance } from './support.ts'

const cli = join(import.meta.dirname, '../../dist/heropods.js')
const examples = join(import.meta.dirname, '../../examples/ci')
const instance = new Instance()
const work = join(instance.base, 'checkout')
const bin = join(instance.base, 'bin')

interface Call {
  readonly call: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
/** The calls that change comments, and the comments that the forge lists before them. */
const calls: Call[] = []
let listed: readonly { readonly id: number; readonly body: string }[] = []
/** A forge with two comments a page, as far as it has pages. */
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const { pathname, searchParams } = new URL(request.url ?? '', origin)
  if (request.method === 'GET') {
    const page = Number(searchParams.get('page') ?? 0)
    return response.end(JSON.stringify(page === 0 ? listed : listed.slice(2 * page - 2, 2 * page)))
  }
  calls.push({ call: `${request.method} ${pathname}`, headers: request.headers, body })
  return response.writeHead(201).end('{}')
})
let origin = ''

/** Programs of the runner: sudo calls its command, gh stores the comment. */
function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}
beforeAll(async () => {
  mkdirSync(join(work, 'stacks'), { recursive: true })
  mkdirSync(bin)
  program('heropods', `exec ${process.execPath} ${cli} "$@"`)
  program('sudo', 'shift; exec "$@"')
  // The list of comments has one of this host only once the file `earlier` exists.
  program(
    'gh',
    'case "$*" in *--paginate*) cat earlier 2>/dev/null; exit 0;; esac\necho "$*" > gh-arguments; cp plan.md gh-comment',
  )
  writeFileSync(
    join(work, 'stacks/shop.yaml'),
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: shop }\ncontainers:\n  web: { image: busybox, command: [sleep, "9"], environment: { PASSWORD: hunter2 } }\n',
  )
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', work, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args])
  git('init', '--quiet')
  git('add', 'stacks')
  git('commit', '--quiet', '--message', 'First shop')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
  instance.end()
})

/** Runs scripts as a runner does: each in a new shell that ends at the first failure. */
async function run(scripts: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  for (const script of scripts)
    await new Promise<void>((resolve, reject) => {
      const env = { ...instance.environment, ...environment, PATH: `${bin}:${process.env.PATH}` }
      const shell = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: work, env, stdio: 'inherit' })
      shell.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}: ${script}`))))
    })
}

interface Workflow {
  readonly jobs: {
    readonly plan: { readonly steps: readonly { readonly run?: string; readonly env?: Record<string, string> }[] }
  }
}
const read = (name: string): unknown => parse(readFileSync(join(examples, name), 'utf8'))
/** The steps with a script, and their variables with the values of a runner. */
const steps = (name: string, values: Readonly<Record<string, string>>) =>
  (read(name) as Workflow).jobs.plan.steps.flatMap(({ run: script, env = {} }) => {
    const filled = Object.entries(env).map(([key, text]) => [
      key,
      text.replace(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => values[expression] ?? expect.fail(expression)),
    ])
    return script === undefined ? [] : [{ script, env: Object.fromEntries(filled) as Record<string, string> }]
  })

const expectPlan = (text: string): void => {
  expect(text).toMatch(/^<!-- heropods diff \S+ \S+ -->\n### HeroPods plan: \S+ on \S+\n/)
  expect(text).toMatch(/^Files of commit [0-9a-f]{7} "First shop" by Ada$/m)
  expect(text).toContain('<code>shop</code>')
  expect(text).toMatch(/^\+ .*shop\/container\/web/m)
  expect(text).not.toContain('hunter2')
}

it('the workflow for GitHub comments the plan', async () => {
  const values = {
    'github.token': 's3cret',
    'github.event.pull_request.number': '7',
    'github.repository': 'me/shop',
  }
  for (const { script, env } of steps('github-plan.yml', values)) await run([script], env)
  expectPlan(readFileSync(join(work, 'gh-comment'), 'utf8'))
  expect(readFileSync(join(work, 'gh-arguments'), 'utf8')).toMatch(/^pr comment 7 /)
  writeFileSync(join(work, 'earlier'), '41\n')
  for (const { script, env } of steps('github-plan.yml', values)) await run([script], env)
  expect(readFileSync(join(work, 'gh-arguments'), 'utf8')).toMatch(
    /^api --method PATCH repos\/me\/shop\/issues\/comments\/41 /,
  )
})

/** The last call, which has the plan as its body. */
const lastCall = (): Call => {
  const last = calls.at(-1) ?? expect.fail('the forge was not called')
  const { body } = JSON.parse(last.body) as { body: string }
  expectPlan(body)
  return last
}
/** A list of comments with the plan of an earlier push and those of others, on two pages. */
const withEarlierPlan = () => {
  const { body } = JSON.parse(lastCall().body) as { body: string }
  const [mark = ''] = body.split('\n')
  return [
    { id: 1, body: 'Looks good' },
    { id: 2, body: mark.replace('-->', 'other -->') },
    { id: 3, body: `${mark}\nearlier plan` },
  ]
}

it('the job for GitLab posts the plan as a note, and replaces it with the next push', async () => {
  const { plan } = read('gitlab-ci.yml') as { plan: Record<'script', readonly string[]> }
  const job = () =>
    run([plan.script.join('\n')], {
      HEROPODS_COMMENT_TOKEN: 's3cret',
      CI_API_V4_URL: `${origin}/api/v4`,
      CI_PROJECT_ID: '12',
      CI_MERGE_REQUEST_IID: '7',
    })
  listed = []
  await job()
  expect(lastCall()).toMatchObject({
    call: 'POST /api/v4/projects/12/merge_requests/7/notes',
    headers: { 'private-token': 's3cret' },
  })
  listed = withEarlierPlan()
  await job()
  expect(lastCall().call).toBe('PUT /api/v4/projects/12/merge_requests/7/notes/3')
})

it('the workflow for Forgejo and Gitea posts the plan as a comment, and replaces it with the next push', async () => {
  const values = {
    'github.token': 's3cret',
    'github.server_url': origin,
    'github.repository': 'acme/shop',
    'github.event.pull_request.number': '7',
  }
  const job = async () => {
    for (const { script, env } of steps('forgejo-plan.yml', values)) await run([script], env)
  }
  listed = []
  await job()
  expect(lastCall()).toMatchObject({
    call: 'POST /api/v1/repos/acme/shop/issues/7/comments',
    headers: { authorization: 'token s3cret' },
  })
  listed = withEarlierPlan()
  await job()
  expect(lastCall().call).toBe('PATCH /api/v1/repos/acme/shop/issues/comments/3')
})

it('a wrong format is refused before anything is read', () => {
  const refused = (...args: readonly string[]): string => {
    try {
      execFileSync(process.execPath, [cli, 'diff', ...args], {
        env: instance.environment,
        encoding: 'utf8',
        stdio: 'pipe',
      })
      return 'accepted'
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
      return `${status} ${stdout}${stderr}`
    }
  }
  expect(refused('--format', 'html', work)).toMatch(/^3 .*"html" is not a format of a plan/s)
  expect(refused('--format', 'markdown', '--json', work)).toMatch(/^3 .*exclude each other/s)
  expect(refused('--format', 'markdown', '@1', '@2')).toMatch(/^3 .*is for plans/s)
})
