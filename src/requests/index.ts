export { type Activity, findActivity } from './lists/activity.ts'
export { type RequestWait, waitingRequests } from './lists/waiting.ts'
export { requestRules } from './nights/rules.ts'
export { doneText, statusColor, statusText } from './words.ts'
