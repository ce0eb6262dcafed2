/** Octal permissions, as a text: YAML reads 0440 as four hundred and forty. Throws on anything else. */
export const mode = (stated: string): string => {
  if (!/^0?[0-7]{3,4}$/.test(stated)) throw new Error(`"${stated}" is not octal permissions, such as 0750`)
  return stated.length === 5 ? stated.slice(1) : stated.padStart(4, '0')
}
