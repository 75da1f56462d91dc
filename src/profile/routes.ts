import { type Contacts, contactsOf, findHelpers, turnTo } from '../help/index.ts'
import { listModules } from '../modules/index.ts'
import { mistakesInCurrent, secretText } from '../passwords/index.ts'
import type { Document } from '../platform/documents/document.ts'
import { offeredLanguages } from '../platform/i18n/i18n.ts'
import { byLabel, languageName, moment, zoneOf } from '../platform/i18n/names.ts'
import { NOTIFICATIONS } from '../platform/mail/email.ts'
import { fingerprint } from '../platform/secrets.ts'
import type { Body, Mistake } from '../platform/web/form.ts'
import { form } from '../platform/web/form-route.ts'
import { type Crumb, type Ctx, sendPage } from '../platform/web/page.ts'
import { get, post, type Route } from '../platform/web/route.ts'
import { printedBy, sendPdf } from '../platform/web/send-document.ts'
import { leaveNotice } from '../platform/web/session.ts'
import { ABSOLUTE_LIMIT, IDLE_LIMIT } from '../platform/web/visit-store.ts'
import { endOtherSessions, endSession, listSessions } from '../sessions/index.ts'
import { askForEmailChange, cancelEmailChange, confirmEmailChange } from './change-email.ts'
import { editProfile } from './edit-profile.ts'
import { confirmationForm, emailForm, languagesFor, profileForm } from './forms.ts'
import { findEmailChange, findProfile } from './queries.ts'
import { findOwnRights, listModuleRights } from './rights-queries.ts'
import { rightsDocument } from './rights-document.ts'
import { type Lack, lacksOf, moduleRights, ownRights, type ShownModule, type ShownRight } from './rights.ts'
import { shownSession } from './visits.ts'

const own = { open: 'to signed-in users' } as const

export const profileRoutes: Route[] = [
  get('/profile', own, sendProfile),
  ...form('/profile/edit', own, {
    view: 'profile/edit',
    title: () => 'profile:edit.title',
    trail: (_subject, ctx) => trailTo(ctx, 'profile:edit.title'),
    schema: ctx => profileForm(ctx.actor.language),
    fill: async (_subject, ctx) => {
      const { version, ...profile } = await findProfile(ctx.db, ctx.actor.id, ctx.at)
      const { givenName, familyName, telephone, language, notifications } = profile
      return { givenName, familyName, telephone, language, notifications, version: String(version) }
    },
    offer: ctx => ({ languages: languageChoices(ctx), notifications: notificationChoices(ctx) }),
    submit: (c, _subject, data, ctx) => editProfile(c, ctx.actor, data),
    done: () => ({ to: '/profile', notice: 'profile:edit.done' }),
  }),
  ...form('/profile/email', own, {
    view: 'profile/email',
    title: () => 'profile:email.title',
    trail: (_subject, ctx) => trailTo(ctx, 'profile:email.title'),
    schema: emailForm,
    check: checkEmail,
    offer: async ctx => ({ profile: await findProfile(ctx.db, ctx.actor.id, ctx.at), until: untilOf(ctx) }),
    submit: (c, _subject, { email }, ctx) => askForEmailChange(c, ctx.actor, email),
    done: (_result, _subject, { email }) => ({ to: '/profile', notice: ['profile:email.asked', { email }] }),
  }),
  post('/profile/email/cancellation', own, async ctx => {
    await ctx.change(c => cancelEmailChange(c, ctx.actor))
    await leave(ctx, 'profile:cancellation.done')
    ctx.res.redirect(303, '/profile')
  }),
  ...form('/profile/email/confirmation', own, {
    view: 'profile/confirmation',
    title: () => 'profile:confirmation.title',
    trail: (_subject, ctx) => trailTo(ctx, 'profile:confirmation.title'),
    schema: confirmationForm,
    fill: (_subject, ctx) => ({ token: secretText(ctx.req.query.token) }),
    offer: async (ctx, { values }) => ({
      change: await findEmailChange(ctx.db, ctx.actor.id, fingerprint(secretText(values.token)), ctx.at),
    }),
    submit: (c, _subject, { token }, ctx) => confirmEmailChange(c, ctx.actor, token),
    done: () => ({ to: '/profile', notice: 'profile:confirmation.done' }),
  }),
  get('/profile/sessions', own, sendSessions),
  post('/profile/sessions/end', own, async ctx => {
    await ctx.change(c => endSession(c, ctx.actor, secretText((ctx.req.body as Body).session)))
    await leave(ctx, 'profile:session.ended')
    ctx.res.redirect(303, '/profile/sessions')
  }),
  post('/profile/sessions/others/end', own, async ctx => {
    await ctx.change(c => endOtherSessions(c, ctx.actor, fingerprint(ctx.req.sessionID)))
    await leave(ctx, 'profile:session.othersEnded')
    ctx.res.redirect(303, '/profile/sessions')
  }),
  get('/profile/rights', own, sendRights),
  get('/profile/rights/report', own, async ctx => {
    const document = await reportRights(ctx)
    const title = 'profile:rights.title'
    const trail = [...trailTo(ctx, title).slice(0, 1), { href: '/profile/rights', label: ctx.t(title) }]
    sendPage(ctx, 'documents/document', { title, trail }, { document, pdf: '/profile/rights/report/pdf' })
  }),
  get('/profile/rights/report/pdf', own, async ctx =>
    sendPdf(ctx, await reportRights(ctx), ctx.t('profile:rights.title')),
  ),
]

