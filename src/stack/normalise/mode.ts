/** Octal permissions as a text: YAML reads 0440 as a number. Throws an Error for any other text. */
export const mode = (declared: string): string => {
  if (!/^0?[0-7]{3,4}$/.test(declared)) throw new Error(`"${declared}" is not octal permissions, such as 0750`)
  return declared.length === 5 ? declared.slice(1) : declared.padStart(4, '0')
}
