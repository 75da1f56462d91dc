import { z } from 'zod'
import { choiceFields, ticked } from '../bulk/index.ts'
import { choice, choices, line, prose } from '../platform/web/form.ts'
import type { CircularText } from './circular.ts'

export const LONGEST_SUBJECT = 120
export const LONGEST_BODY = 5000

export const addressees = ['contact', 'administrators'] as const

const body = prose({ missing: 'circulars:body.missing', long: 'circulars:body.long', max: LONGEST_BODY })

/** What is asked for an e-mail to many authorities; `languages` are those it can be written in. */
export const circularForm = (languages: readonly string[]) =>
  z.object({
    ...choiceFields,
    all: ticked,
    to: choices(addressees).refine(to => to.length > 0, 'circulars:to.missing'),
    language: choice(languages, 'circulars:language.missing'),
    subject: line({ missing: 'circulars:subject.missing', long: 'circulars:subject.long', max: LONGEST_SUBJECT }),
    body,
  })
export type CircularWish = z.output<ReturnType<typeof circularForm>>

/** The text and its addressees out of a form that was read. */
export const textOf = ({ subject, body, language, to }: CircularWish): CircularText => ({
  subject,
  body,
  language,
  toContact: to.includes('contact'),
  toAdministrators: to.includes('administrators'),
})
