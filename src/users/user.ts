import { isExpired, type PasswordProfile, TEMPORARY_FOR } from '../passwords/index.ts'
import type { AuthorityKind, Role, Subject } from '../policy.ts'

export const userStatuses = ['new', 'active'] as const
export type UserStatus = (typeof userStatuses)[number]
export type MailState = 'waiting' | 'sent' | 'refused' | 'failed'
export type DataAdministrator = 'none' | 'all' | 'chosen'

/** What became of the last mail that carried a temporary password, since "I have not received it" is asked often [001 2]. */
export interface PasswordMail {
  state: MailState
  at: Date
  error: string | null
}

/** A person who uses IMI for an authority. */
export interface User extends Subject, Account {
  id: number
  authorityId: number
  authorityName: string
  authorityLanguage: string
  authorityKind: AuthorityKind
  /** Whether the authority manages others: the national coordinator, or one with a delegation. */
  ofAccessManager: boolean
  name: string
  givenName: string
  familyName: string
  email: string
  telephone: string
  language: string
  username: string
  status: UserStatus
  administrator: boolean
  imiAdministrator: boolean
  dataAdministrator: DataAdministrator
  registeredAt: Date
  lastSignedInAt: Date | null
  version: number
}

/** What a list of users shows of each. */
export interface ListedUser extends Account {
  id: number
  name: string
  email: string
  username: string
  administrator: boolean
  imiAdministrator: boolean
  dataAdministrator: DataAdministrator
  roles: { module: string; roles: Role[] }[]
  firstSignedInAt: Date | null
  lastSignedInAt: Date | null
  mail: PasswordMail | null
}

/** What decides in which state somebody's password is. */
export interface Account {
  passwordTemporary: boolean
  passwordSetAt: Date
  blockedAt: Date | null
}

/** New is who has never signed in [000 3.2.1]. */
export const statusOf = (user: { firstSignedInAt: Date | null }): UserStatus =>
  user.firstSignedInAt ? 'active' : 'new'

export type PasswordState = 'temporary' | 'temporaryExpired' | 'valid' | 'expired' | 'blocked'

/** The state of somebody's password, as the list of users says it (D5). */
export function passwordState(
  { passwordTemporary, passwordSetAt, blockedAt }: Account,
  at: Date,
  profile: PasswordProfile = 'imi',
): PasswordState {
  if (blockedAt) return 'blocked'
  if (passwordTemporary)
    return at.getTime() < passwordSetAt.getTime() + TEMPORARY_FOR ? 'temporary' : 'temporaryExpired'
  return isExpired({ passwordSetAt }, at, profile) ? 'expired' : 'valid'
}
