export { handOver } from './hand-over.ts'
export { DELETED_FROM, KEPT_MONTHS, listManagersOfRecord, listReaders, type Recipient } from './queries.ts'
