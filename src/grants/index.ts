export { type AskedSetting, askedSettings, mayGrant, preselected, standingsIn } from './grant.ts'
export { ids } from './forms.ts'
export { giveModule } from './give-module.ts'
export { listCoordinators } from './queries.ts'
