import type { Knex } from 'knex'
import type { z } from 'zod'
import type { Change } from '../../platform/db/change.ts'
import { languageName } from '../../platform/i18n/names.ts'
import type { Body, FormValue, FormView, Mistake } from '../../platform/web/form.ts'
import type { Done } from '../../platform/web/form-route.ts'
import type { FoundRequest } from '../queries.ts'
import { openSteps, stepPages, type StepWithPage } from '../step-pages.ts'
import { actText, statusText } from '../words.ts'
import type { InWorkflow } from '../workflow.ts'
import type { Actor } from '../../policy.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'

/** What a page of a step works with, as far as the steps look at it. */
export interface StepCtx {
  db: Knex
  at: Date
  lang: string
  t: Translate
  actor: Actor
  subject: FoundRequest
}

/** What differs from one step to the next; the rest is the same for all of them. */
export interface StepForm<S extends z.ZodType> {
  view: string
  schema: S
  fill?: (ctx: StepCtx) => Record<string, FormValue>
  check?: (ctx: StepCtx, body: Body) => Promise<Mistake[]>
  offer?: (ctx: StepCtx, form: FormView) => object | Promise<object>
  /** Why it cannot be done, beside the status. */
  obstacle?: (ctx: StepCtx) => string | undefined
  submit: (c: Change, request: FoundRequest, value: z.output<S>, ctx: StepCtx) => Promise<unknown>
  /** Where it leads, when not to the request. */
  to?: string
}

/** The form of a step as `form` of the platform takes it: title, way back, what stands in the way, what is said when it is done. */
export function stepForm<S extends z.ZodType>(step: StepWithPage, of: StepForm<S>) {
  return {
    view: of.view,
    title: ({ number }: FoundRequest, { t }: StepCtx): readonly [string, Record<string, string>] => [
      'handling:title',
      { act: actText(t, step), number },
    ],
    trail: (request: FoundRequest, { t }: StepCtx) => [
      { label: t('requests:page.title', { number: request.number }), href: `/requests/${request.id}` },
      { label: actText(t, step) },
    ],
    schema: of.schema,
    ...(of.fill && { fill: (_request: FoundRequest, ctx: StepCtx) => of.fill?.(ctx) ?? {} }),
    check: async (ctx: StepCtx, body: Body): Promise<Mistake[]> => {
      if (!(await isOpenNow(ctx, step))) return []
      const obstacle = of.obstacle?.(ctx)
      return obstacle ? [{ field: '', key: obstacle }] : ((await of.check?.(ctx, body)) ?? [])
    },
    offer: async (ctx: StepCtx, form: FormView) => ({
      step,
      back: `/requests/${ctx.subject.id}`,
      submitLabel: actText(ctx.t, step),
      lead: ctx.t(`handling:lead.${step}`),
      obstacle: await obstacleOf(ctx, step, of.obstacle?.(ctx)),
      reads: languageName(ctx.lang, ctx.actor.language),
      ...(of.offer && (await of.offer(ctx, form))),
    }),
    submit: of.submit,
    done: (_result: unknown, request: FoundRequest): Done => ({
      to: of.to ?? `/requests/${request.id}`,
      notice: [`handling:done.${step}`, { number: request.number }],
    }),
  }
}

/** Where the step is taken: its address, who may, and on what. */
export const placeOf = (step: StepWithPage) => ({
  path: `/requests/:id/${stepPages[step].path}`,
  can: stepPages[step].can,
})

async function isOpenNow(ctx: StepCtx, step: StepWithPage): Promise<boolean> {
  const { db, actor, subject } = ctx
  return openSteps(actor, subject, await listStatuses(db, subject.requestId)).includes(step)
}

async function obstacleOf(ctx: StepCtx, step: StepWithPage, own: string | undefined): Promise<string | undefined> {
  const { t, subject } = ctx
  if (own) return t(own)
  if (await isOpenNow(ctx, step)) return undefined
  return t('handling:obstacle', { status: statusText(t, subject.shownStatus) })
}

/** The statuses of all parts of a request. */
const listStatuses = (db: Knex, requestId: number): Promise<InWorkflow[]> =>
  db('request_parts').where({ request_id: requestId }).select<InWorkflow[]>({ status: 'status', cameFrom: 'came_from' })
