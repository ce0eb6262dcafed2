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

interface Comment {
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
const comments: Comment[] = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  comments.push({ path: request.url, headers: request.headers, body })
  response.writeHead(201).end('{}')
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

it('the job for GitLab posts the plan as a note, and leaves no token', async () => {
  const { plan } = read('gitlab-ci.yml') as { plan: Record<'script' | 'after_script', readonly string[]> }
  await run([plan.script.join('\n'), plan.after_script.join('\n')], {
    HEROPODS_COMMENT_TOKEN: 's3cret',
    CI_API_V4_URL: `${origin}/api/v4`,
    CI_PROJECT_ID: '12',
    CI_MERGE_REQUEST_IID: '7',
  })
  const note = comments.at(-1)
  expect(note?.path).toBe('/api/v4/projects/12/merge_requests/7/notes')
  expect(note?.headers['private-token']).toBe('s3cret')
  expectPlan(new URLSearchParams(note?.body).get('body') ?? '')
  expect(() => readFileSync(join(work, 'header'))).toThrow('ENOENT')
})

it('the workflow for Forgejo and Gitea posts the plan as a comment, and leaves no token', async () => {
  const values = {
    'github.token': 's3cret',
    'github.server_url': origin,
    'github.repository': 'acme/shop',
    'github.event.pull_request.number': '7',
  }
  for (const { script, env } of steps('forgejo-plan.yml', values)) await run([script], env)
  const comment = comments.at(-1)
  expect(comment?.path).toBe('/api/v1/repos/acme/shop/issues/7/comments')
  expect(comment?.headers).toMatchObject({ authorization: 'token s3cret', 'content-type': 'application/json' })
  expectPlan((JSON.parse(comment?.body ?? '{}') as { body: string }).body)
  expect(() => readFileSync(join(work, 'header'))).toThrow('ENOENT')
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
