import { type Question, type QuestionSet, type SubjectField, textIn, wording } from '../../../modules/index.ts'
import type { Translate } from '../../../platform/i18n/i18n.ts'
import { countryName, day, number } from '../../../platform/i18n/names.ts'
import type { FormView } from '../../../platform/web/form.ts'
import type { ImiRequest } from '../../request.ts'
import { statusColor, statusText } from '../../words.ts'
import type { Standing } from '../askable.ts'
import { tickable, withSubQuestions } from '../draft.ts'
import { blankField, subjectField } from '../missing.ts'
import type { Found } from './found.ts'

export interface Reader {
  t: Translate
  lang: string
}

interface Choice {
  value: string
  label: string
  lang?: string
  hint?: string
}

/** The authorities to choose from: first the one that is chosen, then those that were found. */
export function authorityOptions(found: Found, chosen: Standing | undefined, { t, lang }: Reader): object {
  const hintOf = ({ country, coordinates }: Standing): string =>
    [countryName(lang, country), ...(coordinates ? [t('drafting:authority.coordinator')] : [])].join(' · ')
  const option = (standing: Standing): Choice => ({
    value: String(standing.id),
    label: standing.name,
    lang: standing.language,
    hint: hintOf(standing),
  })
  const others = found.authorities.filter(({ standing }) => standing.id !== chosen?.id)
  return {
    options: [...(chosen ? [option(chosen)] : []), ...others.map(({ standing }) => option(standing))],
    searched: found.total > 0 || found.shown > 0 || found.authorities.length > 0,
    nothing: found.shown === 0,
    more: found.total > found.shown ? number(lang, found.shown) : null,
  }
}

/** The fields of the subject; one about a person says so in its label. */
export const fieldsOf = ({ subject }: QuestionSet, lang: string, countries: Choice[]): (Choice & { name: string })[] =>
  subject.map(field => ({ ...drawnField(field, lang, countries), name: subjectField(field), value: '' }))

function drawnField(field: SubjectField, lang: string, countries: Choice[]) {
  const { text: label, lang: own } = textIn(field.label, lang)
  const options = (field.options ?? []).map(({ code, text }) => ({ value: code, label: textIn(text, lang).text }))
  return {
    label,
    ...(own !== lang && { lang: own }),
    ...(field.hint && { hint: textIn(field.hint, lang).text }),
    kind: field.kind,
    personal: field.personal,
    optional: !field.required,
    options: field.kind === 'country' ? countries : options,
  }
}

/** Requests that are about the same: whoever asks twice gets two answers. */
export const earlierRows = (requests: readonly ImiRequest[], { t, lang }: Reader): object[][] =>
  requests.map(({ id, number: name, responder, requester, shownStatus, createdAt }) => [
    { text: name, href: `/requests/${id}` },
    { text: day(lang, 'UTC', createdAt) },
    { text: requester.name, lang: requester.language },
    responder ? { text: responder.name, lang: responder.language } : { text: '' },
    { text: '', tag: { color: statusColor(shownStatus), text: statusText(t, shownStatus) } },
  ])

interface DrawnBlank {
  name: string
  label: string
  personal: boolean
}

interface DrawnQuestion {
  value: string
  text: string
  lang: string
  blanks: DrawnBlank[]
  /** What is asked as well, when the answer makes it. */
  below: { text: string; lang: string; blanks: DrawnBlank[] }[]
}

/** The questions of the set below their headings, with the blanks of each; how many are chosen, and whether a mistake is among them. */
export function headingsOf(set: QuestionSet, form: FormView, { t, lang }: Reader): object[] {
  const ticked = [form.values.question ?? []].flat()
  const mistaken = Object.keys(form.errors)
  return set.headings.map(heading => {
    const questions = tickable(set)
      .filter(question => question.heading === heading.code)
      .map(question => drawnQuestion(set, question, lang))
    const chosen = questions.filter(({ value }) => ticked.includes(value)).length
    const names = questions.flatMap(({ blanks, below }) => [...blanks, ...below.flatMap(one => one.blanks)])
    return {
      text: textIn(heading.text, lang).text,
      count: t('drafting:questions.chosen', { count: chosen }),
      open: chosen > 0 || names.some(({ name }) => mistaken.includes(name)),
      questions,
    }
  })
}

function drawnQuestion(set: QuestionSet, question: Question, lang: string): DrawnQuestion {
  const [first, ...others] = withSubQuestions(set, question.code).map(one => ({
    ...withLabels(one, lang),
    blanks: blanksOf(one, lang),
  }))
  return {
    value: question.code,
    text: first?.text ?? '',
    lang: first?.lang ?? lang,
    blanks: first?.blanks ?? [],
    below: others,
  }
}

/** The question with the names of its blanks where they stand. */
export function withLabels(question: Question, lang: string): { text: string; lang: string } {
  const labels = question.variables.map(({ code, label }) => [code, `[${textIn(label, lang).text}]`])
  return wording(question, lang, Object.fromEntries(labels) as Record<string, string>, '')
}

const blanksOf = ({ code, variables }: Question, lang: string): DrawnBlank[] =>
  variables.map(({ code: blank, label, personal }) => ({
    name: blankField(code, blank),
    label: textIn(label, lang).text,
    personal,
  }))
