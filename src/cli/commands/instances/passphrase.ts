import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type HeroPodsError, refusedError } from '../../../model/errors.ts'
import { localHost } from '../../local-host.ts'
import { namedFileText } from './named-file.ts'

export interface PassphraseOptions {
  readonly passphraseFile?: string
}

/** Bytes. */
const largestFile = 64 * 1024

/**
 * The passphrase of a file: the first line of `--passphrase-file`, HEROPODS_PASSPHRASE, or the answer of the user on a terminal, asked for
 * twice with `repeats`. It is never an argument, because other users can read arguments. Raises `no-passphrase`, `file-missing`,
 * `file-unreadable` (refused).
 */
export async function readPassphrase({ passphraseFile }: PassphraseOptions, repeats: boolean): Promise<string> {
  const { HEROPODS_PASSPHRASE } = localHost.environment
  const passphrase =
    passphraseFile !== undefined ? firstLine(passphraseFile) : (HEROPODS_PASSPHRASE ?? (await askPassphrase(repeats)))
  if (passphrase === '') throw noPassphrase('The passphrase is empty.')
  return passphrase
}

const firstLine = (file: string): string =>
  namedFileText(file, largestFile, 'Name a file whose first line is the passphrase.').split(/\r?\n/, 1)[0] ?? ''

async function askPassphrase(repeats: boolean): Promise<string> {
  if (!process.stdin.isTTY) throw noPassphrase('A passphrase is needed, and standard input is not a terminal.')
  const [passphrase = '', again] = await askHidden([
    'Passphrase of the file: ',
    ...(repeats ? ['The same again: '] : []),
  ])
  if (repeats && again !== passphrase) throw noPassphrase('The two passphrases differ.')
  return passphrase
}

/** Asks questions without showing the answers. Ctrl-C and Ctrl-D end the questions. */
async function askHidden(questions: readonly string[]): Promise<readonly string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true })
  reader.once('SIGINT', () => reader.close())
  // One reader for all answers: they may arrive together.
  const lines = reader[Symbol.asyncIterator]()
  const answers: string[] = []
  for (const question of questions) {
    process.stderr.write(question)
    const { value, done } = await lines.next()
    process.stderr.write('\n')
    if (done) break
    answers.push(value)
  }
  reader.close()
  return answers
}

const noPassphrase = (message: string): HeroPodsError =>
  refusedError({ code: 'no-passphrase', message, hint: 'Use `--passphrase-file FILE`, or set HEROPODS_PASSPHRASE.' })
