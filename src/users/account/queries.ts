import type { Knex } from 'knex'

/** How many visits of a user are open: they end with a reset, a deletion, a replacement. */
export async function countVisits(db: Knex, userId: number, since: Date): Promise<number> {
  const [row] = await db('sessions')
    .where({ user_id: userId })
    .where('seen_at', '>', since)
    .count<{ count: string }[]>('* as count')
  return Number(row?.count ?? 0)
}
