import type { TaskWork } from './platform/jobs/tasks.ts'

/** Every kind of long work and the command that does one thing of it: the list the worker goes by. */
export const taskWorks: Readonly<Record<string, TaskWork>> = {}
