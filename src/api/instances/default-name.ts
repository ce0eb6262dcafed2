let chosen: string | undefined

/** The instance that `HeroPods.switch` has chosen for this process; undefined: none. */
export const switchedName = (): string | undefined => chosen

/** Chooses the default instance of this process. */
export function switchTo(name: string): void {
  chosen = name
}
