import { type Keyring, randomToken, seal, unseal } from '../secrets.ts'

const FORM = 'form of'

/** The key under which a form is done once; it also says, sealed, for whom the form was drawn. */
export const onceKey = (keys: Keyring, userId: number): string =>
  `${randomToken(12)}~${seal(keys, String(userId), FORM)}`

/** For whom the form with this key was drawn; nobody, if the key is not ours. */
export function drawnFor(keys: Keyring, key: unknown): number | undefined {
  try {
    return Number(unseal(keys, String(key).split('~', 2)[1] ?? '', FORM))
  } catch {
    return undefined
  }
}
