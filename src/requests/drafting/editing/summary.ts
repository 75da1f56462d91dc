import type { Knex } from 'knex'
import { newerSet, type Question, textIn, wording } from '../../../modules/index.ts'
import { countryName, day, languageName } from '../../../platform/i18n/names.ts'
import { attachmentName } from '../../attachments/fields.ts'
import type { ImiRequest } from '../../request.ts'
import { type ChosenQuestion, type Draft, type DraftStep, draftSteps, stepHref } from '../draft.ts'
import { type Missing, missingOf } from '../missing.ts'
import { sidesOf } from '../sides.ts'
import { today as dayIn } from '../../days.ts'
import type { Reader } from './drawn.ts'

interface Row {
  label: string
  value?: string
  lang?: string
  note?: string
}

type SummaryReader = Reader & { at: Date }

/** A mistake in words, with the way to the field that mends it. */
export interface Lack {
  message: string
  href?: string
}

/** What is missing, in the reader's words. */
export const lacksOf = (id: number, missing: readonly Missing[], { t }: Pick<Reader, 't'>): Lack[] =>
  missing.map(({ step, field, what, values }) => ({
    message: t(`drafting:missing.${what}`, values),
    ...(step !== 'none' && { href: `${stepHref(id, step)}#${field}` }),
  }))

/** A draft as its summary shows it: a section for each step with what was written and what is still missing. */
export async function summaryFor(db: Knex, reader: SummaryReader, request: ImiRequest, draft: Draft): Promise<object> {
  const sides = await sidesOf(db, request)
  const today = dayIn(request.requester.country, reader.at)
  const missing = missingOf(draft, sides, { today, lang: reader.lang })
  const newer = await newerSet(db, draft.set)
  const sections = draftSteps.map(step => {
    const own = missing.filter(one => one.step === step)
    return {
      step,
      href: stepHref(request.id, step),
      title: reader.t(`drafting:step.${step}`),
      lacks: lacksOf(request.id, own, reader),
      rows: rowsOf[step](draft, reader),
    }
  })
  const others = lacksOf(
    request.id,
    missing.filter(({ step }) => step === 'none'),
    reader,
  )
  return {
    sections,
    others,
    complete: missing.length === 0,
    newer: newer !== undefined,
    returned: await lastReturn(db, request, reader),
  }
}

const rowsOf: Record<DraftStep, (draft: Draft, reader: Reader) => Row[]> = {
  authority: ({ responder, pleaseForward }, { t, lang }) => [
    { label: t('drafting:authority.responder'), ...(responder && { value: responder.name, lang: responder.language }) },
    ...(responder ? [{ label: t('drafting:authority.country'), value: countryName(lang, responder.country) }] : []),
    ...(pleaseForward ? [{ label: t('drafting:authority.note'), value: t('drafting:pleaseForward') }] : []),
  ],
  subject: ({ set, subject }, { t, lang }) =>
    set.subject
      .filter(({ code, required }) => required || (subject[code] ?? '') !== '')
      .map(field => {
        const label = textIn(field.label, lang).text
        return {
          label: field.personal ? t('drafting:subject.personalLabel', { label }) : label,
          value: shownValue(field, subject[field.code] ?? '', lang),
        }
      }),
  questions: ({ set, questions }, { t, lang }) =>
    questions.flatMap(chosen => {
      const question = set.questions.find(({ code }) => code === chosen.code)
      return question ? [questionRow(question, chosen, t, lang)] : []
    }),
  attachments: ({ attachments }, { t, lang }) =>
    attachments.map(one => ({
      label: one.personal ? t('drafting:subject.personalLabel', { label: t('attachments:one') }) : t('attachments:one'),
      value: attachmentName(one, t('attachments:one')),
      note: languageName(lang, one.language),
    })),
  reason: ({ reason, language, proposedDate, urgent, urgentReason }, { t, lang }) => [
    { label: t('drafting:reason.reason'), value: reason, lang: language },
    { label: t('drafting:reason.language'), value: languageName(lang, language) },
    { label: t('drafting:reason.proposedDate'), value: proposedDate === null ? '' : dayOf(proposedDate, lang) },
    ...(urgent ? [{ label: t('drafting:reason.urgentReason'), value: urgentReason, lang: language }] : []),
  ],
}

function questionRow(question: Question, { number, blanks }: ChosenQuestion, t: Reader['t'], lang: string): Row {
  const { text, lang: own } = wording(question, lang, blanks, '…')
  return { label: t('drafting:questions.number', { number }), value: text, lang: own }
}

function shownValue({ kind, options = [] }: Draft['set']['subject'][number], value: string, lang: string): string {
  if (kind === 'country' && /^[A-Z]{2}$/.test(value)) return countryName(lang, value)
  if (kind === 'choice') return textIn(options.find(({ code }) => code === value)?.text ?? { en: value }, lang).text
  return kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value) ? dayOf(value, lang) : value
}

const dayOf = (value: string, lang: string): string => {
  const at = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? value : day(lang, 'UTC', at)
}

/** Why the approver returned it, where that was the last that happened. */
async function lastReturn(
  db: Knex,
  { id }: ImiRequest,
  { t }: Reader,
): Promise<{ text: string; reason: string; lang: string } | null> {
  const [last] = (await db('request_steps as s')
    .leftJoin('authorities as a', 'a.id', 's.authority_id')
    .where('s.part_id', id)
    .whereIn('s.seen_by', ['both', 'requester'])
    .whereNot('s.step', 'takeOver')
    .orderBy('s.id', 'desc')
    .limit(1)
    .select('s.step', 's.note', 's.note_language', 'a.official_name')) as LastStep[]
  if (last?.step !== 'return') return null
  const text = t('drafting:returned.title', { authority: last.official_name ?? '' })
  return { text, reason: last.note, lang: last.note_language ?? 'en' }
}

interface LastStep {
  step: string
  note: string
  note_language: string | null
  official_name: string | null
}
