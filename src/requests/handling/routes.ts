import { byLabel } from '../../platform/i18n/names.ts'
import type { FormView } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { choosableCoordinators } from '../coordinators.ts'
import { today, written } from '../days.ts'
import { countUnanswered } from '../protection/data-subjects.ts'
import { findRequest, type FoundRequest } from '../queries.ts'
import { acceptRequest } from './accept-request.ts'
import { allocateRequest } from './allocate-request.ts'
import { agreeLaterDate, askForHelp, declineLaterDate, isLate, proposeLaterDate, remindResponder } from './dates.ts'
import { callPartBack, refuseRequest, withdrawRequest } from './end-part.ts'
import {
  acceptanceForm,
  allocationForm,
  forwardingForm,
  laterDateForm,
  LONGEST_NOTE,
  noForm,
  reasonForm,
  splittingForm,
} from './forms.ts'
import { forwardRequest } from './forward-request.ts'
import { countDrafts } from './drafts.ts'
import { countRunning, listHandlers } from './queries.ts'
import { listGivable } from './questions.ts'
import { splitRequest } from './split-request.ts'
import { placeOf, type StepCtx, type StepForm, stepForm } from './step-form.ts'
import { MOST_TARGETS, searchTargets } from './targets.ts'
import type { StepWithPage } from '../step-pages.ts'
import type { z } from 'zod'

const DAY = 86_400_000

const step = <S extends z.ZodType>(name: StepWithPage, of: StepForm<S>) =>
  form<FoundRequest, S, unknown>(placeOf(name).path, { can: placeOf(name).can, on: findRequest }, stepForm(name, of))

const reasoned = { view: 'requests/reason', offer: () => ({ longest: LONGEST_NOTE }) }

/** What the responder does with a request that has arrived, and the requester's small acts on its way. */
export const handlingRoutes = [
  ...step('accept', {
    view: 'requests/acceptance',
    schema: acceptanceForm,
    fill: ({ subject, at }) => ({
      dueDate:
        (subject.proposedDate ?? '') < today(subject.responder?.country ?? '', at) ? '' : (subject.proposedDate ?? ''),
    }),
    offer: offerAcceptance,
    submit: (c, request, wish, { lang }) => acceptRequest(c, request, wish, lang),
  }),
  ...step('forward', {
    view: 'requests/passing-on',
    schema: forwardingForm,
    offer: async (ctx, view) => ({
      ...(await offerTargets(ctx, view)),
      questions: [],
      drafts: await offerDrafts(ctx),
      along: await offerDataSubjects(ctx),
    }),
    submit: (c, request, wish, { lang }) => forwardRequest(c, request, wish, lang),
    to: '/actions',
  }),
  ...step('split', {
    view: 'requests/passing-on',
    schema: splittingForm,
    offer: async (ctx, view) => ({
      ...(await offerTargets(ctx, view)),
      questions: await listGivable(ctx.db, ctx.subject, ctx.lang, ctx.t('requests:thePerson')),
      drafts: undefined,
      along: undefined,
    }),
    submit: (c, request, wish, { lang }) => splitRequest(c, request, wish, lang),
  }),
  ...step('refuse', {
    view: 'requests/reason',
    schema: reasonForm,
    offer: ({ subject, t }) => ({
      longest: LONGEST_NOTE,
      instead: { href: `/requests/${subject.id}/forwarding`, label: t('handling:refusal.forward') },
    }),
    submit: (c, request, { reason }, { lang }) => refuseRequest(c, request, reason, lang),
  }),
  ...step('callBack', {
    view: 'requests/confirmation',
    schema: noForm,
    submit: (c, request) => callPartBack(c, request),
  }),
  ...step('withdraw', {
    ...reasoned,
    schema: reasonForm,
    offer: async ({ db, subject, t }) => ({
      longest: LONGEST_NOTE,
      counted: t('handling:withdrawal.parts', { count: await countRunning(db, subject.requestId) }),
    }),
    submit: (c, request, { reason }, { lang }) => withdrawRequest(c, request, reason, lang),
  }),
  ...step('allocate', {
    view: 'requests/allocation',
    schema: allocationForm,
    fill: () => ({}),
    offer: offerHandlers,
    submit: (c, request, { handlers }) => allocateRequest(c, request, handlers),
  }),
  ...step('proposeLaterDate', {
    view: 'requests/later-date',
    schema: laterDateForm,
    offer: ({ subject, lang }) => ({
      longest: LONGEST_NOTE,
      agreed: subject.dueDate ? written(lang, subject.dueDate) : '',
    }),
    submit: (c, request, wish, { lang }) => proposeLaterDate(c, request, wish, lang),
  }),
  ...step('agreeLaterDate', {
    view: 'requests/confirmation',
    schema: noForm,
    submit: (c, request) => agreeLaterDate(c, request),
  }),
  ...step('declineLaterDate', {
    ...reasoned,
    schema: reasonForm,
    submit: (c, request, { reason }, { lang }) => declineLaterDate(c, request, reason, lang),
  }),
  ...step('remind', {
    view: 'requests/confirmation',
    schema: noForm,
    obstacle: ({ subject, at }) =>
      subject.remindedAt && at.getTime() - subject.remindedAt.getTime() < DAY ? 'handling:reminder.today' : undefined,
    submit: (c, request) => remindResponder(c, request),
  }),
  ...step('askForHelp', {
    view: 'requests/confirmation',
    schema: noForm,
    obstacle: ({ subject, at }) => (isLate(subject, at) ? undefined : 'handling:help.notLate'),
    submit: (c, request) => askForHelp(c, request),
  }),
]

