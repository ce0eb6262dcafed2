export interface TmuxPaneOptions {
  /** Default: the name of the container. */
  readonly windowName?: string
  /** Number of the pane in its window, from 0. Default: 0. */
  readonly paneNr?: number
  /** The title of the pane. */
  readonly paneName?: string
  /** A text for the container's `/bin/sh -c`, or a program with its arguments. Default: a shell. */
  readonly cmd?: string | readonly string[]
  /** End the command of a pane that exists, and run this one. Default: false. */
  readonly reset?: boolean
  /** Variables for the command. */
  readonly env?: Readonly<Record<string, string>>
}
