import { plainYaml } from '../../model/values/plain-yaml.ts'

/** The answers for a first stack. */
export interface StackAnswers {
  readonly name: string
  readonly image: string
  /** HOST_PORT:PORT. */
  readonly port?: string
  /** A path in the container whose data persist. */
  readonly volume?: string
  /** Path of an HTTP request that checks the health; it needs a port. */
  readonly health?: string
  readonly replicas?: number
}

/** The line that connects an editor with the schema beside the file. */
export const schemaFile = '.heropods.schema.json'
export const schemaLine = `# yaml-language-server: $schema=${schemaFile}\n`

const page = 'Hello from HeroPods'

/** The text of a first stack. Pure. */
export function newStack(answers: StackAnswers): string {
  const { name, image, port, volume } = answers
  const servesPage = image === 'busybox' && port !== undefined
  return [
    `${schemaLine}apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: ${plainYaml(name)} }\n`,
    ...(volume ? ['volumes:\n  data: {}\n'] : []),
    ...(servesPage ? [`configs:\n  page: { content: "${page}\\n" }\n`] : []),
    `containers:\n  app:\n    image: ${plainYaml(image)}\n${containerLines(answers, servesPage).join('')}`,
  ].join('\n')
}

function containerLines({ image, port, volume, health, replicas = 1 }: StackAnswers, servesPage: boolean): string[] {
  const inside = containerPort(port)
  const lines = [
    servesPage && `command: [httpd, -f, -p, "${inside}", -h, /www]`,
    image === 'busybox' && !servesPage && 'command: [sleep, "100000"]',
    image === 'busybox' && 'init: true # passes signals on, so it stops at once',
    port && `ports: ["${port}"] # on 127.0.0.1; see \`heropods explain ports.public\``,
    servesPage && 'configs: [{ source: page, target: /www/index.html }]',
    volume && `volumes: ["data:${volume}"]`,
    health && inside && `healthcheck: { http: { port: ${inside}, path: ${plainYaml(health)} } }`,
    replicas > 1 && `deploy: { replicas: ${replicas} }`,
    'restart: unless-stopped',
  ]
  return lines.filter((line) => typeof line === 'string').map((line) => `    ${line}\n`)
}

const containerPort = (port: string | undefined): string | undefined => /(\d+)(?:\/\w+)?$/.exec(port ?? '')?.[1]

/** A name for a stack from the name of a folder. Pure. */
export const stackName = (folder: string): string =>
  folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '') || 'stack'

/** A template with the name of the new stack and the schema beside it. Pure. */
export const fromTemplate = (template: string, name: string): string =>
  template
    .replace(/^# yaml-language-server:.*\n/, schemaLine)
    .replace(/^metadata: .*$/m, `metadata: { name: ${plainYaml(name)} }`)

/** The first comment of a template after the line for editors. Pure. */
export const templateSummary = (template: string): string =>
  /^# (?!yaml-language-server)(.*)$/m.exec(template)?.[1] ?? ''
