import type { Knex } from 'knex'
import { REASON_READ_FOR } from '../invitation.ts'
import type { Status } from '../workflow.ts'

/** What a visitor's code leads to. Only whoever has it learns anything of the invitation. */
export interface Entry {
  codeId: number
  invitationId: number
  inviterId: number
  inviterName: string
  inviterLanguage: string
  country: string
  region: string | null
  name: string
  status: Status
  entered: Record<string, string | string[]>
  username: string | null
  registeredId: number | null
  reason: string | null
  mayHandInAgain: boolean
  standing: CodeStanding
}

/** What a code is good for at this time; `open` and `correct` let in. */
export type CodeStanding = 'open' | 'correct' | 'rejected' | 'handedIn' | 'used' | 'expired' | 'withdrawn' | 'replaced'

const ENTRY = `
  select k.id as code_id, k.void, i.*, n.official_name, n.official_language, n.country, d.region
  from invitation_codes k
  join invitations i on i.id = k.invitation_id
  join authorities n on n.id = i.inviter_id
  left join delegations d on d.authority_id = n.id and n.kind <> 'national coordinator'
  where `

interface EntryRow {
  code_id: number
  void: boolean
  id: number
  inviter_id: number
  official_name: string
  official_language: string
  country: string
  region: string | null
  name: string
  status: Status
  expires_at: Date
  entered: Entry['entered'] | null
  username: string | null
  authority_id: number | null
  decided_at: Date | null
  reason: string | null
  may_hand_in_again: boolean
}

/** Finds the invitation of a code, by its hash or by the number that the visitor's cookie holds. */
export async function findEntry(
  db: Knex,
  by: { hash: string } | { codeId: number },
  at: Date,
): Promise<Entry | undefined> {
  const [where, value] = 'hash' in by ? ['k.code_hash = ?', by.hash] : ['k.id = ?', by.codeId]
  const row = (await db.raw<{ rows: EntryRow[] }>(ENTRY + where, [value])).rows[0]
  return row && entryFrom(row, at)
}

function entryFrom(row: EntryRow, at: Date): Entry {
  return {
    codeId: row.code_id,
    invitationId: row.id,
    inviterId: row.inviter_id,
    inviterName: row.official_name,
    inviterLanguage: row.official_language,
    country: row.country,
    region: row.region,
    name: row.name,
    status: row.status,
    entered: row.entered ?? {},
    username: row.username,
    registeredId: row.authority_id,
    reason: row.reason,
    mayHandInAgain: row.may_hand_in_again,
    standing: standingOf(row, at),
  }
}

function standingOf(row: EntryRow, at: Date): CodeStanding {
  if (row.void) return 'replaced'
  if (row.status === 'withdrawn') return 'withdrawn'
  if (row.status === 'expired') return 'expired'
  if (row.status === 'sent') return row.expires_at > at ? 'open' : 'expired'
  if (row.status === 'registered') return 'handedIn'
  const until = (row.decided_at?.getTime() ?? 0) + REASON_READ_FOR
  if (row.status !== 'rejected' || at.getTime() >= until) return 'used'
  return row.may_hand_in_again ? 'correct' : 'rejected'
}
