import { byLabel, countryName, languageName } from '../../../platform/i18n/names.ts'
import type { FormView } from '../../../platform/web/form.ts'
import { form } from '../../../platform/web/form-route.ts'
import type { Ctx, Text } from '../../../platform/web/page.ts'
import { get, type Route } from '../../../platform/web/route.ts'
import { sendPage } from '../../../platform/web/page.ts'
import { findRequest, type FoundRequest } from '../../queries.ts'
import { languageOptions } from '../../languages.ts'
import { type DraftStep, nextHref } from '../draft.ts'
import { headOf, openDraft, trailOf, whileOpen } from '../frame/routes.ts'
import { findQuestionSet, type QuestionSet } from '../../../modules/index.ts'
import { readDraft } from '../queries.ts'
import { standingsOf } from '../askable.ts'
import { authorityOptions, earlierRows, fieldsOf, headingsOf } from './drawn.ts'
import { earlierRequests } from './earlier.ts'
import { findAskable, type Found } from './found.ts'
import { authorityForm, questionsForm, questionValues, reasonForm, subjectForm, subjectValues } from './forms.ts'
import { type LookFirst, lookFirst, topicOf } from './look-first.ts'
import { saveAuthority, saveQuestions, saveReason, saveSubject } from './save.ts'
import { summaryFor } from './summary.ts'

const edit = { can: 'request.edit', on: findRequest } as const

/** A draft, step by step; each is saved by itself, whole or half-filled. */
export const editingRoutes: Route[] = whileOpen('edit', [
  get<FoundRequest>('/requests/:id/editing', edit, async ctx => {
    const draft = await openDraft(ctx)
    const [summary, head] = await Promise.all([summaryFor(ctx.db, ctx, ctx.subject, draft), headOf(ctx, 'summary')])
    sendPage(
      ctx,
      'requests/editing',
      {
        title: ['drafting:editing.title', { number: ctx.subject.number }],
        trail: trailOf('drafting:step.summary')(ctx.subject, ctx),
      },
      { ...head, ...summary },
    )
  }),

  ...form('/requests/:id/editing/authority', edit, {
    view: 'requests/editing-authority',
    title: titleOf('authority'),
    trail: trailOf('drafting:step.authority'),
    schema: authorityForm,
    fill: ({ requestVersion, responder, pleaseForward }) => ({
      version: String(requestVersion),
      responder: responder && !responder.deleted ? String(responder.id) : undefined,
      pleaseForward: pleaseForward ? 'yes' : undefined,
      country: responder?.country,
    }),
    offer: async (ctx, view) => ({ ...(await headOf(ctx, 'authority')), ...(await authoritiesFor(ctx, view)) }),
    submit: saveAuthority,
    done: saved('authority'),
  }),

  ...form('/requests/:id/editing/subject', edit, {
    view: 'requests/editing-subject',
    title: titleOf('subject'),
    trail: trailOf('drafting:step.subject'),
    schema: async ctx => subjectForm(await setOf(ctx)),
    fill: async ({ requestVersion }, ctx) => ({
      version: String(requestVersion),
      ...subjectValues(await openDraft(ctx)),
    }),
    offer: async (ctx, view) => {
      const set = await setOf(ctx)
      const fields = fieldsOf(set, ctx.lang, await countriesOf(ctx))
      const typed = Object.fromEntries(set.subject.map(({ code }, at) => [code, oneOf(view, fields[at]?.name)]))
      const { moduleId, responder } = ctx.subject
      const asked = { country: responder?.country ?? '', moduleId, topic: topicOf(set, typed) }
      const [earlier, first] = await Promise.all([
        earlierRequests(ctx.db, ctx.actor, ctx.subject, set, typed),
        lookFirst(ctx.db, ctx, asked),
      ])
      return { ...(await headOf(ctx, 'subject')), fields, earlier: earlierRows(earlier, ctx), first }
    },
    submit: async (c, request, value, ctx) => saveSubject(c, request, await setOf(ctx), value),
    done: saved('subject'),
  }),

  ...form('/requests/:id/editing/questions', edit, {
    view: 'requests/editing-questions',
    title: titleOf('questions'),
    trail: trailOf('drafting:step.questions'),
    schema: async ctx => questionsForm(await setOf(ctx)),
    fill: async ({ requestVersion }, ctx) => ({
      version: String(requestVersion),
      ...questionValues(await openDraft(ctx)),
    }),
    offer: async (ctx, view) => ({
      ...(await headOf(ctx, 'questions')),
      headings: headingsOf(await setOf(ctx), view, ctx),
    }),
    submit: async (c, request, value, ctx) => saveQuestions(c, request, await setOf(ctx), value),
    done: saved('questions'),
  }),

  ...form('/requests/:id/editing/reason', edit, {
    view: 'requests/editing-reason',
    title: titleOf('reason'),
    trail: trailOf('drafting:step.reason'),
    schema: async ctx => reasonForm((await languageOptions(ctx.db, ctx.lang)).map(({ value }) => value)),
    fill: async ({ requestVersion }, ctx) => {
      const { reason, language, proposedDate, urgent, urgentReason } = await readDraft(ctx.db, ctx.actor, ctx.subject)
      const texts = { reason, language, urgentReason, urgent: urgent ? 'yes' : undefined }
      return { version: String(requestVersion), ...texts, proposedDate: proposedDate ?? '' }
    },
    offer: async ctx => ({
      ...(await headOf(ctx, 'reason')),
      languages: await languageOptions(ctx.db, ctx.lang),
      reads: await readBy(ctx),
    }),
    submit: (c, request, value) => saveReason(c, request, value),
    done: saved('reason'),
  }),
])

