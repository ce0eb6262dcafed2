import { expect, it } from 'vitest'
import { releasedVolumesText } from '../../src/report/released-volumes-text.ts'

it('the command that erases released volumes', () => {
  expect(releasedVolumesText([], [], 'default')).toBeUndefined()
  expect(releasedVolumesText(['shop/volume/dbdata'], ['shop/volume/dbdata', 'blog/volume/posts'], 'default')).toBe(
    'The data of dbdata is still on the host: `heropods volume rm dbdata` erases it.',
  )
  expect(releasedVolumesText(['shop/volume/a', 'shop/volume/b'], [], 'test')).toBe(
    'The data of a, b is still on the host: `heropods volume rm --instance test a b` erases them.',
  )
  expect(releasedVolumesText(['one/volume/a', 'two/volume/a'], [], 'default')).toContain('rm one/a two/a`')
  expect(releasedVolumesText(['keeper/volume/posts', 'keeper/volume/b'], ['blog/volume/posts'], 'default')).toContain(
    'rm keeper/posts b`',
  )
})
