import { expect, it } from 'vitest'
import { exitEvent, restartEvent } from '../../src/reconciler/engine/exited.ts'

const restart = { exitCode: 137, outOfMemory: false, number: 2 }
const told = (fields: Partial<Parameters<typeof restartEvent>[1]>) => {
  const { level, reason, message } = restartEvent('shop/container/web', { ...restart, ...fields })
  return `${level} ${reason}: ${message}`
}

it('the event of a restart has the exit and the number of the restart', () => {
  expect(restartEvent('shop/container/web', restart)).toMatchObject({
    type: 'container.restarted',
    stack: 'shop',
    address: 'shop/container/web',
  })
  expect(told({})).toBe('warning RestartPolicy: web exited with code 137 and was restarted (restart 2).')
  expect(told({ outOfMemory: true })).toBe(
    'warning OutOfMemory: web exited with code 137 (out of memory) and was restarted (restart 2).',
  )
})

it('a new run that ends at once was started, and another failure is an error', () => {
  const exited = { code: 'container-exited', message: 'web exited with code 1 right after its start.' }
  expect(told({ exitCode: 1, failure: exited })).toBe(
    'warning RestartPolicy: web exited with code 1 and was restarted (restart 2).',
  )
  const gone = { code: 'mount-source-missing', message: 'The folder /srv/web is missing.' }
  expect(told({ failure: gone })).toBe(
    'error MountSourceMissing: web exited with code 137 and could not be restarted: The folder /srv/web is missing.',
  )
})

it('an exit after which a container stays down is an event: a warning if it failed', () => {
  const event = (exitCode: number, outOfMemory = false): string => {
    const { type, level, reason, message } = exitEvent('shop/container/web', { exitCode, outOfMemory })
    return `${type} ${level} ${reason}: ${message}`
  }
  expect(event(0)).toBe('container.exited info Completed: web completed.')
  expect(event(3)).toBe('container.exited warning Exited: web exited with code 3 and is not restarted.')
  expect(event(137, true)).toBe(
    'container.exited warning OutOfMemory: web exited with code 137 (out of memory) and is not restarted.',
  )
})
