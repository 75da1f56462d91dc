import { type Authority, findAuthority } from '../authorities/index.ts'
import { day, languageName, number, zoneOf } from '../platform/i18n/names.ts'
import { freshForm } from '../platform/web/form.ts'
import { sortedHref } from '../platform/web/list.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { MOST_IN_FILE, sendCsv } from '../platform/web/send-csv.ts'
import { onlyKnown } from '../search/index.ts'
import { registerSearch, type RegisterSearch } from './forms.ts'
import { keepingRoutes } from './keeping/routes.ts'
import { findRegister, listRegisters, seesThoseOf } from './queries.ts'
import { type DirectoryLists, findDirectoryLists } from './reference-queries.ts'
import type { FoundRegister } from './register.ts'
import { csvHeading, csvRow, shownRegister } from './rows.ts'
import { eachRegister, REGISTERS, searchRegisters } from './search-queries.ts'
import { trailTo } from './trail.ts'

export const registerRoutes = [
  get(REGISTERS, { can: 'register.read' }, async ctx => {
    const { db, lang } = ctx
    const { search, lists } = await asked(ctx)
    const page = await searchRegisters(db, lang, search)
    const { q, country, module, keyword, activity } = search
    sendPage(
      ctx,
      'registers/directory',
      { title: 'registers:directory.title' },
      {
        form: freshForm(REGISTERS, search),
        lists,
        advanced: [keyword, activity].some(Boolean),
        filtered: [q, country, module, keyword, activity].some(Boolean),
        page,
        registers: page.rows.map(row => shownRegister(row, ctx)),
        csv: sortedHref({ search, path: `${REGISTERS}/csv` }, ''),
        most: number(lang, MOST_IN_FILE),
      },
    )
  }),

  get(`${REGISTERS}/csv`, { can: 'register.read' }, async ctx => {
    const { db, lang, t } = ctx
    const { search } = await asked(ctx)
    await sendCsv(ctx, {
      name: 'registers',
      heading: csvHeading(t),
      found: eachRegister(db, lang, search, MOST_IN_FILE + 1),
      line: row => csvRow(row, ctx),
      cut: t('registers:csv.cut', { most: MOST_IN_FILE }),
    })
  }),

  get<FoundRegister>('/registers/:id', { can: 'register.read', on: findRegister }, ctx => {
    const { subject: register, lang, actor } = ctx
    const shown = shownRegister(register, ctx, true)
    sendPage(
      ctx,
      'registers/register',
      { title: ['registers:page.title', { name: shown.name.text }], trail: trailTo(register, ctx.t) },
      {
        register: shown,
        names: [...register.names, ...register.titles],
        named: (code: string) => languageName(lang, code),
        changed: day(lang, zoneOf(actor.country), register.changedAt),
        mayEdit: ctx.may('register.edit', register),
        mayDelete: ctx.may('register.delete', register),
      },
    )
  }),

  get<Authority>('/authorities/:id/registers', { can: 'register.read', on: findAuthority }, async ctx => {
    const { subject: authority, db, lang } = ctx
    const seen = seesThoseOf(authority.status, authority)
    const registers = seen ? await listRegisters(db, lang, authority.id) : []
    sendPage(
      ctx,
      'registers/of-authority',
      {
        title: ['registers:ofAuthority.title', { authority: authority.officialName }],
        trail: [
          { label: authority.officialName, href: `/authorities/${authority.id}`, lang: authority.officialLanguage },
        ],
      },
      {
        authority,
        registers: registers.map(register => shownRegister(register, ctx)),
        mayAdd: ctx.may('register.add', authority),
        mayEdit: ctx.may('register.edit', authority),
        hidden: authority.status !== 'active' && registers.length > 0,
      },
    )
  }),

  ...keepingRoutes,
]

/** The search, in which what is on no list counts as not asked for. */
async function asked({ req, db, lang }: Ctx): Promise<{ search: RegisterSearch; lists: DirectoryLists }> {
  const lists = await findDirectoryLists(db, lang)
  const { countries: country, modules: module, keywords: keyword, activities: activity } = lists
  return { search: onlyKnown(registerSearch.parse(req.query), { country, module, keyword, activity }), lists }
}
