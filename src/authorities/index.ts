export { authorityTabs } from './authority.ts'
export type { Authority, AuthorityStatus, Level, ShownStatus, Tab, TabName, Worded } from './authority.ts'
export { findAuthority, shownStatusColumn, titleColumn } from './queries.ts'
