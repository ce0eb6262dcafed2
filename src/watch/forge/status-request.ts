import type { Forge } from './forge.ts'

/** The result of a commit on this host. `superseded`: a newer commit came before it was applied. */
export interface CommitResult {
  /** Hash of the commit. */
  readonly commit: string
  readonly state: 'pending' | 'success' | 'failure' | 'superseded'
  /** A sentence. */
  readonly description: string
}

export interface StatusRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** GitHub refuses longer descriptions. Characters. */
const maxDescriptionCharacters = 140

/** The request (POST) that sets the status of a commit. `context`: the name of the status. Pure. */
export function statusRequest(forge: Forge, token: string, context: string, result: CommitResult): StatusRequest {
  const { url, headers, body } = requestMakers[forge.kind](forge, token, context, {
    ...result,
    description: shownDescription(result.description),
  })
  return {
    url,
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'heropods', ...headers },
    body: JSON.stringify(body),
  }
}

interface RequestParts {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: object
}

type MakeRequest = (forge: Forge, token: string, context: string, result: CommitResult) => RequestParts

/** https://docs.github.com/en/rest/commits/statuses */
const github: MakeRequest = ({ api, repository }, token, context, { commit, state, description }) => ({
  url: `${api}/repos/${encodedPath(repository)}/statuses/${commit}`,
  headers: {
    Accept: 'application/vnd.github+json',
    Authorization: `Bearer ${token}`,
    'X-GitHub-Api-Version': '2022-11-28',
  },
  body: { state: state === 'superseded' ? 'error' : state, context, description },
})

/** https://docs.gitlab.com/api/commits/#set-commit-pipeline-status */
const gitlab: MakeRequest = ({ api, repository }, token, context, { commit, state, description }) => ({
  url: `${api}/projects/${encodeURIComponent(repository)}/statuses/${commit}`,
  headers: { Accept: 'application/json', 'PRIVATE-TOKEN': token },
  body: { state: gitlabStates[state], name: context, description },
})

const gitlabStates = { pending: 'pending', success: 'success', failure: 'failed', superseded: 'canceled' } as const

/** `repoCreateStatus` in the API of Gitea and Forgejo. */
const gitea: MakeRequest = ({ api, repository }, token, context, { commit, state, description }) => ({
  url: `${api}/repos/${encodedPath(repository)}/statuses/${commit}`,
  headers: { Accept: 'application/json', Authorization: `token ${token}` },
  body: { state: state === 'superseded' ? 'error' : state, context, description },
})

const requestMakers: Readonly<Record<Forge['kind'], MakeRequest>> = { github, gitlab, gitea, forgejo: gitea }

const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** A description as a forge shows it: one line, cut. Pure. */
export function shownDescription(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  return characters.length <= maxDescriptionCharacters
    ? characters.join('')
    : `${characters.slice(0, maxDescriptionCharacters - 1).join('')}…`
}

/** How a server's answer is handled. `retry`: the same request can succeed later. */
export type Verdict = 'accepted' | 'retry' | 'refused'

/** GitLab refuses a pending status of a commit that is pending already: nothing is to be done. Pure. */
export function verdictOf({ kind }: Forge, { state }: CommitResult, status: number, body: string): Verdict {
  if (status >= 200 && status < 300) return 'accepted'
  if (kind === 'gitlab' && state === 'pending' && status === 400 && body.includes('Cannot transition status'))
    return 'accepted'
  return status >= 500 || status === 408 || status === 429 ? 'retry' : 'refused'
}
