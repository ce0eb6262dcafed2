import { ExitCode } from '../../../model/errors.ts'
import { imageCatalog } from '../../../model/kinds/images/catalog.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** `heropods image catalog`: prints the names of common images. It needs neither root nor a network. */
export async function imageCatalogList(options: CommonOptions): Promise<number> {
  const { print } = openTerminal()
  print(options.json ? JSON.stringify({ images: imageCatalog }) : imageCatalog.join('\n'))
  return ExitCode.done
}
