import { z } from 'zod'
import { countryName, day, moment, number, zoneOf } from '../platform/i18n/names.ts'
import { listQuery } from '../platform/web/list.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { listGone, listNights, type NightRow } from './night-queries.ts'
import { listDeletions, listTombstones } from './queries.ts'

const place = z.object({ after: listQuery.after, before: listQuery.before })

export const retentionRoutes = [
  get('/deletions', { can: 'authority.listDeletions' }, async ctx => {
    const { actor, lang, t } = ctx
    const ask = { search: place.parse(ctx.req.query), path: ctx.req.path }
    const [page, tombstones] = await Promise.all([
      listDeletions(ctx.db, actor, ask),
      listTombstones(ctx.db, actor.country),
    ])
    const written = (at: Date) => day(lang, zoneOf(actor.country), at)
    const rows = page.rows.map(({ id, name, language, deactivated_at: since, deletedFrom }) => [
      { text: name, href: `/authorities/${id}`, lang: language },
      { text: written(since) },
      { text: written(deletedFrom) },
      { text: '', links: [{ href: `/authorities/${id}/reactivation`, label: t('retention:reactivate'), about: name }] },
    ])
    const gone = tombstones.map(({ name, language, deletedAt }) => [
      { text: name, lang: language },
      { text: written(deletedAt) },
    ])
    sendPage(ctx, 'retention/deletions', { title: 'retention:deletions.title' }, { page, rows, gone })
  }),

  get('/nightly-work', { can: 'nightlyWork.see' }, async ctx => {
    const { actor, lang } = ctx
    const page = await listNights(ctx.db, { search: place.parse(ctx.req.query), path: ctx.req.path })
    const gone = (await listGone(ctx.db, actor, page.rows)).map(({ name, language, country, deletedAt }) => [
      { text: name, lang: language },
      { text: countryName(lang, country) },
      { text: moment(lang, zoneOf(actor.country), deletedAt) },
    ])
    const rows = page.rows.map(night => nightRow(night, ctx))
    sendPage(ctx, 'retention/nightly-work', { title: 'retention:nights.title' }, { page, rows, gone })
  }),
]

function nightRow({ rule, count, ended }: NightRow, { t, lang, actor }: Ctx): object[] {
  return [
    { text: moment(lang, zoneOf(actor.country), ended) },
    { text: t(`retention:rule.${rule}`), note: t(`retention:why.${rule}`) },
    { text: number(lang, count), numeric: true },
  ]
}
