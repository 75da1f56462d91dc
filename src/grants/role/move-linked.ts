import type { Change } from '../../platform/db/change.ts'
import { listAddresses, listNamed } from '../coordinators/queries.ts'
import { coordinatorReplaced, linkedInstead } from '../emails.ts'
import type { FoundGrant } from '../grant.ts'
import type { LinkedGrant, RoleOffer } from './queries.ts'

/** A linked authority with its links before and after. */
interface Move extends LinkedGrant {
  after: number[]
}

/**
 * Gives the authorities linked to a coordinator that stops being one the coordinator chosen for each; where none was chosen and
 * none is left, the national coordinator (C6, spec/requests.md, "A coordinator"). Each change is recorded, and told to the
 * authority and to its new coordinator.
 */
export async function moveLinked(
  c: Change,
  grant: FoundGrant,
  { linked, national }: RoleOffer,
  chosen: ReadonlyMap<number, number>,
): Promise<void> {
  const moves = linked.map(one => ({
    ...one,
    after: linksAfter(one, grant.authorityId, chosen.get(one.id), national?.id),
  }))
  if (moves.length === 0) return
  await writeMoves(c, grant, moves)
  const named = await listNamed(c.db, [
    ...new Set(moves.flatMap(({ coordinators, after }) => [...coordinators, ...after])),
  ])
  const namesOf = (ids: number[]) => ({ coordinators: named.filter(({ id }) => ids.includes(id)) })
  for (const move of moves) {
    await c.record(
      'grant.coordinatorsChanged',
      { type: 'grant', id: move.id, authorityId: move.authorityId },
      {
        module: grant.moduleCode,
        role: move.role,
        before: namesOf(move.coordinators),
        after: namesOf(move.after),
      },
    )
    await c.send(coordinatorReplaced({ id: move.authorityId, email: move.email, language: move.language }, grant))
  }
  await tellNewCoordinators(c, grant, moves)
}

function linksAfter(
  { coordinators, keepsOthers }: LinkedGrant,
  former: number,
  chosen: number | undefined,
  national: number | undefined,
): number[] {
  const others = coordinators.filter(id => id !== former)
  const instead = chosen ?? (keepsOthers ? undefined : national)
  return [...new Set(instead === undefined ? others : [...others, instead])]
}

async function writeMoves(c: Change, grant: FoundGrant, moves: Move[]): Promise<void> {
  const grants = moves.map(({ id }) => id)
  await c.db('grant_coordinators').where({ coordinator_id: grant.authorityId }).whereIn('grant_id', grants).delete()
  const links = moves.flatMap(({ id, after }) => after.map(coordinator_id => ({ grant_id: id, coordinator_id })))
  if (links.length > 0) await c.db('grant_coordinators').insert(links).onConflict().ignore()
  await c
    .db('grants')
    .whereIn('id', grants)
    .update({ version: c.db.raw('version + 1') })
}

async function tellNewCoordinators(c: Change, grant: FoundGrant, moves: Move[]): Promise<void> {
  const gained = moves.flatMap(({ coordinators, after }) => after.filter(id => !coordinators.includes(id)))
  for (const coordinator of await listAddresses(c.db, [...new Set(gained)]))
    await c.send(linkedInstead(coordinator, grant, gained.filter(id => id === coordinator.id).length))
}
