import type { Knex } from 'knex'
import { findQuestionSet } from '../../modules/index.ts'
import type { Actor } from '../../policy.ts'
import { listAttachments } from '../attachments/queries.ts'
import { openPersonal, readPersonal, subjectKey, variableKey } from '../personal.ts'
import type { ImiRequest } from '../request.ts'
import type { ChosenQuestion, Draft } from './draft.ts'

interface DraftRow {
  subject: Record<string, string>
  reason: string
  urgent: boolean
  urgent_reason: string
  language: string
  please_forward: boolean
  proposed_date: string | null
}

interface QuestionRow {
  id: number
  number: number
  code: string
  variables: Record<string, string>
}

/**
 * What was written so far, those parts about people included. Who may read it is asked before; the database opens it to the
 * requesting authority only. `hasPersonal` says whether something about a person was among it.
 */
export async function readDraft(
  db: Knex,
  actor: Pick<Actor, 'authorityId'>,
  request: ImiRequest,
): Promise<Draft & { hasPersonal: boolean }> {
  return db.transaction(trx => readDraftIn(trx, actor.authorityId, request))
}

/** The same inside a transaction, for an authority. */
export async function readDraftIn(
  trx: Knex.Transaction,
  authorityId: number,
  request: Pick<ImiRequest, 'requestId' | 'questionSetId' | 'responder'>,
): Promise<Draft & { hasPersonal: boolean }> {
  await openPersonal(trx, authorityId)
  const personal = await readPersonal(trx, request.requestId)
  const [row] = (await trx('requests')
    .where({ id: request.requestId })
    .select('subject', 'reason', 'urgent', 'urgent_reason', 'language', 'please_forward')
    .select(trx.raw(`to_char(proposed_date, 'YYYY-MM-DD') as proposed_date`))) as DraftRow[]
  const attachments = await listAttachments(trx, {
    requestId: request.requestId,
    partIds: [],
    personal: true,
    draftAnswers: false,
    draftRequest: true,
  })
  const set = await findQuestionSet(trx, request.questionSetId)
  if (!row || !set) throw new Error(`The request ${request.requestId} has no draft to read`)
  return {
    set,
    responder: request.responder,
    pleaseForward: row.please_forward,
    subject: { ...row.subject, ...personalFields(set.subject, personal) },
    questions: await chosenQuestions(trx, request.requestId, personal),
    reason: row.reason,
    urgent: row.urgent,
    urgentReason: row.urgent_reason,
    language: row.language,
    proposedDate: row.proposed_date,
    attachments,
    hasPersonal: personal.size > 0 || attachments.some(one => one.personal),
  }
}

const personalFields = (fields: Draft['set']['subject'], personal: Map<string, string>): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ code }) => {
      const value = personal.get(subjectKey(code))
      return value === undefined ? [] : [[code, value]]
    }),
  )

async function chosenQuestions(
  trx: Knex.Transaction,
  requestId: number,
  personal: Map<string, string>,
): Promise<ChosenQuestion[]> {
  const rows = (await trx('request_questions')
    .where({ request_id: requestId })
    .orderBy('number')
    .select('id', 'number', 'code', 'variables')) as QuestionRow[]
  const keys = [...personal.keys()]
  return rows.map(({ id, number, code, variables }) => {
    const start = variableKey(id, '')
    const marked = keys
      .filter(key => key.startsWith(start))
      .map(key => [key.slice(start.length), personal.get(key) ?? ''])
    return { number, code, blanks: { ...variables, ...(Object.fromEntries(marked) as Record<string, string>) } }
  })
}
