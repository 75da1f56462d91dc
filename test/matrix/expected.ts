import type { Standing } from '../../src/policy.ts'
import { requestActs } from './request-acts.ts'

/**
 * Who may do what, said a second time and on purpose by hand: spec/roles.md read row by row, without looking at src/policy.ts
 * or src/reach.ts. The tests hold the code against this page; where the two differ, roles.md decides which one is wrong.
 */

/** The words of the third column of "Acts". AM: data administrator of an access manager, within its delegation. */
export const standingOf = {
  'every signed-in user': 'signed in',
  'every user of the authority': 'member',
  oneself: 'self',
  ADM: 'administrator',
  AM: 'access manager',
  'AM who may give a module': 'grantor',
  'AM for': 'manager for',
  'AM for, people': 'manager for people',
  'AM for, once it is validated': 'waiting manager',
  'AM of': 'manager of',
  'AM of the validating authority': 'validating manager',
  'the national coordinator': 'national coordinator',
  'AM of the inviting authority': 'inviter',
  'IMI administrator': 'IMI administrator',
  'request handler': 'handler',
  // the words of requests.md: R is the requesting, S the responding authority
  'user of R': 'requesting member',
  'R handler': 'requesting handler',
  'R allocator': 'requesting allocator',
  'R approver': 'requesting approver',
  "user of R's coordinators": 'requesting coordinator',
  'user of S': 'responding member',
  'S handler': 'responding handler',
  'S handler after acceptance': 'informed handler',
  'S handler who may act': 'acting handler',
  'S allocator': 'responding allocator',
  'S approver': 'responding approver',
  "user of S's coordinators": 'responding coordinator',
  'referee of a participating coordinator': 'referee',
  'approver or referee who has to act and may see': 'intervening coordinator',
  'user of an authority that a side has linked': 'linked to a side',
  'user of the splitter': 'splitting member',
  'S handler of the first part': 'splitting handler',
} as const satisfies Record<string, Standing>
export type Who = keyof typeof standingOf

/** An act with those who may do it. `reads`: a user of a deactivated authority may do it still (B12). */
export interface Act {
  who: readonly Who[]
  reads?: true
}

