import { z } from 'zod'
import { findLists, type Lists, openDuplicates, type Place } from '../../authorities/index.ts'
import { nameIn } from '../../modules/index.ts'
import { day, moment, zoneOf } from '../../platform/i18n/names.ts'
import { type FormView, line } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { listQuery } from '../../platform/web/list.ts'
import { type Crumb, type Ctx, sendPage } from '../../platform/web/page.ts'
import { get, type Route } from '../../platform/web/route.ts'
import { registrationForm, registrationMistakes } from '../../users/index.ts'
import type { Invitation } from '../invitation.ts'
import { searchRegistrations } from '../list-queries.ts'
import { findRegistration } from '../queries.ts'
import { findDecision } from './queries.ts'
import { rejectRegistration, validateRegistration } from './validate.ts'

const LONGEST_REASON = 1000

/** Registrations that were handed in: the list For validation, validating after correcting, rejecting with a reason (E6). */
export const validatingRoutes: Route[] = [
  get('/registrations', { can: 'registration.list' }, async ctx => {
    const search = z.object({ after: listQuery.after, before: listQuery.before }).parse(ctx.req.query)
    const page = await searchRegistrations(ctx.db, ctx.actor, { at: ctx.at, path: ctx.req.path, search })
    const rows = page.rows.map(({ id, name, email, inviterName, inviterLanguage, registeredAt }) => [
      { text: name, href: `/registrations/${id}` },
      { text: email },
      { text: inviterName, lang: inviterLanguage },
      { text: registeredAt ? day(ctx.lang, zoneOf(ctx.actor.country), registeredAt) : '' },
    ])
    const title = 'invitations:registrations.title'
    sendPage(ctx, 'invitations/registrations', { title, trail: [{ label: ctx.t(title) }] }, { page, rows })
  }),

  ...form(
    '/registrations/:id',
    { can: 'registration.validate', on: findRegistration },
    {
      view: 'invitations/registration',
      title: ({ name }) => ['invitations:registration.title', { name }],
      trail: ({ name }, ctx) => trailOf(ctx, [{ label: name }]),
      schema: async ctx => registrationForm(await listsFor(ctx), await placeOf(ctx)),
      check: async (ctx, body) => {
        const { subject: invitation, db, actor } = ctx
        if (invitation.status !== 'registered')
          return [{ field: '', ...(await findDecision(db, actor, invitation.id)) }]
        const self = invitation.registeredId ?? undefined
        return registrationMistakes(db, actor, body, await listsFor(ctx), await placeOf(ctx), self)
      },
      fill: ({ entered }) => entered ?? {},
      offer: async (ctx, view) => ({ ...(await shown(ctx)), ...(await doubts(ctx, view)) }),
      submit: async (c, invitation, registration, ctx) => ({
        ...(await validateRegistration(c, ctx.actor, invitation, registration)),
        modules: invitation.modules.map(({ names }) => nameIn(names, ctx.lang)).join(', '),
      }),
      done: ({ authorityId, modules }, invitation) => {
        const [first] = invitation.modules
        const path = `/authorities/${authorityId}/modules`
        return {
          to: first ? `${path}/new?module=${first.id}` : path,
          notice: ['invitations:registration.done', { authority: invitation.name, modules }],
        }
      },
    },
  ),

  ...form(
    '/registrations/:id/rejection',
    { can: 'registration.reject', on: findRegistration },
    {
      view: 'invitations/rejection',
      title: ({ name }) => ['invitations:rejection.title', { name }],
      trail: ({ id, name }, ctx) =>
        trailOf(ctx, [{ label: name, href: `/registrations/${id}` }, { label: ctx.t('invitations:rejection.trail') }]),
      schema: z.object({
        reason: line({ missing: 'invitations:rejection.reason.missing', max: LONGEST_REASON }),
        mayHandInAgain: z
          .unknown()
          .optional()
          .transform(value => value === 'yes'),
      }),
      check: async ({ subject: { id, status }, db, actor }) =>
        status === 'registered' ? [] : [{ field: '', ...(await findDecision(db, actor, id)) }],
      fill: () => ({ mayHandInAgain: 'yes' }),
      offer: async ctx => ({
        longest: LONGEST_REASON,
        decided: await decidedText(ctx),
        registration: `/registrations/${ctx.subject.id}`,
      }),
      submit: (c, invitation, value, ctx) => rejectRegistration(c, ctx.actor, invitation, value),
      done: (_result, { name }) => ({ to: '/registrations', notice: ['invitations:rejection.done', { name }] }),
    },
  ),
]

const trailOf = ({ t }: Ctx<unknown>, crumbs: Crumb[]): Crumb[] => [
  { label: t('invitations:registrations.title'), href: '/registrations' },
  ...crumbs,
]

/** Where the invited could register: the country of the inviter, and its region where the delegation has one. */
async function placeOf({ db, subject }: Ctx<Invitation>): Promise<Place> {
  const row = await db('delegations')
    .where({ authority_id: subject.inviterId })
    .first<{ region: string | null } | undefined>('region')
  return { country: subject.inviterCountry, region: row?.region ?? null }
}

const listsFor = async (ctx: Ctx<Invitation>): Promise<Lists> => findLists(ctx.db, ctx.lang, await placeOf(ctx))

/** What has become of a registration that is decided: by whom, and when. */
async function decidedText({ subject: { id, status }, db, actor, t }: Ctx<Invitation>): Promise<string | undefined> {
  if (status === 'registered') return undefined
  const { key, values } = await findDecision(db, actor, id)
  return t(key, values)
}

/** What the page shows beside the form; in place of the form, what has become of a registration that is decided. */
async function shown(ctx: Ctx<Invitation>): Promise<object> {
  const { subject: invitation, actor, lang } = ctx
  const registered = invitation.registeredAt && moment(lang, zoneOf(actor.country), invitation.registeredAt)
  return {
    invitation,
    lists: await listsFor(ctx),
    registered,
    modules: invitation.modules.map(({ id, names }) => ({ id, name: nameIn(names, lang) })),
    decided: await decidedText(ctx),
    reject: `/registrations/${invitation.id}/rejection`,
  }
}

/** The check for duplicates stands before validating as well, from the first drawing on (B4). */
async function doubts(ctx: Ctx<Invitation>, view: FormView): Promise<object> {
  const { subject: invitation } = ctx
  const asksAddress = Boolean(view.errors.personalAddress ?? view.values.personalAddress)
  if (invitation.status !== 'registered') return { duplicates: [], asksAddress }
  const place = await placeOf(ctx)
  const self = invitation.registeredId ?? undefined
  const { duplicates, confirmed } = await openDuplicates(
    ctx.db,
    ctx.actor,
    view.values,
    await listsFor(ctx),
    place,
    self,
  )
  if (!confirmed) delete view.values.noneOfThese
  return { duplicates, asksAddress }
}
