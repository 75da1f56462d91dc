import { z } from 'zod'
import type { FormValue } from '../../../platform/web/form.ts'
import type { Ctx } from '../../../platform/web/page.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { FoundRequest } from '../../queries.ts'
import { written } from '../../days.ts'
import { listQuestions } from '../draft.ts'
import { dayAhead, isAhead, nothing, reasonField } from '../../forms.ts'
import { type Demand, listDemands } from '../queries.ts'
import { readBeside } from '../reading.ts'
import { shownQuestion } from '../shown.ts'
import { languageField, stepForm } from '../../step-form.ts'
import { agreeDemand, declineDemand, demand, dropDemand, provide } from './demand.ts'

/** Additional information: asked for, promised, declined, given up, given after all (spec/requests.md, the table). */
export const demandingRoutes: Route[] = [
  ...stepForm('demand', {
    view: 'requests/demand',
    schema: async ctx => {
      const numbers = (await listQuestions(ctx.db, ctx.subject)).map(({ number }) => String(number))
      return z.object({
        questions: questionsOf(numbers),
        reason: reasonField('replying:demand.reason.missing'),
        language: await languageField(ctx),
        proposedDate: dayAhead(ctx.actor, ctx.at),
      })
    },
    writes: true,
    offer: async ctx => ({ questions: await questionsFor(ctx) }),
    submit: (c, request, wish) => demand(c, request, wish),
  }),

  ...stepForm('agreeDemand', {
    view: 'requests/promise',
    schema: ctx => z.object({ dueDate: dayAhead(ctx.actor, ctx.at) }),
    fill: async (_request, ctx) => dateFrom(await lastDemand(ctx), ctx),
    offer: async ctx => ({ demand: shownDemand(await lastDemand(ctx), ctx), passed: await hasPassed(ctx) }),
    submit: (c, request, wish) => agreeDemand(c, request, wish),
  }),

  ...stepForm('declineDemand', {
    view: 'requests/demand-refusal',
    schema: async ctx =>
      z.object({ reason: reasonField('replying:decline.missing'), language: await languageField(ctx) }),
    writes: true,
    offer: async ctx => ({ demand: shownDemand(await lastDemand(ctx), ctx) }),
    submit: (c, request, wish) => declineDemand(c, request, wish),
  }),

  ...stepForm('dropDemand', {
    view: 'requests/sure',
    schema: nothing,
    submit: (c, request) => dropDemand(c, request),
  }),

  ...stepForm('provide', {
    view: 'requests/promise',
    schema: ctx => z.object({ dueDate: dayAhead(ctx.actor, ctx.at) }),
    offer: async ctx => ({ demand: shownDemand(await lastDemand(ctx), ctx), passed: false }),
    submit: (c, request, wish) => provide(c, request, wish),
  }),
]

/** Numbers of questions of the part; at least one. */
const questionsOf = (numbers: readonly string[]): z.ZodType<number[]> =>
  z
    .union([z.string(), z.array(z.string())], 'replying:demand.questions.missing')
    .transform(chosen =>
      [chosen]
        .flat()
        .filter(one => numbers.includes(one))
        .map(Number),
    )
    .pipe(z.array(z.number()).min(1, 'replying:demand.questions.missing')) as unknown as z.ZodType<number[]>

async function questionsFor(ctx: Ctx<FoundRequest>): Promise<object[]> {
  const { db, t, lang, subject: request } = ctx
  const questions = await listQuestions(db, request)
  const { personal } = await readBeside(ctx, questions, 'page')
  return questions.map(asked => {
    const { number, wording } = shownQuestion(asked, questions, { t, lang, personal })
    return {
      value: String(number),
      label: `${number}. ${wording.text}`,
      ...(wording.lang !== lang && { lang: wording.lang }),
    }
  })
}

const lastDemand = async ({ db, subject: request }: Ctx<FoundRequest>): Promise<Demand | undefined> =>
  (await listDemands(db, [request.id])).at(-1)

const shownDemand = (last: Demand | undefined, { lang }: Ctx<FoundRequest>): object | undefined =>
  last && {
    questions: last.questions.join(', '),
    reason: last.reason,
    language: last.language,
    date: written(lang, last.proposedDate),
  }

/** The proposed date stands there already, unless it has passed and must be changed. */
const dateFrom = (last: Demand | undefined, { actor, at }: Ctx<FoundRequest>): Record<string, FormValue> =>
  last && isAhead(last.proposedDate, actor.country, at) ? { dueDate: last.proposedDate } : {}

async function hasPassed(ctx: Ctx<FoundRequest>): Promise<boolean> {
  const last = await lastDemand(ctx)
  return last !== undefined && !isAhead(last.proposedDate, ctx.actor.country, ctx.at)
}
