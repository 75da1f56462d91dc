import type { Document } from '../documents/document.ts'
import { toPdf } from '../documents/pdf.ts'
import { attachmentHeader } from '../files/name.ts'
import { moment, zoneOf } from '../i18n/names.ts'
import type { Ctx } from './page.ts'

/** What stands around every document: the reader's language, who printed it and when, which page of how many. */
export function printedBy({ t, lang, actor, at }: Ctx<unknown>): Pick<Document, 'lang' | 'footer' | 'pageOf'> {
  const name = `${actor.name} (${actor.authorityName})`
  return {
    lang,
    footer: t('components:document.printed', { name, when: moment(lang, zoneOf(actor.country), at) }),
    pageOf: t('components:document.pageOf', { page: '{page}', pages: '{pages}' }),
  }
}

/** Sends a document as a PDF to keep, under this name. */
export async function sendPdf({ res }: Ctx<unknown>, document: Document, name: string): Promise<void> {
  const pdf = await toPdf(document)
  res
    .status(200)
    .set({
      'Content-Type': 'application/pdf',
      'Content-Length': String(pdf.length),
      'Content-Disposition': attachmentHeader(`${name}.pdf`),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'no-store',
    })
    .end(pdf)
}
