import { expect, it } from 'vitest'
import {
  asStackText,
  isReferencePath,
  isReferredKind,
  outputsInsteadOf,
  pathOfSource,
  provisionalReference,
  provisionalReferenceParts,
  type ReferredKind,
} from '../../src/model/references.ts'
import { onlyReference, referenceToken, sensitiveToken } from '../../src/model/tokens.ts'

it.each<readonly [path: string, is: boolean]>([
  ['containers.db.ip', true],
  ['services.db', true],
  ['secrets.key.path', true],
  ['containers', false],
  ['db.ip', false],
  ['toString.a.b', false],
])('%s is a reference: %s', (path, is) => expect(isReferencePath(path.split('.'))).toBe(is))

it.each<readonly [path: string, kind: string, name: string, output: string]>([
  ['containers.db.ip', 'container', 'db', 'ip'],
  ['services.db.networks.lan.ip', 'container', 'db', 'networks.lan.ip'],
  ['networks.lan.gateway', 'network', 'lan', 'gateway'],
  ['configs.app.path', 'config', 'app', 'path'],
])('%s keeps its words while a file is read', (path, kind, name, output) => {
  const token = onlyReference(provisionalReference('shop', path.split('.')))
  expect(token?.output).toBe(output)
  expect(provisionalReferenceParts(token?.address ?? '')).toMatchObject({ kind, name })
  expect(isReferredKind(kind)).toBe(true)
})

it.each<readonly [kind: ReferredKind, output: string, known: string | undefined]>([
  ['container', 'ip', undefined],
  ['container', 'networks.lan.ip', undefined],
  ['container', 'port', 'ip, ips, networks.NET.ip'],
  ['network', 'ip', 'subnet, gateway'],
  ['image', 'digest', undefined],
  ['secret', '', 'path'],
])('output %s.%s: %s', (kind, output, known) => expect(outputsInsteadOf(kind, output)).toBe(known))

it('configs and secrets have a path of their own', () =>
  expect([pathOfSource('config', 'app'), pathOfSource('secret', 'key')]).toEqual(['/app', '/run/secrets/key']))

it.each<readonly [text: string, written: string]>([
  ['costs $5', 'costs $$5'],
  [`${referenceToken('s/container/db', 'ip')}:5432`, '${containers.db.ip}:5432'],
  [referenceToken('s/network/lan', 'subnet'), '${networks.lan.subnet}'],
  [[1, 2].map((number) => referenceToken(`s/container/db.${number}`, 'ip')).join(','), '${containers.db.ips}'],
  [sensitiveToken('0'.repeat(64)), '(sensitive)'],
])('%j is written as %s', (text, expected) => expect(asStackText(text)).toBe(expected))
