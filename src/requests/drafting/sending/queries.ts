import type { Knex } from 'knex'

/** The numbers of a request's questions. */
export const questionNumbers = (db: Knex, requestId: number): Promise<number[]> =>
  db('request_questions').where({ request_id: requestId }).orderBy('number').pluck<number[]>('number')

/** Those of the coordinators that approve requests before they are sent. */
export const approvers = (db: Knex, coordinators: readonly { id: number }[], moduleId: number): Promise<number[]> =>
  db('grants')
    .whereIn(
      'authority_id',
      coordinators.map(({ id }) => id),
    )
    .where({ module_id: moduleId, role: 'coordinator', approves_requests: true })
    .pluck<number[]>('authority_id')
