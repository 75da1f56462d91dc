import type { Change } from '../platform/db/change.ts'
import { codeHash, newCode } from './code.ts'
import { invitation } from './emails.ts'
import { VALID_FOR } from './invitation.ts'
import { steps } from './workflow.ts'

interface ToSend {
  id: number
  email: string
  name: string
  language: string
  official_name: string
  country: string
}

/**
 * Sends an invitation with a new code, valid for 30 days; every code sent before is void (E4) [001]. The code stands in the mail
 * alone. False: somebody else was faster, and nothing has happened.
 */
export async function sendInvitation(c: Change, id: number, step: 'send' | 'release' | 'sendAgain'): Promise<boolean> {
  const until = new Date(c.at.getTime() + VALID_FOR)
  const found = await c.db.raw<{ rows: ToSend[] }>(
    `update invitations i set status = ?, sent_at = ?, expires_at = ?, submitted_at = coalesce(i.submitted_at, ?),
       reminded_at = null, reasons = '{}'
     from authorities n where i.id = ? and n.id = i.inviter_id and i.status = any(cast(? as text[]))
     returning i.id, i.email, i.name, i.language, n.official_name, n.country`,
    [steps[step].to, c.at, until, c.at, id, [...steps[step].from]],
  )
  const sent = found.rows[0]
  if (!sent) return false
  const code = newCode()
  await c.db('invitation_codes').where({ invitation_id: id, void: false }).update({ void: true })
  await c.db('invitation_codes').insert({ invitation_id: id, code_hash: codeHash(code), made_at: c.at })
  await c.send(invitation(sent, { officialName: sent.official_name, country: sent.country }, { code, until }))
  await c.record('invitation.sent', { type: 'invitation', id }, { again: step === 'sendAgain' })
  return true
}
