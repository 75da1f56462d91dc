export { authorityTabs } from './authority.ts'
export type { Authority, AuthorityStatus, Level, ShownStatus, Tab, TabName, Worded } from './authority.ts'
export { emailAddress, telephoneNumber } from './contact.ts'
export { type Candidate, type Duplicate, findDuplicates } from './duplicates.ts'
export {
  authorityFields,
  authorityFrom,
  authorityMistakes,
  openDuplicates,
  type Place,
  titleLanguages,
} from './forms.ts'
export { comparable, nameKey, websiteKey } from './identity.ts'
export { findAuthority, readable, shownStatusColumn, titleColumn } from './queries.ts'
export { type Choice, findLists, type Lists } from './reference-queries.ts'
export { type AuthorityData, registerAuthority, type RegisteredAuthority } from './register-authority.ts'
export { tellManagersOfRecord } from './tell-managers.ts'
export { foldWords, indexAllWords, indexWords } from './words.ts'
