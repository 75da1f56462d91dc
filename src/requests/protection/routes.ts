import { z } from 'zod'
import { findQuestionSet, type QuestionSet } from '../../modules/index.ts'
import { byLabel, countryName, day, languageName, zoneOf } from '../../platform/i18n/names.ts'
import { type Body, choice, type Mistake, recordId } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { post, type Route } from '../../platform/web/route.ts'
import { leaveNotice } from '../../platform/web/session.ts'
import { NotFound } from '../../platform/errors.ts'
import { today } from '../days.ts'
import { fieldsOf } from '../drafting/editing/drawn.ts'
import { subjectForm } from '../drafting/editing/forms.ts'
import { missingSubject, subjectField } from '../drafting/missing.ts'
import { written } from '../days.ts'
import { recordReading } from '../personal.ts'
import { findRequest, type FoundRequest } from '../queries.ts'
import { otherPages } from '../step-pages.ts'
import { trailTo } from '../trail.ts'
import { correctSubject, readSubject, standOf } from './correct-subject.ts'
import {
  answerDataSubjectRequest,
  type DataSubjectRequest,
  dataSubjectForm,
  listDataSubjectRequests,
  recordDataSubjectRequest,
} from './data-subjects.ts'
import { actOnErasure, actsAt, countPersonal, type ErasureAct, erasureActs, stageOf } from './early-erasure.ts'
import { dataSubjectKinds } from './record-act.ts'
import { hasArrived } from './sides.ts'

const PROTECTION = `/requests/:id/${otherPages.dataProtection.path}`
const protect = { can: otherPages.dataProtection.can, on: findRequest } as const

export const protectionRoutes: Route[] = [
  ...form(PROTECTION, protect, {
    view: 'requests/data-protection',
    title: ({ number }) => ['protection:title', { number }],
    trail: (request, ctx) => trailTo(ctx, request, { label: ctx.t('protection:heading') }),
    schema: ({ actor, at }) => dataSubjectForm(today(actor.country, at)),
    fill: (_request, { actor, at }) => ({ receivedOn: today(actor.country, at) }),
    check: async ctx => refusal(notSent(ctx)),
    offer: async ctx => {
      const { db, t, actor, subject: request } = ctx
      const all = await listDataSubjectRequests(db, request, actor.authorityId)
      return {
        back: hrefOf(request),
        obstacle: worded(ctx, notSent(ctx)),
        kinds: dataSubjectKinds.map(value => ({ value, label: t(`protection:kind.${value}`) })),
        rows: all.map(one => shownRow(one, ctx)),
        waiting: all.filter(({ own, answeredAt }) => own && !answeredAt).map(one => shownWaiting(one, ctx)),
        answered: `${protectionOf(request)}/answered`,
        correct: { href: `${protectionOf(request)}/subject`, obstacle: worded(ctx, await notCorrectable(ctx)) },
      }
    },
    submit: (c, request, wish) => recordDataSubjectRequest(c, request, wish),
    done: (_result, request) => ({ to: protectionOf(request), notice: 'protection:recorded' }),
  }),

  post<FoundRequest>(`${PROTECTION}/answered`, protect, async ctx => {
    const which = recordId('components:form.odd').safeParse((ctx.req.body as Body).which)
    if (!which.success) throw new NotFound()
    await ctx.change(async c => {
      await answerDataSubjectRequest(c, ctx.subject, which.data)
      const notice = { kind: 'success', key: 'protection:answered.done', values: {} } as const
      await leaveNotice(c.db, ctx.req.sessionID, notice)
    })
    ctx.res.redirect(303, protectionOf(ctx.subject))
  }),

  ...form(`${PROTECTION}/subject`, protect, {
    view: 'requests/subject-correction',
    title: ({ number }) => ['protection:subject.title', { number }],
    trail: (request, ctx) =>
      trailTo(
        ctx,
        request,
        { label: ctx.t('protection:heading'), href: protectionOf(request) },
        { label: ctx.t('protection:subject.heading') },
      ),
    schema: async ctx => subjectForm(await setOf(ctx)),
    fill: async ({ requestVersion }, ctx) => ({ version: String(requestVersion), ...(await subjectNow(ctx)) }),
    check: async (ctx, body) => {
      const obstacle = await notCorrectable(ctx)
      return obstacle ? refusal(obstacle) : lacking(ctx, body)
    },
    offer: async ctx => ({
      back: protectionOf(ctx.subject),
      obstacle: worded(ctx, await notCorrectable(ctx)),
      fields: fieldsOf(await setOf(ctx), ctx.lang, await countriesOf(ctx)),
      language: languageName(ctx.lang, ctx.subject.language),
    }),
    submit: async (c, request, value, ctx) => correctSubject(c, request, await setOf(ctx), value),
    done: (_result, request) => ({ to: protectionOf(request), notice: 'protection:subject.done' }),
  }),

  ...form(
    `/requests/:id/${otherPages.proposeErasure.path}`,
    { can: otherPages.proposeErasure.can, on: findRequest },
    {
      view: 'requests/erasure',
      title: ({ number }) => ['protection:erasure.title', { number }],
      trail: (request, ctx) => trailTo(ctx, request, { label: ctx.t('protection:erasure.heading') }),
      schema: z.object({ act: choice(erasureActs, 'components:form.odd') }),
      offer: async ({ db, t, lang, actor, subject: request }) => {
        const { stage, declinedAt } = await stageOf(db, request, actor.authorityId)
        const date = declinedAt ? day(lang, zoneOf(actor.country), declinedAt) : ''
        const { fields, attachments, unanswered } = await countPersonal(db, request.requestId)
        return {
          back: hrefOf(request),
          text: t(`protection:erasure.stage.${stage}`, { date }),
          items: actsAt[stage].some(act => act !== 'drop')
            ? [
                ...(fields > 0 || attachments === 0 ? [t('protection:erasure.fields', { count: fields })] : []),
                ...(attachments > 0 ? [t('protection:erasure.attachments', { count: attachments })] : []),
                ...(unanswered > 0 ? [t('protection:erasure.unanswered', { count: unanswered })] : []),
              ]
            : [],
          acts: actsAt[stage].map(value => ({ value, label: t(`protection:erasure.act.${value}`) })),
        }
      },
      submit: (c, request, { act }) => actOnErasure(c, request, act as ErasureAct),
      done: (_result, request, { act }) => ({
        to: hrefOf(request),
        notice: [`protection:erasure.done.${act}`, { number: request.number }],
      }),
    },
  ),
]

