/**
 * Files of the user who calls HeroPods: stack files and the files that these name, saved plans, certificates, files of the package. They
 * are on the machine of the command line, even if the stacks run on another host. So these functions take no `Host`. They are synchronous,
 * like Node's functions with the same names.
 */
export {
  accessSync,
  type BigIntStats,
  constants,
  cpSync,
  createReadStream,
  createWriteStream,
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
