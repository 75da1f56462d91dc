import { NotFound } from '../platform/errors.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get, pathId } from '../platform/web/route.ts'
import { nameIn } from './module.ts'
import { findModule } from './queries.ts'
import { currentQuestionSet } from './question-sets/queries.ts'
import { shownQuestionSet } from './question-sets/shown.ts'

export const moduleRoutes = [get('/modules/:id/questions', { open: 'to signed-in users' }, sendQuestions)]

/** What may be asked in a module, for those who want to know before they send a request. */
async function sendQuestions(ctx: Ctx): Promise<void> {
  const id = pathId(ctx.req.params.id)
  const [module, set] = id ? await Promise.all([findModule(ctx.db, id), currentQuestionSet(ctx.db, id)]) : []
  if (!module || !set) throw new NotFound()
  const name = nameIn(module.names, ctx.lang)
  sendPage(
    ctx,
    'modules/questions',
    {
      title: ['modules:questions.title', { module: name }],
      trail: [{ label: ctx.t('modules:questions.title', { module: name }) }],
    },
    { module: name, version: set.version, count: set.questions.length, ...shownQuestionSet(set, ctx) },
  )
}
