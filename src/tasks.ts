import { grantOne, remindOne } from './bulk/index.ts'
import { writeToOne } from './circulars/index.ts'
import { importAuthority, importUser } from './imports/index.ts'
import { releaseWork } from './invitations/index.ts'
import type { TaskWork } from './platform/jobs/tasks.ts'

/** Every kind of long work and the command that does one thing of it: the list the worker goes by. */
export const taskWorks: Readonly<Record<string, TaskWork>> = {
  releaseInvitations: releaseWork,
  bulkGrant: grantOne,
  bulkReminder: remindOne,
  circular: writeToOne,
  importUsers: importUser,
  importAuthorities: importAuthority,
}
