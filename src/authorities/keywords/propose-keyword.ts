import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import type { Authority } from '../authority.ts'
import { keywordProposed } from '../emails.ts'
import { tellManagersOfRecord } from '../tell-managers.ts'
import { findDecider } from './queries.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'keyword.proposed': KeywordProposal
  }
}

export interface KeywordProposal {
  legislativeArea: number
  word: string
  language: string
  reason: string
}

/** Proposes a keyword that the Commission's list lacks, to the national coordinator (B3, [001]); one of the Commission to itself. */
export async function proposeKeyword(
  c: Change,
  actor: Actor,
  authority: Authority,
  proposal: KeywordProposal,
): Promise<void> {
  const national = await findDecider(c.db, authority.country)
  const decider = national ?? (await findDecider(c.db, null))
  await c.db('keyword_proposals').insert({
    authority_id: authority.id,
    legislative_area_id: proposal.legislativeArea,
    word: proposal.word,
    language: proposal.language,
    reason: proposal.reason,
    state: national ? 'proposed' : 'passed on',
    proposed_by: actor.id,
    proposed_at: c.at,
  })
  await c.record('keyword.proposed', { type: 'authority', id: authority.id, authorityId: authority.id }, proposal)
  if (decider) await c.send(keywordProposed(decider, authority.officialName))
  await tellManagersOfRecord(c, actor, authority)
}
