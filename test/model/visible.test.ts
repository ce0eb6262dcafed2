import { expect, it } from 'vitest'
import { visible, visibleColoured, visibleLine, visiblePainted } from '../../src/model/values/visible.ts'
import { makeStyle } from '../../src/report/style.ts'

const hostile = 'a\u001b[2Jb\u009b1Ac\rd\u0007\u202ee\u2066f\u{e0041}\ud800\0'
const shown = 'a\\u001b[2Jb\\u009b1Ac\\u000dd\\u0007\\u202ee\\u2066f\\udb40\\udc41\\ud800\\u0000'

it('what steers a terminal or turns the direction of text is shown, all else stays', () => {
  expect(visible(hostile)).toBe(shown)
  expect(visible('größe 🐳 مرحبا\n\tx')).toBe('größe 🐳 مرحبا\n\tx')
  expect(visibleLine('a\nNo changes.\tb')).toBe('a\\nNo changes.\\tb')
})

it('JSON keeps its meaning', () => {
  const value = { [`k${hostile}`]: hostile.replace('\ud800', '') }
  expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value)
  expect(visible(JSON.stringify(value))).not.toContain('\u202e')
})

it('colours of our own stay, and those alone', () => {
  const style = makeStyle(true)
  const text = `${style.added('+')} ${style.bold(style.dim('x'))} ${style.error('e')}${style.warning('w')}`
  expect(visiblePainted(text)).toBe(text)
  expect(visiblePainted(`${style.added('+')}\u001b[8m\u001b[1A\u001b]0;t\u0007`)).toBe(
    `${style.added('+')}\\u001b[8m\\u001b[1A\\u001b]0;t\\u0007`,
  )
})

it('a line of a container keeps its colours, which end with it', () => {
  expect(visibleColoured('\u001b[38;5;1mred\r')).toBe('\u001b[38;5;1mred\u001b[0m')
  expect(visibleColoured('10%\r20%\u001b[2K')).toBe('10%\\u000d20%\\u001b[2K')
})
