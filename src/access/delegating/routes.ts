import { z } from 'zod'
import { type Authority, findAuthority, findLists } from '../../authorities/index.ts'
import { listModules, type Module, nameIn } from '../../modules/index.ts'
import { day, zoneOf } from '../../platform/i18n/names.ts'
import { type Body, freshForm, type FormView, mistakenForm, readForm, redisplayable } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { listQuery } from '../../platform/web/list.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get } from '../../platform/web/route.ts'
import { actOf, type Delegation, modulesIn, type Named } from '../delegation.ts'
import { type AccessManager, findDelegation, listAccessManagers, listCandidates, versionOf } from '../queries.ts'
import { changeDelegation } from './change-delegation.ts'
import { type Consequences, findConsequences, seenOf } from './consequences.ts'
import { type DelegationAsk, delegationForm, delegationMistakes, delegationValues } from './forms.ts'

const listSearch = z.object({ q: listQuery.q, after: listQuery.after, before: listQuery.before })

export const delegationRoutes = [
  get('/delegations', { can: 'delegation.list' }, async ctx => {
    const { q, ...place } = listSearch.parse(ctx.req.query)
    const { country } = ctx.actor
    const [page, found] = await Promise.all([
      listAccessManagers(ctx.db, country, { search: place, path: ctx.req.path }),
      listCandidates(ctx.db, country, q, { delegated: false }),
    ])
    sendPage(
      ctx,
      'access/delegations',
      { title: 'access:list.title' },
      {
        ...{ page, rows: page.rows.map(row => managerRow(ctx, row)) },
        form: freshForm('/delegations', { q }),
        found: found.map(authority => candidateRow(ctx, authority)),
      },
    )
  }),

  ...form(
    '/authorities/:id/delegation',
    { can: 'delegation.change', on: findAuthority },
    {
      view: 'access/delegation',
      title: authority => ['access:delegation.title', { authority: authority.officialName }],
      trail: ({ id, officialName, officialLanguage }, ctx) => [
        { label: ctx.t('access:list.title'), href: '/delegations' },
        { label: officialName, href: `/authorities/${id}`, lang: officialLanguage },
        { label: ctx.t('access:delegation.trail') },
      ],
      schema: async ctx => delegationForm(await askOf(ctx)),
      check: async (ctx, body) => delegationMistakes(await askOf(ctx), body),
      fill: async (authority, ctx) => {
        const now = await findDelegation(ctx.db, authority.id)
        const chosen = ctx.req.query.chosen ? chosenIn(ctx.req.query as Body) : delegationValues(now)
        return { ...chosen, version: versionOf(now) }
      },
      offer: (ctx, view) => stepOf(ctx, view),
      submit: (c, authority, wish, ctx) => changeDelegation(c, ctx.actor, authority, wish),
      done: (act, authority) => ({
        to: '/delegations',
        notice: [`access:delegation.done.${act}`, { authority: authority.officialName }],
      }),
    },
  ),
]

function managerRow({ t, lang, actor }: Ctx, row: AccessManager): object[] {
  const modules = row.modules.map(names => nameIn(names, lang)).join(', ')
  return [
    { text: row.name, lang: row.language, href: `/authorities/${row.id}` },
    { text: row.allModules ? t('access:scope.all') : modules },
    { text: row.region ?? t('access:region.all') },
    { text: day(lang, zoneOf(actor.country), row.since) },
    { text: String(row.ofRecord), numeric: true },
    { text: row.people.join(', ') || t('access:list.nobody') },
    {
      text: '',
      links: [{ href: `/authorities/${row.id}/delegation`, label: t('access:list.change'), about: row.name }],
    },
  ]
}

const candidateRow = ({ t }: Ctx, { id, name, language }: Named): object[] => [
  { text: name, lang: language, href: `/authorities/${id}` },
  { text: '', links: [{ href: `/authorities/${id}/delegation`, label: t('access:list.delegate'), about: name }] },
]

