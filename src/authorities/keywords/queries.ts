import type { Knex } from 'knex'
import type { Actor } from '../../policy.ts'

export type ProposalState = 'proposed' | 'passed on' | 'accepted' | 'answered'

/** A keyword that somebody misses (B3, [001]), as those who decide see it. */
export interface Proposal {
  id: number
  word: string
  language: string
  reason: string
  state: ProposalState
  answer: string
  proposedAt: Date
  areaId: number
  area: string
  authorityId: number
  authority: string
  authorityLanguage: string
}

const select = (db: Knex, lang: string) =>
  db('keyword_proposals as p')
    .join('authorities as a', 'a.id', 'p.authority_id')
    .join('legislative_areas as l', 'l.id', 'p.legislative_area_id')
    .orderBy('p.id', 'desc')
    .limit(100)
    .select({
      id: 'p.id',
      word: 'p.word',
      language: 'p.language',
      reason: 'p.reason',
      state: 'p.state',
      answer: 'p.answer',
      proposedAt: 'p.proposed_at',
      areaId: 'p.legislative_area_id',
      area: db.raw(`coalesce(l.names->>?, l.names->>'en')`, [lang]),
      authorityId: 'a.id',
      authority: 'a.official_name',
      authorityLanguage: 'a.official_language',
    })

/** The state in which a proposal waits for this person: first the national coordinator of its country, then the Commission. */
export const stateFor = (actor: Actor): ProposalState => (actor.imiAdministrator ? 'passed on' : 'proposed')

/** The proposals that wait for this person. */
export async function listWaiting(db: Knex, actor: Actor, lang: string): Promise<Proposal[]> {
  const waiting = select(db, lang).where({ 'p.state': stateFor(actor) })
  if (!actor.imiAdministrator) void waiting.where({ 'a.country': actor.country })
  return waiting as unknown as Promise<Proposal[]>
}

/** The latest proposals of one authority, with what became of them. */
export const listOf = (db: Knex, lang: string, authorityId: number): Promise<Proposal[]> =>
  select(db, lang).where({ 'p.authority_id': authorityId }) as unknown as Promise<Proposal[]>

/** Whoever decides next is told at the functional address: the national coordinator of the country, or the Commission. */
export async function findDecider(
  db: Knex,
  country: string | null,
): Promise<{ email: string; language: string } | undefined> {
  const above = country === null ? { kind: 'commission' } : { kind: 'national coordinator', country }
  return db('authorities')
    .where(above)
    .first<{ email: string; language: string } | undefined>('email', 'official_language as language')
}
