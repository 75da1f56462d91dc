import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import type { Judged } from '../invitation.ts'
import { steps } from '../workflow.ts'

const STORE = `
  with given as (select * from jsonb_to_recordset(cast(:rows as jsonb))
      as g (line int, email text, name text, language text, status text, reasons text[], modules int[])),
    made as (
      insert into invitations (inviter_id, submission_id, invited_by, line, email, name, language, status, reasons, made_at)
      select :inviter, :submission, :user, line, email, name, language, status, reasons, cast(:at as timestamptz)
      from given order by line returning id, line)
  insert into invitation_modules (invitation_id, module_id)
  select made.id, module from made join given using (line), unnest(given.modules) as module
  on conflict do nothing`

/** Writes new invitations down, drafts and refused ones, however many: in one statement. Each has a line of its own. */
export async function storeRows(
  c: Change,
  { id, actor }: { id: number; actor: Actor },
  judged: readonly Judged[],
): Promise<void> {
  const rows = judged.map(({ line, email, name, language, modules, reasons }) => ({
    line,
    email: kept(email),
    name: kept(name),
    language: kept(language),
    status: statusOf(reasons),
    reasons: literal(reasons),
    modules: literal(reasons.includes('unknownModule') ? [] : modules),
  }))
  const given = { submission: id, inviter: actor.authorityId, user: actor.id, at: c.at }
  await c.db.raw(STORE, { ...given, rows: JSON.stringify(rows) } as never)
}

/** Writes again what is written already: corrected, or refused by now. It belongs to this submission from then on. */
export async function correctRows(c: Change, submissionId: number, judged: readonly Judged[]): Promise<void> {
  for (const { id = 0, email, name, language, modules, reasons } of judged) {
    const changed = await c
      .db('invitations')
      .where({ id })
      .whereIn('status', steps.refuse.from)
      .update({
        submission_id: submissionId,
        email: kept(email),
        name: kept(name),
        language: kept(language),
        status: statusOf(reasons),
        reasons,
      })
    if (changed === 0) continue
    await c.db('invitation_modules').where({ invitation_id: id }).delete()
    if (modules.length > 0 && !reasons.includes('unknownModule'))
      await c
        .db('invitation_modules')
        .insert([...new Set(modules)].map(module_id => ({ invitation_id: id, module_id })))
  }
}

const statusOf = (reasons: readonly unknown[]): string => (reasons.length > 0 ? steps.refuse.to : 'draft')

/** A refused line is kept so that it can be corrected, but not without end. */
const kept = (text: string): string => Array.from(text).slice(0, 300).join('')

/** An array as PostgreSQL reads it in a text; its members are numbers and words of ours. */
const literal = (members: readonly (string | number)[]): string => `{${members.join(',')}}`
