import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { isSensitive } from '../../../../model/tokens.ts'
import { mapStrings } from '../../../../model/values/map-strings.ts'
import type { InstanceReader } from '../../../provider.ts'
import { secretsHider } from '../health/secrets-hidden.ts'
import type { OciConfig } from '../oci/config.ts'
import { readConfig } from '../oci/read-config.ts'
import { readRecord } from '../record.ts'

/** config.json of the last run, without the secret values of the container; undefined: there was no run since the host was booted. */
export async function readBundle(read: InstanceReader, container: ResourceAddress): Promise<OciConfig | undefined> {
  const config = await readConfig(read, container)
  const record = await readRecord(read.host, read.paths, container)
  if (config === undefined || record === undefined) return undefined
  const { environment } = record.spec
  // A value that is too short to be found in other texts is hidden in its variable.
  const env = config.process.env.map((line) => {
    const name = line.slice(0, line.indexOf('='))
    return isSensitive(environment[name] ?? '') ? `${name}=(sensitive)` : line
  })
  const hide = await secretsHider(read, record)
  return mapStrings({ ...config, process: { ...config.process, env } }, hide)
}
