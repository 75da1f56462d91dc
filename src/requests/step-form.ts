import type { Knex } from 'knex'
import type { z } from 'zod'
import { form, type FormRoute } from '../platform/web/form-route.ts'
import type { Actor } from '../policy.ts'
import { listLanguages } from '../users/index.ts'
import { languageOf, LONGEST_REASON } from './forms.ts'
import { languageOptions, languagesRead } from './languages.ts'
import { findRequest, type FoundRequest } from './queries.ts'
import { brokenCondition, stepPages, type StepWithPage } from './step-pages.ts'
import { trailTo } from './trail.ts'
import { actText } from './words.ts'
import { type InWorkflow, isOpen, isOpenForAll, type Step, steps, wordFor } from './workflow.ts'

type Route<S extends z.ZodType, R = unknown> = FormRoute<FoundRequest, S, R>

/** What a page of a step works with. */
type StepCtx = Parameters<NonNullable<Route<z.ZodType>['offer']>>[0]

/** What differs from one step to the next; the rest is the same for all of them. */
type Of<S extends z.ZodType, R = unknown> = Pick<Route<S, R>, 'view' | 'schema' | 'submit'> &
  Partial<Pick<Route<S>, 'check' | 'fill' | 'offer'>> & {
    /** Why it cannot be done, beside the status: a locale key. */
    obstacle?: (request: FoundRequest, ctx: StepCtx) => string | undefined
    /** The page asks for free text: it offers the languages to write in, and says which the other authority reads. */
    writes?: true
    /** Where it leads by what came of it, when not to the request. */
    to?: (result: R) => string
  }

/**
 * The page of a step: what will happen, the form, and the way back. A step that does not exist from where the request is now, or that
 * something else stands against, has no form: the page says why.
 */
export const stepForm = <S extends z.ZodType, R>(step: StepWithPage, of: Of<S, R>) =>
  form<FoundRequest, S, R>(
    `/requests/:id/${stepPages[step].path}`,
    { can: stepPages[step].can, on: findRequest },
    {
      view: of.view,
      title: ({ number }) => [`steps:title.${step}`, { number }],
      trail: (request, ctx) => trailTo(ctx, request, { label: actText(ctx.t, step) }),
      schema: of.schema,
      async check(ctx, body) {
        const obstacle = await obstacleTo(step, of, ctx)
        if (obstacle !== undefined) return [{ field: '', key: obstacle }]
        return of.check ? of.check(ctx, body) : []
      },
      fill: async (request, ctx) => ({
        ...(of.writes && { language: ctx.actor.language }),
        ...(of.fill && (await of.fill(request, ctx))),
      }),
      async offer(ctx, view) {
        const obstacle = await obstacleTo(step, of, ctx)
        return {
          request: ctx.subject,
          back: `/requests/${ctx.subject.id}`,
          obstacle: obstacle && ctx.t(obstacle),
          next: ctx.t(`steps:next.${step}`),
          act: actText(ctx.t, step),
          ...(of.writes && (await writing(ctx))),
          ...(of.offer && (await of.offer(ctx, view))),
        }
      },
      submit: of.submit,
      done: (result, { id, number }) => ({
        to: of.to?.(result) ?? `/requests/${id}`,
        notice: [`steps:done.${step}`, { number }],
      }),
    },
  )

/** The field for the language of what is written, for the schema of a step that `writes`. */
export const languageField = async ({ db }: { db: Knex }): Promise<z.ZodType<string>> =>
  languageOf(await listLanguages(db))

/** What a page with free text shows: the languages to choose from, and those that the other authority reads. */
async function writing({ db, lang, actor, subject: request }: StepCtx): Promise<object> {
  const other = request.requester.id === actor.authorityId ? request.responder : request.requester
  return {
    languages: await languageOptions(db, lang),
    longest: LONGEST_REASON,
    reads: await languagesRead(db, lang, other?.id ?? 0),
  }
}

interface Asking {
  db: Knex
  actor: Actor
  subject: FoundRequest
}

/** Why a step cannot be taken from where the request stands now, as far as this reader may know that. */
async function obstacleTo(
  step: StepWithPage,
  of: Pick<Of<z.ZodType>, 'obstacle'>,
  ctx: StepCtx,
): Promise<string | undefined> {
  return (await notOpen(step, ctx)) ?? brokenCondition(step, ctx.subject) ?? of.obstacle?.(ctx.subject, ctx)
}

async function notOpen(step: StepWithPage, { db, actor, subject }: Asking): Promise<string | undefined> {
  const open = (steps[step] as Step).wholeRequest
    ? isOpenForAll(step, await partsOf(db, subject.requestId))
    : isOpen(step, subject)
  if (open) return undefined
  // What was found a moment ago may be the past already.
  const now = (await findRequest(db, actor, subject.id)) ?? subject
  return `requests:notNow.${wordFor(now.shownStatus)}`
}

/** How all parts of a request stand. */
const partsOf = (db: Knex, requestId: number): Promise<InWorkflow[]> =>
  db('request_parts')
    .where({ request_id: requestId })
    .orderBy('part')
    .select<InWorkflow[]>('status', { cameFrom: 'came_from' })
