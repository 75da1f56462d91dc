export { authorityTabs, LEVELS } from './authority.ts'
export type {
  Authority,
  AuthorityData,
  AuthorityStatus,
  RegisteredAuthority,
  Level,
  ShownStatus,
  Tab,
  TabName,
  Worded,
} from './authority.ts'
export { emailAddress, telephoneNumber, website } from './contact.ts'
export { type Changes, changesBetween } from './editing/changes.ts'
export { type Candidate, type Duplicate, findDuplicates } from './duplicates.ts'
export {
  activitiesIn,
  activityFields,
  authorityFields,
  authorityFrom,
  authorityMistakes,
  openDuplicates,
  partsMissing,
  type Place,
  several,
  titleLanguages,
  wordedIn,
} from './forms.ts'
export { ALIKE, comparable, nameKey, websiteKey } from './identity.ts'
export { stateFor as proposalStateFor } from './keywords/queries.ts'
export { findLastAct, type LastAct } from './last-act.ts'
export { findThin, HELD_BY_ONE } from './management-queries.ts'
export { nameAt } from './name-at.ts'
export { findAuthority, readable, SHOWN_STATUS, TITLE, titleColumn } from './queries.ts'
export { allActivities, type Choice, findLists, languageChoices, type Lists } from './reference-queries.ts'
export { registerAuthority } from './register-authority.ts'
export { registerCommission } from './register-commission.ts'
export { eraseHandedIn, handInAuthority, validateAuthority } from './self-registration.ts'
export { findSimilarNames, type SimilarName } from './similar-names.ts'
export { lockAccess } from './standing-now.ts'
export { tellManagersOfRecord } from './tell-managers.ts'
export { listTold, type Told } from './told.ts'
export { findWaitingRegistration } from './waiting-registration.ts'
export { foldWords, indexAllWords, indexWords, wordsQuery } from './words.ts'