async function offerAcceptance({ db, subject, lang, at }: StepCtx): Promise<object> {
  const coordinators = await choosableCoordinators(db, {
    authorityId: subject.responder?.id ?? 0,
    moduleId: subject.moduleId,
    otherId: subject.requester.id,
  })
  const passed = (subject.proposedDate ?? '') < today(subject.responder?.country ?? '', at)
  return {
    longest: LONGEST_NOTE,
    proposed: subject.proposedDate ? written(lang, subject.proposedDate) : '',
    passed,
    forwarding: `/requests/${subject.id}/forwarding`,
    coordinators: coordinators.map(({ id, name, language }) => ({ value: String(id), label: name, lang: language })),
  }
}

async function offerTargets({ db, subject, t }: StepCtx, view: FormView): Promise<object> {
  const q = typeof view.values.q === 'string' ? view.values.q : ''
  const targets = await searchTargets(
    db,
    { moduleId: subject.moduleId, responderId: subject.responder?.id ?? null, requesterId: subject.requester.id },
    q,
  )
  return {
    longest: LONGEST_NOTE,
    most: targets.length === MOST_TARGETS ? MOST_TARGETS : 0,
    targets: targets.map(({ id, name, language, coordinates }) => ({
      value: String(id),
      label: name,
      lang: language,
      ...(coordinates && { hint: t('handling:target.coordinator') }),
    })),
  }
}

async function offerDrafts({ db, subject, t }: StepCtx): Promise<string | undefined> {
  const { answers, files } = await countDrafts(db, subject.id)
  if (answers + files === 0) return undefined
  return t('handling:handOn.hint', {
    answers: t('handling:handOn.answers', { count: answers }),
    files: t('handling:handOn.files', { count: files }),
  })
}

/** What of data subjects goes along with a request that is passed on. */
async function offerDataSubjects({ db, subject, actor, t }: StepCtx): Promise<string | undefined> {
  const count = await countUnanswered(db, subject.requestId, actor.authorityId)
  return count > 0 ? t('handling:dataSubjects', { count }) : undefined
}

async function offerHandlers({ db, subject, lang }: StepCtx, view: FormView): Promise<object> {
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
