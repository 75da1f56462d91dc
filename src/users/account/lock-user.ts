import type { Change } from '../../platform/db/change.ts'
import { NotFound } from '../../platform/errors.ts'

/** What stands in a user record now, which then stands still until the change is done. @throws NotFound */
export async function lockUser(c: Change, id: number): Promise<LockedUser> {
  const row = await c.db('users').where({ id, deleted_at: null }).forUpdate().first<LockedUser | undefined>({
    givenName: 'given_name',
    familyName: 'family_name',
    email: 'email',
    telephone: 'telephone',
    language: 'language',
    username: 'username',
    firstSignedInAt: 'first_signed_in_at',
    version: 'version',
  })
  if (!row) throw new NotFound()
  return row
}

interface LockedUser {
  givenName: string
  familyName: string
  email: string
  telephone: string
  language: string
  username: string
  firstSignedInAt: Date | null
  version: number
}
