import { readable } from '../authorities/index.ts'
import { listModules, type Module, nameIn } from '../modules/index.ts'
import { freshForm } from '../platform/web/form.ts'
import type { Page } from '../platform/web/list.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { byLabel, countryName } from '../platform/i18n/names.ts'
import { authoritySearch, type AuthoritySearch, managedSearch, shownStatuses } from './forms.ts'
import {
  type FoundAuthority,
  listContacts,
  listCountries,
  type ManagedAuthority,
  searchAuthorities,
  searchManaged,
} from './queries.ts'

export const searchRoutes = [
  get('/authorities', { can: 'authority.search' }, async ctx => {
    const [countries, modules] = await Promise.all([listCountries(ctx.db), listModules(ctx.db)])
    const search = known(authoritySearch.parse(ctx.req.query), countries, modules)
    const chosen = modules.find(module => String(module.id) === search.module)
    const country = search.country || ctx.actor.country
    const [page, contacts] = await Promise.all([
      searchAuthorities(ctx.db, ctx.lang, search),
      listContacts(ctx.db, country, chosen?.id),
    ])
    sendPage(
      ctx,
      'search/authorities',
      { title: 'search:authorities.title' },
      {
        form: freshForm('/authorities', search),
        countries: byLabel(
          ctx.lang,
          countries.map(code => ({ value: code, label: countryName(ctx.lang, code) })),
        ),
        modules: modules.map(module => ({ value: module.id, label: nameIn(module.names, ctx.lang) })),
        page,
        rows: page.rows.map(row => foundRow(ctx, row)),
        contacts,
        country: countryName(ctx.lang, country),
      },
    )
  }),

  get('/managed-authorities', { can: 'authority.searchManaged' }, async ctx => {
    const search = managedSearch.parse(ctx.req.query)
    const page: Page<ManagedAuthority> = await searchManaged(ctx.db, ctx.actor, search)
    sendPage(
      ctx,
      'search/managed-authorities',
      { title: 'search:managed.title' },
      {
        form: freshForm('/managed-authorities', search),
        statuses: shownStatuses.map(status => ({ value: status, label: ctx.t(`authorities:status.${status}`) })),
        filtered: search.q !== '' || search.status !== '',
        page,
        rows: page.rows.map(row => managedRow(ctx, row)),
      },
    )
  }),
]

/** A country or module that does not exist is none. */
function known(search: AuthoritySearch, countries: readonly string[], modules: readonly Module[]): AuthoritySearch {
  return {
    ...search,
    country: countries.includes(search.country) ? search.country : '',
    module: modules.some(module => String(module.id) === search.module) ? search.module : '',
  }
}

function nameCell(row: Pick<FoundAuthority, 'id' | 'title' | 'official_name' | 'official_language'>): object {
  const href = `/authorities/${row.id}`
  if (!row.title) return { text: row.official_name, lang: row.official_language, href }
  const note = { note: row.official_name, noteLang: row.official_language }
  return { text: row.title.text, lang: row.title.lang, href, ...note }
}

function foundRow({ t, lang }: Ctx, row: FoundAuthority): object[] {
  const modules = row.modules.map(module => {
    const text = nameIn(module.names, lang)
    return module.role === 'coordinator' ? t('search:authorities.coordinates', { module: text }) : text
  })
  return [nameCell(row), { text: countryName(lang, row.country) }, { text: '', tags: modules.map(neutral) }]
}

const neutral = (text: string) => ({ color: 'neutral', text })

const STATUS_COLORS = { toValidate: 'info', active: 'success', suspended: 'warning', deactivated: 'neutral' } as const

function managedRow(ctx: Ctx, row: ManagedAuthority): object[] {
  const { t } = ctx
  const subject = { standings: row.standings, authorityId: row.id }
  const status = { color: STATUS_COLORS[row.shown_status], text: t(`authorities:status.${row.shown_status}`) }
  const grant = {
    href: `/authorities/${row.id}/modules`,
    label: t('search:managed.modulesOf'),
    about: row.official_name,
  }
  return [
    readable(row) ? nameCell(row) : { ...nameCell(row), href: undefined },
    { text: '', tag: status },
    {
      text: String(row.modules),
      numeric: true,
      tags: row.modules === 0 ? [warning(t('search:managed.noModule'))] : [],
    },
    administratorsCell(ctx, row),
    ctx.may('grant.give', subject)
      ? { text: '', links: row.status === 'active' ? [grant] : [] }
      : { text: t('search:managed.outside') },
  ]
}

const warning = (text: string) => ({ color: 'warning', text })

/** One administrator only is a risk that whoever manages the authority has to see (B14); who its people are is nobody else's. */
function administratorsCell(ctx: Ctx, row: ManagedAuthority): object {
  if (!ctx.may('user.see', { standings: row.standings, authorityId: row.id })) return { text: '' }
  if (row.administrators > 1) return { text: String(row.administrators) }
  const text = row.administrators === 1 ? 'search:managed.oneAdministrator' : 'search:managed.noAdministrator'
  return { text: '', tag: warning(ctx.t(text)) }
}
