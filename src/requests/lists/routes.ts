import { number } from '../../platform/i18n/names.ts'
import { freshForm } from '../../platform/web/form.ts'
import { sortedHref } from '../../platform/web/list.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get, type Route } from '../../platform/web/route.ts'
import { MOST_IN_FILE, sendCsv } from '../../platform/web/send-csv.ts'
import type { Action } from '../../policy.ts'
import { statusText } from '../words.ts'
import { statuses } from '../workflow.ts'
import { type ListName, requestSearch, type RequestSearch, sides, spans } from './forms.ts'
import { eachRequest, paths, searchRequests } from './queries.ts'
import { findListReferences, type ListReferences } from './reference-queries.ts'
import { csvHeading, csvRow, requestRow } from './rows.ts'

const rights: Record<ListName, Action> = {
  own: 'request.list',
  coordinated: 'request.listCoordinated',
  urgent: 'request.listCoordinated',
  linked: 'request.list',
}

/** The lists of requests, each as a page and as a file. */
export const listRoutes: Route[] = (['own', 'coordinated', 'urgent', 'linked'] as const).flatMap(list => [
  get(paths[list], { can: rights[list] }, ctx => sendList(ctx, list)),
  get(`${paths[list]}/csv`, { can: rights[list] }, ctx => sendFile(ctx, list)),
])

async function sendList(ctx: Ctx, list: ListName): Promise<void> {
  const { db, actor, at, lang } = ctx
  const references = await findListReferences(db, actor, lang)
  const search = asked(ctx, list, references)
  const page = await searchRequests(db, actor, { list, search, at })
  const path = paths[list]
  const { sort, after: _after, before: _before, ...filters } = search
  const { q: _q, status: _status, side: _side, ...more } = filters
  const head = (by: RequestSearch['sort'], direction: 'ascending' | 'descending') => ({
    href: sortedHref({ search, path }, by),
    ...(sort === by && { direction }),
  })
  sendPage(
    ctx,
    'requests/list',
    { title: `listing:${list}.title` },
    {
      list,
      form: freshForm(path, search),
      choices: choicesFor(ctx, references),
      tabs: tabsFor(ctx, list, references),
      advanced: Object.values(more).some(Boolean),
      filtered: Object.values(filters).some(Boolean),
      page,
      rows: page.rows.map(row => requestRow(row, list, ctx)),
      sorts: { newest: head('newest', 'descending'), due: head('due', 'ascending') },
      csv: sortedHref({ search, path: `${path}/csv` }, sort),
      most: number(lang, MOST_IN_FILE),
    },
  )
}

async function sendFile(ctx: Ctx, list: ListName): Promise<void> {
  const { db, actor, at, lang, t } = ctx
  const search = asked(ctx, list, await findListReferences(db, actor, lang))
  await sendCsv(ctx, {
    name: 'requests',
    heading: csvHeading(t),
    found: eachRequest(db, actor, { list, search, at, most: MOST_IN_FILE + 1 }),
    line: row => csvRow(row, list, ctx),
    cut: t('listing:csv.cut', { most: MOST_IN_FILE }),
  })
}

/** The search, in which what is not offered counts as not asked for; the urgent list begins with what is late longest. */
function asked({ req }: Ctx, list: ListName, references: ListReferences): RequestSearch {
  const first = list === 'urgent' && req.query.sort === undefined ? { sort: 'due' } : {}
  const search = requestSearch.parse({ ...req.query, ...first })
  const known = (choices: { value: string }[], value: string): string =>
    choices.some(choice => choice.value === value) ? value : ''
  return {
    ...search,
    module: known(references.modules, search.module),
    country: known(references.countries, search.country),
    handler: list === 'own' ? known(references.handlers, search.handler) : '',
    side: list === 'own' ? search.side : '',
    overdue: list === 'urgent' ? '' : search.overdue,
  }
}

function choicesFor({ t }: Ctx, { modules, countries, handlers }: ListReferences): object {
  return {
    modules,
    countries,
    handlers,
    sides: ['' as const, ...sides].map(side => ({ value: side, label: t(`listing:side.${side || 'both'}`) })),
    statuses: [
      ...spans.map(span => ({ value: span, label: t(`listing:span.${span}`) })),
      ...statuses.map(status => ({ value: status, label: statusText(t, status) })),
    ],
  }
}

/** The lists that there can be something in for this reader, and the one that is shown. */
function tabsFor({ t }: Ctx, list: ListName, { coordinates, observes }: ListReferences): object[] {
  const shown: Record<ListName, boolean> = {
    own: true,
    coordinated: coordinates,
    urgent: coordinates,
    linked: observes,
  }
  const tabs = Object.entries(shown).filter(([name, there]) => there || name === list) as [ListName, boolean][]
  return tabs.length < 2
    ? []
    : tabs.map(([name]) => ({ href: paths[name], label: t(`listing:${name}.tab`), current: name === list }))
}
