import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { keywordDecided, keywordProposed } from '../emails.ts'
import type { Decision } from './forms.ts'
import { findDecider, listWaiting, type Proposal, stateFor } from './queries.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'keyword.decided': { proposal: number; decision: Decision['decision']; names?: { en: string; sv: string } }
  }
}

/**
 * Passes a proposal on to the Commission, makes it a keyword, or answers it (B3). The national coordinator of the country decides
 * first, the Commission on what is passed on. Throws RuleBroken when it no longer waits for this person, or the keyword is there.
 */
export async function decideProposal(c: Change, actor: Actor, decision: Decision): Promise<void> {
  const proposal = (await listWaiting(c.db, actor, 'en')).find(({ id }) => id === decision.proposal)
  const state = { passOn: 'passed on', accept: 'accepted', answer: 'answered' }[decision.decision]
  const decided =
    proposal &&
    (await c
      .db('keyword_proposals')
      .where({ id: proposal.id, state: stateFor(actor) })
      .update({ state, decided_at: c.at, answer: decision.answer }))
  if (!decided) throw new RuleBroken('authorities:proposals.proposal.missing', { field: 'proposal' })
  const names = { en: decision.nameEn, sv: decision.nameSv }
  if (decision.decision === 'accept') await addKeyword(c, proposal, names)
  await c.record(
    'keyword.decided',
    { type: 'authority', id: proposal.authorityId, authorityId: proposal.authorityId },
    {
      proposal: proposal.id,
      decision: decision.decision,
      ...(decision.decision === 'accept' && { names }),
    },
  )
  await tell(c, proposal, decision)
}

async function addKeyword(c: Change, { id, areaId }: Proposal, names: { en: string; sv: string }): Promise<void> {
  // Two that make the same keyword of two proposals at once: the second reads that it is there.
  await c.db.raw(`select pg_advisory_xact_lock(hashtext('keywords'))`)
  const known = await c
    .db('keywords')
    .where({ legislative_area_id: areaId })
    .whereRaw(`lower(names->>'en') = lower(?)`, [names.en])
    .first<{ id: number } | undefined>('id')
  if (known) throw new RuleBroken('authorities:proposals.nameEn.known', { field: 'nameEn' })
  const [keyword] = await c
    .db('keywords')
    .insert({ legislative_area_id: areaId, code: `proposal-${id}`, names: JSON.stringify(names) })
    .returning<{ id: number }[]>('id')
  await c.db('keyword_proposals').where({ id }).update({ keyword_id: keyword?.id })
}

async function tell(c: Change, { authorityId, authority }: Proposal, { decision }: Decision): Promise<void> {
  if (decision === 'passOn') {
    const commission = await findDecider(c.db, null)
    if (commission) await c.send(keywordProposed(commission, authority))
    return
  }
  const proposer = await c
    .db('authorities')
    .where({ id: authorityId })
    .first<{ email: string; language: string }>('email', 'official_language as language')
  await c.send(keywordDecided(proposer, { id: authorityId, officialName: authority }))
}