async function askOf({ db, lang, actor, subject: authority }: Ctx<Authority>): Promise<DelegationAsk> {
  const [before, modules, lists] = await Promise.all([
    findDelegation(db, authority.id),
    listModules(db),
    findLists(db, lang, { country: authority.country, region: null }),
  ])
  return {
    ...{ actor, before, active: authority.status === 'active' },
    modules: modules.map(({ id }) => id),
    regions: lists.regions.map(({ value }) => value),
  }
}

function chosenIn(query: Body): FormView['values'] {
  const { scope, modules, region } = redisplayable(query)
  return { scope, modules, region }
}

/** First what is to be delegated; then, where nothing is wrong with it, what that will bring about. */
async function stepOf(ctx: Ctx<Authority>, view: FormView): Promise<object> {
  const [ask, modules, lists] = await Promise.all([
    askOf(ctx),
    listModules(ctx.db),
    findLists(ctx.db, ctx.lang, { country: ctx.subject.country, region: null }),
  ])
  const choice = { modules: modules.map(each => moduleChoice(ctx, each)), regions: lists.regions }
  const delegated = ask.before !== null
  const body = view.values as Body
  const read = readForm(delegationForm(ask), body)
  const mistakes = [...(read.ok ? [] : read.mistakes), ...delegationMistakes(ask, body)]
  const asked = ctx.req.method === 'GET' ? Boolean(ctx.req.query.chosen) : !view.theirs
  if (asked && read.ok && mistakes.length === 0) {
    const { after } = read.value
    const consequences = await findConsequences(ctx.db, ctx.subject, ask.before, after)
    view.values.seen = seenOf(consequences)
    return { ...choice, delegated, outcome: outcomeOf(ctx, { ask, after, modules, consequences }) }
  }
  // The first step is a GET form: it says itself, at its fields, what is wrong with the choice.
  if (asked && ctx.req.method === 'GET') view.errors = mistakenForm(view.action, body, mistakes, ctx.t).errors
  return { ...choice, delegated, outcome: null }
}

const moduleChoice = ({ lang }: Ctx<unknown>, { id, names }: Module) => ({ value: id, label: nameIn(names, lang) })

/** More than these are counted only: the page stays a page. */
const NAMED = 100

interface Chosen {
  ask: DelegationAsk
  after: Delegation | null
  modules: readonly Module[]
  consequences: Consequences
}

/** What the second step says: the delegation as it will be, and in numbers and names what begins and what ends. */
function outcomeOf(ctx: Ctx<Authority>, { ask, after, modules, consequences }: Chosen): object {
  const { t, lang } = ctx
  const named = (ids: readonly number[]) =>
    modules.filter(({ id }) => ids.includes(id)).map(({ names }) => nameIn(names, lang))
  const before = ask.before ? modulesIn(ask.before, ask.modules) : []
  const then = after ? modulesIn(after, ask.modules) : []
  const { authorities, people, gaining, above } = consequences
  return {
    act: actOf(ask.before, after),
    after,
    allModules: after?.modules === 'all',
    named: named(then),
    gained: named(then.filter(id => !before.includes(id))),
    lost: named(before.filter(id => !then.includes(id))),
    people: people.map(({ name }) => name),
    gaining: gaining.map(({ name }) => name),
    above: above.map(({ name }) => name),
    invitations: consequences.invitations,
    authorities: authorities.length,
    takenOver: authorities.filter(({ takenOver }) => takenOver).length,
    more: Math.max(0, authorities.length - NAMED),
    rows: authorities.slice(0, NAMED).map(({ id, name, language, takenOver }) => [
      { text: name, lang: language, href: `/authorities/${id}` },
      {
        text: '',
        tag: takenOver
          ? { color: 'warning', text: t('access:delegation.takesOver') }
          : { color: 'neutral', text: t('access:delegation.othersStay') },
      },
    ]),
  }
}
