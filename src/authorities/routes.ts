import { listModules } from '../modules/index.ts'
import { byLabel, day, languageName, zoneOf } from '../platform/i18n/names.ts'
import { freshForm } from '../platform/web/form.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { editingRoutes } from './editing/routes.ts'
import { type Authority, authorityTabs, type TabName } from './authority.ts'
import { canBeAsked } from './can-be-asked.ts'
import { titleLanguages } from './forms.ts'
import { historyItem } from './history.ts'
import {
  findManagement,
  findThin,
  historyEvents,
  historySearch,
  listHistory,
  listHistoryYears,
} from './management-queries.ts'
import { keywordRoutes } from './keywords/routes.ts'
import { managingRoutes } from './managing/routes.ts'
import { findProfile, type Profile } from './profile-queries.ts'
import { findAuthority } from './queries.ts'
import { findLists, languageChoices } from './reference-queries.ts'
import { titleRoutes } from './titles/routes.ts'
import { findWaitingRegistration } from './waiting-registration.ts'

export const authorityRoutes = [
  ...editingRoutes,
  ...managingRoutes,
  ...keywordRoutes,
  ...titleRoutes,

  get('/authorities/:id', { can: 'authority.read', on: findAuthority }, async ctx => {
    const [profile, thin, askable, waiting] = await Promise.all([
      findProfile(ctx.db, ctx.lang, ctx.subject.id),
      thinFor(ctx),
      canBeAsked(ctx.db, ctx.actor, ctx.subject.id),
      ctx.subject.status === 'to validate' ? findWaitingRegistration(ctx.db, ctx.actor, ctx.subject.id) : undefined,
    ])
    const named = (code: string) => languageName(ctx.lang, code)
    const untitled = ctx.may('authority.edit', ctx.subject) ? untitledIn(ctx.lang, profile) : []
    sendTab(ctx, 'authority', {
      profile,
      languages: profile.languages.map(named),
      named,
      untitled,
      thin,
      askable,
      waiting,
    })
  }),

  get('/authorities/:id/classification', { can: 'authority.read', on: findAuthority }, async ctx => {
    sendTab(ctx, 'classification', { profile: await findProfile(ctx.db, ctx.lang, ctx.subject.id) })
  }),

  get('/authorities/:id/management', { can: 'authority.seeManagement', on: findAuthority }, async ctx => {
    const management = await findManagement(ctx.db, ctx.subject.id)
    const written = (at: Date | null) => at && day(ctx.lang, zoneOf(ctx.actor.country), at)
    const days = { registered: written(management.registeredAt), deleted: written(management.deletedOn) }
    const history = ctx.may('authority.seeHistory', ctx.subject) ? await historyFor(ctx) : null
    const own = management.accessManagers.some(({ id }) => id === ctx.actor.authorityId)
    sendTab(ctx, 'management', { management, days, history, own, thin: await thinFor(ctx) })
  }),
]

/** Languages in which it has no informal title yet, in the order in which the form asks for them (B2). */
function untitledIn(lang: string, { titles, countryLanguages: own, allLanguages }: Profile): string[] {
  const written = new Set(titles.map(title => title.lang))
  return titleLanguages({ own, languages: languageChoices(lang, allLanguages) }).filter(code => !written.has(code))
}

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
  const search = historySearch.parse(ctx.req.query)
  const [page, years] = await Promise.all([
    listHistory(db, authority.id, { search, path: ctx.req.path, own: authority.id === ctx.actor.authorityId }),
    listHistoryYears(db, authority.id),
  ])
  const [lists, modules] = await Promise.all([
    findLists(db, lang, { country: authority.country, region: null }),
    listModules(db),
  ])
  const reader = { t, lang, country: ctx.actor.country, lists, modules }
  const events = historyEvents.map(event => ({ value: event, label: t(`authorities:event.${event}`, { number: '…' }) }))
  const form = freshForm(ctx.req.path, search)
  return {
    page,
    form,
    years: years.map(year => ({ value: year, label: String(year) })),
    events: byLabel(lang, events),
    items: page.rows.map(entry => historyItem(entry, reader)),
  }
}

/** Where one person's leaving would stop the authority: told to those who can register a second (B14). */
const thinFor = async (ctx: Ctx<Authority>) =>
  ctx.may('user.register', ctx.subject) ? findThin(ctx.db, ctx.lang, ctx.subject.id) : null