function titleOf(step: Exclude<DraftStep, 'attachments'>): (request: FoundRequest) => Text {
  return ({ number }) => [`drafting:${step}.title`, { number }]
}

/** On to the next step; or back to the summary, where one came from it. */
function saved(step: DraftStep): (result: unknown, request: FoundRequest) => { to: string; notice: Text } {
  return (_result, { id }) => ({ to: nextHref(id, step), notice: 'drafting:saved' })
}

async function setOf({ db, subject: { questionSetId } }: Ctx<FoundRequest>): Promise<QuestionSet> {
  const set = await findQuestionSet(db, questionSetId)
  if (!set) throw new Error(`There is no question set ${questionSetId}`)
  return set
}

async function authoritiesFor(ctx: Ctx<FoundRequest>, { values }: FormView): Promise<object> {
  const { db, lang, subject: request } = ctx
  const found = await findAskable(db, lang, request, values)
  const id = Number(oneOf({ values }, 'responder')) || 0
  const [chosen] = await standingsOf(db, [id], { moduleId: request.moduleId, own: request.requester })
  return { countries: found.countries, ...authorityOptions(found, chosen, ctx), first: await firstFor(ctx, found) }
}

/** What was kept of the subject so far, but nothing about a person. */
async function firstFor(ctx: Ctx<FoundRequest>, { country }: Found): Promise<LookFirst> {
  const { db, subject: request } = ctx
  const [subject = {}] = await db('requests')
    .where({ id: request.requestId })
    .pluck<Record<string, string>[]>('subject')
  return lookFirst(db, ctx, { country, moduleId: request.moduleId, topic: topicOf(await setOf(ctx), subject) })
}

const oneOf = ({ values }: Pick<FormView, 'values'>, name = ''): string => {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}

async function countriesOf({ db, lang }: Ctx<unknown>): Promise<{ value: string; label: string }[]> {
  const codes = await db('countries').whereNot({ code: 'EU' }).pluck<string[]>('code')
  return byLabel(
    lang,
    codes.map(value => ({ value, label: countryName(lang, value) })),
  )
}

/** The languages that the other authority reads, for the advice beside free text. [001] */
async function readBy({ db, lang, subject: request }: Ctx<FoundRequest>): Promise<string[]> {
  const ids = request.responder ? [request.responder.id] : []
  const [standing] = await standingsOf(db, ids, { moduleId: request.moduleId, own: request.requester })
  return (standing?.languages ?? []).map(code => languageName(lang, code))
}
