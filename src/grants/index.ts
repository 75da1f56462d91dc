export { type AskedSetting, askedSettings, mayGrant, preselected, standingsIn } from './grant.ts'
export { giveModule } from './give-module.ts'
export { listCoordinators } from './queries.ts'
