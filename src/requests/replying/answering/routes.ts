import { nameIn } from '../../../modules/index.ts'
import { attachedFiles, attachmentField } from '../../../platform/web/attachments.ts'
import type { FormView } from '../../../platform/web/form.ts'
import type { Ctx } from '../../../platform/web/page.ts'
import { type Route, withAttachments } from '../../../platform/web/route.ts'
import { MOST_ATTACHMENTS } from '../../attachments/attach.ts'
import { attachmentName, attachmentValues } from '../../attachments/fields.ts'
import { type Attachment, listAttachments } from '../../attachments/queries.ts'
import { editorsOf, editorsText, markEditing, stopEditing } from '../../editing.ts'
import type { FoundRequest } from '../../queries.ts'
import { atWork, within } from '../../workflow.ts'
import { openQuestions } from '../answers.ts'
import { written } from '../../days.ts'
import { workOn } from '../draft.ts'
import { languageOptions, languagesRead } from '../../languages.ts'
import { readBeside } from '../reading.ts'
import { stepForm } from '../../step-form.ts'
import { draftForm, draftValues } from './draft-form.ts'
import { saveAnswers } from './save-answers.ts'
import { shownFields } from './fields.ts'

/** Draft answers, shared between the acting handlers of the responder (spec/requests.md, the table). */
export const answeringRoutes: Route[] = withAttachments(
  stepForm('saveAnswers', {
    view: 'requests/answers',
    schema: async ctx => {
      const { questions, answers } = await workOn(ctx.db, ctx.subject)
      const languages = (await languageOptions(ctx.db, ctx.lang)).map(({ value }) => value)
      return draftForm({ questions: openQuestions(questions, answers), languages, own: ctx.actor.language })
    },
    fill: async (request, ctx) => ({
      ...draftValues(await workOn(ctx.db, request), ctx.actor.language),
      ...attachmentValues(await draftsOf(ctx), ctx.actor.language),
    }),
    offer: drawn,
    async submit(c, request, wish, ctx) {
      await saveAnswers(c, request, wish, attachedFiles(ctx.req, 'files'))
      await stopEditing(c.db, request.id, ctx.actor.id)
    },
  }),
)

const draftsOf = async ({ db, subject: request }: Ctx<FoundRequest>): Promise<Attachment[]> => {
  const looking = { requestId: request.requestId, partIds: [request.id], personal: false, draftRequest: false }
  return (await listAttachments(db, { ...looking, draftAnswers: true })).filter(({ state }) => state === 'draft')
}

async function drawn(ctx: Ctx<FoundRequest>, view: FormView): Promise<object> {
  const { db, t, lang, at, actor, subject: request } = ctx
  if (within(atWork, request.status)) await markEditing(db, request.id, actor.id, at)
  const work = await workOn(db, request)
  const { personal, attachments } = await readBeside(ctx, work.questions, 'draft')
  const drafts = attachments.filter(({ state }) => state === 'draft')
  return {
    editors: editorsText(await editorsOf(db, request.id, actor, at), { t, lang, country: actor.country }),
    module: nameIn(request.moduleNames, lang),
    due: request.dueDate && written(lang, request.dueDate),
    questions: shownFields(work, { t, lang, personal, written: work.draft.language ?? lang }),
    reads: await languagesRead(db, lang, request.requester.id),
    languages: await languageOptions(db, lang),
    ownLanguage: String(view.values.language ?? actor.language),
    drafts: drafts.map(one => ({
      id: one.id,
      name: attachmentName(one, t('attachments:one')),
      href: `/requests/${request.id}/attachments/${one.id}`,
    })),
    limits: attachmentField(),
    most: MOST_ATTACHMENTS,
    replies: { partial: `/requests/${request.id}/partial-reply`, full: `/requests/${request.id}/full-reply` },
  }
}
