import { textIn } from '../../../modules/index.ts'
import type { Translate } from '../../../platform/i18n/i18n.ts'
import { openQuestions } from '../answers.ts'
import type { Work } from '../draft.ts'
import { type ShownAnswer, shownAnswer, type ShownQuestion, shownQuestion } from '../shown.ts'
import { CANNOT } from './draft-form.ts'

/** A question with what it is answered with: choices to select from, or a field of this kind. */
export interface QuestionField extends ShownQuestion {
  choices: { value: string; label: string; lang?: string }[] | undefined
  kind: 'text' | 'date' | 'number'
  /** Sent already, and not to be changed. */
  frozen: ShownAnswer | undefined
  /** What another authority has sent that had the question before. */
  earlier: ShownAnswer | undefined
}

interface Reader {
  t: Translate
  lang: string
  personal: ReadonlyMap<string, string>
  written: string
}

/** The questions of a part as the handler answers them: those sent already as they were sent, those ruled out by them not at all. */
export function shownFields({ questions, answers }: Work, reader: Reader): QuestionField[] {
  const open = openQuestions(questions, answers)
  const shown = questions.filter(asked => answers.frozen.has(asked.id) || open.includes(asked))
  return shown.map(asked => {
    const { answer } = asked.question
    const [frozen, earlier] = [answers.frozen.get(asked.id), answers.earlier.get(asked.id)]
    return {
      ...shownQuestion(asked, questions, reader),
      choices: choicesOf(asked.question, reader),
      kind: answer === 'date' || answer === 'number' ? answer : 'text',
      frozen: frozen && shownAnswer(asked, questions, frozen, reader),
      earlier: earlier && shownAnswer(asked, questions, earlier, reader),
    }
  })
}

function choicesOf(
  { answer, options }: Work['questions'][number]['question'],
  { t, lang }: Reader,
): QuestionField['choices'] {
  if (answer !== 'yes-no' && answer !== 'choice') return undefined
  const own =
    answer === 'yes-no'
      ? ['yes', 'no'].map(value => ({ value, label: t(`replying:answer.${value}`) }))
      : options.map(({ code, text }) => {
          const shown = textIn(text, lang)
          return { value: code, label: shown.text, ...(shown.lang !== lang && { lang: shown.lang }) }
        })
  return [...own, { value: CANNOT, label: t('replying:cannot') }, { value: '', label: t('replying:notYet') }]
}
