export { authoritySearch, type ManagedSearch, managedSearch } from './forms.ts'
export { eachManaged, type ManagedAuthority, searchManaged } from './managed-queries.ts'
export { type FoundAuthority, searchAuthorities } from './queries.ts'
export { findSearchLists, onlyKnown } from './reference-queries.ts'
