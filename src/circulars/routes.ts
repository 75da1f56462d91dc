import { z } from 'zod'
import { listChosen, offerChoice, readChoice, withoutNote } from '../bulk/index.ts'
import { languageName, moment, number, zoneOf } from '../platform/i18n/names.ts'
import { EMAIL_STATES } from '../platform/mail/email.ts'
import type { FormView, Mistake } from '../platform/web/form.ts'
import { form } from '../platform/web/form-route.ts'
import { listQuery } from '../platform/web/list.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { findSearchLists } from '../search/index.ts'
import type { Circular } from './circular.ts'
import { addressees, circularForm, LONGEST_BODY, textOf, type CircularWish } from './forms.ts'
import { countDeliveries, findCircular, listCirculars, listDeliveries } from './queries.ts'
import { addressesOf } from './recipients.ts'
import { circularRow, deliveryRow } from './rows.ts'
import { sendCircular } from './send-circular.ts'
import { findUsernames } from './usernames.ts'

const pages = z.object({ after: listQuery.after, before: listQuery.before })

export const circularRoutes = [
  get('/circulars', { can: 'circular.send' }, async ctx => {
    const page = await listCirculars(ctx.db, ctx.actor, pages.parse(ctx.req.query))
    const rows = page.rows.map(row => circularRow(row, ctx))
    sendPage(ctx, 'circulars/circulars', { title: 'circulars:list.title' }, { page, rows })
  }),

  ...form(
    '/circulars/new',
    { can: 'circular.send' },
    {
      view: 'circulars/new',
      title: () => 'circulars:new.title',
      trail: (_, { t }) => [
        { label: t('circulars:list.title'), href: '/circulars' },
        { label: t('circulars:new.title') },
      ],
      schema: async ctx => circularForm((await languagesFor(ctx)).map(({ value }) => value)),
      check: (ctx, body) => mistakesIn(ctx, body),
      fill: (_, ctx) => ({ ...filtersOf(ctx.req.query), language: ctx.actor.language }),
      offer: async (ctx, view) => offered(ctx, view),
      preview: { view: 'circulars/preview', offer: (ctx, wish) => previewOf(ctx, wish) },
      submit: async (c, _, wish, ctx) =>
        sendCircular(c, ctx.actor, textOf(wish), await listChosen(c.db, ctx.actor, wish, ctx.at)),
      done: id => ({ to: `/circulars/${id}`, notice: 'circulars:new.done' }),
    },
  ),

  get<Circular>('/circulars/:id', { can: 'circular.read', on: findCircular }, async ctx => {
    const { t, lang, subject: circular } = ctx
    const [page, counts] = await Promise.all([
      listDeliveries(ctx.db, ctx.actor, circular.id, pages.parse(ctx.req.query)),
      countDeliveries(ctx.db, circular.id),
    ])
    sendPage(
      ctx,
      'circulars/circular',
      {
        title: ['circulars:one.title', { subject: circular.subject }],
        trail: [{ label: t('circulars:list.title'), href: '/circulars' }, { label: t('circulars:one.crumb') }],
      },
      {
        circular,
        facts: [
          { label: t('circulars:sentAt'), value: moment(lang, zoneOf(ctx.actor.country), circular.sentAt) },
          { label: t('circulars:sender'), value: circular.sender ?? t('circulars:formerUser') },
          { label: t('circulars:to'), values: addresseesOf(circular).map(to => t(`circulars:to.${to}`)) },
          { label: t('circulars:authorities'), value: number(lang, circular.authorities) },
          ...EMAIL_STATES.map(state => ({ label: t(`circulars:state.${state}`), value: number(lang, counts[state]) })),
        ],
        page,
        rows: page.rows.map(row => deliveryRow(row, ctx)),
      },
    )
  }),
]

const addresseesOf = ({ toContact, toAdministrators }: Pick<Circular, 'toContact' | 'toAdministrators'>) =>
  addressees.filter(to => (to === 'contact' ? toContact : toAdministrators))

function filtersOf(query: unknown): Record<string, string> {
  const { mine, q, level, region, holds } = readChoice(query)
  return { mine, q, level, region, holds }
}

const languagesFor = async (ctx: Ctx<unknown>): Promise<{ value: string; label: string }[]> =>
  (await findSearchLists(ctx.db, ctx.lang, '')).languages

/** That nobody was chosen, and a username in the text: by name only where the sender may see it anyway. */
async function mistakesIn(ctx: Ctx<unknown>, body: Record<string, unknown>): Promise<Mistake[]> {
  const chosen = await listChosen(ctx.db, ctx.actor, readChoice(body), ctx.at)
  const none = chosen.length === 0 ? [{ field: 'choice', key: 'components:choice.missing' }] : []
  const ids = chosen.map(({ id }) => id)
  const held = await Promise.all(
    ['subject', 'body'].map(async field => ({
      field,
      found: await findUsernames(ctx.db, ctx.actor, ids, typeof body[field] === 'string' ? body[field] : ''),
    })),
  )
  const named = held.flatMap(({ field, found }) => (found.length > 0 ? [{ field, found }] : []))
  return [...none, ...named.map(({ field, found }) => usernameMistake(field, found))]
}

function usernameMistake(field: string, found: { username: string; seen: boolean }[]): Mistake {
  if (!found.every(({ seen }) => seen)) return { field, key: 'circulars:body.username' }
  const usernames = found.map(({ username }) => username).join(', ')
  return { field, key: 'circulars:body.usernames', values: { usernames } }
}

async function offered(ctx: Ctx<unknown>, view: FormView): Promise<object> {
  const [languages, choice] = await Promise.all([languagesFor(ctx), offerChoice(ctx, view)])
  return {
    form: withoutNote(view, ctx.req.body),
    choice,
    languages,
    addressees: addressees.map(to => ({ value: to, label: ctx.t(`circulars:to.${to}`) })),
    longest: LONGEST_BODY,
  }
}

async function previewOf(ctx: Ctx<unknown>, wish: CircularWish): Promise<object> {
  const { t, lang } = ctx
  const text = textOf(wish)
  const chosen = await listChosen(ctx.db, ctx.actor, wish, ctx.at)
  const addressed = await addressesOf(ctx.db, ctx.actor, text, chosen)
  const reached = addressed.filter(({ reason }) => reason === null)
  const contacts = reached.filter(({ contact }) => contact).length
  const administrators = reached.reduce((sum, one) => sum + one.administrators.length, 0)
  return {
    text,
    recipients: contacts + administrators,
    facts: [
      { label: t('circulars:authorities'), value: number(lang, reached.length) },
      { label: t('circulars:to.contact'), value: number(lang, contacts) },
      { label: t('circulars:to.administrators'), value: number(lang, administrators) },
      { label: t('circulars:language'), value: languageName(lang, text.language) },
    ],
    failing: addressed
      .filter(({ reason }) => reason !== null)
      .map(({ authority, reason }) => [
        { text: authority.officialName, lang: authority.officialLanguage, href: `/authorities/${authority.id}` },
        { text: t(reason ?? '') },
      ]),
  }
}
