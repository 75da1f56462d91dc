import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'request.personalDataRead': { number: string; where: Where }
  }
}

/** Where personal data were read. */
export type Where = 'page' | 'report' | 'attachment' | 'draft'

/**
 * Opens the personal data of requests for one authority until the end of the transaction: those of the requests it sent, and of those it
 * accepted. The database decides which; whether this person may is asked before (`request.seePersonalData`).
 */
export async function openPersonal(trx: Knex.Transaction, authorityId: number): Promise<void> {
  await trx.raw(`select set_config('imi.personal_for', ?, true)`, [String(authorityId)])
}

/** The marked fields and variables of a request, by their keys; call `openPersonal` before. */
export async function readPersonal(trx: Knex.Transaction, requestId: number): Promise<Map<string, string>> {
  const rows = await trx('request_personal')
    .where({ request_id: requestId })
    .select<{ key: string; value: string }[]>('key', 'value')
  return new Map(rows.map(({ key, value }) => [key, value]))
}

/** Each reading of personal data is recorded: who, when, of which request, where. */
export async function recordReading(c: Change, request: { id: number; number: string }, where: Where): Promise<void> {
  await c.record(
    'request.personalDataRead',
    { type: 'request', id: request.id, authorityId: c.actor.authorityId },
    { number: request.number, where },
  )
}

/** The key of a subject field, and of a question's variable. */
export const subjectKey = (field: string): string => `subject.${field}`
export const variableKey = (questionId: number, variable: string): string => `variable.${questionId}.${variable}`
