import type { Commit } from '../../model/generation.ts'

/** The format of `git show` and `git log` that `parseCommit` reads. A subject or a name cannot contain a NUL. */
export const commitFormat = '--format=%H%x00%an%x00%cI%x00%s'

/** The longest name of an author and the longest subject. Characters. */
const [maxNameCharacters, maxSubjectCharacters] = [100, 200]

/** Reads a commit in `commitFormat`; undefined: it is not in that format. Pure. */
export function parseCommit(text: string): Commit | undefined {
  const [id = '', author = '', time = '', ...subject] = text.replace(/\n$/, '').split('\0')
  const moment = new Date(time)
  if (!/^[0-9a-f]{40,64}$/.test(id) || Number.isNaN(moment.getTime())) return undefined
  return {
    id,
    subject: oneLine(subject.join(' '), maxSubjectCharacters),
    author: oneLine(author, maxNameCharacters),
    time: moment.toISOString().replace('.000Z', 'Z'),
  }
}

const oneLine = (text: string, longest: number): string =>
  [...text.replace(/\p{Cc}+/gu, ' ').trim()].slice(0, longest).join('')
