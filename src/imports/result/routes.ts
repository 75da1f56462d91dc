import { writeCsv } from '../../platform/csv.ts'
import { languageName } from '../../platform/i18n/names.ts'
import { listQuery } from '../../platform/web/list.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get, type Route } from '../../platform/web/route.ts'
import { z } from 'zod'
import type { Import, ImportKind } from '../import.ts'
import { addressOf, pages, trailTo, uploadOf } from '../pages.ts'
import { allRegistered, countLines, listFailedLines, listRegistered, type Registered } from '../queries.ts'

const place = z.object({ after: listQuery.after, before: listQuery.before })

/** Who was registered with an import, with the usernames that are told by telephone or in person (D2), and what was not. */
export const resultRoutes: Route[] = [...resultOf('users'), ...resultOf('authorities')]

function resultOf(kind: ImportKind): Route[] {
  const { base, can, find } = pages[kind]
  return [
    get<Import>(`${base}/:id/result`, { can, on: find }, sendResult),
    get<Import>(`${base}/:id/usernames`, { can, on: find }, async ctx => {
      const rows = await allRegistered(ctx.db, ctx.subject.id)
      const heading = columnsOf(ctx.subject).map(column => ctx.t(`imports:result.${column}`))
      ctx.res
        .type('text/csv; charset=utf-8')
        .set('Cache-Control', 'no-store')
        .set('Content-Disposition', `attachment; filename="usernames-${ctx.subject.id}.csv"`)
        .end(writeCsv([heading, ...rows.map(row => cellsOf(ctx, row).map(({ text }) => text))]))
    }),
  ]
}

async function sendResult(ctx: Ctx<Import>): Promise<void> {
  const { db, subject: of, t } = ctx
  if (of.state === 'draft') return ctx.res.redirect(303, addressOf(of))
  const [counts, page, failed] = await Promise.all([
    countLines(db, of.id),
    listRegistered(db, of.id, { search: place.parse(ctx.req.query), path: ctx.req.path }),
    of.taskId === null ? [] : listFailedLines(db, of.taskId),
  ])
  sendPage(
    ctx,
    'imports/result',
    { title: `imports:result.title.${of.kind}`, trail: trailTo(t, of, t('imports:result.trail')) },
    {
      of,
      base: addressOf(of),
      upload: uploadOf(of),
      written: counts.written,
      waiting: counts.good - counts.written - failed.length,
      failed: failed.map(({ line, reason, values }) => [{ text: String(line) }, { text: t(reason, values) }]),
      page,
      head: columnsOf(of).map(column => ({ label: t(`imports:result.${column}`) })),
      rows: page.rows.map(row => cellsOf(ctx, row)),
    },
  )
}

const columnsOf = ({ kind }: Import) =>
  [
    'name',
    'username',
    ...(kind === 'authorities' ? (['authority'] as const) : []),
    'telephone',
    'language',
    'line',
  ] as const

function cellsOf({ lang, subject: of }: Ctx<Import>, row: Registered) {
  const authority = {
    text: row.authorityName,
    lang: row.authorityLanguage,
    href: `/authorities/${row.authorityId}/modules`,
  }
  return [
    { text: row.name, href: `/users/${row.userId}` },
    { text: row.username },
    ...(of.kind === 'authorities' ? [authority] : []),
    { text: row.telephone },
    { text: languageName(lang, row.language) },
    { text: String(row.line) },
  ]
}
