import { expect, it } from 'vitest'
import type { InstanceEvent, NewEvent } from '../../src/model/event.ts'
import type { WatchStore } from '../../src/state/watch-store.ts'
import { WatchRecords } from '../../src/watch/events/watch-records.ts'

const event = (message: string): NewEvent => ({ type: 'stack.ready', level: 'info', reason: 'Recovered', message })

/** A store that only publishes. `next` is called when an event was published. */
const storeOf = (published: string[], next: (message: string) => void): WatchStore => {
  const unused = (): never => expect.fail('only events are published')
  return {
    publish: ({ message, ...rest }: NewEvent): Promise<InstanceEvent> => {
      published.push(message)
      const done = Promise.resolve({ ...rest, message, id: message, time: '' })
      void done.then(() => next(message))
      return done
    },
    events: unused,
    saveStatus: unused,
    deleteStatus: unused,
    status: unused,
    watchRecords: unused,
    updateRecord: unused,
    deleteStack: unused,
    deleteRecord: unused,
    suspend: unused,
    close: async () => undefined,
  }
}

it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
  'an event that is queued %i ticks after another was published is not left behind',
  async (ticks) => {
    const published: string[] = []
    const records = new WatchRecords(async () =>
      storeOf(published, async (message) => {
        for (let tick = 0; tick < ticks; tick += 1) await undefined
        if (message === 'first') records.publish(event('second'))
      }),
    )
    records.publish(event('first'))
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(published).toEqual(['first', 'second'])
  },
)
