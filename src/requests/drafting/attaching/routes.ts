import { z } from 'zod'
import { attachedFiles, attachmentField } from '../../../platform/web/attachments.ts'
import type { Body } from '../../../platform/web/form.ts'
import { recordId } from '../../../platform/web/form.ts'
import { form } from '../../../platform/web/form-route.ts'
import type { Ctx } from '../../../platform/web/page.ts'
import { type Route, withAttachments } from '../../../platform/web/route.ts'
import { MOST_ATTACHMENTS } from '../../attachments/attach.ts'
import {
  type AttachmentWish,
  attachmentName,
  attachmentValues,
  readAttachmentFields,
} from '../../attachments/fields.ts'
import { findRequest, type FoundRequest } from '../../queries.ts'
import { languageOptions } from '../../languages.ts'
import { editingHref } from '../draft.ts'
import { saveAttachments } from '../editing/save-attachments.ts'
import { headOf, openDraft, trailOf, whileOpen } from '../frame/routes.ts'
import { readDraft } from '../queries.ts'

const version = z.object({ version: recordId('components:form.odd') })

/** The last step of a draft: what is sent along. */
export const attachingRoutes: Route[] = whileOpen(
  'edit',
  withAttachments(
    form(
      '/requests/:id/editing/attachments',
      { can: 'request.edit', on: findRequest },
      {
        view: 'requests/editing-attachments',
        title: ({ number }) => ['drafting:attachments.title', { number }],
        trail: trailOf('drafting:step.attachments'),
        schema: wishForm,
        fill: async ({ requestVersion }, ctx) => {
          const { attachments, language } = await openDraft(ctx)
          return { version: String(requestVersion), ...attachmentValues(attachments, language) }
        },
        offer: async ctx => ({ ...(await headOf(ctx, 'attachments')), ...(await attachmentsFor(ctx)) }),
        submit: (c, request, wish, { req }) => saveAttachments(c, request, wish, attachedFiles(req, 'files')),
        done: (_result, { id }) => ({ to: editingHref(id), notice: 'drafting:saved' }),
      },
    ),
  ),
)

async function wishForm(ctx: Ctx<FoundRequest>): Promise<z.ZodType<AttachmentWish & { version: number }>> {
  const languages = (await languageOptions(ctx.db, ctx.lang)).map(({ value }) => value)
  return version.loose().transform(body => ({
    version: body.version,
    ...readAttachmentFields(body as unknown as Body, languages, ctx.subject.language),
  })) as unknown as z.ZodType<AttachmentWish & { version: number }>
}

async function attachmentsFor({ db, actor, lang, t, subject: request }: Ctx<FoundRequest>): Promise<object> {
  const { attachments } = await readDraft(db, actor, request)
  return {
    drafts: attachments.map(one => ({
      id: one.id,
      name: attachmentName(one, t('attachments:one')),
      href: `/requests/${request.id}/attachments/${one.id}`,
    })),
    languages: await languageOptions(db, lang),
    limits: attachmentField(),
    most: MOST_ATTACHMENTS,
  }
}
