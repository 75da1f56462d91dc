import type { Knex } from 'knex'
import type { Question } from '../../modules/index.ts'

export interface AskedNumber {
  id: number
  number: number
  code: string
  variables: Record<string, string>
}

/** The questions of a part, in the order of their numbers. */
export const listQuestionsOf = (db: Knex, partId: number): Promise<AskedNumber[]> =>
  db('request_questions')
    .where({ part_id: partId })
    .orderBy('number')
    .select<AskedNumber[]>('id', 'number', 'code', 'variables')

/** The chosen questions, each with its sub-questions: those that follow it and hang on it, at any depth. */
export function withSubQuestions(
  all: readonly AskedNumber[],
  numbers: readonly number[],
  questions: readonly Question[],
): AskedNumber[] {
  const parentOf = (one: AskedNumber): AskedNumber | undefined => {
    const parent = questions.find(({ code }) => code === one.code)?.parent
    return parent && all.findLast(({ code, number }) => code === parent.code && number < one.number)
  }
  const taken = (one: AskedNumber | undefined): boolean =>
    one !== undefined && (numbers.includes(one.number) || taken(parentOf(one)))
  return all.filter(taken)
}

export interface Colleague {
  id: number
  name: string
  allocated: boolean
}

/** The handlers of the responder in the module, with those to whom the part is allocated marked. */
export async function listHandlers(
  db: Knex,
  part: { id: number; moduleId: number; responderId: number },
): Promise<Colleague[]> {
  const found = await db.raw<{ rows: Colleague[] }>(
    `select u.id, u.given_name || ' ' || u.family_name as name,
       exists (select from request_allocations x where x.part_id = :part and x.user_id = u.id) as allocated
     from users u join user_roles w on w.user_id = u.id and w.module_id = :module and w.role = 'handler'
     where u.authority_id = :responder and u.deleted_at is null order by u.family_name, u.given_name, u.id`,
    { part: part.id, module: part.moduleId, responder: part.responderId },
  )
  return found.rows
}

/** How many parts of a request have not ended: so many authorities are told when it is withdrawn. */
export async function countRunning(db: Knex, requestId: number): Promise<number> {
  const [row] = await db('request_parts')
    .where({ request_id: requestId })
    .whereNull('ended_at')
    .count<{ count: string }[]>({ count: '*' })
  return Number(row?.count ?? 0)
}
