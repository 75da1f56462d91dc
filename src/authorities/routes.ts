import { z } from 'zod'
import { day, languageName, zoneOf } from '../platform/i18n/names.ts'
import { listQuery } from '../platform/web/list.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { editingRoutes } from './editing/routes.ts'
import { type Authority, authorityTabs, type TabName } from './authority.ts'
import { historyItem } from './history.ts'
import { findManagement, listHistory } from './management-queries.ts'
import { findProfile } from './profile-queries.ts'
import { findAuthority } from './queries.ts'
import { findLists, listActivities } from './reference-queries.ts'

export const authorityRoutes = [
  ...editingRoutes,

  get('/authorities/:id', { can: 'authority.read', on: findAuthority }, async ctx => {
    const profile = await findProfile(ctx.db, ctx.lang, ctx.subject.id)
    const languages = profile.languages.map(code => languageName(ctx.lang, code))
    sendTab(ctx, 'authority', { profile, languages, named: (code: string) => languageName(ctx.lang, code) })
  }),

  get('/authorities/:id/classification', { can: 'authority.read', on: findAuthority }, async ctx => {
    sendTab(ctx, 'classification', { profile: await findProfile(ctx.db, ctx.lang, ctx.subject.id) })
  }),

  get('/authorities/:id/management', { can: 'authority.seeManagement', on: findAuthority }, async ctx => {
    const management = await findManagement(ctx.db, ctx.subject.id)
    const written = (at: Date | null) => at && day(ctx.lang, zoneOf(ctx.actor.country), at)
    const days = { registered: written(management.registeredAt), deleted: written(management.deletedOn) }
    const history = ctx.may('authority.seeHistory', ctx.subject) ? await historyFor(ctx) : null
    sendTab(ctx, 'management', { management, days, history })
  }),
]

/** One tab of an authority's page, with the head that all of them share (B6). */
function sendTab(ctx: Ctx<Authority>, tab: TabName, fields: object): void {
  const { subject: authority, t } = ctx
  const title = [
    'authorities:tab.title',
    { authority: authority.officialName, tab: t(`authorities:tab.${tab}`) },
  ] as const
  sendPage(
    ctx,
    `authorities/${tab}`,
    { title },
    { authority, tabs: authorityTabs(authority, ctx.may, t, tab), ...fields },
  )
}

async function historyFor(ctx: Ctx<Authority>): Promise<object> {
  const { subject: authority, db, lang, t } = ctx
  const search = z.object({ after: listQuery.after, before: listQuery.before }).parse(ctx.req.query)
  const page = await listHistory(db, authority.id, { search, path: ctx.req.path })
  const [lists, activities] = await Promise.all([
    findLists(db, lang, { country: authority.country, region: null }),
    listActivities(db, lang),
  ])
  const reader = { t, lang, country: ctx.actor.country, lists, activities }
  return { page, items: page.rows.map(entry => historyItem(entry, reader)) }
}
