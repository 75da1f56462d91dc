export {
  addressInUse,
  colleagueForm,
  personFields,
  personFrom,
  registrationAddressMistakes,
  registrationForm,
  registrationMistakes,
} from './forms.ts'
export { findHolders, listLanguages } from './queries.ts'
export { type PasswordProblem, passwordProblems, problemsUnder, problemTimes } from './password-problems.ts'
export { registerOneOfMany } from './register-colleague.ts'
export type { Person } from './register-user.ts'
export { type Registration, registerWithFirstUser } from './register-with-first-user.ts'
export { handInUser, validateFirstUser } from './self-registration.ts'
export { rolesField, rolesFrom } from './roles/forms.ts'
export { ADMINISTRATOR_GIVEN, dated, type Given, IMI_ADMINISTRATOR_GIVEN, lastAct } from './roles/given-rights.ts'
export { findRoleChoice } from './roles/queries.ts'
export { rolesOf } from './roles/role.ts'
export { tellOthers } from './tell.ts'
export { trailToUsers } from './trail.ts'