// prettier-ignore
export const acts: Record<string, Act> = {
  // register an authority (B1)
  'authority.register':        { who: ['AM'] },
  // see tabs Authority and Classification, modules with role and linked coordinators
  'authority.read':            { who: ['every signed-in user'], reads: true },
  // what waits for oneself (H1); housekeeping (G5): AM
  'action.list':               { who: ['every signed-in user'], reads: true },
  'housekeeping.see':          { who: ['AM'] },
  // grant a module to many (C9), remind many: AM
  'bulkGrant.start':           { who: ['AM'] },
  'bulkReminder.start':        { who: ['AM'] },
  // send e-mail to managed authorities: AM; to this one: AM for; the copy: those AM of the authority that sent it
  'circular.send':             { who: ['AM'] },
  'circular.address':          { who: ['AM for'] },
  'circular.read':             { who: ['AM'] },
  // register an authority, invite (E1): AM; its invitations and registrations stand in lists of its own
  'invitation.list':           { who: ['AM'] },
  'invitation.make':           { who: ['AM'] },
  'registration.list':         { who: ['AM'] },
  // invitations: correct, submit, confirm a held submission, delete: AM of the inviting authority
  'invitation.correct':        { who: ['AM of the inviting authority'] },
  'invitation.confirm':        { who: ['AM of the inviting authority'] },
  'invitation.delete':         { who: ['AM of the inviting authority'] },
  // validate, reject, withdraw, send again: AM of the inviting authority; the national coordinator
  'registration.validate':     { who: ['AM of the inviting authority', 'the national coordinator'] },
  'registration.reject':       { who: ['AM of the inviting authority', 'the national coordinator'] },
  'invitation.withdraw':       { who: ['AM of the inviting authority', 'the national coordinator'] },
  'invitation.sendAgain':      { who: ['AM of the inviting authority', 'the national coordinator'] },
  // held invitations: release, refuse: IMI administrator; both sides see what is held (E3)
  'invitation.listHeld':       { who: ['IMI administrator'] },
  'invitation.release':        { who: ['IMI administrator'] },
  'invitation.see':            { who: ['AM of the inviting authority', 'the national coordinator', 'IMI administrator'] },
  // how long work is getting on: whoever asked for it
  'task.see':                  { who: ['oneself'], reads: true },
  // search authorities (B10): every user
  'authority.search':          { who: ['every signed-in user'], reads: true },
  // search authorities and users of the country (B8): AM
  'authority.searchManaged':   { who: ['AM'] },
  // the same, "Only my authorities": the default search is decided by "of"
  'authority.listMine':        { who: ['AM of'] },
  // change other data, classification
  'authority.edit':            { who: ['AM for', 'ADM'] },
  // change official name: a national coordinator's by the Commission only, which stands to it as its validating authority; its own by
  // itself
  'authority.rename':          { who: ['AM of the validating authority', 'the national coordinator'] },
  // change region, level, type
  'authority.changeKind':      { who: ['AM for', 'AM of the validating authority'] },
  // add own authority as access manager; remove it (not the last)
  'authority.addManager':      { who: ['AM for'] },
  'authority.removeManager':   { who: ['AM of'] },
  // link authorities: ADM only; end a link: ADM of either, each from the page of the own authority
  'authority.link':            { who: ['ADM'] },
  // confirm the authority's data (B16)
  'authority.confirm':         { who: ['ADM'] },
  // propose a keyword
  'authority.proposeKeyword':  { who: ['ADM', 'AM for'] },
  // keyword proposals: pass on or answer
  'keyword.decide':            { who: ['the national coordinator', 'IMI administrator'] },
  // entries of the directory of registers: ADM, AM for; read: every user
  'register.read':             { who: ['every signed-in user'], reads: true },
  'register.add':              { who: ['ADM', 'AM for'] },
  'register.edit':             { who: ['ADM', 'AM for'] },
  'register.delete':           { who: ['ADM', 'AM for'] },
  // see Managing information without history: every user of the authority; whoever sees its history sees it too
  'authority.seeManagement':   { who: ['every user of the authority', 'AM for', 'AM for, once it is validated'], reads: true },
  // see history, module settings
  'authority.seeHistory':      { who: ['AM for', 'AM for, once it is validated', 'ADM'], reads: true },
  'grant.seeSettings':         { who: ['AM for', 'ADM'], reads: true },
  // deactivate, reactivate: AM for; with chosen modules "only if X holds no other module or the access manager is of record"
  'authority.deactivate':      { who: ['AM for, people'] },
  'authority.reactivate':      { who: ['AM for, people'] },
  // what the purge will delete, of what one manages (B13)
  'authority.listDeletions':   { who: ['AM'] },
  // what the nightly work did (B13): those who answer for a country or for all
  'nightlyWork.see':           { who: ['the national coordinator', 'IMI administrator'] },
  // grant a module: AM for, the module inside the delegation ("for": X is being given a module of it)
  'grant.give':                { who: ['AM who may give a module'] },
  // suspend, restore a module; change its role; right to refuse: AM for, the module inside the delegation
  'grant.suspend':             { who: ['AM for'] },
  'grant.restore':             { who: ['AM for'] },
  'grant.changeRole':          { who: ['AM for'] },
  'grant.setRefusal':          { who: ['AM for'] },
  // allocation; link coordinators: AM for, ADM
  'grant.setAllocation':       { who: ['AM for', 'ADM'] },
  'grant.linkCoordinators':    { who: ['AM for', 'ADM'] },
  // coordinator may see details: ADM only
  'grant.setDetails':          { who: ['ADM'] },
  // settings of a coordinator: that coordinator's ADM or AM for
  'grant.setCoordination':     { who: ['AM for', 'ADM'] },
  // the page of the settings: whoever may change one of them
  'grant.editSettings':        { who: ['AM for', 'ADM'] },
  // see users, their status and usernames
  'user.see':                  { who: ['AM for, people', 'ADM'], reads: true },
  // delegate access management, narrow it, take it back: the national coordinator's data administrators
  'delegation.list':           { who: ['the national coordinator'] },
  'delegation.change':         { who: ['the national coordinator'] },
  // register, rename, replace a national coordinator
  'nationalCoordinator.list':      { who: ['IMI administrator'] },
  'nationalCoordinator.register':  { who: ['IMI administrator'] },
  'nationalCoordinator.replace':   { who: ['IMI administrator'] },
  // register, edit, delete users; roles; reset passwords; change username; remind: ADM; AM for
  'user.register':             { who: ['AM for, people', 'ADM'] },
  'user.edit':                 { who: ['AM for, people', 'ADM'] },
  'user.changeRoles':          { who: ['AM for, people', 'ADM'] },
  'user.changeUsername':       { who: ['AM for, people', 'ADM'] },
  'user.resetPassword':        { who: ['AM for, people', 'ADM'] },
  'user.remind':               { who: ['AM for, people', 'ADM'] },
  'user.delete':               { who: ['AM for, people', 'ADM'] },
  // replace the person of a user record (D6): AM for
  'user.replace':              { who: ['AM for, people'] },
  ...requestActs,
}

