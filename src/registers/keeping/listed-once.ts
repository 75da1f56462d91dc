import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'

/**
 * Holds the authority, so that two people who list at once do it one after the other, and throws RuleBroken when it lists the
 * address already, in another entry than `id`.
 */
export async function assertListedOnce(
  { db }: Change,
  { authorityId, address, id = 0 }: { authorityId: number; address: string; id?: number },
): Promise<void> {
  await db('authorities').where({ id: authorityId }).forUpdate().first('id')
  const other = await db('registers as r')
    .join('register_names as n', 'n.register_id', 'r.id')
    .where({ 'r.authority_id': authorityId, 'r.address': address })
    .whereNot('r.id', id)
    .orderBy('n.language')
    .first<{ name: string } | undefined>('n.name')
  if (other) throw new RuleBroken('registers:address.listed', { field: 'address', values: { name: other.name } })
}
