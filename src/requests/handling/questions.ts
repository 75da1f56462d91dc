import type { Knex } from 'knex'
import { findQuestionSet, wording } from '../../modules/index.ts'
import type { ImiRequest } from '../request.ts'
import { listQuestionsOf } from './queries.ts'

/** The questions of a part that can be given to another authority: by number and wording, what is personal left out. */
export async function listGivable(
  db: Knex,
  request: Pick<ImiRequest, 'id' | 'questionSetId'>,
  lang: string,
  hidden: string,
): Promise<{ value: string; label: string; lang: string }[]> {
  const set = await findQuestionSet(db, request.questionSetId)
  const asked = await listQuestionsOf(db, request.id)
  return asked.flatMap(({ number, code, variables }) => {
    const question = set?.questions.find(one => one.code === code)
    // A sub-question goes where its question goes.
    if (
      !question ||
      (question.parent && asked.some(other => other.code === question.parent?.code && other.number < number))
    )
      return []
    const { text, lang: of } = wording(question, lang, variables, hidden)
    return [{ value: String(number), label: `${number}. ${text}`, lang: of }]
  })
}
