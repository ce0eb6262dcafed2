import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'
import { bundleRecord } from '../record-shape.ts'
import type { OciConfig } from './config.ts'

/** Where config.json of a container is. Pure. */
export const configPath = (paths: ReadContext['paths'], container: ResourceAddress): string =>
  join(containerLayout(paths, container).bundle, 'config.json')

/** config.json of the last run; undefined: it does not exist (after a reboot), or is not complete. */
export const readConfig = (
  { host, paths }: Pick<ReadContext, 'host' | 'paths'>,
  container: ResourceAddress,
): Promise<OciConfig | undefined> => readJson<OciConfig>(host, configPath(paths, container), bundleRecord)
