import { expect, it } from 'vitest'
import { actionText } from '../../src/heroscript/action-text.ts'
import { withInstances } from '../../src/heroscript/instances.ts'
import { readHeroScript } from '../../src/heroscript/read-heroscript.ts'

it.each([
  ['configure', 'open the instance default'],
  [
    'configure name:demo reset:yes use_podman:no subnet:10.1.0.0/16 dns_servers:1.1.1.1,9.9.9.9',
    'open the instance demo, destroy all its objects, do not use podman, subnet 10.1.0.0/16, dns_servers 1.1.1.1,9.9.9.9',
  ],
  ['enable_mycelium', 'enable Mycelium'],
  ['container_new name:a', 'declare a from alpine_3_20'],
  [
    'container_new name:a image:custom custom_image_name:x docker_url:alpine:3.20 reset:yes',
    'declare a from alpine:3.20, and replace one with other settings',
  ],
  ['container_new name:a image:custom custom_image_name:x', 'declare a from x'],
  ['container_start name:a', 'start a'],
  ['container_start name:a keep_alive:yes', 'start a, and hold it open after its command'],
  ['container_exec name:a cmd:"ls -la"', 'run in a: ls -la'],
  ['container_exec name:a cmd:ls stdout:no', 'run in a, without output: ls'],
  ['container_stop name:a', 'stop a'],
  ['container_delete name:a', 'delete a'],
])('%s', (action, text) => {
  const [first] = withInstances(readHeroScript(`!!heropods.${action}`, 'a.hero'), 'default')
  expect(first && actionText(first)).toBe(text)
})
