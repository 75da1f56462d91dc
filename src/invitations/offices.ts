import type { Knex } from 'knex'
import type { Office } from './emails.ts'

/** Who has invited: the authority as mails name it, and where it and its person are written to. */
export interface InviterOffice {
  officialName: string
  country: string
  office: Office
  /** Who invited, with the authority's address in copy; nobody where that person is no user of it any more. */
  person: (Office & { cc: string[] }) | undefined
}

interface Row {
  official_name: string
  country: string
  email: string
  official_language: string
  user_email: string | null
  user_language: string | null
}

/** Finds whom to tell about an invitation (E6): its mail goes to the person, the authority's functional address is in copy. */
export async function findInviterOffice(
  db: Knex,
  { inviter_id, invited_by }: { inviter_id: number; invited_by: number | null },
): Promise<InviterOffice> {
  const row = (await db('authorities as n')
    .leftJoin('users as u', join =>
      join
        .on('u.authority_id', 'n.id')
        .andOnVal('u.id', '=', invited_by ?? 0)
        .andOnNull('u.deleted_at'),
    )
    .where('n.id', inviter_id)
    .first('n.official_name', 'n.country', 'n.email', 'n.official_language', {
      user_email: 'u.email',
      user_language: 'u.language',
    })) as Row
  const office = { email: row.email, language: row.official_language }
  const person =
    row.user_email && row.user_language
      ? { email: row.user_email, language: row.user_language, cc: [row.email] }
      : undefined
  return { officialName: row.official_name, country: row.country, office, person }
}

/** Where one authority is written to, by a condition that fits one. */
export const findOffice = (db: Knex, where: object): Promise<Office | undefined> =>
  db('authorities').where(where).first<Office | undefined>({ email: 'email', language: 'official_language' })
