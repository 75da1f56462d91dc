import type { Email } from '../platform/mail/email.ts'
import type { CircularText } from './circular.ts'

/** One mail of a circular: the text as it was written, the words around it in the recipient's language; no other address in it. */
export const circularMail = (
  to: { email: string; language: string },
  { subject, body, language }: CircularText,
  { from, authority, recipient }: { from: string; authority: { id: number; officialName: string }; recipient: number },
): Email => ({
  to: to.email,
  language: to.language,
  template: 'circulars/message',
  values: { subject, written: body, writtenIn: language, from, authority: authority.officialName },
  path: `/authorities/${authority.id}`,
  about: { type: 'circular recipient', id: recipient },
})
