/**
 * The life of an information request: spec/requests.md as one table. A status belongs to a *part* of a request, which one responder
 * has; a request that was never split has one part. What is not in this table does not exist. The table says what may follow what and
 * under which condition; which person may do it stands in src/policy.ts under `request.<step>`.
 */
export const statuses = [
  'draft',
  'awaiting approval',
  'sent',
  'accepted',
  'partly answered',
  'reply awaiting approval',
  'answered',
  'additional requested',
  'additional accepted',
  'additional declined',
  'in referral',
  'referral decided',
  'refused',
  'withdrawn',
  'called back',
  'closed',
  'closed (inactive)',
  'closed (counterpart deleted)',
] as const
export type Status = (typeof statuses)[number]

/** Not yet started: the responder never hears of it. */
export const unheard = ['draft', 'awaiting approval'] as const satisfies readonly Status[]
/** Ended, in whatever way. */
export const ended = [
  'refused',
  'withdrawn',
  'called back',
  'closed',
  'closed (inactive)',
  'closed (counterpart deleted)',
] as const satisfies readonly Status[]
/** Open: from *sent* on, until refused, withdrawn or closed. */
export const open = statuses.filter(status => !within(unheard, status) && !within(ended, status))
/** The responder is at work on it. */
export const atWork = ['accepted', 'partly answered', 'additional accepted'] as const satisfies readonly Status[]

/** What decides between two ends of a step. */
export type Condition =
  'requests are approved' | 'replies are approved' | 'the reply is partial' | 'an opinion is missing'

type Target = Status | 'same' | 'where it came from' | { when: Condition; then: Status; otherwise: Status }

/** Whose act it is: of one side, of its coordinator, or of nobody (the system, at its time). */
export type Side = 'requester' | 'responder' | 'both' | 'system'

export interface Step {
  from: readonly Status[]
  to: Target
  side: Side
  /** Ends or moves all parts at once. */
  wholeRequest?: true
  /** No work on the request: it does not put off the end of what nobody works on. */
  idle?: true
}

const asked = ['in referral', 'referral decided'] as const

// prettier-ignore
export const steps = {
  send:              { side: 'requester', from: ['draft'], to: { when: 'requests are approved', then: 'awaiting approval', otherwise: 'sent' } },
  approve:           { side: 'requester', from: ['awaiting approval'], to: 'sent' },
  return:            { side: 'requester', from: ['awaiting approval'], to: 'draft' },
  takeBack:          { side: 'requester', from: ['awaiting approval'], to: 'draft' },
  accept:            { side: 'responder', from: ['sent'], to: 'accepted' },
  forward:           { side: 'responder', from: ['sent', 'accepted', 'partly answered'], to: 'sent' },
  refuse:            { side: 'responder', from: ['sent'], to: 'refused' },
  callBack:          { side: 'responder', from: ['sent'], to: 'called back' },
  withdraw:          { side: 'requester', from: ['sent', ...atWork, 'reply awaiting approval'], to: 'withdrawn', wholeRequest: true },
  split:             { side: 'responder', from: ['accepted', 'partly answered'], to: 'same' },
  saveAnswers:       { side: 'responder', from: atWork, to: 'same' },
  proposeLaterDate:  { side: 'responder', from: atWork, to: 'same' },
  agreeLaterDate:    { side: 'requester', from: atWork, to: 'same' },
  declineLaterDate:  { side: 'requester', from: atWork, to: 'same' },
  replyPartly:       { side: 'responder', from: ['accepted', 'partly answered'], to: { when: 'replies are approved', then: 'reply awaiting approval', otherwise: 'partly answered' } },
  replyFully:        { side: 'responder', from: atWork, to: { when: 'replies are approved', then: 'reply awaiting approval', otherwise: 'answered' } },
  approveReply:      { side: 'responder', from: ['reply awaiting approval'], to: { when: 'the reply is partial', then: 'partly answered', otherwise: 'answered' } },
  returnReply:       { side: 'responder', from: ['reply awaiting approval'], to: 'where it came from' },
  takeBackReply:     { side: 'responder', from: ['reply awaiting approval'], to: 'where it came from' },
  acceptReply:       { side: 'requester', from: ['answered'], to: 'closed', wholeRequest: true },
  demand:            { side: 'requester', from: ['answered'], to: 'additional requested' },
  agreeDemand:       { side: 'responder', from: ['additional requested'], to: 'additional accepted' },
  declineDemand:     { side: 'responder', from: ['additional requested'], to: 'additional declined' },
  dropDemand:        { side: 'requester', from: ['additional requested', 'additional accepted', 'reply awaiting approval', 'additional declined', ...asked], to: 'answered' },
  close:             { side: 'requester', from: ['additional declined', ...asked], to: 'closed', wholeRequest: true },
  refer:             { side: 'requester', from: ['additional declined'], to: 'in referral' },
  giveOpinion:       { side: 'both',      from: ['in referral'], to: { when: 'an opinion is missing', then: 'in referral', otherwise: 'referral decided' } },
  provide:           { side: 'responder', from: asked, to: 'additional accepted' },
  comment:           { side: 'both',      from: open, to: 'same' },
  allocate:          { side: 'responder', from: open, to: 'same' },
  remind:            { side: 'requester', from: ['sent', ...atWork, 'reply awaiting approval', 'additional requested', ...asked], to: 'same', idle: true },
  askForHelp:        { side: 'requester', from: open, to: 'same' },
  lapse:             { side: 'system',    from: open, to: 'closed (inactive)', wholeRequest: true },
  lapseApproval:     { side: 'system',    from: ['awaiting approval'], to: 'draft' },
  loseCounterpart:   { side: 'system',    from: open, to: 'closed (counterpart deleted)' },
  loseResponder:     { side: 'system',    from: ['awaiting approval'], to: 'draft' },
  loseApprover:      { side: 'system',    from: ['awaiting approval'], to: 'draft' },
  loseReplyApprover: { side: 'system',    from: ['reply awaiting approval'], to: 'where it came from' },
  loseReferee:       { side: 'system',    from: ['in referral'], to: { when: 'an opinion is missing', then: 'in referral', otherwise: 'referral decided' } },
  changeCoordinator: { side: 'system',    from: ['awaiting approval', ...open], to: 'same' },
  endAllocation:     { side: 'system',    from: open, to: 'same', idle: true },
  beginAllocation:   { side: 'system',    from: open, to: 'same', idle: true },
  stopAllocation:    { side: 'system',    from: open, to: 'same', idle: true },
  takeOver:          { side: 'system',    from: [...unheard, ...open], to: 'same', idle: true },
  regainQuestions:   { side: 'system',    from: ['reply awaiting approval', 'answered', 'additional requested', 'additional accepted', 'additional declined', ...asked], to: 'partly answered' },
} as const satisfies Record<string, Step>
export type StepName = keyof typeof steps
export const stepNames = Object.keys(steps) as StepName[]

