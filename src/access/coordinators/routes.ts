import { type Authority, findLists, type Lists, openDuplicates, type Place } from '../../authorities/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { byLabel, countryName } from '../../platform/i18n/names.ts'
import { type Body, freshForm, type FormView } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { listQuery } from '../../platform/web/list.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get, pathId } from '../../platform/web/route.ts'
import { registrationForm, registrationMistakes } from '../../users/index.ts'
import { listCandidates } from '../queries.ts'
import { replacementForm } from './forms.ts'
import { type Country, findCountry, findNationalCoordinator, findReplacement, listCountries } from './queries.ts'
import { registerNationalCoordinator } from './register-national-coordinator.ts'
import { replaceByNewAuthority, replaceNationalCoordinator, seenNumbers } from './replace-national-coordinator.ts'

export const coordinatorRoutes = [
  get('/national-coordinators', { can: 'nationalCoordinator.list' }, async ctx => {
    const countries = await listCountries(ctx.db)
    const rows = byLabel(
      ctx.lang,
      countries.map(country => ({ ...country, label: countryName(ctx.lang, country.code) })),
    ).map(country => countryRow(ctx, country))
    sendPage(ctx, 'access/national-coordinators', { title: 'access:coordinators.title' }, { rows })
  }),

  ...form(
    '/national-coordinators/:country/registration',
    { can: 'nationalCoordinator.register' },
    {
      view: 'authorities/registration',
      title: (_none, ctx) => ['access:registration.title', { country: countryName(ctx.lang, codeOf(ctx)) }],
      trail: (_none, ctx) => trailOf(ctx, ctx.t('access:registration.trail')),
      schema: async ctx => registrationForm(await listsFor(ctx, await placeOf(ctx)), await placeOf(ctx)),
      check: async (ctx, body) => {
        const place = await placeOf(ctx)
        const taken = (await findCountry(ctx.db, place.country))?.coordinator
        const mistakes = await registrationMistakes(ctx.db, ctx.actor, body, await listsFor(ctx, place), place)
        return taken ? [{ field: '', key: 'access:registration.hasOne' }, ...mistakes] : mistakes
      },
      fill: async (_none, ctx) => filled(await listsFor(ctx, await placeOf(ctx))),
      offer: async (ctx, view) => registering(ctx, view, await placeOf(ctx)),
      submit: (c, _none, registration, ctx) => registerNationalCoordinator(c, ctx.actor, registration),
      done: ({ userId }, _none, { authority }) => registered(userId, authority.names),
    },
  ),

  ...form(
    '/authorities/:id/national-coordinator-replacement',
    { can: 'nationalCoordinator.replace', on: findNationalCoordinator },
    {
      view: 'access/replacement',
      title: old => ['access:replacement.title', { authority: old.officialName }],
      trail: (_old, ctx) => trailOf(ctx, ctx.t('access:replacement.trail')),
      schema: replacementForm,
      fill: (_old, ctx) => ({ successor: readText(ctx.req.query.successor), q: readText(ctx.req.query.q) }),
      offer: (ctx, view) => replacing(ctx, view),
      submit: (c, old, wish, ctx) => replaceNationalCoordinator(c, ctx.actor, old, wish),
      done: ({ name }) => ({ to: '/national-coordinators', notice: ['access:replacement.done', { authority: name }] }),
    },
  ),

  ...form(
    '/authorities/:id/national-coordinator-replacement/registration',
    { can: 'nationalCoordinator.replace', on: findNationalCoordinator },
    {
      view: 'authorities/registration',
      title: old => ['access:registration.title', { country: old.countryName }],
      trail: (old, ctx) =>
        trailOf(ctx, ctx.t('access:registration.trail'), {
          label: ctx.t('access:replacement.trail'),
          href: `/authorities/${old.id}/national-coordinator-replacement`,
        }),
      schema: async ctx => registrationForm(await listsFor(ctx, within(ctx.subject)), within(ctx.subject)),
      check: async (ctx, body) => {
        const place = within(ctx.subject)
        return registrationMistakes(ctx.db, ctx.actor, body, await listsFor(ctx, place), place)
      },
      fill: async (old, ctx) => filled(await listsFor(ctx, within(old))),
      offer: (ctx, view) => registering(ctx, view, within(ctx.subject)),
      submit: (c, old, registration, ctx) => replaceByNewAuthority(c, ctx.actor, old, registration),
      done: ({ userId }, _old, { authority }) => registered(userId, authority.names),
    },
  ),
]

