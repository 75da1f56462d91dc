export { type RequestWait, waitingRequests } from './lists/waiting.ts'
export { requestRules } from './nights/rules.ts'
