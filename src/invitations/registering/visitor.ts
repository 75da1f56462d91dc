import { hours } from '../../platform/clock.ts'
import { type Keyring, seal, unseal } from '../../platform/secrets.ts'

/** How long a code need not be entered again in the same browser. */
export const VISIT_FOR = hours(12)

const CONTEXT = 'registration of a visitor'

export const cookieName = (secure: boolean): string => (secure ? '__Host-imi-registration' : 'imi-registration')

/** What the visitor's cookie holds, sealed: which code was entered, and when. */
export const sealVisit = (keys: Keyring, codeId: number, at: Date): string =>
  seal(keys, `${codeId} ${at.getTime()}`, CONTEXT)

/** The code behind a cookie of ours that is not too old; anything odd is nothing. */
export function openVisit(keys: Keyring, cookie: string | undefined, at: Date): number | undefined {
  if (cookie === undefined) return undefined
  try {
    const [codeId, since] = unseal(keys, cookie, CONTEXT).split(' ').map(Number)
    return codeId && since && at.getTime() - since < VISIT_FOR ? codeId : undefined
  } catch {
    return undefined
  }
}
