import { describe, expect, it } from 'vitest'
import { containerOfSlot, isNamed, isResourceAddress, type ResourceAddress } from '../../src/model/resource-address.ts'
import { firstNumber, replicaSlot, runInNewSlot, runOf } from '../../src/model/run.ts'

const web: ResourceAddress = 'shop/container/web'

describe('a run', () => {
  it('is in the slot of its container, with the number of its start', () => {
    expect(runOf(web, 3)).toEqual({ slot: web, number: 3 })
    expect(runOf(`${web}.1`, 3)).toEqual({ slot: web, number: 3 })
    expect(runOf(`${web}.2`, 3)).toEqual({ slot: `${web}.2`, number: 3 })
  })

  it('can begin beside another one, in a slot of its own with the next number', () => {
    const beside = runInNewSlot(runOf(`${web}.2`, 3))
    expect(beside).toEqual({ slot: `${web}.2~4`, number: 4 })
    expect(isResourceAddress(beside.slot)).toBe(true)
    expect(replicaSlot(beside.slot)).toBe(beside.slot)
    expect(containerOfSlot(beside.slot)).toBe(`${web}.2`)
  })

  it('has a slot and a number that no other run of its container has, however many begin in place or beside', () => {
    let run = runOf(web, 1)
    const all = [run]
    for (const where of ['place', 'beside', 'beside', 'place', 'beside', 'place', 'place', 'beside']) {
      run = where === 'beside' ? runInNewSlot(run) : { ...run, number: run.number + 1 }
      all.push(run)
    }
    expect(new Set(all.map((one) => one.number)).size).toBe(all.length)
    expect(new Set(all.map((one) => one.slot)).size).toBe(5)
    for (const { slot, number } of all) expect(number).toBeGreaterThanOrEqual(firstNumber(slot))
  })

  it('begins with the number in the address of its slot, else with 1', () => {
    expect(firstNumber(web)).toBe(1)
    expect(firstNumber(`${web}.2~8`)).toBe(8)
  })
})

it('a slot is meant by the name of its container and by its own', () => {
  const slot: ResourceAddress = `${web}.2~4`
  for (const stated of ['web', 'web.2', 'web.2~4', 'shop/web', 'shop/container/web.2'])
    expect(isNamed(slot, stated)).toBe(true)
  for (const stated of ['web.1', '4', 'web~4', 'web.2~5']) expect(isNamed(slot, stated)).toBe(false)
  expect(isNamed('shop/image/registry:5000/web:1.2', 'web:1.2')).toBe(false)
})
