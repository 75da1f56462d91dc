import type { Email } from '../platform/mail/email.ts'

/** Brings a new user the temporary password: to the person alone, and never together with the username (D2). */
export const temporaryPassword = (user: { id: number; email: string; language: string }, password: string): Email => ({
  to: user.email,
  language: user.language,
  template: 'users/temporary-password',
  values: {},
  secret: { password },
  about: { type: 'user', id: user.id },
})
