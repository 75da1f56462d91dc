import type { Email } from '../platform/mail/email.ts'

interface Recipient {
  id: number
  email: string
  language: string
}

const about = ({ id }: Recipient): Email['about'] => ({ type: 'user', id })

/** Goes to the new address: only who reads it can follow the link. The token is kept like a password. */
export const confirmAddress = (user: Recipient, token: string): Email => ({
  to: user.email,
  language: user.language,
  template: 'profile/confirm-address',
  values: {},
  path: '/profile/email/confirmation?token={token}',
  secret: { token },
  about: about(user),
})

/** Goes to a user whose address another one has entered: neither learns of the other. */
export const addressInUse = (user: Recipient): Email => ({
  to: user.email,
  language: user.language,
  template: 'profile/address-in-use',
  values: {},
  about: about(user),
})

/** Goes to the address that is in force, before anything has changed. */
export const changeAsked = (user: Recipient): Email => ({
  to: user.email,
  language: user.language,
  template: 'profile/change-asked',
  values: {},
  path: '/profile/email',
  about: about(user),
})

/** Goes to the former address once it is no longer the user's. */
export const addressChanged = (user: Recipient): Email => ({
  to: user.email,
  language: user.language,
  template: 'profile/address-changed',
  values: {},
  about: about(user),
})
