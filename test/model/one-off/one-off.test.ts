import { expect, it } from 'vitest'
import type { Observation } from '../../../src/model/observation.ts'
import {
  isRemovedAtExit,
  leftImages,
  leftOneOffs,
  oneOffAddress,
  removalLabels,
  removalWaiter,
  withOwnImages,
} from '../../../src/model/one-off/one-off.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { containerSpec, ownedContainer } from '../../specs.ts'

const waiter = { pid: 7, startTime: 99 }

it('the label of a container names the command that removes it', () => {
  expect(removalWaiter({ labels: removalLabels(waiter) })).toEqual(waiter)
  expect(isRemovedAtExit({ labels: removalLabels(waiter) })).toBe(false)
  expect(removalWaiter({ labels: removalLabels(undefined) })).toBeUndefined()
  expect(isRemovedAtExit({ labels: removalLabels(undefined) })).toBe(true)
  expect(isRemovedAtExit({ labels: {} })).toBe(false)
})

it('what is left: ended containers, and those whose command was killed', () => {
  const one = (labels: Readonly<Record<string, string>>, pid?: number): Observation =>
    ownedContainer(containerSpec({ labels }), pid === undefined ? { state: 'exited' } : { state: 'running', pid })
  const observations = new Map<ResourceAddress, Observation>([
    [oneOffAddress('attached'), one(removalLabels(waiter), 5)],
    [oneOffAddress('running'), one(removalLabels(undefined), 5)],
    [oneOffAddress('ended'), one(removalLabels(undefined))],
    [oneOffAddress('stays'), one({})],
    ['shop/container/other', one(removalLabels(undefined))],
  ])
  expect(leftOneOffs(observations, () => true)).toEqual([oneOffAddress('ended')])
  expect(leftOneOffs(observations, () => false)).toEqual([oneOffAddress('attached'), oneOffAddress('ended')])
})

it('an image whose container was never made is left', () => {
  const observed = ownedContainer(containerSpec())
  const observations = new Map<ResourceAddress, Observation>([
    [oneOffAddress('one'), observed],
    ['heropods-run/image/busybox+one', observed],
    ['heropods-run/image/busybox+two', observed],
    ['heropods-run/image/busybox', observed],
    ['shop/image/busybox+two', observed],
  ])
  expect(leftImages(observations)).toEqual(['heropods-run/image/busybox+two'])
})

it('the image of a container goes with it', () => {
  const [one, two] = [oneOffAddress('one'), oneOffAddress('two')]
  const observed = ownedContainer(containerSpec())
  const observations = new Map<ResourceAddress, Observation>([
    [one, observed],
    [two, observed],
    ['heropods-run/image/busybox+one', observed],
    ['heropods-run/image/busybox+two', observed],
    ['heropods-run/image/busybox', observed],
  ])
  expect(withOwnImages([one], observations)).toEqual([one, 'heropods-run/image/busybox+one'])
})
