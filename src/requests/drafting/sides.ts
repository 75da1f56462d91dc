import type { Knex } from 'knex'
import type { ImiRequest } from '../request.ts'
import { standingsOf } from './askable.ts'
import type { Sides } from './missing.ts'

/** How both sides of a draft stand in the register now. */
export async function sidesOf(
  db: Knex,
  { moduleId, requester, responder }: Pick<ImiRequest, 'moduleId' | 'requester' | 'responder'>,
): Promise<Sides> {
  const ids = [requester.id, ...(responder ? [responder.id] : [])]
  const found = await standingsOf(db, ids, { moduleId, own: requester })
  return {
    own: found.find(({ id }) => id === requester.id),
    responder: responder ? found.find(({ id }) => id === responder.id) : undefined,
  }
}
