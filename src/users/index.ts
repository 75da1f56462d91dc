export { personFields, registrationAddressMistakes, registrationForm, registrationMistakes } from './forms.ts'
export type { Person } from './register-user.ts'
export { type Registration, registerWithFirstUser } from './register-with-first-user.ts'
export { handInUser, validateFirstUser } from './self-registration.ts'
