import type { Knex } from 'knex'
import { currentQuestionSet, type QuestionSet } from '../../../src/modules/index.ts'
import type { Change } from '../../../src/platform/db/change.ts'
import { subjectKey, variableKey } from '../../../src/requests/personal.ts'
import { idOf, insertAll, type Loading } from '../loading.ts'
import type { DemoRequest } from './request.ts'
import { dayFromNow, type Played } from './scene.ts'

/** The draft as its author left it; what is marked as personal stands apart. */
export async function writeDraft(c: Change, loading: Loading, request: DemoRequest): Promise<Played> {
  const moduleId = idOf(loading.modules, request.module)
  const set = await currentQuestionSet(c.db, moduleId)
  if (!set) throw new Error(`The module ${request.module} has no questions`)
  const { requestId, partId, number } = await insertRequest(c, loading, { request, set, moduleId })
  const questions = await insertQuestions(c.db, { request, set, requestId, partId })
  const fields = set.subject.filter(({ code, personal }) => personal && request.subject[code])
  await insertAll(
    c.db,
    'request_personal',
    fields.map(({ code }) => ({ request_id: requestId, key: subjectKey(code), value: request.subject[code] })),
  )
  await insertAll(
    c.db,
    'request_side_notes',
    Object.entries(request.notes ?? {}).map(([authority, { file, remark }]) => ({
      part_id: partId,
      authority_id: idOf(loading.authorities, authority),
      file_number: file,
      remark,
    })),
  )
  await c.record('request.created', { type: 'request', id: partId, authorityId: c.actor.authorityId }, { number })
  return { request, requestId, moduleId, parts: [partId], questions }
}

async function insertRequest(
  c: Change,
  loading: Loading,
  { request, set, moduleId }: { request: DemoRequest; set: QuestionSet; moduleId: number },
): Promise<{ requestId: number; partId: number; number: string }> {
  const country = await countryOf(loading, request.from)
  const number = await nextNumber(c.db, country, c.at.getUTCFullYear())
  const plain = set.subject.filter(({ code, personal }) => !personal && request.subject[code])
  const by = c.actor.id
  const [row] = await c
    .db('requests')
    .insert({
      number,
      module_id: moduleId,
      question_set_id: set.id,
      requester_id: idOf(loading.authorities, request.from),
      requester_country: country,
      subject: JSON.stringify(Object.fromEntries(plain.map(({ code }) => [code, request.subject[code]]))),
      language: request.language,
      reason: request.reason,
      urgent: request.urgent !== undefined,
      urgent_reason: request.urgent ?? '',
      please_forward: request.pleaseForward ?? false,
      proposed_date: request.due === undefined ? null : dayFromNow(loading.now, request.due),
      created_at: c.at,
      created_by: by,
      edited_at: c.at,
      edited_by: by,
    })
    .returning<{ id: number }[]>('id')
  const requestId = row?.id ?? 0
  const [part] = await c
    .db('request_parts')
    .insert({
      request_id: requestId,
      part: 1,
      responder_id: request.to === undefined ? null : idOf(loading.authorities, request.to),
      responder_country: request.to === undefined ? null : await countryOf(loading, request.to),
      status_since: c.at,
      acted_at: c.at,
    })
    .returning<{ id: number }[]>('id')
  return { requestId, partId: part?.id ?? 0, number }
}

/** Each chosen question with its sub-questions, in the order of the set. */
async function insertQuestions(
  db: Knex,
  { request, set, requestId, partId }: { request: DemoRequest; set: QuestionSet; requestId: number; partId: number },
): Promise<Played['questions']> {
  const chosen = new Map(request.questions.map(([code, blanks = {}]) => [code, blanks]))
  const asked = new Set(chosen.keys())
  for (const { code, parent } of set.questions) if (parent && asked.has(parent.code)) asked.add(code)
  const questions = set.questions.filter(({ code }) => asked.has(code))
  if (questions.length !== asked.size) throw new Error(`The demo asks in ${request.module} what its set does not have`)
  const rows: Played['questions'] = []
  for (const [index, { code, variables }] of questions.entries()) {
    const blanks = chosen.get(code) ?? {}
    const plain = variables.filter(variable => !variable.personal && blanks[variable.code])
    const number = index + 1
    const [row] = await db('request_questions')
      .insert({
        request_id: requestId,
        part_id: partId,
        number,
        code,
        variables: JSON.stringify(Object.fromEntries(plain.map(variable => [variable.code, blanks[variable.code]]))),
      })
      .returning<{ id: number }[]>('id')
    const id = row?.id ?? 0
    rows.push({ id, number, code })
    const personal = variables.filter(variable => variable.personal && blanks[variable.code])
    await insertAll(
      db,
      'request_personal',
      personal.map(variable => ({
        request_id: requestId,
        key: variableKey(id, variable.code),
        value: blanks[variable.code],
      })),
    )
  }
  return rows
}

async function nextNumber(db: Knex, country: string, year: number): Promise<string> {
  const found = await db.raw<{ rows: [{ last: number }] }>(
    `insert into request_counters (country, year, last) values (?, ?, 1)
     on conflict (country, year) do update set last = request_counters.last + 1 returning last`,
    [country, year],
  )
  return `${country}-${year}-${String(found.rows[0].last).padStart(6, '0')}`
}

async function countryOf({ db, authorities }: Loading, key: string): Promise<string> {
  const id = idOf(authorities, key)
  const found = await db.raw<{ rows: { country: string }[] }>(
    `select country from authorities where id = :id union all select country from tombstones where authority_id = :id`,
    { id },
  )
  return found.rows[0]?.country ?? ''
}
