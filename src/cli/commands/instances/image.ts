import { ExitCode, refusedError } from '../../../model/errors.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import type { ImageStore } from '../../../reconciler/engine/image-store.ts'
import { withEngine, withWriterEngine } from '../../engine-session.ts'
import { printList } from '../../print-list.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface ImageRemoveOptions extends CommonOptions {
  readonly unused?: boolean
  /** With `unused`: also remove images that only a rollback would need. */
  readonly all?: boolean
}

/** `heropods image ls`: lists unpacked images and the containers that use them. */
export const imageList = (options: CommonOptions): Promise<number> =>
  withEngine(options, async (engine) => {
    const rows = (await engine.images()).map(({ digest, source, usedBy, command }) => ({
      digest: options.json ? digest : digest.slice(0, 19),
      from: source === undefined ? null : sourceText(source),
      usedBy,
      command: command.join(' '),
    }))
    return printList(options, 'images', ['DIGEST', 'FROM', 'USED BY', 'COMMAND'], rows)
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
    await engine.tearDown()
    return ExitCode.done
  })

const digestOf = async (store: ImageStore, name: string): Promise<string> => (await store.find(name)).digest
