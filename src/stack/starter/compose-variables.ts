/** A variable of a Compose file. */
export interface ComposeVariable {
  readonly name: string
  /** True if it is used without a default. */
  needsValue: boolean
}

/**
 * The text with `$NAME` as `${NAME}`, because `$NAME` is literal in a stack. The variables of the text are added to `found`. Pure otherwise.
 */
export function withBraces(text: string, found: Map<string, ComposeVariable>): string {
  return text.replace(
    /\$(?:\$|\{([A-Za-z_]\w*)(:?[-?+])?|([A-Za-z_]\w*))/g,
    (match, braced: string | undefined, operator: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare
      if (name === undefined) return match
      const variable = found.get(name) ?? { name, needsValue: false }
      if (operator === undefined) variable.needsValue = true
      found.set(name, variable)
      return bare === undefined ? match : `\${${bare}}`
    },
  )
}

interface Declaration {
  readonly default?: string
  readonly env: string
  readonly required?: boolean
  readonly sensitive?: boolean
}

/** A name that usually has a secret value. */
const isSecret = (name: string): boolean => /PASS|TOKEN|SECRET|CREDENTIAL|(^|_)KEY$|API_?KEY/i.test(name)

/**
 * The declarations of variables: with the value of `.env`, or an empty default as in Compose where a value is needed. The value of a secret
 * is not written, because the file is usually committed. Pure.
 */
export const declarations = (
  found: ReadonlyMap<string, ComposeVariable>,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, Declaration>> =>
  Object.fromEntries([...found.values()].map((variable) => [variable.name, declaration(variable, values)]))

function declaration({ name, needsValue }: ComposeVariable, values: Readonly<Record<string, string>>): Declaration {
  const isKnown = Object.hasOwn(values, name)
  if (isSecret(name) && isKnown) return { required: true, sensitive: true, env: name }
  const value = isKnown ? values[name] : needsValue ? '' : undefined
  return { ...(value !== undefined && { default: value }), env: name, ...(isSecret(name) && { sensitive: true }) }
}

/** The notes about variables that have no value yet. Pure. */
export const variableNotes = (
  found: ReadonlyMap<string, ComposeVariable>,
  values: Readonly<Record<string, string>>,
): readonly string[] =>
  [...found.values()].flatMap(({ name, needsValue }) => {
    if (Object.hasOwn(values, name))
      return [
        isSecret(name)
          ? `variables.${name}: it looks like a secret, so its value in .env is not written here. Set ${name} in the environment.`
          : `variables.${name}: its value in .env is now its default. Remove the default if it is a secret.`,
      ]
    return needsValue
      ? [`variables.${name}: it has no default. Set ${name} in the environment, or write a default in place of "".`]
      : []
  })
