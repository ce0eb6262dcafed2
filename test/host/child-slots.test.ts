import { expect, it } from 'vitest'
import { ChildSlots } from '../../src/host/local/processes/child-slots.ts'

type Answer = { readonly failure: string | undefined }

it('a start without room waits for another child to end, and is done then', async () => {
  const slots = new ChildSlots()
  const order: string[] = []
  let end: (answer: Answer) => void = () => undefined
  const first = slots.start(
    () =>
      new Promise<Answer>((resolve) => {
        end = resolve
      }),
  )
  let room = false
  const second = slots.start(async () => {
    order.push(room ? 'started' : 'refused')
    return { failure: room ? undefined : 'EAGAIN' }
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(order).toEqual(['refused'])
  room = true
  end({ failure: undefined })
  await Promise.all([first, second])
  expect(order).toEqual(['refused', 'started'])
})

it('alone it tries a few times, and answers what the kernel said', async () => {
  let tries = 0
  const answer = await new ChildSlots().start(async (): Promise<Answer> => {
    tries += 1
    return { failure: 'EMFILE' }
  })
  expect(answer.failure).toBe('EMFILE')
  expect(tries).toBeGreaterThan(1)
})

it('what room does not help is answered at once', async () => {
  let tries = 0
  await new ChildSlots().start(async (): Promise<Answer> => {
    tries += 1
    return { failure: 'ENOENT' }
  })
  expect(tries).toBe(1)
})
