import { z } from 'zod'
import { nameIn } from '../../../modules/index.ts'
import { freshForm, type FormView, recordId } from '../../../platform/web/form.ts'
import { form } from '../../../platform/web/form-route.ts'
import type { Ctx } from '../../../platform/web/page.ts'
import { pathId } from '../../../platform/web/route.ts'
import { stepHref } from '../draft.ts'
import { createRequest } from './create-request.ts'
import { modulesToAskIn } from './modules.ts'

const newRequestForm = z.object({
  module: recordId('drafting:new.module.missing'),
  to: z
    .string()
    .optional()
    .transform(value => pathId(value)),
})

/** From the wish to ask to a draft with a number. */
export const creatingRoutes = form(
  '/requests/new',
  { can: 'request.create' },
  {
    view: 'requests/new',
    title: () => 'drafting:new.title',
    schema: newRequestForm,
    fill: async (_subject, ctx) => {
      const to = pathId(ctx.req.query.to)
      const modules = await modulesToAskIn(ctx.db, ctx.actor, to)
      const asked =
        modules.find(({ id }) => String(id) === ctx.req.query.module) ?? (modules.length === 1 ? modules[0] : undefined)
      return { module: asked && String(asked.id), to: to === undefined ? undefined : String(to) }
    },
    offer: whatToChoose,
    submit: (c, _subject, { module: moduleId, to: responderId }, ctx) =>
      createRequest(c, ctx.actor, { moduleId, responderId }),
    done: ({ id, number }, _subject, { to }) => ({
      to: stepHref(id, to === undefined ? 'authority' : 'subject'),
      notice: ['drafting:new.done', { number }],
    }),
  },
)

/** The modules, and the authority that was found before. */
async function whatToChoose({ db, actor, lang }: Ctx, { values }: FormView = freshForm('')): Promise<object> {
  const to = pathId(values.to)
  const modules = await modulesToAskIn(db, actor, to)
  const [asked] = (await db('authorities')
    .where({ id: to ?? 0 })
    .select({ name: 'official_name', lang: 'official_language' })) as { name: string; lang: string }[]
  return {
    modules: modules.map(({ id, names }) => ({ value: String(id), label: nameIn(names, lang) })),
    asked: asked ?? null,
  }
}
