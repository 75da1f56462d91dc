import { LEVELS } from '../authorities/index.ts'
import { grantRoles } from '../modules/index.ts'
import { countryName, number } from '../platform/i18n/names.ts'
import { freshForm } from '../platform/web/form.ts'
import { sortedHref } from '../platform/web/list.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { MOST_IN_FILE, sendCsv } from '../platform/web/send-csv.ts'
import {
  askedStatuses,
  authoritySearch,
  managedSearch,
  type ManagedSearch,
  type ManagedSort,
  askedProblems,
} from './forms.ts'
import { lackings } from './lacking.ts'
import { eachManaged, searchManaged } from './managed-queries.ts'
import { MOST_USERS, searchUsers } from './people-queries.ts'
import { listContacts, searchAuthorities } from './queries.ts'
import { findSearchLists, onlyKnown, type SearchLists } from './reference-queries.ts'
import { csvHeading, csvRow, foundRow, managedRow, userRow } from './rows.ts'

export const searchRoutes = [
  get('/authorities', { can: 'authority.search' }, async ctx => {
    const asked = authoritySearch.parse(ctx.req.query)
    const lists = await findSearchLists(ctx.db, ctx.lang, asked.country)
    const search = onlyKnown(asked, {
      country: lists.countries,
      module: lists.modules,
      region: lists.regions,
      policyArea: lists.policyAreas,
      economicActivity: lists.economicActivities,
      reads: lists.languages,
    })
    const country = search.country || ctx.actor.country
    const [page, contacts] = await Promise.all([
      searchAuthorities(ctx.db, ctx.lang, search),
      listContacts(ctx.db, country, search.module ? Number(search.module) : undefined),
    ])
    sendPage(
      ctx,
      'search/authorities',
      { title: 'search:authorities.title' },
      {
        form: freshForm('/authorities', search),
        lists,
        roles: rolesFor(ctx),
        advanced: [search.role, search.region, search.policyArea, search.economicActivity, search.reads].some(Boolean),
        page,
        rows: page.rows.map(row => foundRow(row, ctx)),
        contacts,
        country: countryName(ctx.lang, country),
      },
    )
  }),

  get('/managed-authorities', { can: 'authority.searchManaged' }, async ctx => {
    const { search, lists } = await managedAsked(ctx)
    const now = { at: ctx.at, profile: ctx.kernel.config.passwordProfile }
    const [page, users] = await Promise.all([
      searchManaged(ctx.db, ctx.actor, search, now),
      searchUsers(ctx.db, ctx.actor, search, now),
    ])
    const { status, module, role, level, region, oneAdministrator, passwords, lacking } = search
    const filters = [module, role, level, region, oneAdministrator, passwords, lacking]
    sendPage(
      ctx,
      'search/managed-authorities',
      { title: 'search:managed.title' },
      {
        form: freshForm('/managed-authorities', search),
        choices: managedChoices(ctx, lists),
        advanced: filters.some(Boolean),
        filtered: [search.q, status, ...filters].some(Boolean),
        page,
        rows: page.rows.map(row => managedRow(row, ctx)),
        sorts: sortsFor(search),
        csv: csvHref(search),
        most: number(ctx.lang, MOST_IN_FILE),
        users: users.slice(0, MOST_USERS).map(userRow),
        moreUsers: users.length > MOST_USERS,
        mostUsers: MOST_USERS,
      },
    )
  }),

  get('/managed-authorities/csv', { can: 'authority.searchManaged' }, async ctx => {
    const { search } = await managedAsked(ctx)
    const { passwordProfile: profile } = ctx.kernel.config
    await sendCsv(ctx, {
      name: 'authorities',
      heading: csvHeading(ctx.t),
      found: eachManaged(ctx.db, ctx.actor, search, { at: ctx.at, most: MOST_IN_FILE + 1, profile }),
      line: row => csvRow(row, ctx),
      cut: ctx.t('search:csv.cut', { most: MOST_IN_FILE }),
    })
  }),
]

async function managedAsked(ctx: Ctx): Promise<{ search: ManagedSearch; lists: SearchLists }> {
  const lists = await findSearchLists(ctx.db, ctx.lang, ctx.actor.manages?.country ?? '')
  const asked = managedSearch.parse(ctx.req.query)
  return { search: onlyKnown(asked, { module: lists.modules, region: lists.regions }), lists }
}

const rolesFor = ({ t }: Ctx): object[] => grantRoles.map(role => ({ value: role, label: t(`grants:role.${role}`) }))

function managedChoices(ctx: Ctx, { modules, regions }: SearchLists): object {
  const { t } = ctx
  return {
    modules,
    regions,
    roles: rolesFor(ctx),
    statuses: askedStatuses.map(status => ({
      value: status,
      label: t(status === 'inUse' ? 'search:managed.inUse' : `authorities:status.${status}`),
    })),
    levels: LEVELS.map(level => ({ value: level, label: t(`authorities:level.${level}`) })),
    passwords: askedProblems.map(problem => ({ value: problem, label: t(`search:passwords.${problem}`) })),
    lacking: lackings.map(lack => ({ value: lack, label: t(`search:lacking.${lack}`) })),
  }
}

/** The heads of the columns that sort: where they lead, and which way the list runs now. */
function sortsFor(search: ManagedSearch): Record<ManagedSort, object> {
  const ask = { search, path: '/managed-authorities' }
  const head = (sort: ManagedSort, direction: 'ascending' | 'descending') => ({
    href: sortedHref(ask, sort),
    ...(search.sort === sort && { direction }),
  })
  return {
    name: head('name', 'ascending'),
    status: head('status', 'ascending'),
    changed: head('changed', 'descending'),
  }
}

const csvHref = (search: ManagedSearch): string => sortedHref({ search, path: '/managed-authorities/csv' }, search.sort)
