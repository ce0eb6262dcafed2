import { ExitCode, refusedError } from '../../../model/errors.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import { ageText } from '../../../model/values/age.ts'
import type { ImageStore } from '../../../reconciler/engine/image-store.ts'
import { mebibytes, originText } from '../../../report/images/image-text.ts'
import { withEngine, withWriterEngine } from '../../engine-session.ts'
import { printList } from '../../print-list.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface ImageRemoveOptions extends CommonOptions {
  readonly unused?: boolean
  /** With `unused`: also remove images that only a rollback would need. */
  readonly all?: boolean
}

/** `heropods image ls`: lists unpacked images with their sizes, and the containers that use them. */
export const imageList = (options: CommonOptions): Promise<number> =>
  withEngine(options, async (engine) => {
    const now = new Date()
    const rows = (await (await engine.imageStore()).all()).map((image) => ({
      digest: options.json ? image.digest : image.digest.slice(0, 19),
      from: image.source === undefined ? null : sourceText(image.source),
      source: originText(image),
      size: options.json ? image.size : mebibytes(image.size),
      created: image.created === undefined ? null : options.json ? image.created : ageText(image.created, now),
      usedBy: image.usedBy,
      command: image.command.join(' '),
    }))
    return printList(options, 'images', ['DIGEST', 'FROM', 'SOURCE', 'SIZE', 'CREATED', 'USED BY', 'COMMAND'], rows)
  })

const sourceText = (source: ImageSpec['source']): string =>
  source.type === 'ref' ? source.ref : source.type === 'archive' ? source.path : `built-in ${source.name}`

/** `heropods image rm`: removes unused unpacked images from the cache. Raises `unknown-image`, `image-in-use`, `usage` (refused). */
export const imageRemove = (names: readonly string[], options: ImageRemoveOptions): Promise<number> =>
  withWriterEngine(options, async (engine) => {
    if (names.length === 0 && !options.unused)
      throw refusedError({
        code: 'usage',
        message: 'No image is given.',
        hint: 'Add digests of `heropods image ls`, or use `--unused`.',
      })
    const unused = options.all ? 'unused' : 'unneeded'
    const store = await engine.imageStore()
    const removed = await store.remove(
      options.unused ? unused : await Promise.all(names.map((name) => digestOf(store, name))),
    )
    for (const digest of removed)
      openTerminal().print(options.json ? JSON.stringify({ image: digest, result: 'removed' }) : `${digest} removed`)
    await engine.tearDownIfEmpty()
    return ExitCode.done
  })

const digestOf = async (store: ImageStore, name: string): Promise<string> => (await store.find(name)).digest
