import { expect, it } from 'vitest'
import type { InjectedFile } from '../../src/model/kinds/container.ts'
import { sensitiveToken } from '../../src/model/tokens.ts'
import { textContent } from '../../src/model/values/content.ts'
import { secretParts, secretsHidden } from '../../src/providers/linux/container/health/secrets-hidden.ts'
import { containerLayout } from '../../src/providers/linux/container/layout.ts'
import { injectedPath } from '../../src/providers/linux/container/rootfs/files.ts'
import { RecordingHost } from '../host/recording-host.ts'
import { paths } from '../host/write-context.ts'
import { containerSpec } from '../specs.ts'

const token = sensitiveToken('a'.repeat(64))

it.each([
  ['a value that is a secret', token, 'hunter2', ['hunter2']],
  ['a part of a value', `postgres://app:${token}@db/(x)`, 'postgres://app:hunter2@db/(x)', ['hunter2']],
  ['all of a value that is not as its template', `a${token}`, 'hunter2', ['hunter2']],
  ['nothing of a value without secrets', 'debug', 'debug', []],
] as const)('%s', (_, template, value, parts) => expect(secretParts(template, value)).toEqual(parts))

it('an output has no line of a secret file, not even a short one', async () => {
  const file: InjectedFile = {
    ...{ kind: 'secret', name: 'login', target: '/login', mode: '0400', uid: '', gid: '' },
    content: textContent(token),
  }
  const owner = 's/container/web'
  const host = new RecordingHost()
  await host.writeFile(injectedPath(containerLayout(paths, owner).files, file), 'admin\npw123\n')
  const spec = containerSpec({ files: [file] })
  expect(await secretsHidden({ host, paths }, { owner, spec }, 'login pw123 refused')).toBe('login (sensitive) refused')
})
