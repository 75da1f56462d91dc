import { days } from '../platform/clock.ts'
import type { Subject } from '../policy.ts'
import type { Status, SubmissionState } from './workflow.ts'

/** How long a registration code lets in (E4) [001]. */
export const VALID_FOR = days(30)
/** How long before its end the invited are reminded (E4) [001]. */
export const REMINDED_BEFORE = days(5)
/** When the inviter is reminded of a registration that waits, and when the national coordinator sees it too (E7). */
export const INVITER_REMINDED_AFTER = days(7)
export const NATIONAL_TOLD_AFTER = days(30)
/** How long the reason of a rejection is read with the code, and what was entered can be corrected (E6). */
export const REASON_READ_FOR = days(30)
/** More than this in one submission, or within a day by one authority, are held (E3) [001]. */
export const MOST_AT_ONCE = 100
export const COUNTED_WITHIN = days(1)

/** Why an invitation was refused (E2); `byCommission` is the refusal of held ones (E3). */
export const REASONS = [
  'emailMissing',
  'emailMalformed',
  'nameMissing',
  'languageMissing',
  'noModule',
  'unknownModule',
  'formula',
  'tooLong',
  'twice',
  'userAddress',
  'authorityAddress',
  'openInvitation',
  'byCommission',
] as const
export type Reason = (typeof REASONS)[number]

/** An invitation as somebody wishes it: nothing is known of it yet. */
export interface Wish {
  /** Of a refused invitation that was corrected. */
  id?: number
  /** Its place in the form or file. */
  line: number
  email: string
  name: string
  language: string
  modules: readonly number[]
}

/** A wish with all that speaks against it; nothing: it can go out. */
export interface Judged extends Wish {
  reasons: Reason[]
}

/** One invitation, as lists and its page show it. */
export interface Invitation extends Subject {
  id: number
  inviterId: number
  inviterName: string
  inviterLanguage: string
  inviterCountry: string
  submissionId: number
  submissionState: SubmissionState
  invitedBy: number | null
  email: string
  name: string
  language: string
  status: Status
  reasons: Reason[]
  modules: { id: number; names: Readonly<Record<string, string>> }[]
  madeAt: Date
  sentAt: Date | null
  expiresAt: Date | null
  remindedAt: Date | null
  entered: Record<string, string | string[]> | null
  username: string | null
  registeredId: number | null
  registeredAt: Date | null
  decidedBy: string | null
  decidedAt: Date | null
  reason: string | null
  mayHandInAgain: boolean
  mail: { state: 'waiting' | 'sent' | 'refused' | 'failed'; at: Date; error: string | null } | null
}

/** A line of a file that cannot be read, with its number as an editor counts it. */
export interface BadLine {
  line: number
  reason: string
}

/** What was or will be submitted in one go. */
export interface Submission extends Subject {
  id: number
  inviterId: number
  inviterName: string
  inviterLanguage: string
  inviterCountry: string
  state: SubmissionState
  madeAt: Date
  madeBy: string | null
  submittedAt: Date | null
  submitted: number
  refused: number
  badLines: BadLine[]
  confirmedBy: string | null
  confirmedAt: Date | null
  decidedBy: string | null
  decidedAt: Date | null
  taskId: number | null
  reason: string | null
  counts: Partial<Record<Status, number>>
}

/** Whether nothing of a held submission is left to be decided of. */
export const isWithdrawn = ({ state, counts }: Submission): boolean =>
  (state === 'held' || state === 'confirmed') && !counts.held

/** The status an invitation has at this time, also where no nightly work has marked it yet. */
export const statusAt = ({ status, expiresAt }: Pick<Invitation, 'status' | 'expiresAt'>, at: Date): Status =>
  status === 'sent' && expiresAt && expiresAt <= at ? 'expired' : status
