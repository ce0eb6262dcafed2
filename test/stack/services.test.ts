import { expect, it } from 'vitest'
import { stackFolder } from './support.ts'

const { load, problems } = stackFolder()

it('problems of a stack that says `services:` are shown there, in its own words', async () => {
  expect(
    await problems(`
services:
  app:
    image: busybox
    volumes: ["cachedata:/cache"]
    ports: ["99999:80"]
    mem_limit: 8m
    memswap_limit: 1
    depends_on: [bd]
    networks: [lan]
  db: { image: busybox }
`),
  ).toEqual([
    'bad-mount at 5:15: `services.app.volumes.0`: there is no volume "cachedata" under `volumes:`. -> Add `cachedata:` under `volumes:`, or write a path that starts with ./ or / to bind a folder of the host.',
    expect.stringContaining('bad-port at 6:13: `services.app.ports.0`: '),
    expect.stringMatching(/^bad-limit at 8:20: /),
    expect.stringMatching(/^unknown-reference at 9:18: .*"bd"/),
    'unknown-reference at 10:16: There is no network "lan" under `networks:`. -> Known: none.',
  ])
})

it('each file of a stack is shown in its own words', async () => {
  const overlay = `---
apiVersion: heropods/v1
kind: Overlay
metadata: { name: test }
containers: { app: { dns: [nowhere] } }
`
  expect(await problems(`services: { app: { image: busybox, volumes: ["a:/a"] } }\n${overlay}`)).toEqual([
    expect.stringMatching(/^bad-mount at 1:46: `services.app.volumes.0`: /),
    expect.stringMatching(/^bad-address at 6:28: /),
  ])
})

it('an image is placed at its entry, or at the first container that names it', async () => {
  const stack = await load(
    'images: { old: { ref: nginx:1 } }\nservices:\n  a: { image: nginx:1.25 }\n  b: { image: nginx:1.25 }\n  c: { image: old }\n',
  )
  const quoted = async (image: string) => {
    const { quote = '', column = 0 } = (await stack.place(`test/image/${image}`)) ?? {}
    return quote.slice(column - 1)
  }
  expect(await quoted('docker.io/library/nginx:1.25')).toBe('nginx:1.25 }')
  expect(await quoted('old')).toMatch(/^old: /)
})

it('a field of a container has its own place, and a field that is not in the file that of the container', async () => {
  const stack = await load('services:\n  a:\n    image: nginx:1\n    ports: ["8080:80", "8081:81"]\n')
  const quoted = async (path?: string) => {
    const { quote = '', column = 0 } = (await stack.place('test/container/a', path)) ?? {}
    return quote.slice(column - 1)
  }
  expect(await quoted('/ports/1')).toBe('"8081:81"]')
  expect(await quoted('/mem_limit')).toBe('a:')
  expect(await quoted()).toBe('a:')
})
