export { listActions } from './queries.ts'
export { actionRow } from './rows.ts'
