import type { Knex } from 'knex'
import type { Actor, Standing } from '../policy.ts'
import type { Invitation, Reason } from './invitation.ts'
import type { Status, SubmissionState } from './workflow.ts'

const MAIL = `
  left join lateral (
    select e.state, coalesce(e.sent_at, e.created_at) as at, e.last_error as error from emails e
    where e.about_type = 'invitation' and e.about_id = i.id and e.to_address = i.email order by e.id desc limit 1) mail on true`

const ONE = `
  select i.*, n.official_name, n.official_language, n.country, s.state as submission_state,
    u.given_name || ' ' || u.family_name as decider, row_to_json(mail) as mail,
    (select coalesce(json_agg(json_build_object('id', m.id, 'names', m.names) order by m.id), '[]')
      from invitation_modules x join modules m on m.id = x.module_id where x.invitation_id = i.id) as modules
  from invitations i
  join invitation_submissions s on s.id = i.submission_id
  join authorities n on n.id = i.inviter_id
  left join users u on u.id = i.decided_by
  ${MAIL}
  where i.id = :id`

interface InvitationRow {
  id: number
  inviter_id: number
  official_name: string
  official_language: string
  country: string
  submission_id: number
  submission_state: SubmissionState
  invited_by: number | null
  email: string
  name: string
  language: string
  status: Status
  reasons: Reason[]
  modules: Invitation['modules']
  made_at: Date
  sent_at: Date | null
  expires_at: Date | null
  reminded_at: Date | null
  entered: Invitation['entered']
  username: string | null
  authority_id: number | null
  registered_at: Date | null
  decider: string | null
  decided_at: Date | null
  reason: string | null
  may_hand_in_again: boolean
  mail: (Omit<NonNullable<Invitation['mail']>, 'at'> & { at: string }) | null
}

/** What an actor is to what an authority has invited: nothing means that it is not theirs to know of. */
export function standingsTo(
  actor: Actor,
  of: { inviterId: number; inviterCountry: string; held: boolean },
): Standing[] {
  const standings: Standing[] = []
  if (actor.manages && actor.authorityId === of.inviterId) standings.push('inviter')
  if (actor.manages && actor.kind === 'national coordinator' && actor.country === of.inviterCountry)
    standings.push('national coordinator')
  if (actor.imiAdministrator && of.held) standings.push('IMI administrator')
  return standings
}

/** The Commission sees what it has decided or is asked to decide. */
export const isHeld = (state: SubmissionState): boolean => ['held', 'confirmed', 'released', 'refused'].includes(state)

/** Finds an invitation that is the actor's business. */
export async function findInvitation(db: Knex, actor: Actor, id: number): Promise<Invitation | undefined> {
  const row = (await db.raw<{ rows: InvitationRow[] }>(ONE, { id })).rows[0]
  if (!row) return undefined
  const invitation = invitationFrom(row)
  const { inviterId, inviterCountry } = invitation
  const standings = standingsTo(actor, { inviterId, inviterCountry, held: isHeld(row.submission_state) })
  return standings.length > 0 ? { ...invitation, standings } : undefined
}

function invitationFrom(row: InvitationRow): Invitation {
  return {
    id: row.id,
    inviterId: row.inviter_id,
    inviterName: row.official_name,
    inviterLanguage: row.official_language,
    inviterCountry: row.country,
    submissionId: row.submission_id,
    submissionState: row.submission_state,
    invitedBy: row.invited_by,
    email: row.email,
    name: row.name,
    language: row.language,
    status: row.status,
    reasons: row.reasons,
    modules: row.modules,
    madeAt: row.made_at,
    sentAt: row.sent_at,
    expiresAt: row.expires_at,
    remindedAt: row.reminded_at,
    entered: row.entered,
    username: row.username,
    registeredId: row.authority_id,
    registeredAt: row.registered_at,
    decidedBy: row.decider,
    decidedAt: row.decided_at,
    reason: row.reason,
    mayHandInAgain: row.may_hand_in_again,
    mail: row.mail && { ...row.mail, at: new Date(row.mail.at) },
    standings: [],
    authorityId: row.inviter_id,
  }
}

/** The registration behind an invitation: only what was handed in is one. */
export async function findRegistration(db: Knex, actor: Actor, id: number): Promise<Invitation | undefined> {
  const invitation = await findInvitation(db, actor, id)
  return invitation?.registeredAt ? invitation : undefined
}
