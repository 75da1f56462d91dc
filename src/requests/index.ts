export { requestRules } from './nights/rules.ts'