/** A right that nobody has entered here fails with this sentence, not with "undefined". */
export function actOf(action: string): Act {
  const act = acts[action]
  if (!act) throw new Error(`The act '${action}' has no row in test/matrix/expected.ts: read roles.md and add it there`)
  return act
}

/** What acts are tried on. All but the Commission lie in one country and region. The modules: A, B, C. */
export const targets = {
  one: 'an authority with one module (A)',
  two: 'an authority with two modules (A, B)',
  manager: 'an access manager, with A',
  national: 'the national coordinator, with A',
  commission: 'the Commission',
  deactivated: 'a deactivated authority, with A',
  toValidate: 'an authority to validate, without a module',
} as const
export type Target = keyof typeof targets
export const targetNames = Object.keys(targets) as Target[]

/** The letters of the table below. */
const letters: Record<string, Who> = {
  m: 'every user of the authority',
  A: 'ADM',
  g: 'AM who may give a module',
  f: 'AM for',
  p: 'AM for, people',
  w: 'AM for, once it is validated',
  o: 'AM of',
  v: 'AM of the validating authority',
  n: 'the national coordinator',
}

export interface Person {
  /** What they are by themselves, beside being signed in. */
  is: readonly Who[]
  /** Modules that they manage others in: [] none. */
  modules: 'all' | readonly ('A' | 'B' | 'C')[]
  /** What they are to each target, in letters: '' nothing; '-' there is no such person. In the order of the targets. */
  to: readonly [string, string, string, string, string, string, string]
  /** Their own authority is deactivated, whatever the target. */
  deactivated?: true
}

// Upwards there is nothing: the columns of the access manager, the national coordinator and the Commission. E5: one to validate takes
// part in nothing; whoever will manage it reads it.
// prettier-ignore
export const people = {
  //                                                                                  one      two      manager   national  com.  deactiv. toValidate
  'own administrator':             { is: [],     modules: [],    to: ['mA',    'mA',    'mA',     'mA',     'mAv', 'mA',   '-'] },
  'own basic user':                { is: [],     modules: [],    to: ['m',     'm',     'm',      'm',      'm',  'm',     '-'] },
  'manager of record':             { is: ['AM'], modules: 'all', to: ['gfpov', 'gfpov', '',       '',       '',   'gfpov', 'w'] },
  'manager for, wholly':           { is: ['AM'], modules: 'all', to: ['gfp',   'gfp',   '',       '',       '',   'gfp',   'w'] },
  'manager for module A':          { is: ['AM'], modules: ['A'], to: ['gfp',   'gf',    '',       '',       '',   'gfp',   ''] },
  'manager of record for A':       { is: ['AM'], modules: ['A'], to: ['gfpo',  'gfpo',  '',       '',       '',   'gfpo',  'w'] },
  'manager for another module':    { is: ['AM'], modules: ['C'], to: ['g',     'g',     '',       '',       '',   'g',     ''] },
  'manager of another region':     { is: ['AM'], modules: 'all', to: ['',      '',      '',       '',       '',   '',      ''] },
  // Of record, and its authority manages wholly; the person has another module only. What has no module yet is being given one.
  'narrowed to another module':    { is: ['AM'], modules: ['C'], to: ['g',     'g',     '',       '',       '',   'g',     'w'] },
  'manager without the role':      { is: [],     modules: [],    to: ['',      '',      '',       '',       '',   '',      ''] },
  'coordinator':                   { is: ['request handler'], modules: [],    to: ['',      '',      '',       '',       '',   '',      ''] },
  'national data administrator':   { is: ['AM', 'the national coordinator'],
                                                 modules: 'all', to: ['gfpn',  'gfpn',  'gfpovn', 'mA',     '',   'gfpn',  'w'] },
  'somebody abroad':               { is: [],     modules: [],    to: ['',      '',      '',       '',       '',   '',      ''] },
  'access manager abroad':         { is: ['AM'], modules: 'all', to: ['',      '',      '',       '',       '',   '',      ''] },
  'IMI administrator':             { is: ['IMI administrator'],
                                                 modules: 'all', to: ['',      '',      '',       'gfpov',  'm',  '',      ''] },
  // It was an access manager of record.
  'user of a deactivated manager': { is: [],     modules: [],    to: ['',      '',      '',       '',       '',   '',      ''], deactivated: true },
} as const satisfies Record<string, Person>
export type PersonName = keyof typeof people
export const personNames = Object.keys(people) as PersonName[]

