import type { Knex } from 'knex'
import { currentQuestionSet, listModules, type Module } from '../../../modules/index.ts'
import type { Actor } from '../../../policy.ts'
import { isAskable, mayAsk, standingsOf } from '../askable.ts'

/** The modules in which this handler can ask now: its authority has an active grant, and there are questions to choose from. */
export async function modulesToAskIn(db: Knex, actor: Actor, to?: number): Promise<Module[]> {
  const handled = actor.roles.filter(({ role }) => role === 'handler').map(({ moduleId }) => moduleId)
  const own = { id: actor.authorityId, country: actor.country }
  const found: Module[] = []
  for (const module of await listModules(db)) {
    if (module.workflow !== 'requests' || !handled.includes(module.id)) continue
    const standings = await standingsOf(db, [own.id, ...(to === undefined ? [] : [to])], { moduleId: module.id, own })
    const mine = standings.find(({ id }) => id === own.id)
    const other = standings.find(({ id }) => id === to)
    if (!mine || !mayAsk(mine) || (to !== undefined && !(other && isAskable(other)))) continue
    if (await currentQuestionSet(db, module.id)) found.push(module)
  }
  return found
}
