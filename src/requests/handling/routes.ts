import { byLabel } from '../../platform/i18n/names.ts'
import type { FormView } from '../../platform/web/form.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { choosableCoordinators } from '../coordinators.ts'
import { today, written } from '../days.ts'
import { nothing } from '../forms.ts'
import { countUnanswered } from '../protection/data-subjects.ts'
import type { FoundRequest } from '../queries.ts'
import { languageField, stepForm } from '../step-form.ts'
import { listed } from '../words.ts'
import { acceptRequest } from './accept-request.ts'
import { allocateRequest } from './allocate-request.ts'
import { agreeLaterDate, askForHelp, declineLaterDate, isLate, proposeLaterDate, remindResponder } from './dates.ts'
import { callPartBack, refuseRequest, withdrawRequest } from './end-part.ts'
import { acceptanceForm, allocationForm, forwardingForm, laterDateForm, reasonForm, splittingForm } from './forms.ts'
import { forwardRequest } from './forward-request.ts'
import { countDrafts } from './drafts.ts'
import { countRunning, listHandlers } from './queries.ts'
import { listGivable } from './questions.ts'
import { splitRequest } from './split-request.ts'
import { MOST_TARGETS, searchTargets } from './targets.ts'

const DAY = 86_400_000

/** What the responder does with a request that has arrived, and the requester's small acts on its way. */
export const handlingRoutes = [
  ...stepForm('accept', {
    view: 'requests/acceptance',
    schema: async ctx => acceptanceForm(await languageField(ctx)),
    writes: true,
    fill: (subject, { at }) => ({
      dueDate:
        (subject.proposedDate ?? '') < today(subject.responder?.country ?? '', at) ? '' : (subject.proposedDate ?? ''),
    }),
    offer: offerAcceptance,
    submit: (c, request, wish) => acceptRequest(c, request, wish),
  }),
  ...stepForm('forward', {
    view: 'requests/passing-on',
    schema: async ctx => forwardingForm(await languageField(ctx)),
    writes: true,
    offer: async (ctx, view) => ({
      ...(await offerTargets(ctx, view)),
      questions: [],
      drafts: await offerDrafts(ctx),
      along: await offerDataSubjects(ctx),
    }),
    submit: (c, request, wish) => forwardRequest(c, request, wish),
    to: () => '/actions',
  }),
  ...stepForm('split', {
    view: 'requests/passing-on',
    schema: async ctx => splittingForm(await languageField(ctx)),
    writes: true,
    offer: async (ctx, view) => ({
      ...(await offerTargets(ctx, view)),
      questions: await listGivable(ctx.db, ctx.subject, ctx.lang, ctx.t('requests:thePerson')),
      drafts: undefined,
      along: undefined,
    }),
    submit: (c, request, wish) => splitRequest(c, request, wish),
  }),
  ...stepForm('refuse', {
    view: 'requests/reason',
    schema: async ctx => reasonForm(await languageField(ctx)),
    writes: true,
    offer: ({ subject, t }) => ({
      instead: { href: `/requests/${subject.id}/forwarding`, label: t('handling:refusal.forward') },
    }),
    submit: (c, request, why) => refuseRequest(c, request, why),
  }),
  ...stepForm('callBack', {
    view: 'requests/calling-back',
    schema: nothing,
    offer: offerPart,
    submit: (c, request) => callPartBack(c, request),
    to: first => `/requests/${first}`,
  }),
  ...stepForm('withdraw', {
    view: 'requests/reason',
    schema: async ctx => reasonForm(await languageField(ctx)),
    writes: true,
    offer: async ({ db, subject, t }) => ({
      counted: t('handling:withdrawal.parts', { count: await countRunning(db, subject.requestId) }),
    }),
    submit: (c, request, why) => withdrawRequest(c, request, why),
  }),
  ...stepForm('allocate', {
    view: 'requests/allocation',
    schema: allocationForm,
    offer: offerHandlers,
    submit: (c, request, { handlers }) => allocateRequest(c, request, handlers),
  }),
  ...stepForm('proposeLaterDate', {
    view: 'requests/later-date',
    schema: async ctx => laterDateForm(await languageField(ctx)),
    writes: true,
    offer: ({ subject, lang }) => ({
      agreed: subject.dueDate ? written(lang, subject.dueDate) : '',
    }),
    submit: (c, request, wish) => proposeLaterDate(c, request, wish),
  }),
  ...stepForm('agreeLaterDate', {
    view: 'requests/sure',
    schema: nothing,
    submit: (c, request) => agreeLaterDate(c, request),
  }),
  ...stepForm('declineLaterDate', {
    view: 'requests/reason',
    schema: async ctx => reasonForm(await languageField(ctx)),
    writes: true,
    submit: (c, request, why) => declineLaterDate(c, request, why),
  }),
  ...stepForm('remind', {
    view: 'requests/sure',
    schema: nothing,
    obstacle: (subject, { at }) =>
      subject.remindedAt && at.getTime() - subject.remindedAt.getTime() < DAY ? 'handling:reminder.today' : undefined,
    submit: (c, request) => remindResponder(c, request),
  }),
  ...stepForm('askForHelp', {
    view: 'requests/sure',
    schema: nothing,
    obstacle: (subject, { at }) => (isLate(subject, at) ? undefined : 'handling:help.notLate'),
    submit: (c, request) => askForHelp(c, request),
  }),
]

