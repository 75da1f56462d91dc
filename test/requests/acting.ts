import type { World } from '../support/app.ts'

/** The status of a part and of its request, as they stand in the database. */
export async function statusOf(w: World, id: number): Promise<{ status: string; whole: string; due: string | null }> {
  const found = await w.knex.raw<{ rows: [{ status: string; whole: string; due: string | null }] }>(
    `select p.status, r.status as whole, to_char(p.due_date, 'YYYY-MM-DD') as due
     from request_parts p join requests r on r.id = p.request_id where p.id = ?`,
    [id],
  )
  return found.rows[0]
}

/** The kinds of mail about a request, with who got them, in order. */
export async function lettersOf(w: World, id: number): Promise<{ to: string; kind: string }[]> {
  const rows = await w
    .knex('emails')
    .where({ about_type: 'request', about_id: id })
    .orderBy('id')
    .select<{ to_address: string; template: string }[]>('to_address', 'template')
  return rows.map(({ to_address: to, template }) => ({ to, kind: template.replace('requests/', '') }))
}

/** The lines of a request's history, in order. */
export const stepsOf = (w: World, id: number): Promise<{ step: string; note: string; seen_by: string }[]> =>
  w.knex('request_steps').where({ part_id: id }).orderBy('id').select('step', 'note', 'seen_by')

/** How often something stands in the history of acts. */
export const recorded = async (w: World, id: number, event: string): Promise<number> =>
  (await w.knex('audit_events').where({ subject_type: 'request', subject_id: id, event })).length

/** A draft with an answer to each of these questions. */
export async function drafted(
  w: World,
  { id, questionIds, by }: { id: number; questionIds: readonly number[]; by: { id: number } },
): Promise<void> {
  const edited = { edited_at: w.clock.now(), edited_by: by.id }
  await w.knex('request_drafts').insert({ part_id: id, general_comments: 'Udkast', language: 'da', ...edited })
  for (const question_id of questionIds)
    await w.knex('request_draft_answers').insert({ question_id, comment: 'Ja, siden 2019.', ...edited })
}
