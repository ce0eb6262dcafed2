import type { PullPolicy } from './images/pull-policy.ts'

/** Canonical image: exactly one source. */
export interface ImageSpec {
  readonly source:
    | { readonly type: 'ref'; readonly ref: string }
    | { readonly type: 'builtin'; readonly name: 'busybox' }
    | { readonly type: 'archive'; readonly path: string }
  readonly pull_policy: PullPolicy
  /** `linux/arm64`; undefined: that of the host. Only images of registries and of podman have it. */
  readonly platform?: string
  readonly labels: Readonly<Record<string, string>>
  /** `sha256:...`; undefined: known after apply. Resolved when a plan is computed. */
  readonly digest?: string
}

export interface ImageActual {
  readonly digest: string
  readonly unpacked: boolean
  readonly pulledByUs: boolean
}

/** HEALTHCHECK of an image. Times are nanoseconds; 0 or undefined means the default. */
export interface ImageHealthcheck {
  readonly Test?: readonly string[]
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly StartInterval?: number
  readonly Retries?: number
}

/** The configuration of an image (OCI image config). */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[]
  readonly Cmd?: readonly string[]
  readonly Env?: readonly string[]
  readonly WorkingDir?: string
  readonly User?: string
  readonly Volumes?: readonly string[]
  readonly StopSignal?: string
  readonly Labels?: Readonly<Record<string, string>>
  readonly ExposedPorts?: readonly string[]
  readonly Healthcheck?: ImageHealthcheck
  /** `linux/arm64`; undefined: unknown. */
  readonly Platform?: string
  /** When it was built, RFC 3339. */
  readonly Created?: string
}
