import type { Knex } from 'knex'

const AT = new Date('2026-11-01T09:00:00Z')

/** The copy of an e-mail that an authority has sent to many. */
export async function aCircular(db: Knex, authority: { id: number }): Promise<number> {
  const text = { language: 'en', subject: 'News', body: 'Good morning.', to_contact: true, to_administrators: false }
  const row = { ...text, authority_id: authority.id, sent_at: AT, authorities: 1 }
  const [circular] = await db('circulars').insert(row).returning<{ id: number }[]>('id')
  return circular?.id ?? 0
}

/** A file that somebody has uploaded, with one line in it that was left out. */
export async function anImport(
  db: Knex,
  authority: { id: number },
  user: { id: number },
  kind: 'users' | 'authorities',
): Promise<number> {
  const row = { kind, authority_id: authority.id, made_by: user.id, made_at: AT }
  const [made] = await db('imports').insert(row).returning<{ id: number }[]>('id')
  await db('import_lines').insert({ import_id: made?.id, line: 2, state: 'out' })
  return made?.id ?? 0
}

/** Long work with one thing still to be done. */
export async function aTask(db: Knex, user: { id: number }): Promise<number> {
  const wish = { kind: 'bulkGrant', user_id: user.id, parameters: '{}', back: '/', asked_at: AT }
  const [row] = await db('tasks').insert(wish).returning<{ id: number }[]>('id')
  await db('task_items').insert({ task_id: row?.id, position: 1, label: 'One', payload: '{}' })
  return row?.id ?? 0
}