const trailTo = (ctx: Ctx<unknown>, page: string): Crumb[] => [
  { href: '/profile', label: ctx.t('profile:title') },
  { label: ctx.t(page) },
]

const leave = (ctx: Ctx<unknown>, key: string): Promise<void> =>
  leaveNotice(ctx.db, ctx.req.sessionID, { kind: 'success', key, values: {} })

async function sendProfile(ctx: Ctx): Promise<void> {
  const { actor, lang } = ctx
  const profile = await findProfile(ctx.db, actor.id, ctx.at)
  const language = languageName(lang, profile.language)
  const isLater = !offeredLanguages.some(one => one === profile.language)
  const options = { title: 'profile:title', trail: [{ label: ctx.t('profile:title') }] }
  sendPage(ctx, 'profile/profile', options, { profile, actor, language, isLater, until: untilOf(ctx) })
}

/** How a moment is said until which something holds. */
const untilOf =
  ({ lang, actor }: Ctx<unknown>) =>
  (at: Date): string =>
    moment(lang, zoneOf(actor.country), at)

/** Every language by its name; where the texts are not complete yet, what is shown instead. The choice is kept all the same. */
const languageChoices = ({ t, lang, actor }: Ctx<unknown>) =>
  byLabel(
    lang,
    languagesFor(actor.language).map(value => {
      const language = languageName(lang, value)
      const isComplete = offeredLanguages.some(one => one === value)
      return { value, label: isComplete ? language : t('profile:language.later', { language }) }
    }),
  )

const notificationChoices = ({ t }: Ctx<unknown>) =>
  NOTIFICATIONS.map(value => ({
    value,
    label: t(`profile:notifications.${value}`),
    hint: t(`profile:notificationsText.${value}`),
  }))

async function checkEmail(ctx: Ctx, body: Body): Promise<Mistake[]> {
  const typed = secretText(body.email).normalize('NFC').trim().toLowerCase()
  const same: Mistake[] = typed === ctx.actor.email.toLowerCase() ? [{ field: 'email', key: 'profile:email.same' }] : []
  const user = { ...ctx.party, id: ctx.actor.id }
  return [...same, ...(await mistakesInCurrent(ctx.kernel, user, secretText(body.passwordCurrent)))]
}

async function sendSessions(ctx: Ctx): Promise<void> {
  const { actor, t, lang, at } = ctx
  const before = (time: number): Date => new Date(at.getTime() - time)
  const limits = { idleSince: before(IDLE_LIMIT), openedSince: before(ABSOLUTE_LIMIT) }
  const found = await listSessions(ctx.db, actor.id, limits, fingerprint(ctx.req.sessionID))
  const sessions = found.map(session => shownSession(session, { t, lang, country: actor.country }))
  const options = { title: 'profile:sessions.title', trail: trailTo(ctx, 'profile:sessions.title') }
  sendPage(ctx, 'profile/sessions', options, { sessions })
}

/** An authority that can give something for two reasons is named for the first one. */
function eachOnce(givers: Contacts[]): Contacts[] {
  const named = new Set<string>()
  const isNew = ({ email }: { email: string }): boolean => named.size < named.add(email).size
  return givers.map(({ group, contacts }) => ({ group, contacts: contacts.filter(isNew) }))
}

async function sendRights(ctx: Ctx): Promise<void> {
  const { actor, db } = ctx
  const [shown, helpers] = await Promise.all([listRights(ctx), findHelpers(db, actor)])
  const concern = { own: true, kind: actor.kind, managedFromHere: helpers.managedFromHere }
  const missing: { lack: Lack; givers: Contacts[] }[] = lacksOf(actor).map(({ lack, needed }) => ({
    lack,
    givers: eachOnce(contactsOf(helpers, turnTo(needed, concern), actor)),
  }))
  const options = { title: 'profile:rights.title', trail: trailTo(ctx, 'profile:rights.title') }
  sendPage(ctx, 'profile/rights', options, {
    actor,
    ...shown,
    missing,
  })
}

async function listRights(ctx: Ctx): Promise<{ rights: ShownRight[]; modules: ShownModule[] }> {
  const { actor, db } = ctx
  const [rights, modules, granted] = await Promise.all([
    findOwnRights(db, actor),
    listModules(db),
    listModuleRights(db, actor),
  ])
  return { rights: ownRights(rights, modules, ctx), modules: granted.map(module => moduleRights(module, ctx)) }
}

async function reportRights(ctx: Ctx): Promise<Document> {
  const { rights, modules } = await listRights(ctx)
  return rightsDocument(rights, modules, ctx.t, printedBy(ctx))
}
