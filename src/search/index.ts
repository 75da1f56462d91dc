export { type ManagedSearch, managedSearch } from './forms.ts'
export { eachManaged, type ManagedAuthority, searchManaged } from './managed-queries.ts'
export { findSearchLists } from './reference-queries.ts'
