/**
 * Files of the user who calls HeroPods: stack files and the files that these name, saved plans, certificates, files of the package. They
 * are on the machine of the command line, also where the stacks run on another host. So these functions take no `Host`, and they are
 * synchronous, as Node's own of the same names.
 */
export {
  accessSync,
  type BigIntStats,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
export { homedir } from 'node:os'

/** Environment variables of the user, for code that needs no host. */
export const callerEnvironment = (): Readonly<NodeJS.ProcessEnv> => process.env
