import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { LocalReader } from '../../src/host/local.ts'
import { HeroPodsError } from '../../src/model/errors.ts'
import { registriesOf } from '../../src/providers/linux/image/registry/registries-conf.ts'

const base = mkdtempSync('/tmp/hp-registries-')
afterAll(() => rmSync(base, { recursive: true, force: true }))
const [home, system, named] = [join(base, 'home'), join(base, 'etc'), join(base, 'named.conf')]
const own = join(home, '.config/containers')
beforeEach(() => {
  for (const one of [home, system, named]) rmSync(one, { recursive: true, force: true })
})

const write = (path: string, ...tables: readonly string[]): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, tables.map((table) => `[[registry]]\n${table}\n`).join(''))
}
/** `PREFIX=LOCATION` of each registry. */
const read = async (file?: string): Promise<readonly string[]> =>
  [...(await registriesOf(new LocalReader(), { file, home, system }))]
    .map(([prefix, { location }]) => `${prefix}=${location}`)
    .sort()

describe('the settings of registries', () => {
  it('are those of the host, of what is dropped beside them, and of the user, the later in place of the earlier', async () => {
    write(
      join(system, 'registries.conf'),
      'location = "a"',
      'prefix = "b"\nlocation = "b1"',
      'prefix = "c"\nlocation = "c1"',
    )
    write(join(system, 'registries.conf.d/20.conf'), 'prefix = "b/"\nlocation = "b3/"')
    write(join(system, 'registries.conf.d/10.conf'), 'prefix = "b"\nlocation = "b2"')
    write(join(own, 'registries.conf.d/05.conf'), 'prefix = "c"\nlocation = "c2"')
    write(join(system, 'registries.conf.d/30.conf.old'), 'location = "old"')
    write(join(system, 'registries.conf.d/folder.conf/40.conf'), 'location = "deep"')
    expect(await read()).toEqual(['a=a', 'b=b3', 'c=c2'])
  })

  it('are the user’s own where there are such', async () => {
    write(join(system, 'registries.conf'), 'location = "a"')
    write(join(system, 'registries.conf.d/10.conf'), 'location = "b"')
    write(join(own, 'registries.conf'), 'location = "c"')
    write(join(own, 'registries.conf.d/10.conf'), 'location = "d"')
    expect(await read()).toEqual(['c=c', 'd=d'])
  })

  it('begin with the file that is named', async () => {
    write(named, 'location = "named"')
    write(join(own, 'registries.conf'), 'location = "c"')
    write(join(system, 'registries.conf.d/10.conf'), 'location = "b"')
    write(join(own, 'registries.conf.d/10.conf'), 'location = "d"')
    expect(await read(named)).toEqual(['b=b', 'd=d', 'named=named'])
  })

  it('may be missing; one that cannot be read is refused with its path', async () => {
    expect(await read()).toEqual([])
    const broken = join(system, 'registries.conf.d/10.conf')
    write(broken, '[broken')
    const error: unknown = await read().catch((thrown: unknown) => thrown)
    if (!(error instanceof HeroPodsError)) throw error
    expect(error.diagnostics).toMatchObject([{ code: 'registry-settings', message: expect.stringContaining(broken) }])
  })
})
