import { z } from 'zod'
import { nameIn } from '../../../modules/index.ts'
import { countryName, day } from '../../../platform/i18n/names.ts'
import { type Body, type Mistake, recordId } from '../../../platform/web/form.ts'
import { form } from '../../../platform/web/form-route.ts'
import type { Ctx, Text } from '../../../platform/web/page.ts'
import { pathId, type Route } from '../../../platform/web/route.ts'
import { reasonField } from '../../forms.ts'
import { chosenFrom } from '../../coordinators.ts'
import { findRequest, type FoundRequest } from '../../queries.ts'
import { takeStep } from '../../take-step.ts'
import { editingHref } from '../draft.ts'
import { lacksOf } from '../editing/summary.ts'
import { trailOf, whileOpen } from '../frame/routes.ts'
import { type Missing, missingInTime, missingOf } from '../missing.ts'
import { readDraft } from '../queries.ts'
import { sidesOf } from '../sides.ts'
import { today as dayIn } from '../../days.ts'
import { approvers, questionNumbers } from './queries.ts'
import { approveRequest, coordinatorsFor, sendRequest } from './send-request.ts'

const sendingForm = z.object({
  version: recordId('components:form.odd'),
  coordinator: z
    .string()
    .optional()
    .transform(value => pathId(value)),
})
const nothing = z.object({})
const returnForm = z.object({
  reason: reasonField('drafting:return.reason.missing'),
})

/** The way of a draft out of the authority: sending, approval by the coordinator, return, taking back. */
export const sendingRoutes: Route[] = [
  ...whileOpen(
    'send',
    form(
      '/requests/:id/sending',
      { can: 'request.send', on: findRequest },
      {
        view: 'requests/sending',
        title: titled('sending'),
        trail: trailOf('requests:act.send'),
        schema: sendingForm,
        check: mistakesOf,
        fill: ({ requestVersion }) => ({ version: String(requestVersion) }),
        offer: whatIsSent,
        submit: (c, request, value) => sendRequest(c, request, value),
        done: ({ to }, { id }) => ({
          to: `/requests/${id}`,
          notice: to === 'sent' ? 'drafting:sending.done' : 'drafting:sending.waits',
        }),
      },
    ),
  ),

  ...whileOpen(
    'approve',
    form(
      '/requests/:id/approval',
      { can: 'request.approve', on: findRequest },
      {
        view: 'requests/approval',
        title: titled('approval'),
        trail: trailOf('requests:act.approve'),
        schema: nothing,
        offer: whatIsApproved,
        submit: (c, request) => approveRequest(c, request),
        done: (_result, { id }) => ({ to: `/requests/${id}`, notice: 'drafting:approval.done' }),
      },
    ),
  ),

  ...whileOpen(
    'return',
    form(
      '/requests/:id/return',
      { can: 'request.return', on: findRequest },
      {
        view: 'requests/return',
        title: titled('return'),
        trail: trailOf('requests:act.return'),
        schema: returnForm,
        offer: whatIsApproved,
        submit: (c, request, { reason: note }, { actor }) =>
          takeStep(c, request.id, 'return', { note, noteLanguage: actor.language }),
        // From now on it is a draft, and the authority's own business.
        done: () => ({ to: '/actions', notice: 'drafting:return.done' }),
      },
    ),
  ),

  ...whileOpen(
    'takeBack',
    form(
      '/requests/:id/taking-back',
      { can: 'request.takeBack', on: findRequest },
      {
        view: 'requests/taking-back',
        title: titled('takingBack'),
        trail: trailOf('requests:act.takeBack'),
        schema: nothing,
        submit: (c, request) => takeStep(c, request.id, 'takeBack'),
        done: (_result, { id }) => ({ to: editingHref(id), notice: 'drafting:takingBack.done' }),
      },
    ),
  ),
]

function titled(page: 'sending' | 'approval' | 'return' | 'takingBack'): (request: FoundRequest) => Text {
  return ({ number }) => [`drafting:${page}.title`, { number }]
}

async function missingFor({ db, actor, at, lang, subject: request }: Ctx<FoundRequest>): Promise<Missing[]> {
  const today = dayIn(request.requester.country, at)
  const [draft, sides] = await Promise.all([readDraft(db, actor, request), sidesOf(db, request)])
  return missingOf(draft, sides, { today, lang })
}

/** All at once: what the page lists with the ways to mend it, and the coordinator. */
async function mistakesOf(ctx: Ctx<FoundRequest>, { coordinator }: Body): Promise<Mistake[]> {
  const { length: count } = await missingFor(ctx)
  const choosable = await coordinatorsFor(ctx.db, ctx.subject)
  return [
    ...(count > 0 ? [{ field: '', key: 'drafting:sending.incomplete', values: { count } }] : []),
    ...(chosenFrom(choosable, pathId(coordinator)) === undefined
      ? [{ field: 'coordinator', key: 'drafting:sending.coordinator.missing' }]
      : []),
  ]
}

async function whatIsSent(ctx: Ctx<FoundRequest>): Promise<object> {
  const { db, subject: request, t } = ctx
  const [missing, choosable, numbers] = await Promise.all([
    missingFor(ctx),
    coordinatorsFor(db, request),
    questionNumbers(db, request.requestId),
  ])
  const approving = await approvers(db, choosable, request.moduleId)
  const coordinators = choosable.map(({ id, name, language }) => ({
    value: String(id),
    label: name,
    lang: language,
    hint: approving.includes(id) ? t('drafting:sending.approves') : t('drafting:sending.approvesNot'),
  }))
  return {
    id: request.id,
    lacks: lacksOf(request.id, missing, ctx),
    coordinators,
    waits: choosable.length > 0 && choosable.every(({ id }) => approving.includes(id)),
    rows: overviewOf(ctx, numbers.length),
  }
}

/** The overview, and why it cannot be approved where it cannot; what else this reader may see stands on the page of the request. */
async function whatIsApproved(ctx: Ctx<FoundRequest>): Promise<object> {
  const { db, at, subject: request } = ctx
  const [sides, numbers] = await Promise.all([sidesOf(db, request), questionNumbers(db, request.requestId)])
  const missing = missingInTime(request, sides, dayIn(request.requester.country, at))
  const lacks = lacksOf(request.id, missing, ctx).map(({ message }) => ({ message }))
  return { id: request.id, lacks, rows: overviewOf(ctx, numbers.length) }
}

function overviewOf({ t, lang, subject: request }: Ctx<FoundRequest>, questions: number): object[] {
  const { requester, responder, proposedDate } = request
  return [
    { label: t('drafting:sending.module'), value: nameIn(request.moduleNames, lang) },
    { label: t('drafting:earlier.requester'), value: requester.name, lang: requester.language },
    { label: t('drafting:authority.responder'), ...(responder && { value: responder.name, lang: responder.language }) },
    ...(responder ? [{ label: t('drafting:authority.country'), value: countryName(lang, responder.country) }] : []),
    { label: t('drafting:step.questions'), value: t('drafting:sending.questions', { count: questions }) },
    {
      label: t('drafting:reason.proposedDate'),
      value: proposedDate === null ? '' : day(lang, 'UTC', new Date(`${proposedDate}T00:00:00Z`)),
    },
  ]
}
