import { FILE_TYPES } from '../../platform/files/type.ts'
import type { Body, FormValue } from '../../platform/web/form.ts'
import type { Marks } from './attach.ts'
import type { Attachment } from './queries.ts'

/** What a form says of attachments (views/requests/_attachments.ejs): marks of the files that come, of those there, and what goes. */
export interface AttachmentWish {
  coming: Marks
  marks: ({ id: number } & Marks)[]
  remove: number[]
}

/** The fields as they are drawn first: what comes is in the writer's language and personal, unless said otherwise. */
export const attachmentValues = (drafts: readonly Attachment[], language: string): Record<string, FormValue> => ({
  filesLanguage: language,
  filesPersonal: 'yes',
  ...Object.fromEntries(
    drafts.flatMap(({ id, language: own, personal }) => [
      [`attachmentLanguage_${id}`, own],
      [`attachmentPersonal_${id}`, personal ? 'yes' : undefined],
    ]),
  ),
})

/** What was chosen for attachments; a language that is not offered falls back to the writer's own. */
export function readAttachmentFields(body: Body, languages: readonly string[], own: string): AttachmentWish {
  const language = (value: Body[string]): string =>
    typeof value === 'string' && languages.includes(value) ? value : own
  const ids = Object.keys(body).flatMap(name => {
    const id = /^attachmentLanguage_([1-9]\d{0,8})$/.exec(name)?.[1]
    return id === undefined ? [] : [Number(id)]
  })
  return {
    coming: { language: language(body.filesLanguage), personal: body.filesPersonal === 'yes' },
    marks: ids.map(id => ({
      id,
      language: language(body[`attachmentLanguage_${id}`]),
      personal: body[`attachmentPersonal_${id}`] === 'yes',
    })),
    remove: ids.filter(id => body[`attachmentRemove_${id}`] === 'yes'),
  }
}

/** How an attachment is called to this reader: one whose name is not for them has its kind only ("Attachment (PDF)"). */
export const attachmentName = (
  { name, contentType }: Pick<Attachment, 'name' | 'contentType'>,
  hidden: string,
): string => name ?? `${hidden} (${kindOf(contentType)})`

function kindOf(contentType: string): string {
  const type = Object.values(FILE_TYPES).find(each => each.contentType === contentType)
  return type ? type.endings[0].toUpperCase() : contentType
}