const hrefOf = ({ id }: FoundRequest): string => `/requests/${id}`
const protectionOf = (request: FoundRequest): string => `${hrefOf(request)}/${otherPages.dataProtection.path}`

/** A request that this side never had is nobody's data yet: it is a draft. */
const notSent = ({ subject, actor }: Ctx<FoundRequest>): string | undefined =>
  hasArrived(subject, actor.authorityId) ? undefined : 'protection:notSent'

/** Why the data of the subject cannot be corrected now. */
async function notCorrectable(ctx: Ctx<FoundRequest>): Promise<string | undefined> {
  if (notSent(ctx)) return notSent(ctx)
  if (!ctx.may('request.seePersonalData', ctx.subject)) return 'protection:subject.beforeAcceptance'
  const stand = await standOf(ctx.db, ctx.subject.requestId)
  return stand === 'open' ? undefined : `protection:subject.${stand}`
}

const worded = ({ t }: Ctx<unknown>, key: string | undefined): string | undefined => key && t(key)
const refusal = (key: string | undefined): Mistake[] => (key ? [{ field: '', key }] : [])

/** What the request says of its subject now; that it was read is recorded where it says something of a person. */
async function subjectNow(ctx: Ctx<FoundRequest>): Promise<Record<string, string>> {
  if (await notCorrectable(ctx)) return {}
  const { values, hasPersonal } = await readSubject(ctx.db, ctx.actor, ctx.subject, await setOf(ctx))
  if (hasPersonal) await ctx.change(c => recordReading(c, ctx.subject, 'page'))
  return Object.fromEntries(Object.entries(values).map(([code, value]) => [subjectField({ code }), value]))
}

/** A corrected request is as complete as one that is sent. */
async function lacking(ctx: Ctx<FoundRequest>, body: Body): Promise<Mistake[]> {
  const set = await setOf(ctx)
  const read = subjectForm(set).safeParse(body)
  if (!read.success) return []
  return missingSubject({ set, subject: read.data.values }, ctx.lang).map(({ field, what, values = {} }) => ({
    field,
    key: `drafting:missing.${what}`,
    values,
  }))
}

async function setOf({ db, subject: { questionSetId } }: Ctx<FoundRequest>): Promise<QuestionSet> {
  const set = await findQuestionSet(db, questionSetId)
  if (!set) throw new Error(`There is no question set ${questionSetId}`)
  return set
}

async function countriesOf({ db, lang }: Ctx<unknown>): Promise<{ value: string; label: string }[]> {
  const codes = await db('countries').whereNot({ code: 'EU' }).pluck<string[]>('code')
  return byLabel(
    lang,
    codes.map(value => ({ value, label: countryName(lang, value) })),
  )
}

function shownRow(one: DataSubjectRequest, { t, lang, actor, at }: Ctx<unknown>): object[] {
  const late = !one.answeredAt && one.dueOn < today(actor.country, at)
  return [
    { text: t(`protection:kind.${one.kind}`) },
    { text: one.authority ?? '', ...(one.authorityLanguage && { lang: one.authorityLanguage }) },
    { text: written(lang, one.receivedOn) },
    { text: written(lang, one.dueOn), ...(late && { tag: { color: 'warning', text: t('protection:late') } }) },
    { text: one.answeredAt ? day(lang, zoneOf(actor.country), one.answeredAt) : t('protection:unanswered') },
  ]
}

const shownWaiting = ({ id, kind, receivedOn }: DataSubjectRequest, { t, lang }: Ctx<unknown>): object => ({
  id,
  about: t('protection:answered.about', { kind: t(`protection:kind.${kind}`), date: written(lang, receivedOn) }),
})
