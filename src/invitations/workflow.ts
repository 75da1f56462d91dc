/** The life of an invitation to self-register (E7): one table, without database or web. */

export const STATUSES = [
  'draft',
  'refused',
  'held',
  'sent',
  'registered',
  'expired',
  'withdrawn',
  'validated',
  'rejected',
] as const
export type Status = (typeof STATUSES)[number]

interface Step {
  from: readonly Status[]
  /** Null: the invitation is no more. */
  to: Status | null
}

// prettier-ignore
export const steps = {
  refuse:      { from: ['draft', 'refused'],           to: 'refused' },
  hold:        { from: ['draft', 'refused'],           to: 'held' },
  send:        { from: ['draft', 'refused'],           to: 'sent' },
  delete:      { from: ['draft', 'refused'],           to: null },
  release:     { from: ['held'],                       to: 'sent' },
  refuseHeld:  { from: ['held'],                       to: 'refused' },
  sendAgain:   { from: ['sent', 'expired'],            to: 'sent' },
  withdraw:    { from: ['held', 'sent', 'expired'],    to: 'withdrawn' },
  expire:      { from: ['sent'],                       to: 'expired' },
  handIn:      { from: ['sent'],                       to: 'registered' },
  handInAgain: { from: ['rejected'],                   to: 'registered' },
  validate:    { from: ['registered'],                 to: 'validated' },
  reject:      { from: ['registered'],                 to: 'rejected' },
} as const satisfies Record<string, Step>
export type StepName = keyof typeof steps

/** Whether an invitation in this status can take the step. */
export const canTake = (step: StepName, status: Status): boolean =>
  (steps[step].from as readonly Status[]).includes(status)

/** Statuses in which an address is in use; rejected is one as well, while it may be handed in again (E7). */
export const OPEN = ['draft', 'held', 'sent', 'registered'] as const satisfies readonly Status[]

/** The life of a submission: what goes out in one go, and is held as a whole (E3). */
export const SUBMISSION_STATES = ['draft', 'submitted', 'held', 'confirmed', 'released', 'refused'] as const
export type SubmissionState = (typeof SUBMISSION_STATES)[number]
