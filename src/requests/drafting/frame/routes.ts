import { nameIn } from '../../../modules/index.ts'
import { type Crumb, type Ctx, sendPage } from '../../../platform/web/page.ts'
import type { Route } from '../../../platform/web/route.ts'
import { editorsOf, editorsText, markEditing } from '../../editing.ts'
import { openPersonal, recordReading } from '../../personal.ts'
import type { FoundRequest } from '../../queries.ts'
import { trailTo } from '../../trail.ts'
import { statusText } from '../../words.ts'
import { isOpen, type StepName } from '../../workflow.ts'
import type { Draft, DraftStep } from '../draft.ts'
import { draftSteps } from '../draft.ts'
import { readDraft } from '../queries.ts'

/** What every page of a draft shows beside its form, and how it is read. */

/** The way to a page of a request, which is named by a text. */
export const trailOf =
  (key: string) =>
  (request: FoundRequest, ctx: Ctx<unknown>): Crumb[] =>
    trailTo(ctx, request, { label: ctx.t(key) })

/** These routes where the step is open; else the page says how the request stands now, without a form. What is sent is answered by the form. */
export const whileOpen = (step: StepName | 'edit', routes: readonly Route[]): Route[] =>
  routes.map(route => {
    if (route.method === 'post') return route
    return {
      ...route,
      handle: ctx => {
        const request = (ctx as Ctx<FoundRequest>).subject
        const open = step === 'edit' ? request.status === 'draft' : isOpen(step, request)
        return open ? route.handle(ctx) : sendNotNow(ctx as Ctx<FoundRequest>)
      },
    }
  })

function sendNotNow(ctx: Ctx<FoundRequest>): void {
  const { subject: request, t } = ctx
  const status = statusText(t, request.shownStatus)
  const title = ['requests:page.title', { number: request.number }] as const
  sendPage(ctx, 'requests/not-now', { title, status: 409 }, { id: request.id, status })
}

/** Reads a draft for its page: a reading of what it says about a person is recorded. */
export async function openDraft(ctx: Ctx<FoundRequest>): Promise<Draft> {
  const { db, actor, subject: request } = ctx
  const { hasPersonal, ...draft } = await readDraft(db, actor, request)
  if (hasPersonal)
    await ctx.change(async c => {
      await openPersonal(c.db, actor.authorityId)
      await recordReading(c, request, 'draft')
    })
  return draft
}

/** The head of a step's page: module, steps, who else is editing. Whoever sees it is noted as editing. */
export async function headOf(ctx: Ctx<FoundRequest>, current: DraftStep | 'summary'): Promise<object> {
  const { db, actor, subject: request, at, t, lang } = ctx
  if (request.status === 'draft' && current !== 'summary') await markEditing(db, request.id, actor.id, at)
  const editors = await editorsOf(db, request.id, actor, at)
  return {
    id: request.id,
    number: request.number,
    module: nameIn(request.moduleNames, lang),
    editors: editorsText(editors, { t, lang, country: actor.country }),
    steps: [...draftSteps, 'summary' as const].map(step => ({
      label: t(`drafting:step.${step}`),
      state: step === current ? 'current' : 'next',
    })),
  }
}
