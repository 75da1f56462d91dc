import { createHmac } from 'node:crypto'
import { cookieSecrets, type Keyring } from '../../src/platform/secrets.ts'

/** What a browser holds of a visit, as express-session signs it: the id and a MAC over it. */
export function sessionCookie(keys: Keyring, id: string): string {
  const mac = createHmac('sha256', cookieSecrets(keys)[0] ?? '')
    .update(id)
    .digest('base64')
    .replace(/=+$/, '')
  return encodeURIComponent(`s:${id}.${mac}`)
}

/** The id of the visit in what a browser holds; empty when it holds none. */
export const sessionIdIn = (cookies: readonly { name: string; value: string }[]): string => {
  const held = cookies.find(({ name }) => name === 'imi')?.value ?? ''
  return /^s:([^.]+)\./.exec(decodeURIComponent(held))?.[1] ?? ''
}
