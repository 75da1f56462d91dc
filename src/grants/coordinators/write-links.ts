import type { Change } from '../../platform/db/change.ts'

/** Writes links of one grant to coordinators down, and ends others. */
export async function writeLinks(
  c: Change,
  grantId: number,
  linked: readonly number[],
  unlinked: readonly number[],
): Promise<void> {
  await c.db('grant_coordinators').where({ grant_id: grantId }).whereIn('coordinator_id', unlinked).delete()
  if (linked.length === 0) return
  await c.db('grant_coordinators').insert(linked.map(coordinator_id => ({ grant_id: grantId, coordinator_id })))
}
