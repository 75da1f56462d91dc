import type { Knex } from 'knex'
import { type Actor, can } from '../../policy.ts'
import { today, written } from '../days.ts'
import { dueDataSubject } from '../protection/data-subjects.ts'
import { stageOf } from '../protection/early-erasure.ts'
import type { FoundRequest } from '../queries.ts'
import { otherPages } from '../step-pages.ts'
import { ended, unheard, within } from '../workflow.ts'
import type { Reader } from './overview.ts'

interface Waits {
  kind: 'info' | 'warning'
  text: string
  link: { href: string; label: string }
}

/** What waits for the reader's authority about the personal data of a request, beside its workflow. */
export async function protectionWaits(
  db: Knex,
  actor: Actor,
  request: FoundRequest,
  { t, lang, country, at }: Reader,
): Promise<Waits[]> {
  if (within(unheard, request.wholeStatus) || !can(actor, 'request.dataProtection', request)) return []
  const due = await dueDataSubject(db, request.requestId, actor.authorityId)
  const over = within(ended, request.wholeStatus) && request.erasedAt === null
  const { stage } = over ? await stageOf(db, request, actor.authorityId) : { stage: undefined }
  const href = (page: 'dataProtection' | 'proposeErasure'): string => `/requests/${request.id}/${otherPages[page].path}`
  const late = due !== undefined && due < today(country, at)
  const answer = (date: string): Waits => ({
    kind: late ? 'warning' : 'info',
    text: t(late ? 'protection:notice.late' : 'protection:notice.answerBy', { date: written(lang, date) }),
    link: { href: href('dataProtection'), label: t('protection:notice.answerBy.link') },
  })
  const agree: Waits = {
    kind: 'info',
    text: t('protection:notice.asked'),
    link: { href: href('proposeErasure'), label: t('protection:notice.asked.link') },
  }
  return [...(due ? [answer(due)] : []), ...(stage === 'asked' ? [agree] : [])]
}
