import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../../src/watch/http/server.ts'
import { launchBrowser } from './browser.ts'
import { holds, scene } from './page-scene.ts'

/** `npm run screenshots` sets it to docs/images. */
const wanted = process.env.HEROPODS_PICTURES
const folder = wanted ?? mkdtempSync(join(tmpdir(), 'heropods-pictures-'))

let browser: Browser
let server: RunningServer

beforeAll(async () => {
  browser = await launchBrowser()
  server = await startServer({ listen: '127.0.0.1:0', hostname: 'box', view: scene() })
})

afterAll(async () => {
  await browser.close()
  await server.close()
  if (wanted === undefined) rmSync(folder, { recursive: true })
})

describe('pictures of the page', () => {
  it.each([
    ['page-390', 390, 1500, 'light'],
    ['page-768', 768, 1500, 'light'],
    ['page-1280', 1280, 1250, 'light'],
    ['page-1280-dark', 1280, 1250, 'dark'],
    ['page-1920', 1920, 1500, 'light'],
    ['page-map', 1280, 900, 'light'],
  ] as const)('%s', async (name, width, height, scheme) => {
    const page = await browser.newPage()
    await page.setViewport({ width, height, deviceScaleFactor: width < 500 ? 2 : 1 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(`http://${server.address}/`)
    await holds(page, '#events', 'Unhealthy: see Attention')
    await page.$$eval('.stack > details', (nodes) => {
      for (const node of nodes)
        if (node.querySelector('.name')?.textContent === 'shop') node.setAttribute('open', '')
        else node.removeAttribute('open')
    })
    await page.waitForSelector('[id="c:shop/container/worker"]')
    if (width > 1000 && name !== 'page-map') await page.click('[id="c:shop/container/api.2"] summary')
    if (name === 'page-map') {
      await page.$$eval('.stack > details', (nodes) => {
        for (const node of nodes) node.removeAttribute('open')
      })
      await page.click('#map > summary')
      await page.waitForSelector('.map-stack a')
    }
    if (width > 1500) {
      await page.click('.generation:nth-child(3) summary')
      await page.click('#map > summary')
      await holds(page, '.generation-body', 'heropods rollback 43')
    }
    // Graphs are drawn in the frame after their rows are on the screen.
    await new Promise((resolve) => setTimeout(resolve, 500))
    await page.evaluate('document.activeElement.blur(); scrollTo(0, 0)')
    if (name === 'page-map') await page.$eval('#map', (node) => node.scrollIntoView())
    const path = join(folder, `${name}.png`)
    await page.screenshot({ path: path as `${string}.png` })
    expect(statSync(path).size).toBeGreaterThan(20_000)
    expect(statSync(path).size).toBeLessThan(400_000)
    await page.close()
  })
})
