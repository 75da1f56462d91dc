/**
 * The table of spec/requests.md written down a second time, row by row and in its words: what the code's own table is held against, and
 * what the model of the workflow walks by. It shares nothing with src/requests/workflow.ts.
 */
export type Status =
  | 'draft'
  | 'awaiting approval'
  | 'sent'
  | 'accepted'
  | 'partly answered'
  | 'reply awaiting approval'
  | 'answered'
  | 'additional requested'
  | 'additional accepted'
  | 'additional declined'
  | 'in referral'
  | 'referral decided'
  | 'refused'
  | 'withdrawn'
  | 'called back'
  | 'closed'
  | 'closed (inactive)'
  | 'closed (counterpart deleted)'

/** Open = from sent on, until refused, withdrawn or closed. */
export const OPEN: readonly Status[] = [
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
]
export const ACC: readonly Status[] = ['accepted', 'partly answered', 'additional accepted']
export const ENDED: readonly Status[] = [
  'refused',
  'withdrawn',
  'called back',
  'closed',
  'closed (inactive)',
  'closed (counterpart deleted)',
]

export type Who =
  | 'R handler'
  | 'R approver'
  | 'S handler'
  | 'S handler, S allocator'
  | 'S allocator'
  | 'S approver'
  | 'S handler of the first part'
  | 'referee'
  | 'both'
  | 'system'

/** Where a row leads: one status, the same, back to where it came from, or one of two. */
export type Leads = Status | 'same' | 'the status it came from' | readonly [Status, Status]

export interface Row {
  act: string
  from: readonly Status[]
  by: Who
  to: Leads
}

const row = (from: readonly Status[], act: string, by: Who, to: Leads): Row => ({ act, from, by, to })
const [accepted, partly, additional]: readonly Status[] = ACC
const working: readonly Status[] = [accepted ?? 'accepted', partly ?? 'partly answered']
const approval: Status = 'reply awaiting approval'

// prettier-ignore
export const TABLE: readonly Row[] = [
  row(['draft'], 'send', 'R handler', ['awaiting approval', 'sent']),
  row(['awaiting approval'], 'approve', 'R approver', 'sent'),
  row(['awaiting approval'], 'return', 'R approver', 'draft'),
  row(['awaiting approval'], 'takeBack', 'R handler', 'draft'),
  row(['sent'], 'accept', 'S handler', 'accepted'),
  row(['sent'], 'forward', 'S handler, S allocator', 'sent'),
  row(['sent'], 'refuse', 'S handler, S allocator', 'refused'),
  row(['sent'], 'callBack', 'S handler of the first part', 'called back'),
  row(['sent', ...ACC, approval], 'withdraw', 'R handler', 'withdrawn'),
  row(working, 'forward', 'S handler', 'sent'),
  row(working, 'split', 'S handler', 'same'),
  row(ACC, 'saveAnswers', 'S handler', 'same'),
  row(ACC, 'proposeLaterDate', 'S handler', 'same'),
  row(ACC, 'agreeLaterDate', 'R handler', 'same'),
  row(ACC, 'declineLaterDate', 'R handler', 'same'),
  row(working, 'replyPartly', 'S handler', [approval, 'partly answered']),
  row(ACC, 'replyFully', 'S handler', [approval, 'answered']),
  row([approval], 'approveReply', 'S approver', ['partly answered', 'answered']),
  row([approval], 'returnReply', 'S approver', 'the status it came from'),
  row([approval], 'takeBackReply', 'S handler', 'the status it came from'),
  row(['answered'], 'acceptReply', 'R handler', 'closed'),
  row(['answered'], 'demand', 'R handler', 'additional requested'),
  row(['additional requested'], 'agreeDemand', 'S handler', 'additional accepted'),
  row(['additional requested'], 'declineDemand', 'S handler', 'additional declined'),
  // Of a reply in approval only that to the demand: see `dropsFrom`.
  row(['additional requested', additional ?? 'additional accepted', approval, 'additional declined', 'in referral', 'referral decided'], 'dropDemand', 'R handler', 'answered'),
  row(['additional declined'], 'close', 'R handler', 'closed'),
  row(['additional declined'], 'refer', 'R handler', 'in referral'),
  row(['in referral'], 'giveOpinion', 'referee', ['in referral', 'referral decided']),
  row(['in referral', 'referral decided'], 'provide', 'S handler', 'additional accepted'),
  row(['in referral', 'referral decided'], 'close', 'R handler', 'closed'),
  row(OPEN, 'comment', 'both', 'same'),
  row(OPEN, 'allocate', 'S allocator', 'same'),
  row(['sent', ...ACC, approval, 'additional requested', 'in referral', 'referral decided'], 'remind', 'R handler', 'same'),
  row(OPEN, 'askForHelp', 'R handler', 'same'),
  row(OPEN, 'lapse', 'system', 'closed (inactive)'),
  row(['awaiting approval'], 'lapseApproval', 'system', 'draft'),
  row(OPEN, 'loseCounterpart', 'system', 'closed (counterpart deleted)'),
  row(['awaiting approval'], 'loseResponder', 'system', 'draft'),
  // Below the table: a coordinator that is gone, an allocation that ends, questions that come back.
  row(['awaiting approval'], 'loseApprover', 'system', 'draft'),
  row([approval], 'loseReplyApprover', 'system', 'the status it came from'),
  row(['in referral'], 'loseReferee', 'system', ['in referral', 'referral decided']),
  row(['awaiting approval', ...OPEN], 'changeCoordinator', 'system', 'same'),
  row(OPEN, 'endAllocation', 'system', 'same'),
  // Allocation: switched on, who has acted is allocated; switched off, all may act.
  row(OPEN, 'beginAllocation', 'system', 'same'),
  row(OPEN, 'stopAllocation', 'system', 'same'),
  // Whoever is deleted leaves the work to a colleague (D1).
  row(['draft', 'awaiting approval', ...OPEN], 'takeOver', 'system', 'same'),
  row([approval, 'answered', 'additional requested', 'additional accepted', 'additional declined', 'in referral', 'referral decided'], 'regainQuestions', 'system', 'partly answered'),
]

/** What the requester reads of several parts: the first of these that a part has. */
export const ORDER: readonly Status[] = [
  'sent',
  'accepted',
  'partly answered',
  'additional accepted',
  'additional requested',
  'in referral',
  'referral decided',
  'additional declined',
  'answered',
]

/** Whose turn it is, by status; after the decision S, if one opinion says must be given, else R. */
// prettier-ignore
export const TURN: Record<Status, string> = {
  'draft': 'requester', 'answered': 'requester', 'additional declined': 'requester',
  'awaiting approval': "requester's approver",
  'sent': 'responder', 'accepted': 'responder', 'partly answered': 'responder', 'additional accepted': 'responder', 'additional requested': 'responder',
  'reply awaiting approval': "responder's approver",
  'in referral': 'referees',
  'referral decided': 'requester',
  'refused': 'nobody', 'withdrawn': 'nobody', 'called back': 'nobody', 'closed': 'nobody', 'closed (inactive)': 'nobody', 'closed (counterpart deleted)': 'nobody',
}

/** Acts on the whole request at once. */
export const WHOLE: readonly string[] = ['withdraw', 'acceptReply', 'close', 'lapse']
