import type { Knex } from 'knex'
import type { Reason } from '../invitation.ts'

/** A refused invitation as it is corrected. */
export interface RefusedInvitation {
  id: number
  line: number | null
  email: string
  name: string
  language: string
  reasons: Reason[]
  modules: number[]
}

/** The refused ones of a submission, in the order in which they came. */
export async function listRefused(db: Knex, submissionId: number, limit: number): Promise<RefusedInvitation[]> {
  return db('invitations as i')
    .where({ 'i.submission_id': submissionId, 'i.status': 'refused' })
    .orderBy('i.id')
    .limit(limit)
    .select<RefusedInvitation[]>(
      'i.id',
      'i.line',
      'i.email',
      'i.name',
      'i.language',
      'i.reasons',
      db.raw('array(select module_id from invitation_modules m where m.invitation_id = i.id) as modules'),
    )
}

/** The names of the drafts of a submission, to be held against the register. */
export const listDraftNames = (db: Knex, submissionId: number): Promise<string[]> =>
  db('invitations').where({ submission_id: submissionId, status: 'draft' }).orderBy('id').pluck<string[]>('name')

/** What mails can be written in: every official language of the countries. */
export async function listLanguages(db: Knex): Promise<string[]> {
  const found = await db.raw<{ rows: { language: string }[] }>(
    'select distinct unnest(languages) as language from countries order by 1',
  )
  return found.rows.map(({ language }) => language)
}
