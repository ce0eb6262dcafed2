import { describe, expect, it } from 'vitest'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { runInNewSlot, runOf } from '../../src/model/run.ts'
import { containerLayout, healthLayout } from '../../src/providers/linux/container/layout.ts'
import {
  cgroupOf,
  hostLink,
  idPrefix,
  netnsName,
  numberInId,
  runtimeId,
  slotOfNetns,
} from '../../src/providers/linux/run-names.ts'

const paths = { instance: 'default', id: '0a1b2c3d', data: '/data', run: '/run' }
const web: ResourceAddress = 'shop/container/web'
const lan: ResourceAddress = 'shop/network/lan'
const first = runOf(web, 7)
const second = runInNewSlot(first)

/** All names on the host of a run. */
function namesOf({ slot, number }: typeof first): readonly string[] {
  const id = runtimeId({ slot, number })
  return [
    id,
    cgroupOf(paths, id),
    healthLayout(paths, id).folder,
    netnsName(paths, slot),
    hostLink(paths, slot, lan),
    ...Object.values(containerLayout(paths, slot)),
  ]
}

describe('names of a run on the host', () => {
  it('are those of earlier versions for a container that has one slot', () => {
    for (const address of [web, `${web}.1`] as const) {
      expect(runtimeId(runOf(address, 7))).toBe('shop_web-7')
      expect(netnsName(paths, address)).toBe('hp0a1b2c3d+shop+web')
      expect(hostLink(paths, address, lan)).toBe('hv8a3d8763e0cd')
      expect(containerLayout(paths, address).upper).toBe('/data/containers/shop/web/upper')
      expect(containerLayout(paths, address).bundle).toBe('/run/containers/shop/web/bundle')
    }
    expect(cgroupOf(paths, 'shop_web-7')).toBe('/heropods/0a1b2c3d/shop_web-7')
  })

  it('differ in all places for two runs side by side', () => {
    const [left, right] = [namesOf(first), namesOf(second)]
    expect(right).toHaveLength(left.length)
    expect(left.filter((name) => right.includes(name))).toEqual([])
    expect(right.every((name) => !left.some((other) => name.startsWith(`${other}/`)))).toBe(true)
  })

  it('fit the kernel: an interface has at most 15 characters', () =>
    expect(hostLink(paths, second.slot, lan).length).toBeLessThanOrEqual(15))

  it('differ between instances for the same container', () => {
    const other = { ...paths, instance: 'other', id: '4d3c2b1a' }
    for (const name of [netnsName, (of: typeof paths, slot: typeof first.slot) => hostLink(of, slot, lan)])
      expect(name(other, first.slot)).not.toBe(name(paths, first.slot))
  })

  it('lead back to the run', () => {
    for (const { slot, number } of [first, second, runOf(`${web}.2`, 3)]) {
      expect(slotOfNetns(paths, netnsName(paths, slot))).toBe(slot)
      expect(numberInId(slot, runtimeId({ slot, number }))).toBe(number)
      expect(runtimeId({ slot, number })).toBe(`${idPrefix(slot)}${number}`)
    }
    expect(slotOfNetns(paths, 'hpffffffff+shop+web')).toBeUndefined()
    expect(numberInId(first.slot, runtimeId(second))).toBeUndefined()
    expect(numberInId(second.slot, runtimeId(first))).toBeUndefined()
    expect(numberInId(web, 'shop_web-api-3')).toBeUndefined()
  })
})
