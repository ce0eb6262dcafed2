/** The result of one check of `heropods doctor`. `missing` is an error, whatever is wrong; `note` is a warning. */
export interface Check {
  readonly name: string
  readonly state: 'ok' | 'note' | 'missing'
  readonly text: string
  /** A command, or a sentence with one, that solves the problem. */
  readonly fix?: string
}

export const passed = (name: string, text: string): Check => ({ name, state: 'ok', text })
export const warning = (name: string, text: string, fix: string): Check => ({ name, state: 'note', text, fix })
export const problem = (name: string, text: string, fix: string): Check => ({ name, state: 'missing', text, fix })

const order = ['missing', 'note', 'ok'] as const

/** Errors first, then warnings, then the checks that passed. Pure. */
export const worstFirst = (checks: readonly Check[]): readonly Check[] =>
  checks.toSorted((left, right) => order.indexOf(left.state) - order.indexOf(right.state))
