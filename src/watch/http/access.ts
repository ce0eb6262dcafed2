import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { refusedError } from '../../model/errors.ts'

/** Characters. A shorter token could be guessed. */
const minTokenCharacters = 16
/** How long a browser stays logged in, seconds. */
const cookieMaxAgeSeconds = 30 * 86_400

/** Checks that a token can be used, and returns it without the line end of its file. Raises `bad-page-token` (refused). */
export function checkToken(text: string, source: string): string {
  const token = text.trim()
  if (token.length >= minTokenCharacters && /^[\x21-\x7e]+$/.test(token)) return token
  throw refusedError({
    code: 'bad-page-token',
    message: `The token of the status page in ${source} is not valid.`,
    hint: `Use at least ${minTokenCharacters} letters, digits or signs without spaces, for example from \`openssl rand -hex 32\`.`,
  })
}

/** Admits requests that know the token: as a bearer token (RFC 6750), or by the cookie of the login form. Without a token it admits all. */
export class Access {
  /** Other watches on this host have other ports, and browsers share cookies between ports. */
  private readonly cookieName: string
  /** Derived from the token, so that it survives a restart and ends with the token. The token cannot be computed from it. */
  private readonly cookieValue: string

  constructor(
    private readonly token: string | undefined,
    port: number,
  ) {
    this.cookieName = `heropods-${port}`
    this.cookieValue = createHmac('sha256', token ?? '')
      .update('status page')
      .digest('hex')
  }

  admits({ authorization, cookie }: IncomingHttpHeaders): boolean {
    if (this.token === undefined) return true
    const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
    if (bearer !== undefined) return isSame(bearer, this.token)
    const cookies = (cookie ?? '').split(';').map((one) => one.trim())
    const own = cookies.find((one) => one.startsWith(`${this.cookieName}=`))
    return own !== undefined && isSame(own.slice(this.cookieName.length + 1), this.cookieValue)
  }

  /** The Set-Cookie header for the form of the login page; undefined: its token is wrong. */
  login(form: Buffer, isSecure: boolean): string | undefined {
    const given = new URLSearchParams(form.toString()).get('token')?.trim() ?? ''
    if (this.token === undefined || !isSame(given, this.token)) return undefined
    const cookie = `${this.cookieName}=${this.cookieValue}; Path=/; Max-Age=${cookieMaxAgeSeconds}; HttpOnly; SameSite=Strict`
    return isSecure ? `${cookie}; Secure` : cookie
  }
}

/** Compares hashes, so that the time reveals neither content nor length. */
const isSame = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
