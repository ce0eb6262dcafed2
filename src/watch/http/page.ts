import { readFileSync } from '../../host/caller-files.ts'

/** Beside the sources, and beside the chunks of a build (scripts/build.mjs). */
const folder = new URL('./page/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}

const files: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/login': 'login.html',
  '/app.js': 'app.js',
  '/connection.js': 'connection.js',
  '/dom.js': 'dom.js',
  '/attention.js': 'attention.js',
  '/container-row.js': 'container-row.js',
  '/events.js': 'events.js',
  '/frames.js': 'frames.js',
  '/generations.js': 'generations.js',
  '/map.js': 'map.js',
  '/map-layout.js': 'map-layout.js',
  '/sparkline.js': 'sparkline.js',
  '/stack-card.js': 'stack-card.js',
  '/style.css': 'style.css',
  '/icon.svg': 'icon.svg',
}

export interface PageFile {
  readonly type: string
  readonly text: string
}

/** The files of the status page by path. They are read once, so that a later upgrade of the package does not mix with the served page. */
export async function loadPage(): Promise<ReadonlyMap<string, PageFile>> {
  const entries = Object.entries(files).map(async ([path, name]): Promise<[string, PageFile]> => {
    const type = types[name.split('.').at(-1) ?? '']
    return [path, { type: `${type}; charset=utf-8`, text: readFileSync(new URL(name, folder), 'utf8') }]
  })
  return new Map(await Promise.all(entries))
}
