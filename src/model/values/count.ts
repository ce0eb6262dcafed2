/** A number with its noun: `1 stack`, `2 stacks`. Pure. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
