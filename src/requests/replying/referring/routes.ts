import { z } from 'zod'
import { choice } from '../../../platform/web/form.ts'
import type { Ctx } from '../../../platform/web/page.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { FoundRequest } from '../../queries.ts'
import { sightOf } from '../../visibility.ts'
import { nothing, reasonField } from '../../forms.ts'
import { listDemands } from '../queries.ts'
import { languageField, stepForm } from '../../step-form.ts'
import { giveOpinion, listTakingPart, refer } from './opinions.ts'

/** A declined demand goes before the coordinators of both sides (spec/requests.md, the table). */
export const referringRoutes: Route[] = [
  ...stepForm('refer', {
    view: 'requests/referral',
    schema: nothing,
    check: async ({ db, subject: request }) =>
      (await listTakingPart(db, request.id)).length > 0 ? [] : [{ field: '', key: 'replying:referral.nobody' }],
    offer: async ctx => ({ coordinators: await coordinators(ctx), closing: `/requests/${ctx.subject.id}/closure` }),
    submit: (c, request) => refer(c, request),
  }),

  ...stepForm('giveOpinion', {
    view: 'requests/opinion',
    schema: async ctx =>
      z.object({
        mustBeGiven: choice(['yes', 'no'], 'replying:opinion.missing').transform(value => value === 'yes'),
        text: reasonField('replying:opinion.text.missing'),
        language: await languageField(ctx),
      }),
    writes: true,
    offer: async ctx => ({
      demand: await contested(ctx),
      requestHref: `/requests/${ctx.subject.id}`,
    }),
    submit: (c, request, wish) => giveOpinion(c, request, wish),
  }),
]

async function coordinators({ db, t, subject: request }: Ctx<FoundRequest>): Promise<object[]> {
  return (await listTakingPart(db, request.id)).map(({ name, language, forRequester, forResponder }) => ({
    name,
    lang: language,
    of: t(`replying:referral.of.${forRequester && forResponder ? 'both' : forRequester ? 'requester' : 'responder'}`),
  }))
}

/** What was asked for and declined, for a referee who may see the content: by the setting of the side it coordinates. */
async function contested({ db, actor, subject: request }: Ctx<FoundRequest>): Promise<object | null> {
  if (!sightOf(actor, request).content) return null
  const last = (await listDemands(db, [request.id])).at(-1)
  if (!last) return null
  const { questions, reason, language, outcomeReason, outcomeLanguage } = last
  return {
    questions: questions.join(', '),
    reason: { text: reason, lang: language },
    declined: outcomeReason === null ? undefined : { text: outcomeReason, lang: outcomeLanguage ?? language },
  }
}
