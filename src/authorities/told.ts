import type { Knex } from 'knex'

/** Somebody whom an authority reads its mail through, and who gets a copy. */
export interface Told {
  /** The user; null: nobody but the functional address reads it. */
  id: number | null
  email: string
  language: string
  copy: string[]
}

type Reader = Omit<Told, 'copy'>

/**
 * Whom an authority reads its mail through (H2): its administrators but those who know already, the functional address in copy once;
 * the address alone where nobody else is left.
 */
export async function listTold(db: Knex, authorityId: number, but: readonly number[] = []): Promise<Told[]> {
  const address = (await db('authorities')
    .where({ id: authorityId })
    .select({ id: db.raw('null'), email: 'email', language: 'official_language' })) as Reader[]
  const people = (await db('users')
    .where({ authority_id: authorityId, administrator: true, deleted_at: null })
    .whereNotIn('id', [...but])
    .orderBy('id')
    .select('id', 'email', 'language')) as Reader[]
  const copy = address.map(({ email }) => email).filter(email => people.every(person => person.email !== email))
  const told = people.length > 0 ? people : address
  return told.map((one, index) => ({ ...one, copy: index === 0 && people.length > 0 ? copy : [] }))
}
