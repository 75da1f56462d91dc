import type { AuditEvents, Change } from '../../platform/db/change.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'request.erasureProposed': { number: string }
    'request.erasureDropped': { number: string }
    'request.erasureDeclined': { number: string }
    'request.erasedEarly': { number: string; files: number }
    'request.personalDataBlocked': { number: string }
    'request.personalDataErased': { number: string; files: number }
    'request.subjectCorrected': { number: string }
    'request.dataSubjectRequestRecorded': { number: string; kind: DataSubjectKind; dueOn: string }
    'request.dataSubjectRequestAnswered': { number: string; kind: DataSubjectKind }
  }
}

/** What a person may ask: to see what is said of them, or to have it corrected. */
export const dataSubjectKinds = ['access', 'correction'] as const
export type DataSubjectKind = (typeof dataSubjectKinds)[number]

/** What is done about the personal data of a request. In the history of acts each is called `request.<act>`. */
export const protectionActs = [
  'erasureProposed',
  'erasureDropped',
  'erasureDeclined',
  'erasedEarly',
  'personalDataBlocked',
  'personalDataErased',
  'subjectCorrected',
  'dataSubjectRequestRecorded',
  'dataSubjectRequestAnswered',
] as const
export type ProtectionAct = (typeof protectionActs)[number]

/** A request by the part under which the history of acts keeps it. */
export interface Recorded {
  id: number
  requestId: number
  number: string
}

/**
 * Writes an act into the history of acts, and into the history that the request itself shows: both sides read it there, or of a
 * responder's own act (`part`) the requester and this responder. Never anything about a person.
 */
export async function recordAct<A extends ProtectionAct>(
  c: Change,
  { id, requestId, number }: Recorded,
  act: A,
  part: number | null,
  details: Omit<AuditEvents[`request.${A}`], 'number'>,
): Promise<void> {
  await c.db('request_protection_acts').insert({
    request_id: requestId,
    part_id: part,
    at: c.at,
    act,
    user_id: c.actor.id,
    authority_id: c.actor.authorityId,
    details: JSON.stringify(details),
  })
  const subject = { type: 'request', id, authorityId: c.actor.authorityId }
  await c.record(`request.${act}`, subject, { number, ...details } as AuditEvents[`request.${A}`])
}
