import type { AuthorityKind, AuthorityStanding, Standing } from '../policy.ts'

/** Those whom somebody can turn to. `concerned`: the authority that the act is about, where it is another one. */
export const groups = ['administrators', 'accessManagers', 'nationalCoordinator', 'commission', 'concerned'] as const
export type Group = (typeof groups)[number]

/** `own managers`: the own administrators, who name data administrators, where the own authority is an access manager there. */
type Giver = Group | 'own managers'

const above: Record<'own' | 'other', readonly Giver[]> = {
  own: ['accessManagers', 'nationalCoordinator'],
  other: ['own managers', 'nationalCoordinator'],
}

/** Who can do what a standing allows, or give the standing: for the own authority, and for another one. */
const giving: Record<AuthorityStanding, Record<'own' | 'other', readonly Giver[]>> = {
  'signed in': { own: [], other: [] },
  member: { own: ['administrators'], other: ['concerned'] },
  self: { own: ['administrators'], other: ['concerned'] },
  administrator: { own: ['administrators'], other: ['concerned'] },
  'access manager': { own: ['own managers', 'nationalCoordinator'], other: ['own managers', 'nationalCoordinator'] },
  grantor: above,
  'manager for': above,
  'manager for people': above,
  'waiting manager': above,
  'manager of': above,
  'validating manager': above,
  'national coordinator': { own: ['nationalCoordinator'], other: ['nationalCoordinator'] },
  inviter: above,
  'IMI administrator': { own: ['commission'], other: ['commission'] },
  handler: { own: ['administrators'], other: ['administrators'] },
}

/** What somebody is to a request comes with a role in its module, which the own administrators give. */
const isToAuthority = (standing: Standing): standing is AuthorityStanding => standing in giving

/** What an act is about, as far as it decides who helps. */
export interface Concern {
  /** It is about the actor's own authority, or about none. */
  own: boolean
  kind: AuthorityKind
  /** The actor's authority is an access manager, and stands above the authority concerned where that is another one. */
  managedFromHere: boolean
}

/**
 * Whom to turn to for a right that is missing: who could do it, or give it (roles.md, "How refusals speak"). Above a national
 * coordinator stands only the Commission.
 */
export function turnTo(needed: readonly Standing[], concern: Concern): Group[] {
  const givers = needed.flatMap((standing): readonly Giver[] =>
    isToAuthority(standing) ? giving[standing][concern.own ? 'own' : 'other'] : ['administrators'],
  )
  const asked = new Set(givers.filter(giver => giver !== 'own managers'))
  if (concern.managedFromHere && givers.includes('own managers')) asked.add('administrators')
  return aboveOf(asked, concern.kind)
}

/** A deactivated authority reads and does nothing else; those who manage it can reactivate it (B12). */
export const turnToWhenDeactivated = (kind: AuthorityKind): Group[] =>
  aboveOf(new Set<Group>(['accessManagers', 'nationalCoordinator']), kind)

function aboveOf(asked: Set<Group>, kind: AuthorityKind): Group[] {
  if (kind === 'national coordinator' && asked.delete('nationalCoordinator')) asked.add('commission')
  return groups.filter(group => asked.has(group))
}

/** The questions people ask, in the order of "Who can help me", and who answers them. [001 2–4] [004] */
export const questions = {
  username: 'administrators',
  password: 'administrators',
  blocked: 'administrators',
  mail: 'administrators',
  email: 'administrators',
  role: 'administrators',
  module: 'accessManagers',
  authorityRole: 'accessManagers',
  officialName: 'accessManagers',
  lastAdministrator: 'accessManagers',
  subject: 'coordinators',
  training: 'coordinators',
  keyword: 'nationalCoordinator',
  abroad: 'nationalCoordinators',
  unanswered: 'nationalCoordinator',
} as const
export type Question = keyof typeof questions
export type Answering = (typeof questions)[Question] | 'commission'

/**
 * Who answers this reader's question. The only administrator has nobody beside them, so the access managers help; a national
 * coordinator turns to the Commission, the Commission to itself. [001 2]
 */
export function answering(question: Question, reader: { onlyAdministrator: boolean; kind: AuthorityKind }): Answering {
  const usual = questions[question]
  const inside = usual === 'administrators' && !reader.onlyAdministrator
  if (inside || usual === 'nationalCoordinators') return usual
  if (reader.kind === 'commission') return 'administrators'
  if (reader.kind === 'national coordinator') return 'commission'
  return usual === 'administrators' ? 'accessManagers' : usual
}
