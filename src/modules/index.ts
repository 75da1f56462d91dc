export {
  type GrantRole,
  grantRoles,
  type Keyword,
  type Module,
  nameIn,
  type Names,
  rolesIn,
  type Workflow,
} from './module.ts'
export { findModule, listKeywords, listModules } from './queries.ts'
