import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { type ARequest, aRequest } from '../support/requests.ts'

/** Words that stand in one kind of thing of a request each, so that a page that holds them shows that thing. */
export const MARKS = {
  reason: 'Skälordet',
  field: 'Yrkesordet',
  variable: 'Titelordet',
  answer: 'Svarsordet',
  comment: 'Kommentarsordet',
  openFile: 'öppnafilen.pdf',
  note: 'Godtagandeordet',
  person: 'Zetterlund',
  personVariable: 'Yngveson',
  personFile: 'slutnafilen.pdf',
  draft: 'Utkastordet',
  waiting: 'Väntanordet',
  returned: 'Återsändordet',
  requestReturned: 'Bakläxordet',
} as const

export interface AFullRequest extends ARequest {
  openFile: number
  personFile: number
}

const AT = new Date('2026-11-02T09:00:00Z')

/** A request with one of everything; what its status rules out is left out. */
export async function aFullRequest(db: Knex, wishes: Parameters<typeof aRequest>[1]): Promise<AFullRequest> {
  const { from, to, status = 'sent' } = wishes
  const request = await aRequest(db, {
    ...wishes,
    reason: MARKS.reason,
    subject: { profession: MARKS.field },
    personal: { 'family-name': MARKS.person },
    questions: [
      { code: 'qualification-held', variables: { title: MARKS.variable }, personal: { person: MARKS.personVariable } },
      { code: 'qualification-level', variables: { title: 'MD' } },
    ],
  })
  const openFile = await anAttachment(db, request, { by: from.authority.id, name: MARKS.openFile, personal: false })
  const personFile = await anAttachment(db, request, { by: from.authority.id, name: MARKS.personFile, personal: true })
  await aStep(db, request, {
    step: 'return',
    by: from.coordinator.id,
    note: MARKS.requestReturned,
    seen_by: 'requester',
    to: 'draft',
  })
  if (status !== 'draft' && status !== 'awaiting approval') await heard(db, request, wishes)
  if (status === 'in referral')
    for (const [side, own] of [
      [from, 'for_requester'],
      [to, 'for_responder'],
    ] as const)
      await db('request_opinions').insert({
        part_id: request.id,
        referral: 1,
        coordinator_id: side.coordinator.id,
        for_requester: own === 'for_requester',
        for_responder: own === 'for_responder',
        begun_at: AT,
      })
  return { ...request, openFile, personFile }
}

async function heard(db: Knex, request: ARequest, { to, from, status }: Parameters<typeof aRequest>[1]): Promise<void> {
  const by = to.authority.id
  const [first = 0, second = 0] = request.questionIds
  const reply = await aReply(db, request, { by, kind: 'partial' })
  await db('request_reply_answers').insert({ reply_id: reply, question_id: first, value: 'yes', comment: MARKS.answer })
  await aStep(db, request, { step: 'accept', by, note: MARKS.note, seen_by: 'both', to: 'accepted' })
  await aStep(db, request, { step: 'returnReply', by, note: MARKS.returned, seen_by: 'responder', to: 'accepted' })
  await db('request_comments').insert({
    part_id: request.id,
    authority_id: from.authority.id,
    user_id: from.handler.id,
    at: AT,
    language: 'sv',
    text: MARKS.comment,
  })
  await db('request_drafts').insert({ part_id: request.id, language: 'sv', edited_at: AT })
  await db('request_draft_answers').insert({ question_id: second, value: 'a', comment: MARKS.draft, edited_at: AT })
  if (status === 'reply awaiting approval')
    await aReply(db, request, { by, kind: 'full', general_comments: MARKS.waiting, state: 'awaiting approval' })
}

/** A reply of a part, without answers yet. */
export async function aReply(
  db: Knex,
  request: ARequest,
  { by, ...more }: { by: number; kind: 'partial' | 'full'; general_comments?: string; state?: string; at?: Date },
): Promise<number> {
  const { at = AT, state = 'sent', ...columns } = more
  const [row] = await db('request_replies')
    .insert({
      part_id: request.id,
      language: 'sv',
      authority_id: by,
      made_at: at,
      state,
      sent_at: state === 'sent' ? at : null,
      ...columns,
    })
    .returning<{ id: number }[]>('id')
  return row?.id ?? 0
}

/** A file that one side has attached and sent. */
export async function anAttachment(
  db: Knex,
  request: ARequest,
  { by, name, personal, at = AT }: { by: number; name: string; personal: boolean; at?: Date },
): Promise<number> {
  const key = randomUUID()
  const bytes = Buffer.from('%PDF-1.4 test')
  const file_id = await db.transaction(async trx => {
    const [file] = await trx('stored_files')
      .insert({
        key,
        place: 'database',
        size: bytes.length,
        sha256: '0'.repeat(64),
        content_type: 'application/pdf',
        state: 'clean',
        created_at: at,
      })
      .returning<{ id: number }[]>('id')
    await trx('stored_chunks').insert({ key, position: 0, bytes })
    return file?.id ?? 0
  })
  const [row] = await db('request_attachments')
    .insert({
      request_id: request.requestId,
      part_id: request.id,
      file_id,
      authority_id: by,
      at,
      language: 'sv',
      personal,
      state: 'sent',
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  await db('request_attachment_names').insert({ attachment_id: id, request_id: request.requestId, personal, name })
  return id
}

/** A line of the request's history. */
async function aStep(
  db: Knex,
  { id }: ARequest,
  { step, by, note, seen_by, to }: { step: string; by: number; note: string; seen_by: string; to: string },
): Promise<void> {
  const line = { part_id: id, at: AT, step, to_status: to, authority_id: by, note, note_language: 'sv', seen_by }
  const from_status = { return: 'awaiting approval', accept: 'sent', returnReply: 'reply awaiting approval' }[step]
  await db('request_steps').insert({ ...line, from_status: from_status ?? null })
}
