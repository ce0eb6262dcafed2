import type { ImageConfig } from '../../model/kinds/image.ts'
import type { DownloadProgress } from '../../model/plan.ts'
import type { ImageDetails } from '../../reconciler/engine/image-store.ts'

/** `12.3 MiB`. Pure. */
export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** The state of a download: `12.3 of 45.6 MiB (27%)`, or `12.3 MiB` if the size of all is not known. Pure. */
export function downloadText({ bytes, total }: DownloadProgress): string {
  if (total === undefined || total === 0) return mebibytes(bytes)
  return `${(bytes / 2 ** 20).toFixed(1)} of ${mebibytes(total)} (${Math.floor((bytes / total) * 100)}%)`
}

/** Where an image comes from. Pure. */
export function originText({ file, source }: Pick<ImageDetails, 'file' | 'source'>): string {
  if (file !== undefined) return `archive ${file}`
  if (source === undefined) return 'unknown'
  if (source.type === 'archive') return `archive ${source.path}`
  if (source.type === 'builtin') return `built-in ${source.name}`
  return source.ref.startsWith('localhost/') ? 'podman on this host' : `registry ${source.ref.split('/')[0]}`
}

/** The fields of a configuration that are set, by the instructions of a Containerfile. */
const instructions = (config: ImageConfig): readonly (readonly [string, string])[] => {
  const list = (texts: readonly string[] | undefined): readonly string[] =>
    texts?.length ? [JSON.stringify(texts)] : []
  const fields: Readonly<Record<string, readonly string[]>> = {
    ENTRYPOINT: list(config.Entrypoint),
    CMD: list(config.Cmd),
    ENV: config.Env ?? [],
    USER: [config.User ?? ''],
    WORKDIR: [config.WorkingDir ?? ''],
    STOPSIGNAL: [config.StopSignal ?? ''],
    EXPOSE: config.ExposedPorts ?? [],
    VOLUME: config.Volumes ?? [],
    LABEL: Object.entries(config.Labels ?? {}).map(([name, value]) => `${name}=${value}`),
    HEALTHCHECK: list(config.Healthcheck?.Test),
  }
  return Object.entries(fields).flatMap(([name, texts]) => texts.filter(Boolean).map((text) => [name, text] as const))
}

/** All data of an image, a line each. Pure. */
export function imageInfoText(image: ImageDetails): string {
  const rows = [
    ['NAME', image.names.join(', ') || '-'],
    ['SOURCE', originText(image)],
    ['DIGEST', image.digest],
    ['SIZE', mebibytes(image.size)],
    ['CREATED', image.created ?? '-'],
    ['UNPACKED', image.unpackedAt],
    ['USED BY', image.usedBy.join(', ') || '-'],
    ['FILES', image.root],
    ...instructions(image.config),
  ] as const
  return rows.map(([name, text]) => `${name.padEnd(12)}${text}`).join('\n')
}
