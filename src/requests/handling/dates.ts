import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { today } from '../days.ts'
import { ACCEPTANCE_DAYS, type ImiRequest, URGENT_ACCEPTANCE_DAYS } from '../request.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import { atWork, within } from '../workflow.ts'
import type { LaterDate, Reason } from './forms.ts'

const DAY = 86_400_000

/** The responder asks for more time, with its reason; the agreed date holds until the requester agrees. Throws RuleBroken when it is no later. */
export async function proposeLaterDate(
  c: Change,
  request: ImiRequest,
  { date, reason, language }: LaterDate,
): Promise<void> {
  const now = today(request.responder?.country ?? '', c.at)
  if (date <= now || date <= (request.dueDate ?? ''))
    throw new RuleBroken('handling:laterDate.notLater', { field: 'date' })
  await takeStep(c, request.id, 'proposeLaterDate', {
    note: reason,
    noteLanguage: language,
    details: { date },
    set: { later_date: date, later_reason: reason },
  })
}

/** The requester agrees to the later date: it is the agreed one now. Throws RuleBroken when none is proposed (any more). */
export async function agreeLaterDate(c: Change, request: ImiRequest): Promise<void> {
  const date = await proposed(c, request)
  await takeStep(c, request.id, 'agreeLaterDate', {
    details: { date },
    set: { due_date: date, later_date: null, later_reason: null, due_told: 0 },
  })
}

/** The requester does not agree, with its reason: the date agreed before holds. */
export async function declineLaterDate(c: Change, request: ImiRequest, { reason, language }: Reason): Promise<void> {
  const date = await proposed(c, request)
  await takeStep(c, request.id, 'declineLaterDate', {
    note: reason,
    noteLanguage: language,
    details: { date },
    set: { later_date: null, later_reason: null },
  })
}

async function proposed(c: Change, { id }: ImiRequest): Promise<string> {
  await holdRequest(c, id)
  const [row] = await c
    .db('request_parts')
    .where({ id })
    .select<{ date: string | null }[]>(c.db.raw(`to_char(later_date, 'YYYY-MM-DD') as date`))
  const date = row?.date
  if (!date) throw new RuleBroken('handling:laterDate.none')
  return date
}

/** The requester reminds the other authority, inside the system, at most once a day. */
export async function remindResponder(c: Change, request: ImiRequest): Promise<void> {
  await holdRequest(c, request.id)
  const reminded = await c
    .db('request_parts')
    .where({ id: request.id })
    .where(any => any.whereNull('reminded_at').orWhere('reminded_at', '<=', new Date(c.at.getTime() - DAY)))
    .update({ reminded_at: c.at })
  if (reminded === 0) throw new RuleBroken('handling:reminder.today')
  await takeStep(c, request.id, 'remind')
}

/** The requester asks its coordinator for help; both coordinators see it in My actions, overview only. [001] */
export async function askForHelp(c: Change, request: ImiRequest): Promise<void> {
  if (!isLate(request, c.at)) throw new RuleBroken('handling:help.notLate')
  await takeStep(c, request.id, 'askForHelp', { set: { help_asked_at: c.at } })
}

/** Whether the agreed date has passed, or nobody has accepted in time: 7 days, 2 when it is urgent. [001 5.2] */
export function isLate(
  request: Pick<ImiRequest, 'status' | 'dueDate' | 'arrivedAt' | 'urgent' | 'responder'>,
  at: Date,
): boolean {
  const { status, dueDate, arrivedAt, urgent, responder } = request
  if (status === 'sent') {
    const days = urgent ? URGENT_ACCEPTANCE_DAYS : ACCEPTANCE_DAYS
    return arrivedAt !== null && at.getTime() - arrivedAt.getTime() > days * DAY
  }
  const answering = within([...atWork, 'reply awaiting approval'], status)
  return answering && dueDate !== null && dueDate < today(responder?.country ?? '', at)
}
