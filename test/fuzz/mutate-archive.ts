import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Random } from './random.ts'

/** Archives to start from: a root file system and an image in layers, plain and compressed. */
export function archiveCorpus(folder: string): readonly Buffer[] {
  const tar = (...args: string[]): void => void execFileSync('tar', args, { cwd: folder, stdio: 'pipe' })
  mkdirSync(join(folder, 'root/etc'), { recursive: true })
  writeFileSync(join(folder, 'root/etc/passwd'), 'root:x:0:0::/root:/bin/sh\n')
  symlinkSync('/etc/passwd', join(folder, 'root/link'))
  tar('-cf', 'plain.tar', '-C', 'root', '.')
  const layer = readFileSync(join(folder, 'plain.tar'))
  const digest = createHash('sha256').update(layer).digest('hex')
  const config = { Cmd: ['sh'], Env: ['A=b'], User: 'root', StopSignal: 'SIGTERM' }
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config,
      rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
    }),
  )
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify([{ Config: 'config.json', RepoTags: ['localhost/a:1'], Layers: ['plain.tar'] }]),
  )
  tar('-cf', 'layered.tar', 'config.json', 'plain.tar', 'manifest.json')
  const layered = readFileSync(join(folder, 'layered.tar'))
  return [layer, layered, gzipSync(layer), gzipSync(layered)]
}

const block = 512
const isCompressed = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** One to three changes: a header's field, whose checksum is made right again or not, bytes anywhere, an early end. */
export function mutateArchive(random: Random, original: Buffer): Buffer {
  const compressed = isCompressed(original)
  let bytes = Buffer.from(compressed && random.chance(0.7) ? gunzipSync(original) : original)
  for (let times = 1 + random.below(3); times > 0; times -= 1) bytes = Buffer.from(change(random, bytes))
  return compressed && !isCompressed(bytes) && random.chance(0.8) ? gzipSync(bytes) : bytes
}

function change(random: Random, bytes: Buffer): Buffer {
  if (bytes.length < block) return Buffer.concat([bytes, Buffer.from('x')])
  switch (random.below(5)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length))
    case 1:
      bytes[random.below(bytes.length)] = random.below(256)
      return bytes
    case 2: {
      const position = random.below(Math.ceil(bytes.length / block)) * block
      return Buffer.concat([bytes.subarray(0, position), bytes.subarray(random.below(bytes.length))])
    }
    default:
      return header(random, bytes)
  }
}

/** Name, mode, owner, size, time, kind and link of a header (tar(5)). */
const fields = [
  [0, 100],
  [100, 8],
  [108, 8],
  [116, 8],
  [124, 12],
  [136, 12],
  [156, 1],
  [157, 100],
  [265, 32],
  [345, 155],
] as const
const contents = [
  '../../x',
  '/etc/passwd',
  'manifest.json',
  'oci-layout',
  '\u001b[2J',
  'a\nb',
  '77777777777',
  '-1',
  '9',
  '\0',
  'x'.repeat(155),
  './',
  'dev/zero',
  '1',
  '2',
  '3',
  '5',
  '6',
  'L',
  'K',
  'x',
  'g',
  'S',
]

function header(random: Random, bytes: Buffer): Buffer {
  const position = random.below(Math.floor(bytes.length / block)) * block
  const [from, length] = random.pick(fields)
  bytes.fill(0, position + from, position + from + length)
  bytes.write(random.pick(contents).slice(0, length), position + from, 'latin1')
  if (random.chance(0.2)) return bytes
  bytes.fill(' ', position + 148, position + 156)
  const sum = bytes.subarray(position, position + block).reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, position + 148, 'latin1')
  return bytes
}
