import type { Knex } from 'knex'

/** The places of the security code that this user is asked for until a sign-in succeeds; none when it just did. */
export async function findPositions(db: Knex, userId: number): Promise<number[]> {
  const row = await db('users').where({ id: userId }).first<{ code_positions: number[] | null }>('code_positions')
  return row.code_positions ?? []
}
