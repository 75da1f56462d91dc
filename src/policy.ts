/**
 * Who may do what: spec/roles.md as one table. A right comes from a *standing*: what the actor is to this record.
 * The rule that decides, the menu that shows and the page that explains a refusal all read this table.
 */

export type Role = 'handler' | 'allocator' | 'approver' | 'referee' | 'alert handler'
export const roles = ['handler', 'allocator', 'approver', 'referee', 'alert handler'] as const satisfies readonly Role[]

export type AuthorityKind = 'competent' | 'national coordinator' | 'commission'

/** Where and for which modules the actor manages other authorities: the authority's delegation, narrowed to the person. */
export interface Territory {
  country: string
  region: string | null
  modules: 'all' | readonly number[]
}

/** Who is at work: a signed-in user with all that decides what they may do. Loaded anew with each request. */
export interface Actor {
  id: number
  name: string
  email: string
  language: string
  authorityId: number
  authorityName: string
  authorityLanguage: string
  country: string
  kind: AuthorityKind
  deactivated: boolean
  administrator: boolean
  imiAdministrator: boolean
  manages: Territory | null
  roles: readonly { moduleId: number; role: Role }[]
}

export const standings = [
  'signed in',
  'member',
  'self',
  'administrator',
  'access manager',
  'grantor',
  'manager for',
  'manager for people',
  'manager of',
  'validating manager',
  'national coordinator',
  'inviter',
  'IMI administrator',
] as const
export type Standing = (typeof standings)[number]

/** A record the actor has to do with, with what the actor is to it. */
export interface Subject {
  standings: readonly Standing[]
  authorityId?: number | undefined
}

// prettier-ignore
export const policy = {
  'authority.read':            ['signed in'],
  'authority.register':        ['access manager'],
  'authority.search':          ['signed in'],
  'authority.searchManaged':   ['access manager'],
  'authority.listMine':        ['manager of'],
  'authority.seeManagement':   ['member', 'manager for'],
  'authority.seeHistory':      ['administrator', 'manager for'],
  'authority.edit':            ['administrator', 'manager for'],
  'authority.rename':          ['validating manager', 'national coordinator'],
  'authority.changeKind':      ['manager for'],
  'authority.deactivate':      ['manager for people'],
  'authority.reactivate':      ['manager for people'],
  'authority.listDeletions':   ['access manager'],
  'nightlyWork.see':           ['national coordinator', 'IMI administrator'],
  'authority.addManager':      ['manager for'],
  'authority.removeManager':   ['manager of'],
  'authority.link':            ['administrator'],
  'authority.confirm':         ['administrator'],
  'authority.proposeKeyword':  ['administrator', 'manager for'],
  'keyword.decide':            ['national coordinator', 'IMI administrator'],
  'grant.seeSettings':         ['administrator', 'manager for'],
  'grant.give':                ['grantor'],
  'grant.suspend':             ['manager for'],
  'grant.restore':             ['manager for'],
  'grant.changeRole':          ['manager for'],
  'grant.linkCoordinators':    ['administrator', 'manager for'],
  'grant.editSettings':        ['administrator', 'manager for'],
  'grant.setRefusal':          ['manager for'],
  'grant.setAllocation':       ['administrator', 'manager for'],
  'grant.setDetails':          ['administrator'],
  'grant.setCoordination':     ['administrator', 'manager for'],
  'user.see':                  ['administrator', 'manager for people'],
  'user.register':             ['administrator', 'manager for people'],
  'user.edit':                 ['administrator', 'manager for people'],
  'user.changeRoles':          ['administrator', 'manager for people'],
  'user.changeUsername':       ['administrator', 'manager for people'],
  'user.resetPassword':        ['administrator', 'manager for people'],
  'user.remind':               ['administrator', 'manager for people'],
  'user.delete':               ['administrator', 'manager for people'],
  'user.replace':              ['manager for people'],
  'invitation.list':           ['access manager'],
  'invitation.make':           ['access manager'],
  'invitation.see':            ['inviter', 'national coordinator', 'IMI administrator'],
  'invitation.correct':        ['inviter'],
  'invitation.confirm':        ['inviter'],
  'invitation.delete':         ['inviter'],
  'invitation.withdraw':       ['inviter', 'national coordinator'],
  'invitation.sendAgain':      ['inviter', 'national coordinator'],
  'invitation.listHeld':       ['IMI administrator'],
  'invitation.release':        ['IMI administrator'],
  'registration.list':         ['access manager'],
  'registration.validate':     ['inviter', 'national coordinator'],
  'registration.reject':       ['inviter', 'national coordinator'],
  'task.see':                   ['self'],
  'bulkGrant.start':           ['access manager'],
  'bulkReminder.start':        ['access manager'],
  'circular.send':             ['access manager'],
  'circular.address':          ['manager for'],
  'circular.read':             ['access manager'],
  'action.list':               ['signed in'],
  'housekeeping.see':          ['access manager'],
  'delegation.list':               ['national coordinator'],
  'delegation.change':             ['national coordinator'],
  'nationalCoordinator.list':      ['IMI administrator'],
  'nationalCoordinator.register':  ['IMI administrator'],
  'nationalCoordinator.replace':   ['IMI administrator'],
} as const satisfies Record<string, readonly Standing[]>

export type Action = keyof typeof policy

/** What a user of a deactivated authority may still do: read (B12). */
const reads: ReadonlySet<string> = new Set<Action>([
  'authority.read',
  'authority.search',
  'authority.seeManagement',
  'authority.seeHistory',
  'grant.seeSettings',
  'user.see',
  'task.see',
  'action.list',
])

/** What the actor is by itself, before any record. */
export function ownStandings(actor: Actor): Standing[] {
  const own: Standing[] = ['signed in']
  if (actor.manages) own.push('access manager')
  if (actor.manages && actor.kind === 'national coordinator') own.push('national coordinator')
  if (actor.imiAdministrator) own.push('IMI administrator')
  return own
}

/** Whether the actor may do this, to this record where there is one. */
export function can(actor: Actor, action: Action, subject?: Subject): boolean {
  if (actor.deactivated && !reads.has(action)) return false
  const has = subject?.standings ?? ownStandings(actor)
  return whoCan(action).some(standing => has.includes(standing))
}

/** The standings that would be enough: what a refusal explains. */
export const whoCan = (action: Action): readonly Standing[] => policy[action]