function countryRow({ t }: Ctx, { code, label, coordinator, accessManagers }: Country & { label: string }): object[] {
  const act = (href: string, name: string) => ({ text: '', links: [{ href, label: name, about: label }] })
  if (!coordinator)
    return [
      { text: label },
      { text: '', tag: { color: 'warning', text: t('access:coordinators.none') } },
      ...[{ text: '' }, { text: '' }, { text: '' }],
      act(`/national-coordinators/${code}/registration`, t('access:coordinators.register')),
    ]
  const { id, name, language, administrators } = coordinator
  return [
    { text: label },
    { text: name, lang: language, href: `/authorities/${id}` },
    { text: String(administrators), numeric: true },
    { text: String(accessManagers), numeric: true },
    // One link a cell: in a narrow window two would stand too close for a finger.
    act(`/authorities/${id}/edit`, t('access:coordinators.rename')),
    act(`/authorities/${id}/national-coordinator-replacement`, t('access:coordinators.replace')),
  ]
}

const trailOf = ({ t }: Ctx<unknown>, label: string, ...between: { label: string; href: string }[]) => [
  { label: t('access:coordinators.title'), href: '/national-coordinators' },
  ...between,
  { label },
]

const codeOf = (ctx: Ctx<unknown>): string => readText(ctx.req.params.country)

const readText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '')

/** The country of the address. Throws NotFound where it is none that takes part. */
async function placeOf(ctx: Ctx<unknown>): Promise<Place> {
  const country = await findCountry(ctx.db, codeOf(ctx))
  if (!country) throw new NotFound()
  return { country: country.code, region: null }
}

const within = ({ country }: Authority): Place => ({ country, region: null })

const listsFor = (ctx: Ctx<unknown>, place: Place): Promise<Lists> => findLists(ctx.db, ctx.lang, place)

const filled = ({ own }: Lists) => ({ languages: own, level: 'national', userLanguage: own[0] })

const registered = (userId: number, names: Readonly<Record<string, string>>) => ({
  to: `/users/${userId}/username`,
  notice: ['access:registration.done', { authority: Object.values(names)[0] ?? '' }] as const,
})

/** What the registration asks once it has been sent: is it one of these, is the address meant? Every module comes by itself. */
async function registering(ctx: Ctx<unknown>, view: FormView, place: Place): Promise<object> {
  const lists = await listsFor(ctx, place)
  if (view.summary.length === 0) return { lists, grants: false, duplicates: [], asksAddress: false }
  const { duplicates, confirmed } = await openDuplicates(ctx.db, ctx.actor, view.values, lists, place)
  if (!confirmed) delete view.values.noneOfThese
  const asksAddress = Boolean(view.errors.personalAddress ?? view.values.personalAddress)
  return { lists, grants: false, duplicates, asksAddress }
}

/** First who is to follow; then what moves to it, in numbers. */
async function replacing(ctx: Ctx<Authority>, view: FormView): Promise<object> {
  const { db, subject: old } = ctx
  const { successor, q } = view.values as Body
  const words = listQuery.q.parse(q ?? '')
  const isNew = successor === 'new'
  const id = isNew ? 0 : pathId(successor)
  const moving = id === undefined ? null : await findReplacement(db, old.id, id)
  const fits = moving !== null && (isNew || moving.successor !== null)
  if (fits) view.values.seen = seenNumbers(moving)
  const found = fits ? [] : await listCandidates(db, old.country, words, { delegated: true })
  // Where nobody is offered, a mistake of the choice leads to the search.
  if (found.length === 0) for (const mistake of view.summary) if (mistake.field === 'successor') mistake.field = 'q'
  return {
    ...{ q: words, isNew, moving: fits ? moving : null },
    unfit: Boolean(successor) && !fits && view.summary.length === 0,
    choosing: freshForm(view.action, { q: words }),
    found: found.map(({ id: value, name, language }) => ({ value, label: name, lang: language })),
  }
}