async function offerAcceptance({ db, subject, lang, at }: Ctx<FoundRequest>): Promise<object> {
  const coordinators = await choosableCoordinators(db, {
    authorityId: subject.responder?.id ?? 0,
    moduleId: subject.moduleId,
    otherId: subject.requester.id,
  })
  const passed = (subject.proposedDate ?? '') < today(subject.responder?.country ?? '', at)
  return {
    proposed: subject.proposedDate ? written(lang, subject.proposedDate) : '',
    passed,
    forwarding: `/requests/${subject.id}/forwarding`,
    coordinators: coordinators.map(({ id, name, language }) => ({ value: String(id), label: name, lang: language })),
  }
}

async function offerTargets({ db, subject, t }: Ctx<FoundRequest>, view: FormView): Promise<object> {
  const q = typeof view.values.q === 'string' ? view.values.q : ''
  const targets = await searchTargets(
    db,
    { moduleId: subject.moduleId, responderId: subject.responder?.id ?? null, requesterId: subject.requester.id },
    q,
  )
  return {
    most: targets.length === MOST_TARGETS ? MOST_TARGETS : 0,
    targets: targets.map(({ id, name, language, coordinates }) => ({
      value: String(id),
      label: name,
      lang: language,
      ...(coordinates && { hint: t('handling:target.coordinator') }),
    })),
  }
}

/** Which authority has a part, and the questions that come back from it. */
async function offerPart({ db, subject, lang, t }: Ctx<FoundRequest>): Promise<object> {
  const { responder } = subject
  const questions = await listGivable(db, subject, lang, t('requests:thePerson'))
  return {
    rows: [
      {
        label: t('handling:callingBack.responder'),
        value: responder?.name ?? '',
        ...(responder && { lang: responder.language }),
      },
      { label: t('handling:callingBack.questions'), values: questions.map(({ label }) => label) },
    ],
  }
}

async function offerDrafts({ db, subject, t, lang }: Ctx<FoundRequest>): Promise<string | undefined> {
  const { answers, files } = await countDrafts(db, subject.id)
  if (answers + files === 0) return undefined
  const what = [
    ...(answers > 0 ? [t('handling:handOn.answers', { count: answers })] : []),
    ...(files > 0 ? [t('handling:handOn.files', { count: files })] : []),
  ]
  return t('handling:handOn.hint', { what: listed(lang, what) })
}

/** What of data subjects goes along with a request that is passed on. */
async function offerDataSubjects({ db, subject, actor, t }: Ctx<FoundRequest>): Promise<string | undefined> {
  const count = await countUnanswered(db, subject.requestId, actor.authorityId)
  return count > 0 ? t('handling:dataSubjects', { count }) : undefined
}

async function offerHandlers({ db, subject, lang }: Ctx<FoundRequest>, view: FormView): Promise<object> {
  const responderId = subject.responder?.id ?? 0
  const handlers = await listHandlers(db, { id: subject.id, moduleId: subject.moduleId, responderId })
  if (view.summary.length === 0 && view.values.handlers === undefined)
    view.values.handlers = handlers.filter(({ allocated }) => allocated).map(({ id }) => String(id))
  return {
    handlers: byLabel(
      lang,
      handlers.map(({ id, name }) => ({ value: String(id), label: name })),
    ),
  }
}