/** What becomes of an act: done; refused with the page that explains; or "no such page", where even the existence is not theirs. */
export type Outcome = 'allowed' | 'refused' | 'absent'

/** What a route is about: nothing in particular, an authority, one of its users, its grant of a module. */
export type About =
  | 'nothing'
  | 'authority'
  | 'user'
  | 'grant'
  | 'task'
  | 'circular'
  | 'user import'
  | 'authority import'
  | 'national coordinator'
  | 'invitation'
  | 'submission'
  | 'register'
  | 'request'

/** Whether there is such a person for the target. */
export const exists = (name: PersonName, target: Target): boolean => cell(name, target) !== '-'

const cell = (name: PersonName, target: Target): string => people[name].to[targetNames.indexOf(target)] ?? ''

/** What roles.md says of an act without a record. */
export function outcomeAlone(name: PersonName, action: string): Outcome {
  const person: Person = people[name]
  return may(person, action, ['every signed-in user', ...person.is]) ? 'allowed' : 'refused'
}

/** What roles.md says of an act upon a target, its user, or its grant of a module. */
export function outcome(
  name: PersonName,
  action: string,
  target: Target,
  about: About,
  module: 'A' | 'B' = 'A',
): Outcome {
  const person: Person = people[name]
  const invited = about === 'invitation' || about === 'submission'
  const own = invited ? toInvitation(name, target) : [...cell(name, target)].map(letter => letters[letter] as Who)
  // A delegation for chosen modules covers those modules' grants.
  const outside = about === 'grant' && person.modules !== 'all' && !person.modules.includes(module)
  const here = outside ? own.filter(who => who === 'ADM' || who === 'every user of the authority') : own
  if (!isTheirBusiness(target, about, own)) return 'absent'
  // Kept for those who write for the authority.
  const writes = own.includes('every user of the authority') && person.is.includes('AM')
  if (about === 'circular' && !writes) return 'absent'
  const ofDeactivated = own.includes('every user of the authority') && target === 'deactivated'
  // Of which authorities it is the national coordinator, the cells say.
  const everywhere: Who[] = ['every signed-in user', ...person.is.filter(who => who !== 'the national coordinator')]
  const who = { deactivated: person.deactivated ?? (ofDeactivated || undefined) }
  return may(who, action, [...everywhere, ...here]) ? 'allowed' : 'refused'
}

/** What somebody is to what the target has invited: the people of the matrix manage no target, but the national coordinator itself. */
function toInvitation(name: PersonName, target: Target): Who[] {
  if (name === 'IMI administrator') return ['IMI administrator']
  if (name !== 'national data administrator' || target === 'commission') return []
  return target === 'national'
    ? ['the national coordinator', 'AM of the inviting authority']
    : ['the national coordinator']
}

/** Authorities and their modules are read by all, one to validate by those who will manage it; users are seen by those who see users. */
function isTheirBusiness(target: Target, about: About, own: Who[]): boolean {
  // Asked for by somebody else.
  if (about === 'task' || about === 'user import' || about === 'authority import') return false
  // Between two authorities that nobody of the matrix belongs to: it has a matrix of its own, test/requests.
  if (about === 'request') return false
  if (about === 'circular') return true
  if (about === 'invitation' || about === 'submission') return own.length > 0
  if (about === 'national coordinator') return target === 'national'
  if (about === 'user') return own.includes('AM for, people') || own.includes('ADM')
  // Public for all while the authority is active.
  if (about === 'register' && (target === 'deactivated' || target === 'toValidate'))
    return own.includes('every user of the authority') || own.includes('AM for')
  return target !== 'toValidate' || own.includes('AM for, once it is validated')
}

function may(person: { deactivated?: true | undefined }, action: string, is: readonly Who[]): boolean {
  const act = actOf(action)
  if (person.deactivated && !act.reads) return false
  return act.who.some(who => is.includes(who))
}
