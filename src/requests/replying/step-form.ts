import type { Knex } from 'knex'
import type { z } from 'zod'
import { form, type FormRoute } from '../../platform/web/form-route.ts'
import type { Actor } from '../../policy.ts'
import { findRequest, type FoundRequest } from '../queries.ts'
import { stepPages, type StepWithPage } from '../step-pages.ts'
import { actText } from '../words.ts'
import { type InWorkflow, isOpen, isOpenForAll, type Step, steps, wordFor } from '../workflow.ts'

type Of<S extends z.ZodType> = Pick<FormRoute<FoundRequest, S, unknown>, 'view' | 'schema' | 'submit'> &
  Partial<Pick<FormRoute<FoundRequest, S, unknown>, 'check' | 'fill' | 'offer'>>

/**
 * The page of a step: what will happen, the form, and the way back. A step that does not exist from where the request is now has no
 * form: the page says how the request stands.
 */
export const stepForm = <S extends z.ZodType>(step: StepWithPage, of: Of<S>) =>
  form<FoundRequest, S, unknown>(
    `/requests/:id/${stepPages[step].path}`,
    { can: stepPages[step].can, on: findRequest },
    {
      view: of.view,
      title: ({ number }) => [`replying:title.${step}`, { number }],
      trail: ({ id, number }, { t }) => [{ label: number, href: `/requests/${id}` }, { label: actText(t, step) }],
      schema: of.schema,
      async check(ctx, body) {
        const obstacle = await obstacleTo(step, ctx)
        if (obstacle !== undefined) return [{ field: '', key: obstacle }]
        return of.check ? of.check(ctx, body) : []
      },
      ...(of.fill && { fill: of.fill }),
      async offer(ctx, view) {
        const obstacle = await obstacleTo(step, ctx)
        const more = of.offer ? await of.offer(ctx, view) : {}
        return {
          request: ctx.subject,
          back: `/requests/${ctx.subject.id}`,
          obstacle: obstacle && ctx.t(obstacle),
          next: ctx.t(`replying:next.${step}`),
          act: actText(ctx.t, step),
          ...more,
        }
      },
      submit: of.submit,
      done: (_result, { id, number }) => ({ to: `/requests/${id}`, notice: [`replying:done.${step}`, { number }] }),
    },
  )

interface Asking {
  db: Knex
  actor: Actor
  subject: FoundRequest
}

/** Why a step cannot be taken from where the request stands now, as far as this reader may know that. */
async function obstacleTo(step: StepWithPage, { db, actor, subject }: Asking): Promise<string | undefined> {
  const open = (steps[step] as Step).wholeRequest
    ? isOpenForAll(step, await partsOf(db, subject.requestId))
    : isOpen(step, subject)
  if (open) return undefined
  // What was found a moment ago may be the past already.
  const now = (await findRequest(db, actor, subject.id)) ?? subject
  return `requests:notNow.${wordFor(now.shownStatus)}`
}

/** How all parts of a request stand. */
async function partsOf(db: Knex, requestId: number): Promise<InWorkflow[]> {
  return db('request_parts')
    .where({ request_id: requestId })
    .orderBy('part')
    .select<InWorkflow[]>('status', { cameFrom: 'came_from' })
}
