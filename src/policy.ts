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

/** What somebody is by themselves or to an authority. */
export const authorityStandings = [
  'signed in',
  'member',
  'self',
  'administrator',
  'access manager',
  'grantor',
  'manager for',
  'manager for people',
  'waiting manager',
  'manager of',
  'validating manager',
  'national coordinator',
  'inviter',
  'IMI administrator',
  'handler',
] as const
export type AuthorityStanding = (typeof authorityStandings)[number]

/** What somebody is to an information request: by the role in its module, and by their authority's part in it. */
export const requestStandings = [
  'requesting member',
  'requesting handler',
  'requesting allocator',
  'requesting approver',
  'requesting coordinator',
  'responding member',
  'responding handler',
  'informed handler',
  'acting handler',
  'responding allocator',
  'responding approver',
  'responding coordinator',
  'referee',
  'intervening coordinator',
  'linked to a side',
  'splitting member',
  'splitting handler',
] as const
export type RequestStanding = (typeof requestStandings)[number]

export const standings = [...authorityStandings, ...requestStandings] as const
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
  'authority.seeManagement':   ['member', 'manager for', 'waiting manager'],
  'authority.seeHistory':      ['administrator', 'manager for', 'waiting manager'],
  'authority.edit':            ['administrator', 'manager for'],
  'authority.rename':          ['validating manager', 'national coordinator'],
  'authority.changeKind':      ['manager for', 'validating manager'],
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
  'register.read':             ['signed in'],
  'register.add':              ['administrator', 'manager for'],
  'register.edit':             ['administrator', 'manager for'],
  'register.delete':           ['administrator', 'manager for'],
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
  'request.list':              ['signed in'],
  'request.listCoordinated':   ['signed in'],
  'request.create':            ['handler'],
  'request.see':               ['requesting member', 'responding member', 'requesting coordinator', 'responding coordinator', 'linked to a side', 'splitting member'],
  'request.seeContent':        ['requesting handler', 'requesting allocator', 'responding handler', 'responding allocator', 'intervening coordinator'],
  'request.seePersonalData':   ['requesting handler', 'informed handler'],
  'request.seeDraftAnswers':   ['responding handler', 'responding approver'],
  'request.edit':              ['requesting handler'],
  'request.delete':            ['requesting handler'],
  'request.copy':              ['requesting handler'],
  'request.send':              ['requesting handler'],
  'request.approve':           ['requesting approver'],
  'request.return':            ['requesting approver'],
  'request.takeBack':          ['requesting handler'],
  'request.accept':            ['acting handler'],
  'request.forward':           ['acting handler', 'responding allocator'],
  'request.refuse':            ['acting handler', 'responding allocator'],
  'request.callBack':          ['splitting handler'],
  'request.withdraw':          ['requesting handler'],
  'request.split':             ['acting handler'],
  'request.saveAnswers':       ['acting handler'],
  'request.proposeLaterDate':  ['acting handler'],
  'request.agreeLaterDate':    ['requesting handler'],
  'request.declineLaterDate':  ['requesting handler'],
  'request.replyPartly':       ['acting handler'],
  'request.replyFully':        ['acting handler'],
  'request.approveReply':      ['responding approver'],
  'request.returnReply':       ['responding approver'],
  'request.takeBackReply':     ['acting handler'],
  'request.acceptReply':       ['requesting handler'],
  'request.demand':            ['requesting handler'],
  'request.agreeDemand':       ['acting handler'],
  'request.declineDemand':     ['acting handler'],
  'request.dropDemand':        ['requesting handler'],
  'request.close':             ['requesting handler'],
  'request.refer':             ['requesting handler'],
  'request.giveOpinion':       ['referee'],
  'request.provide':           ['acting handler'],
  'request.comment':           ['requesting handler', 'acting handler'],
  'request.allocate':          ['responding allocator'],
  'request.remind':            ['requesting handler'],
  'request.askForHelp':        ['requesting handler'],
  'request.note':              ['requesting handler', 'responding handler'],
  'request.dataProtection':    ['requesting handler', 'responding handler'],
  'request.proposeErasure':    ['requesting handler', 'responding handler'],
} as const satisfies Record<string, readonly Standing[]>

export type Action = keyof typeof policy

/** What a user of a deactivated authority may still do: read, and finish running exchanges (B12). */
const reads: ReadonlySet<string> = new Set<string>([
  ...Object.keys(policy).filter(
    action => action.startsWith('request.') && action !== 'request.create' && action !== 'request.copy',
  ),
  'authority.read',
  'authority.search',
  'authority.seeManagement',
  'authority.seeHistory',
  'register.read',
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
  if (actor.roles.some(({ role }) => role === 'handler')) own.push('handler')
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
