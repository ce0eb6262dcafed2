// Man pages in man(7), from the table of commands in src/cli/program: one for the program, and one for each command.

/** Text in roff: no line becomes a request, and hyphens can be copied. */
const roff = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1')
    .replaceAll('"', '\\(dq')

const bold = (text) => `\\fB${roff(text)}\\fR`
const section = (title, body) => `.SH ${title}\n${body}\n`
const item = (term, text) => `.TP\n${term}\n${roff(text)}`
const entries = (list) => list.map(([term, text]) => item(bold(term), text)).join('\n')
const example = ([command, effect]) =>
  `${roff(`${effect[0].toUpperCase()}${effect.slice(1)}:`)}\n.PP\n.EX\n${roff(command)}\n.EE`

/** `Command --help` writes arguments as this. */
const argumentOf = (argument) => {
  const text = `\\fI${roff(`${argument.name()}${argument.variadic ? '...' : ''}`)}\\fR`
  return argument.required ? text : `[${text}]`
}
const header = (name, { version, date }) => `.TH ${name.toUpperCase()} 1 ${date} "heropods ${version}" "HeroPods"\n`
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`
const pageOf = (words) => `heropods-${words.replaceAll(' ', '-')}`
const reference = (name) => `\\fB${roff(name)}\\fR(1)`

function commandPage(words, command, manual) {
  const name = pageOf(words)
  const own = manual.examples[words] ?? []
  const options = command.options.filter(({ hidden }) => !hidden).map(({ flags, description }) => [flags, description])
  const below = command.commands.filter((one) => !one.name().startsWith('__') && one.name() !== 'help')
  const codes = ['exec', 'run'].includes(words) ? [...manual.exitCodes, ...manual.execExitCodes] : manual.exitCodes
  const synopsis = [
    `${bold(`heropods ${words}`)} [\\fIoptions\\fR]`,
    ...command.registeredArguments.map(argumentOf),
  ].join(' ')
  return [
    header(name, manual),
    section('NAME', `${roff(name)} \\- ${roff(command.description())}`),
    section('SYNOPSIS', synopsis),
    section('DESCRIPTION', roff(sentence(command.description()))),
    section('OPTIONS', entries([...options, ['-h, --help', 'show help']])),
    own.length > 0 ? section('EXAMPLES', own.map(example).join('\n.PP\n')) : '',
    section('EXIT STATUS', entries(codes)),
    section(
      'SEE ALSO',
      [reference('heropods'), ...below.map((one) => reference(pageOf(`${words} ${one.name()}`)))].join(', '),
    ),
  ].join('')
}

function programPage(program, commands, manual) {
  const list = commands.map(([words, command]) => item(reference(pageOf(words)), command.description()))
  return [
    header('heropods', manual),
    section('NAME', `heropods \\- ${roff(manual.summary)}`),
    section('SYNOPSIS', `${bold('heropods')} \\fIcommand\\fR [\\fIoptions\\fR]`),
    section(
      'DESCRIPTION',
      `${roff(program.description())}\nA stack is a YAML file. ${bold('heropods diff')} shows the changes that make the host match it;\n${bold('heropods apply')} applies them.`,
    ),
    section('COMMANDS', list.join('\n')),
    section(
      'OPTIONS',
      entries([
        ['-V, --version', 'print the version'],
        ['-h, --help', 'show help'],
      ]),
    ),
    section(
      'EXAMPLES',
      ['diff', 'apply'].flatMap((words) => manual.examples[words].slice(0, 1).map(example)).join('\n.PP\n'),
    ),
    section('EXIT STATUS', entries(manual.exitCodes)),
    section('ENVIRONMENT', entries(manual.environment)),
    section('FILES', entries(manual.files)),
    section('SEE ALSO', `${bold('crun')}(1), ${bold('podman')}(1)`),
  ].join('')
}

/** Names of the man pages: npm links those that package.json lists. */
export const manPageNames = (commands) => ['heropods.1', ...commands.map(([words]) => `${pageOf(words)}.1`)]

/** The man pages by file name. `manual`: the version, the date, and the lists of src/cli/program/manual.ts and examples.ts. */
export function renderManPages(program, commands, manual) {
  return new Map([
    ['heropods.1', programPage(program, commands, manual)],
    ...commands.map(([words, command]) => [`${pageOf(words)}.1`, commandPage(words, command, manual)]),
  ])
}
