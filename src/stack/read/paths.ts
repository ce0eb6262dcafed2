import { dirname, resolve } from 'node:path'
import { homedir } from '../../host/caller-files.ts'
import { isRecord } from '../../model/values/unknown.ts'

type Data = Readonly<Record<string, unknown>>

const expand = (path: string): string => path.replace(/^~(?=\/|$)/, homedir())

/** A copy of a document with absolute paths. Relative paths are relative to the file that contains them. */
export function withAbsolutePaths(data: Data, file: string): Data {
  const absolute = (path: unknown): unknown =>
    typeof path === 'string' && path !== '' ? resolve(dirname(file), expand(path)) : path
  const eachOf = (kind: string, change: (one: Data) => Data): Data =>
    isRecord(data[kind])
      ? {
          [kind]: Object.fromEntries(
            Object.entries(data[kind]).map(([name, one]) => [name, isRecord(one) ? change(one) : one]),
          ),
        }
      : {}
  const withFile = (field: string) => (one: Data) => (field in one ? { ...one, [field]: absolute(one[field]) } : one)
  const container = (one: Data): Data => ({
    ...one,
    ...('env_file' in one && { env_file: envFiles(one.env_file, absolute) }),
    ...(Array.isArray(one.volumes) && { volumes: one.volumes.map((mount) => mountPath(mount, absolute)) }),
    ...(Array.isArray(one.security_opt) && {
      security_opt: one.security_opt.map((text) => profilePath(text, absolute)),
    }),
    ...(isRecord(one.extends) && { extends: withFile('file')(one.extends) }),
  })
  return {
    ...data,
    ...eachOf('configs', withFile('file')),
    ...eachOf('secrets', withFile('file')),
    ...eachOf('images', withFile('archive')),
    ...eachOf('containers', container),
  }
}

type Absolute = (path: unknown) => unknown

const envFiles = (declared: unknown, absolute: Absolute): unknown => {
  if (Array.isArray(declared)) return declared.map((one) => envFiles(one, absolute))
  return isRecord(declared) ? { ...declared, path: absolute(declared.path) } : absolute(declared)
}

/** `./data:/data`, or the long form of a bind mount. A name without a slash is a volume. */
function mountPath(mount: unknown, absolute: Absolute): unknown {
  if (typeof mount === 'string') {
    const [source = '', ...rest] = mount.split(':')
    return rest.length > 0 && /^[./~]/.test(source) ? [absolute(source), ...rest].join(':') : mount
  }
  return isRecord(mount) && mount.type === 'bind' ? { ...mount, source: absolute(mount.source) } : mount
}

function profilePath(text: unknown, absolute: Absolute): unknown {
  const match = typeof text === 'string' ? /^(seccomp)[:=](.+)$/.exec(text) : null
  return match && match[2] !== 'unconfined' && match[2] !== 'default' ? `seccomp:${absolute(match[2])}` : text
}
