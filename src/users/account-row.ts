import type { DataAdministrator } from './user.ts'

/** What lists and pages of users read of an account: its columns of `users`, and the row that comes back. */
export const ACCOUNT = [
  'id',
  'given_name',
  'family_name',
  'email',
  'username',
  'administrator',
  'imi_administrator',
  'data_administrator',
  'password_temporary',
  'password_set_at',
  'blocked_at',
  'first_signed_in_at',
  'last_signed_in_at',
] as const

export interface AccountRow {
  id: number
  given_name: string
  family_name: string
  email: string
  username: string
  administrator: boolean
  imi_administrator: boolean
  data_administrator: DataAdministrator
  password_temporary: boolean
  password_set_at: Date
  blocked_at: Date | null
  first_signed_in_at: Date | null
  last_signed_in_at: Date | null
}

export const accountFrom = (row: AccountRow) => ({
  id: row.id,
  name: `${row.given_name} ${row.family_name}`,
  email: row.email,
  username: row.username,
  administrator: row.administrator,
  imiAdministrator: row.imi_administrator,
  dataAdministrator: row.data_administrator,
  passwordTemporary: row.password_temporary,
  passwordSetAt: row.password_set_at,
  blockedAt: row.blocked_at,
  lastSignedInAt: row.last_signed_in_at,
})
