import { type Actor, type Action, can, type Subject } from '../policy.ts'
import { type InWorkflow, isOpen, isOpenForAll, type Step, type StepName, steps } from './workflow.ts'

/**
 * The page of each step that people take: the last part of its address below `/requests/<id>/`, and the right it needs. Steps of the
 * system have none.
 */
export const stepPages = {
  send: { path: 'sending', can: 'request.send' },
  approve: { path: 'approval', can: 'request.approve' },
  return: { path: 'return', can: 'request.return' },
  takeBack: { path: 'taking-back', can: 'request.takeBack' },
  accept: { path: 'acceptance', can: 'request.accept' },
  forward: { path: 'forwarding', can: 'request.forward' },
  refuse: { path: 'refusal', can: 'request.refuse' },
  callBack: { path: 'calling-back', can: 'request.callBack' },
  withdraw: { path: 'withdrawal', can: 'request.withdraw' },
  split: { path: 'splitting', can: 'request.split' },
  saveAnswers: { path: 'answers', can: 'request.saveAnswers' },
  proposeLaterDate: { path: 'later-date', can: 'request.proposeLaterDate' },
  agreeLaterDate: { path: 'later-date-agreement', can: 'request.agreeLaterDate' },
  declineLaterDate: { path: 'later-date-refusal', can: 'request.declineLaterDate' },
  replyPartly: { path: 'partial-reply', can: 'request.replyPartly' },
  replyFully: { path: 'full-reply', can: 'request.replyFully' },
  approveReply: { path: 'reply-approval', can: 'request.approveReply' },
  returnReply: { path: 'reply-return', can: 'request.returnReply' },
  takeBackReply: { path: 'reply-taking-back', can: 'request.takeBackReply' },
  acceptReply: { path: 'closing', can: 'request.acceptReply' },
  demand: { path: 'demand', can: 'request.demand' },
  agreeDemand: { path: 'demand-agreement', can: 'request.agreeDemand' },
  declineDemand: { path: 'demand-refusal', can: 'request.declineDemand' },
  dropDemand: { path: 'demand-dropping', can: 'request.dropDemand' },
  close: { path: 'closure', can: 'request.close' },
  refer: { path: 'referral', can: 'request.refer' },
  giveOpinion: { path: 'opinion', can: 'request.giveOpinion' },
  provide: { path: 'providing', can: 'request.provide' },
  comment: { path: 'comments', can: 'request.comment' },
  allocate: { path: 'allocation', can: 'request.allocate' },
  remind: { path: 'reminder', can: 'request.remind' },
  askForHelp: { path: 'help', can: 'request.askForHelp' },
} as const satisfies Partial<Record<StepName, { path: string; can: Action }>>
export type StepWithPage = keyof typeof stepPages

/** Pages of a request that move nothing. */
export const otherPages = {
  edit: { path: 'editing', can: 'request.edit' },
  delete: { path: 'deletion', can: 'request.delete' },
  copy: { path: 'copy', can: 'request.copy' },
  note: { path: 'note', can: 'request.note' },
  dataProtection: { path: 'data-protection', can: 'request.dataProtection' },
  proposeErasure: { path: 'erasure', can: 'request.proposeErasure' },
} as const satisfies Record<string, { path: string; can: Action }>

/** The address of a step's page. */
export const stepHref = (id: number, step: StepWithPage): string => `/requests/${id}/${stepPages[step].path}`

interface Facts extends InWorkflow, Subject {
  mayRefuse: boolean
  usesAllocation: boolean
  part: number
  laterDate: string | null
}

/** What the table's conditions say beside the status, and what is said to whom they stand against. */
const conditions: Partial<Record<StepWithPage, { holds: (request: Facts) => boolean; otherwise: string }>> = {
  // The allocator passes on what has not been accepted; later it is the handlers' work.
  forward: {
    holds: request => request.status === 'sent' || request.standings.includes('acting handler'),
    otherwise: 'handling:forwarding.handlers',
  },
  refuse: { holds: request => request.mayRefuse, otherwise: 'handling:refusal.never' },
  callBack: { holds: request => request.part > 1, otherwise: 'handling:callingBack.first' },
  split: { holds: request => request.part === 1, otherwise: 'handling:splitting.notAgain' },
  allocate: { holds: request => request.usesAllocation, otherwise: 'handling:allocation.unused' },
  agreeLaterDate: { holds: request => request.laterDate !== null, otherwise: 'handling:laterDate.none' },
  declineLaterDate: { holds: request => request.laterDate !== null, otherwise: 'handling:laterDate.none' },
}

/** Why a step cannot be taken although the status allows it: a locale key. */
export function brokenCondition(step: StepWithPage, request: Facts): string | undefined {
  const condition = conditions[step]
  return condition && !condition.holds(request) ? condition.otherwise : undefined
}

/** The steps that this person can take now: the buttons of the request's page. `parts` are all parts of the request. */
export function openSteps(actor: Actor, request: Facts, parts: readonly InWorkflow[] = [request]): StepWithPage[] {
  return (Object.keys(stepPages) as StepWithPage[]).filter(step => {
    if (!can(actor, stepPages[step].can, request)) return false
    if (brokenCondition(step, request)) return false
    return (steps[step] as Step).wholeRequest ? isOpenForAll(step, parts) : isOpen(step, request)
  })
}
