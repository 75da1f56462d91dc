import type { Change } from '../platform/db/change.ts'
import { Overtaken } from '../platform/errors.ts'
import { sendDigest } from '../platform/mail/digest.ts'
import { differenceOf, type ProfileData } from './profile.ts'
import { findLastChange, findProfile } from './queries.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'profile.edited': { before: Partial<ProfileData>; after: Partial<ProfileData> }
  }
}

/**
 * Changes the own name, telephone number, working language and when mails come (D8): with mails at once, what was collected
 * until now goes out. @throws Overtaken when somebody saved them meanwhile
 */
export async function editProfile(
  c: Change,
  user: { id: number; authorityId: number },
  { version, ...after }: ProfileData & { version: number },
): Promise<void> {
  const { givenName, familyName, telephone, language, notifications } = await findProfile(c.db, user.id, c.at)
  const changed = await c
    .db('users')
    .where({ id: user.id, version })
    .update({
      given_name: after.givenName,
      family_name: after.familyName,
      telephone: after.telephone,
      language: after.language,
      notifications: after.notifications,
      version: version + 1,
    })
  if (changed === 0) {
    const last = await findLastChange(c.db, user.id)
    throw new Overtaken(last?.by ?? '', last?.at ?? c.at)
  }
  const details = differenceOf({ givenName, familyName, telephone, language, notifications }, after)
  await c.record('profile.edited', { type: 'user', id: user.id, authorityId: user.authorityId }, details)
  if (after.notifications === 'atOnce') await sendDigest(c.db, c.keys, c.at, user.id)
}
