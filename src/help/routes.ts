import { findWaitingRegistration } from '../authorities/index.ts'
import type { Forbidden } from '../platform/errors.ts'
import { byLabel, countryName, day, zoneOf } from '../platform/i18n/names.ts'
import { type Crumb, type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { type Action, whoCan } from '../policy.ts'
import { contactsOf } from './contacts.ts'
import { findHelpers, listModuleHelp, listNationalCoordinators } from './queries.ts'
import { answering, type Question, questions, turnTo, turnToWhenDeactivated } from './turn-to.ts'

export const helpRoutes = [
  get('/help/people', { open: 'to signed-in users' }, sendPeople),
  get('/helpdesks', { open: 'to signed-in users' }, async ctx => {
    const all = await coordinatorsByCountry(ctx)
    const isOwn = ({ country }: { country: string }) => country === ctx.actor.country
    const helpdesks = [...all.filter(isOwn), ...all.filter(one => !isOwn(one))]
    sendPage(ctx, 'help/helpdesks', { title: 'help:helpdesks.title' }, { helpdesks })
  }),
  get('/help/access', { open: 'to everyone' }, async ctx => {
    sendPublic(ctx, 'access', { coordinators: await coordinatorsByCountry(ctx) })
  }),
  get('/help/forgotten', { open: 'to everyone' }, ctx => {
    const sender = /[^@\s>]+(?=>?$)/.exec(ctx.kernel.config.mailFrom)?.[0] ?? ''
    sendPublic(ctx, 'forgotten', { sender })
  }),
  get('/help/data-protection', { open: 'to everyone' }, ctx => sendPublic(ctx, 'data-protection', {})),
  get('/help/accessibility', { open: 'to everyone' }, ctx => {
    sendPublic(ctx, 'accessibility', { prepared: day(ctx.lang, zoneOf('EU'), STATEMENT_PREPARED) })
  }),
  get('/help/training', { open: 'to everyone' }, ctx => {
    sendPublic(ctx, 'training', { mode: ctx.kernel.config.mode })
  }),
]

/** Every country's national coordinator, by the name of the country in the reader's language. */
async function coordinatorsByCountry({ db, lang }: Ctx<unknown>) {
  const found = await listNationalCoordinators(db)
  return byLabel(
    lang,
    found.map(coordinator => ({ ...coordinator, label: countryName(lang, coordinator.country) })),
  )
}

/** When the accessibility statement was last held against the pages; a new assessment changes it. */
const STATEMENT_PREPARED = new Date('2026-11-20T12:00:00Z')

const publicPages = {
  access: { view: 'help/access', title: 'help:access.title' },
  forgotten: { view: 'help/forgotten', title: 'help:forgotten.title' },
  'data-protection': { view: 'help/data-protection', title: 'help:dataProtection.title' },
  accessibility: { view: 'help/accessibility', title: 'help:accessibility.title' },
  training: { view: 'help/training', title: 'help:training.title' },
} as const
type PublicPage = keyof typeof publicPages

/** A page that strangers read as well, with the way back and to the other ones. */
function sendPublic(ctx: Ctx<unknown>, page: PublicPage, fields: object): void {
  const signedIn = ctx.visit?.stage === 'full'
  const way: Crumb = signedIn
    ? { href: '/help/people', label: ctx.t('help:people.title') }
    : { href: '/', label: ctx.t('help:trail.signIn') }
  const others = Object.entries(publicPages)
    .filter(([other]) => other !== page)
    .map(([other, { title }]) => ({ href: `/help/${other}`, label: ctx.t(title) }))
  const { view, title } = publicPages[page]
  sendPage(ctx, view, { title, trail: [way, { label: ctx.t(title) }] }, { signedIn, others, ...fields })
}

async function sendPeople(ctx: Ctx): Promise<void> {
  const { actor, t } = ctx
  const [helpers, modules] = await Promise.all([
    findHelpers(ctx.db, actor),
    listModuleHelp(ctx.db, actor.authorityId, ctx.lang),
  ])
  const onlyAdministrator = actor.administrator && helpers.administrators.length === 1
  const asked = (Object.keys(questions) as Question[]).map(question => {
    const who = answering(question, { onlyAdministrator, kind: actor.kind })
    return { question: t(`help:question.${question}`), answer: t(`help:answer.${question}`), who }
  })
  sendPage(
    ctx,
    'help/people',
    { title: 'help:people.title', trail: [{ label: t('help:people.title') }] },
    { helpers, modules, questions: asked, onlyAdministrator, actor, country: countryName(ctx.lang, actor.country) },
  )
}

/** The 403 page: which right is missing, who holds or gives it, and how to reach them. It reads the same table as the refusal. */
export async function explainRefusal(ctx: Ctx<unknown>, refused: Forbidden): Promise<void> {
  const { actor, t } = ctx
  const helpers = await findHelpers(ctx.db, actor, refused.authorityId)
  const { concerned } = helpers
  const waiting = concerned && (await findWaitingRegistration(ctx.db, actor, concerned.id))
  const own = concerned === undefined || concerned.id === actor.authorityId
  const standings = whoCan(refused.action as Action)
  const asked = actor.deactivated
    ? turnToWhenDeactivated(actor.kind)
    : turnTo(standings, { own, kind: concerned?.kind ?? actor.kind, managedFromHere: helpers.managedFromHere })
  sendPage(
    ctx,
    'help/refusal',
    { title: 'help:refusal.title', status: 403, trail: [{ label: t('help:refusal.title') }] },
    {
      act: t(`help:act.${refused.action}`),
      needed: standings.map(standing => t(`help:standing.${standing.replaceAll(' ', '')}`)),
      concerned: own ? null : concerned,
      deactivated: actor.deactivated,
      waiting,
      groups: contactsOf(helpers, asked, actor),
      country: countryName(ctx.lang, concerned?.country ?? actor.country),
    },
  )
}
