// The type of error codes and the page about them, from schemas/errors.json.

/** Every code with its entry. Throws an Error if a code is in two groups. */
function entriesOf({ groups }) {
  const entries = groups.flatMap(({ errors }) => Object.entries(errors))
  const codes = entries.map(([code]) => code)
  const twice = codes.filter((code, index) => codes.indexOf(code) !== index)
  if (twice.length > 0)
    throw new Error(`schemas/errors.json has codes twice: ${twice.join(', ')}. Keep one entry of each.`)
  return entries
}

/** Codes alone: their texts would make every command larger. */
export function renderErrorCodes(catalogue) {
  const codes = entriesOf(catalogue).map(([code]) => code)
  return `/** Every code of a diagnostic; docs/errors.md explains them. */\nexport type ErrorCode =\n${codes
    .sort()
    .map((code) => `  | '${code}'`)
    .join('\n')}\n`
}

const cell = (text) => text.replaceAll('|', '\\|')

/** A table a group, with an anchor for each code. */
export function renderErrorsPage(catalogue) {
  const row = ([code, { meaning, causes, fix }]) =>
    `| <a id="${code}"></a>\`${code}\` | ${[meaning, causes.join('<br>'), fix].map(cell).join(' | ')} |`
  const section = ({ title, errors }) =>
    `## ${title}\n\n| code | meaning | usual causes | solution |\n|---|---|---|---|\n${Object.entries(errors).map(row).join('\n')}\n`
  return [
    '<!-- Generated from schemas/errors.json by `npm run generate`. Do not edit. -->\n',
    '# Error codes\n',
    'Every error and every warning has a code: `error[lock-held] ...` on the terminal, `code` in `--json`. A code never changes its meaning, so scripts may test it. `heropods explain CODE` prints the entry of a code.\n',
    ...catalogue.groups.map(section),
  ].join('\n')
}
