import type { Refusal } from './tries.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'password.chosen': Record<string, never>
    'password.changed': Record<string, never>
    /** Password and code were right, but the password was too old to go on with. */
    'password.expired': Record<string, never>
    'session.started': Record<string, never>
    /** An entry that let nobody in; an unknown username is user 0. */
    'session.refused': { reason: Refusal }
    'user.blocked': Record<string, never>
  }
}

export { mistakesInCurrent } from './current-password.ts'
export { isExpired, PASSWORD_ENDS, PASSWORD_MONTHS } from './expiry.ts'
export { hashPassword, isPassword } from './hash.ts'
export { secretText } from './new-password.ts'
export { type DueReminder, listDueReminders, markReminded, passwordReminder } from './reminders.ts'
export type { PasswordProfile } from './rules.ts'
export { areCharacters, drawPositions, sealSecurityCode } from './security-code.ts'
export { newTemporaryPassword, TEMPORARY_FOR } from './temporary.ts'
export { checkTry, type Entrant, giveBack, refuse, takeTry, TRIES } from './tries.ts'
export { newUsername } from './username.ts'
