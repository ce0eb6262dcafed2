import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'

/** Debian calls it chromium, Fedora chromium-browser. */
const chromium = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => [join(folder, 'chromium'), join(folder, 'chromium-browser')])
  .find((path) => existsSync(path))

export async function launchBrowser(): Promise<Browser> {
  if (chromium === undefined) throw new Error('Chromium is needed for this test: npm test installs it.')
  return puppeteer.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
}

/** What is shown, not what the document holds. */
export const textOf = (page: Page, selector: string): Promise<string> =>
  page.$$eval(selector, (nodes) => {
    // biome-ignore lint/performance/useDomNodeTextContent: it does not know what is hidden
    return nodes.map((node) => (node as unknown as { innerText: string }).innerText).join('\n')
  })
