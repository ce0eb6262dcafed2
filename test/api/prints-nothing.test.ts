import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { top } from '../docs-pages.ts'

/** The command line prints. Pulumi reads the output of its provider, and `exec` hands on the streams of its caller. */
const mayPrint = /^(cli\/|pulumi\/|host\/local\/processes\/(interactive|follow-size)\.ts)/

it('no part below the command line writes to the console', () => {
  const files = readdirSync(join(top, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !mayPrint.test(file),
  )
  expect(files.length).toBeGreaterThan(300)
  const printing = files.filter((file) =>
    /^(?!\s*(\/\/|\/?\*)).*(\bconsole\.|\bprocess\.(stdout|stderr)\b)/m.test(
      readFileSync(join(top, 'src', file), 'utf8'),
    ),
  )
  expect(printing).toEqual([])
})
