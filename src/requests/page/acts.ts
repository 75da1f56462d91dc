import { type Actor, can } from '../../policy.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import type { FoundRequest } from '../queries.ts'
import { openSteps, otherPages, stepHref, stepPages, type StepWithPage } from '../step-pages.ts'
import { ended, type Step, steps, unheard, within } from '../workflow.ts'
import type { PartInReach } from './parts.ts'

/** A button of the page of a request. */
export interface Act {
  href: string
  label: string
  variant: 'primary' | 'secondary'
}

/** What carries a request on, before everything else that can be done with it. */
const MAIN: readonly StepWithPage[] = [
  'approve',
  'approveReply',
  'giveOpinion',
  'agreeLaterDate',
  'accept',
  'saveAnswers',
  'agreeDemand',
  'acceptReply',
  'provide',
  'close',
  'send',
  'allocate',
]

/**
 * The acts that this reader can take now, the main one first. On the page of a request in several parts, the acts of each part stand
 * with the part, and here those that concern all of them.
 */
export function actsOn(
  actor: Actor,
  request: FoundRequest,
  parts: readonly PartInReach[],
  { t, which }: { t: Translate; which: 'all' | 'whole' | 'part' },
): Act[] {
  const open = openSteps(actor, request, parts).filter(step => {
    const whole = (steps[step] as Step).wholeRequest === true
    return which === 'all' || whole === (which === 'whole')
  })
  // While the coordinators are asked, to close is possible and not what is waited for.
  const main = MAIN.find(step => open.includes(step) && !(step === 'close' && request.status === 'in referral'))
  const ordered = main ? [main, ...open.filter(step => step !== main)] : open
  const drafts = which === 'part' ? [] : othersOn(actor, request, DRAFTING)
  const others = which === 'part' ? [] : othersOn(actor, request, OTHERS)
  const acts = [
    ...drafts.map(page => ({
      href: `/requests/${request.id}/${otherPages[page].path}`,
      label: t(`requests:act.${page}`),
    })),
    ...ordered.map(step => ({ href: stepHref(request.id, step), label: t(`requests:act.${step}`) })),
    ...others.map(page => ({
      href: `/requests/${request.id}/${otherPages[page].path}`,
      label: t(`requests:act.${page}`),
    })),
  ]
  const leading = which !== 'part' && (drafts.length > 0 || main !== undefined)
  return acts.map((act, index) => ({ ...act, variant: index === 0 && leading ? 'primary' : 'secondary' }))
}

/** Whether the reader can carry the request on by one of these steps. */
export const isActing = (actor: Actor, request: FoundRequest, parts: readonly PartInReach[]): boolean =>
  openSteps(actor, request, parts).some(step => MAIN.includes(step) && can(actor, stepPages[step].can, request))

type OtherPage = 'edit' | 'copy' | 'delete' | 'dataProtection' | 'proposeErasure'
const DRAFTING: readonly OtherPage[] = ['edit']
const OTHERS: readonly OtherPage[] = ['copy', 'delete', 'dataProtection', 'proposeErasure']

const fits: Record<OtherPage, (request: FoundRequest) => boolean> = {
  edit: ({ status }) => status === 'draft',
  delete: ({ status }) => status === 'draft',
  copy: ({ status }) => status !== 'draft',
  dataProtection: ({ status }) => !within(unheard, status) && status !== 'called back',
  proposeErasure: ({ status, wholeStatus, erasedAt }) =>
    within(ended, wholeStatus) && status !== 'called back' && erasedAt === null,
}

const othersOn = (actor: Actor, request: FoundRequest, pages: readonly OtherPage[]): OtherPage[] =>
  pages.filter(page => fits[page](request) && can(actor, otherPages[page].can, request))
