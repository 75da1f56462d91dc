import type { Names } from '../modules/index.ts'
import type { Status } from './workflow.ts'

/** One authority of a request; one that was deleted is known by its tombstone only. */
export interface Party {
  id: number
  country: string
  name: string
  language: string
  deleted: boolean
}

/**
 * A request as one responder has it: the part `id` of the request `requestId`. Most requests have one part. `status` is the true
 * one; pages show `shownStatus`, which does not tell the requester's side of a reply in approval.
 */
export interface ImiRequest {
  id: number
  requestId: number
  /** As people quote it: SE-2026-000123, a later part SE-2026-000123-2. */
  number: string
  part: number
  moduleId: number
  moduleCode: string
  moduleNames: Names
  questionSetId: number
  requester: Party
  requesterCoordinatorId: number | null
  responder: Party | null
  coordinatorId: number | null
  status: Status
  cameFrom: Status | null
  shownStatus: Status
  /** Of all parts together, as the requester reads it. */
  wholeStatus: Status
  language: string
  urgent: boolean
  pleaseForward: boolean
  proposedDate: string | null
  /** The agreed date for the answer, once accepted. */
  dueDate: string | null
  laterDate: string | null
  mayRefuse: boolean
  usesAllocation: boolean
  createdAt: Date
  sentAt: Date | null
  arrivedAt: Date | null
  acceptedAt: Date | null
  answeredAt: Date | null
  endedAt: Date | null
  statusSince: Date
  actedAt: Date
  remindedAt: Date | null
  helpAskedAt: Date | null
  blockedAt: Date | null
  erasedAt: Date | null
  version: number
  requestVersion: number
}

/** Acceptance is expected within so many days after arrival. [001] */
export const ACCEPTANCE_DAYS = 7
export const URGENT_ACCEPTANCE_DAYS = 2

/** The number of a part: the first one has the request's own. */
export const partNumber = (number: string, part: number): string => (part === 1 ? number : `${number}-${part}`)
