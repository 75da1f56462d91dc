import { sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { findTask, listDone, listFailed, type Task } from './queries.ts'

/** While work is going on, its page asks anew by itself, without JavaScript. */
const REFRESH_SECONDS = 2

export const taskRoutes = [
  get<Task>('/tasks/:id', { can: 'task.see', on: findTask }, async ctx => {
    const task = ctx.subject
    const [failed, done] = await Promise.all([listFailed(ctx.db, task.id), listDone(ctx.db, task.id)])
    if (!task.finishedAt) ctx.res.set('Refresh', String(REFRESH_SECONDS))
    const rows = failed.map(({ position, label, reason, values }) => [
      { text: String(position) },
      { text: label },
      { text: ctx.t(reason, values) },
    ])
    const doneRows = done.map(({ position, label }) => [{ text: String(position) }, { text: label }])
    sendPage(ctx, 'tasks/task', { title: `tasks:kind.${task.kind}` }, { task, rows, done: doneRows })
  }),
]
