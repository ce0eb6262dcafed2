import { createInterface } from 'node:readline/promises'
import type { StackAnswers } from '../../../stack/starter/new-stack.ts'

/** The answers so far, from options. */
export type GivenAnswers = Partial<StackAnswers>

/** Asks for the answers that no option has given. An empty line means the default in brackets. */
export async function askForStack(given: GivenAnswers, name: string): Promise<StackAnswers> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const ask = async (question: string, standard = ''): Promise<string> => {
    const answer = await lines.question(standard === '' ? `${question}: ` : `${question} [${standard}]: `)
    return answer.trim() || standard
  }
  try {
    const answers = {
      name: given.name ?? (await ask('Name of the stack', name)),
      image: given.image ?? (await ask('Image', 'busybox')),
    }
    const port = given.port ?? (await ask('Port to publish, as HOST_PORT:PORT (empty: none)'))
    const volume = given.volume ?? (await ask('Path in the container to store in a volume (empty: none)'))
    const last = port
      ? { health: given.health ?? (await ask('Path of an HTTP health check, e.g. / (empty: none)')) }
      : { replicas: given.replicas ?? Number(await ask('Number of containers', '1')) }
    return { ...answers, ...last, ...(port && { port }), ...(volume && { volume }) }
  } finally {
    lines.close()
  }
}
