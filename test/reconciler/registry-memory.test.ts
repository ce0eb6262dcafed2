import { expect, it } from 'vitest'
import { LocalReader } from '../../src/host/local.ts'
import { readContext } from '../../src/providers/contexts.ts'
import { registryKey, registryReading } from '../../src/providers/provider.ts'
import { RegistryCache } from '../../src/reconciler/engine/registry-cache.ts'

const paths = { instance: 'default', id: '0a1b2c3d', data: '/nowhere', run: '/nowhere' }
const context = () => readContext(new LocalReader(), paths)
const tag = `${registryKey}docker.io/library/web:1`

/** A memory under a clock of its own, and a registry that answers with what it is set to. */
function setup() {
  let [now, answer] = [0, 'first']
  const memory = new RegistryCache(() => now)
  const asked: string[] = []
  const ask = async (): Promise<string> => {
    asked.push(answer)
    if (answer === 'down') throw new Error('no answer')
    return answer
  }
  return {
    asked,
    ask: (key = tag) => memory.over(context(), 1000).once(key, ask),
    at: (time: number, given: string) => {
      now = time
      answer = given
    },
  }
}

it('answers from memory, and asks again behind the back of who asks once the answer is old', async () => {
  const { ask, at, asked } = setup()
  expect(await ask()).toBe('first')
  at(1000, 'second')
  expect(await ask()).toBe('first')
  expect(asked).toEqual(['first'])
  at(1001, 'second')
  expect(await ask()).toBe('first')
  expect(await ask()).toBe('second')
  expect(asked).toEqual(['first', 'second'])
})

it('keeps the last answer while the registry is down, and remembers no failure', async () => {
  const { ask, at } = setup()
  at(0, 'down')
  await expect(ask()).rejects.toThrow('no answer')
  at(0, 'first')
  expect(await ask()).toBe('first')
  at(2000, 'down')
  expect([await ask(), await ask()]).toEqual(['first', 'first'])
})

it('remembers nothing but what registries say', async () => {
  const { ask, at } = setup()
  expect(await ask('links')).toBe('first')
  at(0, 'second')
  expect(await ask('links')).toBe('second')
})

it('an answer for a time-based pull policy counts for its period', async () => {
  const { ask, at, asked } = setup()
  const daily = registryReading('docker.io/library/web:1', 86_400_000)
  await ask(daily)
  at(86_400_000, 'second')
  expect(await ask(daily)).toBe('first')
  expect(asked).toEqual(['first'])
  at(86_400_001, 'second')
  await ask(daily)
  expect(await ask(daily)).toBe('second')
})
