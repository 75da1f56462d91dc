import type { Knex } from 'knex'
import type { Someone } from '../support/browser.ts'
import { type World, world } from '../support/app.ts'
import { type ARequest, aRequest, aSide, type ASide } from '../support/requests.ts'

/** Two sides with somebody signed in at each, and requests between them. */
export interface Exchange {
  w: World
  from: ASide
  to: ASide
  requester: Someone
  responder: Someone
  colleague: Someone
  approver: Someone
  /** A request from one side to the other. */
  request(wishes?: Partial<Parameters<typeof aRequest>[1]>): Promise<ARequest>
  part(request: ARequest): Promise<Record<string, unknown>>
  close(): Promise<void>
}

type Settings = { [Side in 'from' | 'to']?: Omit<Parameters<typeof aSide>[1], 'country'> }

/** Denmark asks Portugal; `settings` says what their coordinators do. */
export async function exchange(settings: Settings = {}): Promise<Exchange> {
  const w = await world()
  const from = await aSide(w.knex, { country: 'DK', ...settings.from })
  const to = await aSide(w.knex, { country: 'PT', ...settings.to })
  return {
    w,
    from,
    to,
    requester: await w.signedIn(from.handler),
    responder: await w.signedIn(to.handler),
    colleague: await w.signedIn(to.colleague),
    approver: await w.signedIn(to.approver),
    request: wishes => aRequest(w.knex, { from, to, status: 'accepted', dueDate: '2026-12-10', ...wishes }),
    part: async ({ id }) => (await w.knex('request_parts').where({ id }).first()) as Record<string, unknown>,
    close: () => w.close(),
  }
}

/** Yes or no with two sub-questions (a date if yes, a text if no), a text, a number, a choice; two of them name somebody. */
export const QUESTIONS: NonNullable<Parameters<typeof aRequest>[1]['questions']> = [
  { code: 'registered', variables: { profession: 'Guide', register: 'Turismo' }, personal: { person: 'Ana Silva' } },
  { code: 'registered-since' },
  { code: 'registered-not' },
  { code: 'pupils-age' },
  { code: 'experience-years', variables: { profession: 'Guide' }, personal: { person: 'Ana Silva' } },
]

/** Mails about one part, by template and receiver. */
export const mailsAbout = async (w: World, { id }: ARequest): Promise<string[]> =>
  (await w.mails())
    .filter(({ about_id }) => about_id === id)
    .map(({ template, to_address }) => `${template} ${to_address}`)

/** What the history of a part says: step, from, to, who reads it. */
export async function historyOf(db: Knex, { id }: ARequest): Promise<string[]> {
  const rows = (await db('request_steps').where({ part_id: id }).whereNot({ step: 'send' }).orderBy('id')) as {
    step: string
    from_status: string
    to_status: string
    seen_by: string
  }[]
  return rows.map(({ step, from_status, to_status, seen_by }) => `${step}: ${from_status} > ${to_status} (${seen_by})`)
}

/** What the history of acts keeps of one kind of act upon a part. */
export const eventsOf = async (w: World, { id }: ARequest, event: string): Promise<unknown[]> =>
  w
    .knex('audit_events as e')
    .join('audit_values as v', 'v.event_id', 'e.id')
    .where({ event, subject_type: 'request', subject_id: id })
    .orderBy('e.id')
    .pluck('v.details')

/** Answers drafted by the handler, by the index of the question. */
export async function drafted(
  x: Exchange,
  request: ARequest,
  answers: readonly ({ value?: string; cannot?: boolean; comment?: string } | undefined)[],
  general = '',
): Promise<void> {
  const edited = { edited_at: x.w.clock.now(), edited_by: x.to.handler.id }
  await x.w
    .knex('request_drafts')
    .insert({ part_id: request.id, general_comments: general, language: 'pt', ...edited })
    .onConflict('part_id')
    .merge({ general_comments: general })
  for (const [index, answer] of answers.entries())
    if (answer)
      await x.w.knex('request_draft_answers').insert({ question_id: request.questionIds[index], ...answer, ...edited })
}
