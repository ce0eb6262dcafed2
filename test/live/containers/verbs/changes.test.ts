import { expect, it } from 'vitest'
import { ownInstance } from '../../hooks.ts'

const instance = ownInstance()

const shell = (script: string): string => instance.exec('web', 'sh', '-c', script)
const changes = (): readonly string[] => instance.ok('changes', 'web').split('\n').filter(Boolean)

it('`changes` lists added, changed and deleted files, and nothing that the runtime made', () => {
  instance.stack(`variables: { pw: { default: "ab,c", sensitive: true } }
volumes: { data: }
containers:
  web:
    image: busybox
    command: [sleep, "1000"]
    stop_grace_period: 0s
    environment: { OPEN: visible, PW: "\${pw}" }
    volumes: ["data:/srv/data", "./:/mnt/host:ro"]
`)
  instance.apply()
  expect(changes()).toEqual([])
  shell('mkdir /new; echo x > /new/file; echo y > /srv/data/file; ln -s /etc /srv/link')
  const applet = shell('ls /bin | grep -v "^sh$" | head -n 1').trim()
  shell(`rm /bin/${applet}; chmod 700 /tmp; echo more >> /etc/passwd`)
  expect(changes()).toEqual([
    'C /bin',
    `D /bin/${applet}`,
    'C /etc',
    'C /etc/passwd',
    'A /new',
    'A /new/file',
    'A /srv',
    'A /srv/link',
    'C /tmp',
  ])
  instance.ok('stop', 'web')
  expect(changes()).toContain('A /new/file')
})

it('`changes` lists the old files of a folder that was replaced', () => {
  instance.ok('start', 'web')
  shell('rm -r /etc; mkdir /etc; touch /etc/fresh')
  expect(changes()).toEqual(expect.arrayContaining(['C /etc', 'D /etc/passwd', 'A /etc/fresh']))
})

it('`inspect --oci` prints config.json; values are hidden, sensitive ones always', () => {
  const oci = (...args: string[]): { process: { env: string[]; args: string[] } } =>
    JSON.parse(instance.ok('inspect', '--oci', 'web', ...args))
  expect(oci().process.args).toEqual(expect.arrayContaining(['sleep', '1000']))
  expect(oci().process.env.find((line) => line.startsWith('OPEN='))).toContain('--show-values')
  const { env } = oci('--show-values').process
  expect(env).toEqual(expect.arrayContaining(['OPEN=visible', 'PW=(sensitive)']))
})
