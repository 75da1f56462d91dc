import { hours, minutes } from '../../platform/clock.ts'
import type { Change } from '../../platform/db/change.ts'
import { Overtaken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import type { Authority } from '../authority.ts'
import { findLastAct } from '../last-act.ts'
import { savedOver } from '../emails.ts'

export type EditEvent = 'authority.edited' | 'authority.classified'

/** How long an edit was open: the version that was read last, and the one that stood when the page was first opened. */
export interface Edition {
  version: number
  opened: number
}

/** Throws Overtaken, with who saved last, unless the version that was read is the one that stands. */
export async function assertNotOvertaken(
  c: Change,
  event: EditEvent,
  authority: Authority,
  { read, stands }: { read: number; stands: number },
): Promise<void> {
  if (read === stands) return
  const last = await findLastAct(c.db, acts => acts.where({ 'e.authority_id': authority.id, 'e.event': event }))
  throw new Overtaken(last?.by ?? authority.officialName, last?.at ?? c.at)
}

const SAVED_SINCE = `
  select distinct u.id, u.email, u.language
  from audit_events e join audit_values v on v.event_id = e.id join users u on u.id = e.actor_id and u.deleted_at is null
  where e.authority_id = :authority and e.event = :event and e.actor_id <> :actor
    and cast(v.details->>'version' as int) > :opened and jsonb_exists_any(v.details->'after', cast(:fields as text[]))
  order by u.id`

/**
 * Tells those who saved the same fields after this person had opened the page that their values were replaced: in their open
 * visits, or by mail where they have none. Two people at once, and both know.
 */
export async function tellThoseSavedOver(
  c: Change,
  event: EditEvent,
  authority: Authority,
  saved: { by: Actor; opened: number; fields: string[] },
): Promise<void> {
  const { rows } = await c.db.raw<{ rows: { id: number; email: string; language: string }[] }>(SAVED_SINCE, {
    authority: authority.id,
    event,
    actor: saved.by.id,
    opened: saved.opened,
    fields: saved.fields,
  })
  for (const { id, email, language } of rows) {
    const told = await leaveInVisits(c, id, {
      kind: 'warning',
      key: 'authorities:edit.savedOver',
      values: { name: saved.by.name, authority: authority.officialName },
    })
    if (!told) await c.send(savedOver({ email, language }, authority))
  }
}

/** @returns whether the person has a visit that still runs */
async function leaveInVisits(c: Change, userId: number, notice: object): Promise<boolean> {
  const now = c.at.getTime()
  const visits = await c
    .db('sessions')
    .where({ user_id: userId, stage: 'full' })
    .where('seen_at', '>', new Date(now - minutes(30)))
    .where('created_at', '>', new Date(now - hours(12)))
    .update({ notice: JSON.stringify(notice) })
  return visits > 0
}
