import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import { day, zoneOf } from '../../platform/i18n/names.ts'
import type { Actor, Role } from '../../policy.ts'
import type { ImiRequest } from '../request.ts'
import type { Turn } from '../workflow.ts'
import { ended, type Status, within, wordFor } from '../workflow.ts'
import { written } from '../days.ts'
import { acceptanceBy, type Reader, type Standing } from './overview.ts'

/** What happens next with a request, in a sentence. */
export function nextText(request: ImiRequest, { status, mustBeGiven }: Standing, { t, lang, country }: Reader): string {
  const by = acceptanceBy(request)
  const due = request.dueDate ?? request.proposedDate
  const date = status === 'sent' && by ? day(lang, zoneOf(country), by) : due ? written(lang, due) : '–'
  const word = status === 'referral decided' && mustBeGiven ? 'referralDecidedGive' : wordFor(status)
  return [t(`requests:next.${word}`, { date }), ...keptText(request, status, t)].join(' ')
}

/** What becomes of the personal data of a request that has ended. */
function keptText({ erasedAt, blockedAt }: ImiRequest, status: Status, t: Reader['t']): string[] {
  if (!within(ended, status) || status === 'called back') return []
  return [t(erasedAt ? 'requests:next.erased' : blockedAt ? 'requests:next.blocked' : 'requests:next.kept')]
}

/** The people of the reader's own authority who can take the next step: the first few by name. */
export async function listWhoCanAct(db: Knex, actor: Actor, request: ImiRequest, turn: Turn): Promise<string[]> {
  const whose = acting(request, turn)
  if (!whose || whose.authorityId !== actor.authorityId) return []
  const rows = await rowsOf<{ name: string }>(db, WHO, {
    part: request.id,
    module: request.moduleId,
    authority: whose.authorityId,
    role: whose.role,
    allocation: turn === 'responder' && request.usesAllocation,
  })
  return rows.map(({ name }) => name)
}

function acting(request: ImiRequest, turn: Turn): { authorityId: number | null; role: Role } | undefined {
  if (turn === 'requester') return { authorityId: request.requester.id, role: 'handler' }
  if (turn === 'responder') return { authorityId: request.responder?.id ?? null, role: 'handler' }
  if (turn === "requester's approver") return { authorityId: request.requesterCoordinatorId, role: 'approver' }
  if (turn === "responder's approver") return { authorityId: request.coordinatorId, role: 'approver' }
  return undefined
}

// Where a request is to be allocated first, those who allocate.
const WHO = `
  select u.given_name || ' ' || u.family_name as name
  from users u
  where u.authority_id = :authority and u.deleted_at is null and exists (
    select from user_roles w where w.user_id = u.id and w.module_id = :module and case
      when not cast(:allocation as boolean) then w.role = cast(:role as text)
      when exists (select from request_allocations x where x.part_id = :part)
        then w.role = 'handler' and exists (select from request_allocations x where x.part_id = :part and x.user_id = u.id)
      else w.role = 'allocator' end)
  order by u.family_name, u.given_name, u.id limit 6`
