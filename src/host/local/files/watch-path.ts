import { closeSync, openSync, watch } from 'node:fs'
import type { WatchOptions } from '../../contract/files.ts'

/** See `FileReader.watchPath`. */
export function watchPath(path: string, { onChange, onError, keepOpen }: WatchOptions): { close(): void } {
  const watcher = watch(path, { persistent: false })
  watcher.on('change', (event, name) => onChange(String(name), event === 'rename'))
  watcher.on('error', onError)
  try {
    const descriptor = keepOpen ? openSync(path, 'r') : undefined
    return {
      close: () => {
        watcher.close()
        if (descriptor !== undefined) closeSync(descriptor)
      },
    }
  } catch (error) {
    watcher.close()
    throw error
  }
}