/** A part as far as the table looks at it: a reply in approval goes back to `cameFrom`. */
export interface InWorkflow {
  status: Status
  cameFrom: Status | null
}

/** Whether the table has this step from here. A demand is dropped while a reply waits only where the reply is to that demand. */
export function isOpen(step: StepName, { status, cameFrom }: InWorkflow): boolean {
  if (step === 'dropDemand' && status === 'reply awaiting approval') return cameFrom === 'additional accepted'
  return within(steps[step].from, status)
}

/** The status that a step leads to. `cameFrom` is what a reply awaiting approval goes back to. */
export function target(
  step: StepName,
  { status, cameFrom, holds }: InWorkflow & { holds: (condition: Condition) => boolean },
): Status {
  const { to }: Step = steps[step]
  if (to === 'same') return status
  if (to === 'where it came from') return cameFrom ?? 'accepted'
  if (typeof to === 'string') return to
  return holds(to.when) ? to.then : to.otherwise
}

/** What the requester, its coordinator and those it linked read: a reply in approval is the responder's own business. */
export const asRequesterReads = (part: InWorkflow): Status =>
  part.status === 'reply awaiting approval' ? (part.cameFrom ?? 'accepted') : part.status

/** The first of these that a part has is what the requester reads of a request in parts. */
const precedence: readonly Status[] = [
  'draft',
  'awaiting approval',
  'sent',
  'accepted',
  'partly answered',
  'additional accepted',
  'additional requested',
  'in referral',
  'referral decided',
  'additional declined',
  'answered',
  'closed',
  'closed (inactive)',
  'closed (counterpart deleted)',
  'withdrawn',
]

/** A part called back, or refused while another is not, does not count. */
export function counting<P extends { status: Status }>(parts: readonly P[]): readonly P[] {
  const kept = parts.filter(({ status }) => status !== 'called back')
  const taken = kept.filter(({ status }) => status !== 'refused')
  return taken.length > 0 ? taken : kept
}

/** One status for all parts, as the requester reads it. */
export function combined(parts: readonly InWorkflow[]): Status {
  const read = counting(parts).map(asRequesterReads)
  return precedence.find(status => read.includes(status)) ?? 'refused'
}

/** Whether an act on the whole request may happen, by the statuses of its parts (spec/requests.md, Parts). */
export function isOpenForAll(step: StepName, parts: readonly InWorkflow[]): boolean {
  const count = counting(parts)
  const running = count.filter(({ status }) => !within(ended, status))
  const every = (allowed: readonly Status[]) =>
    running.length > 0 && running.every(part => within(allowed, part.status))
  if (step === 'withdraw') return running.some(part => isOpen('withdraw', part))
  if (step === 'acceptReply') return every(['answered'])
  if (step === 'close') return every(['answered', ...steps.close.from]) && !every(['answered'])
  return running.some(part => isOpen(step, part))
}

export const turns = [
  'requester',
  "requester's approver",
  'responder',
  "responder's approver",
  'referees',
  'nobody',
] as const
export type Turn = (typeof turns)[number]

/** Whose turn it is. After a referral it is the responder's if one opinion says that the information must be given. */
export function turnOf(status: Status, mustBeGiven = false): Turn {
  if (within(['draft', 'answered', 'additional declined'], status)) return 'requester'
  if (status === 'awaiting approval') return "requester's approver"
  if (status === 'sent' || status === 'additional requested' || within(atWork, status)) return 'responder'
  if (status === 'reply awaiting approval') return "responder's approver"
  if (status === 'in referral') return 'referees'
  if (status === 'referral decided') return mustBeGiven ? 'responder' : 'requester'
  return 'nobody'
}

/** Whether a status is one of these. */
export function within(these: readonly Status[], status: Status): boolean {
  return these.includes(status)
}

/** A status or turn as the texts name it in their keys. */
export const wordFor = (of: Status | Turn): string =>
  of.replace(/[()]/g, '').replace(/ (\p{Ll})/gu, (_, letter: string) => letter.toUpperCase())
