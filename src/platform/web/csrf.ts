import type { Request, Response } from 'express'
import { type Keyring, randomToken, sign, verify } from '../secrets.ts'

/**
 * A token that ties each POST to the visit it was drawn in: an HMAC over the session id, or, before signing in, over a random
 * number in a cookie of its own. Nothing is stored.
 */
export interface Csrf {
  token(req: Request, res: Response): string
  holds(req: Request, token: unknown): boolean
}

export function csrf(keys: Keyring, cookies: { secure: boolean }): Csrf {
  const name = cookies.secure ? '__Host-imi-visitor' : 'imi-visitor'

  function visitor(req: Request, res: Response): string {
    const known = cookieOf(req, name)
    if (known) return known
    const made = randomToken(18)
    // The same request may draw several forms: they must agree.
    req.headers.cookie = [req.headers.cookie, `${name}=${made}`].filter(Boolean).join('; ')
    res.cookie(name, made, { httpOnly: true, sameSite: 'lax', secure: cookies.secure, path: '/' })
    return made
  }

  const bound = (req: Request): string | undefined => (req.visit ? req.sessionID : cookieOf(req, name))

  return {
    token: (req, res) => sign(keys, req.visit ? req.sessionID : visitor(req, res), 'csrf'),
    holds(req, token) {
      const id = bound(req)
      return typeof token === 'string' && id !== undefined && verify(keys, token, id, 'csrf')
    },
  }
}

/** One cookie of the request, if it is there and of a harmless shape. */
export function cookieOf(req: Request, name: string): string | undefined {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value && /^[\w.-]{1,200}$/.test(value)) return value
  }
  return undefined
}
