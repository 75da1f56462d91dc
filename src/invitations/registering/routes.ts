import { findLists, type Lists, type Place } from '../../authorities/index.ts'
import { type ActingParty, change, systemActor } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { countryName } from '../../platform/i18n/names.ts'
import { type AttemptLimit, attemptLimit } from '../../platform/web/attempt-limit.ts'
import { cookieOf } from '../../platform/web/csrf.ts'
import {
  type Body,
  type FormView,
  freshForm,
  type Mistake,
  mistakeOf,
  mistakenForm,
  readForm,
  redisplayable,
} from '../../platform/web/form.ts'
import { type Ctx, type Kernel, sendPage } from '../../platform/web/page.ts'
import { get, post, type Route } from '../../platform/web/route.ts'
import { registrationAddressMistakes, registrationForm } from '../../users/index.ts'
import { codeHash } from '../code.ts'
import { type Entry, findEntry } from './code-queries.ts'
import { handIn, keepStep, letsIn } from './hand-in.ts'
import { nextOf, stepForm, stepMistakes, type StepName, stepNames, stepPath, takenSteps, typedIn } from './steps.ts'
import { summaryOf } from './summary.ts'
import { cookieName, openVisit, sealVisit } from './visitor.ts'

const everyone = { open: 'to everyone' } as const

/** Registering with a code, without an account (E5): enter the code, three steps, a summary, and the username. */
export const registeringRoutes: Route[] = [
  get('/register', everyone, ctx => drawCode(ctx, freshForm('/register'), 200)),
  { ...post('/register', everyone, enterCode), redraw: ctx => drawCode(ctx, keptForm(ctx, '/register'), 403) },
  ...stepNames.flatMap(step => stepRoutes(step)),
  get('/register/summary', everyone, ctx => inside(ctx, entry => drawSummary(ctx, entry, [], 200))),
  {
    ...post('/register/summary', everyone, ctx => inside(ctx, entry => submitAll(ctx, entry))),
    redraw: ctx => inside(ctx, entry => drawSummary(ctx, entry, [], 403)),
  },
  get('/register/done', everyone, drawDone),
]

const stepViews: Record<StepName, string> = {
  authority: 'invitations/register-authority',
  classification: 'invitations/register-classification',
  firstUser: 'invitations/register-first-user',
}

function stepRoutes(step: StepName): Route[] {
  const path = stepPath[step]
  return [
    get(path, everyone, ctx => inside(ctx, entry => drawStep(ctx, entry, step, freshForm(path, entry.entered), 200))),
    {
      ...post(path, everyone, ctx => inside(ctx, entry => takeStep(ctx, entry, step))),
      redraw: ctx => inside(ctx, entry => drawStep(ctx, entry, step, keptForm(ctx, path), 403)),
    },
  ]
}

/** Takes the code. Each kind of wrong one has its page; none tells what exists. */
async function enterCode(ctx: Ctx): Promise<void> {
  const body = ctx.req.body as Body
  const refuse = (status: number, key: string) =>
    drawCode(
      ctx,
      mistakenForm(
        '/register',
        body,
        [{ field: key === 'tooMany' ? '' : 'code', key: `invitations:code.${key}` }],
        ctx.t,
      ),
      status,
    )
  if (!mayTry(ctx)) return refuse(429, 'tooMany')
  const typed = typeof body.code === 'string' ? body.code : ''
  if (typed.trim() === '') return refuse(422, 'missing')
  const hash = codeHash(typed)
  if (hash === undefined) return refuse(422, 'malformed')
  const entry = await findEntry(ctx.db, { hash }, ctx.at)
  if (!entry) return drawRefused(ctx, 'unknown')
  const { standing } = entry
  if (standing === 'handedIn') return drawHandedIn(ctx, entry)
  if (standing !== 'open' && standing !== 'correct' && standing !== 'rejected') return drawRefused(ctx, standing, entry)
  const { secure, name } = cookieOfVisit(ctx)
  const sealed = sealVisit(ctx.kernel.keys, entry.codeId, ctx.at)
  ctx.res.cookie(name, sealed, { httpOnly: true, sameSite: 'lax', secure, path: '/' })
  if (entry.reason !== null) return drawReason(ctx, entry)
  ctx.res.redirect(303, goOn(entry))
}

/** The step that comes next for what was entered so far. */
function goOn({ entered }: Entry): string {
  const open = stepNames.find(step => !takenSteps(entered).includes(step))
  return stepPath[open ?? 'summary']
}

/** Somebody with a code that still lets in; all others begin at the beginning, with what is wrong with it. */
async function inside(ctx: Ctx<unknown>, work: (entry: Entry) => Promise<void> | void): Promise<void> {
  const entry = await entryOf(ctx)
  if (entry?.standing === 'handedIn') return ctx.res.redirect(303, '/register/done')
  if (!entry || !letsIn(entry)) return ctx.res.redirect(303, '/register')
  await work(entry)
}

async function entryOf(ctx: Ctx<unknown>): Promise<Entry | undefined> {
  const codeId = openVisit(ctx.kernel.keys, cookieOf(ctx.req, cookieOfVisit(ctx).name), ctx.at)
  return codeId === undefined ? undefined : findEntry(ctx.db, { codeId }, ctx.at)
}

function cookieOfVisit({ kernel }: Ctx<unknown>): { secure: boolean; name: string } {
  const secure = kernel.config.baseUrl.startsWith('https:')
  return { secure, name: cookieName(secure) }
}

const placeOf = ({ country, region }: Entry): Place => ({ country, region })
const listsFor = (ctx: Ctx<unknown>, entry: Entry): Promise<Lists> => findLists(ctx.db, ctx.lang, placeOf(entry))

const visitor = (ctx: Ctx<unknown>): ActingParty => ({
  ...systemActor('invited'),
  address: ctx.req.ip,
})

async function takeStep(ctx: Ctx<unknown>, entry: Entry, step: StepName): Promise<void> {
  const body = ctx.req.body as Body
  const lists = await listsFor(ctx, entry)
  const place = placeOf(entry)
  const schema = stepForm(step, lists, place)
  const read = readForm(schema, body)
  const mistakes = [
    ...(read.ok ? [] : read.mistakes),
    ...stepMistakes(step, body, lists, place),
    ...(await addressMistakes(ctx, entry, step, body)),
  ]
  if (mistakes.length > 0) return drawStep(ctx, entry, step, mistakenForm(stepPath[step], body, mistakes, ctx.t), 422)
  const typed = typedIn(step, body, lists, place)
  const others = [...Object.keys(schema.shape), 'personalAddress']
  await change(ctx.kernel, visitor(ctx), c => keepStep(c, entry, step, { typed, others }))
  const taken = [...takenSteps(entry.entered), step]
  ctx.res.redirect(303, stepNames.every(name => taken.includes(name)) ? stepPath.summary : nextOf(step))
}

/** The two addresses, each at the step in which it is asked for. */
async function addressMistakes(ctx: Ctx<unknown>, entry: Entry, step: StepName, body: Body): Promise<Mistake[]> {
  if (step === 'classification') return []
  const both =
    step === 'authority' ? { email: body.email, personalAddress: body.personalAddress } : { userEmail: body.userEmail }
  const email = step === 'authority' ? undefined : entry.entered.email
  const asked = await registrationAddressMistakes(ctx.db, {
    email,
    personalAddress: entry.entered.personalAddress,
    ...both,
  })
  const field = step === 'authority' ? 'personalAddress' : 'userEmail'
  return asked.filter(mistake => mistake.field === field)
}

async function submitAll(ctx: Ctx<unknown>, entry: Entry): Promise<void> {
  const lists = await listsFor(ctx, entry)
  const read = readForm(registrationForm(lists, placeOf(entry)), entry.entered)
  const mistakes = [...(read.ok ? [] : read.mistakes), ...(await registrationAddressMistakes(ctx.db, entry.entered))]
  if (!read.ok || mistakes.length > 0) return drawSummary(ctx, entry, mistakes, 422)
  try {
    await change(ctx.kernel, visitor(ctx), c => handIn(c, entry, read.value))
  } catch (error) {
    if (error instanceof RuleBroken) return drawSummary(ctx, entry, [mistakeOf(error)], 422)
    throw error
  }
  ctx.res.redirect(303, '/register/done')
}

function drawCode(ctx: Ctx<unknown>, form: FormView, status: number): void {
  const options = { title: 'invitations:code.title', status, mistaken: form.summary.length > 0 }
  sendPage(ctx, 'invitations/code', options, { form })
}

/** Says what is wrong with a code, and whom to ask: only whoever has a code that was real reads who sent it (E5). */
function drawRefused(
  ctx: Ctx<unknown>,
  kind: 'unknown' | 'used' | 'expired' | 'withdrawn' | 'replaced',
  inviter?: Pick<Entry, 'inviterName' | 'inviterLanguage'>,
): void {
  const title = `invitations:refused.${kind}.title`
  sendPage(ctx, 'invitations/code-refused', { title, status: 422 }, { kind, inviter, form: freshForm('/register') })
}

function drawReason(ctx: Ctx<unknown>, entry: Entry): void {
  const { reason, inviterName, inviterLanguage, name } = entry
  const href = letsIn(entry) ? stepPath.summary : undefined
  sendPage(
    ctx,
    'invitations/rejected',
    { title: 'invitations:rejected.title' },
    { reason, inviterName, inviterLanguage, name, href },
  )
}

async function drawStep(
  ctx: Ctx<unknown>,
  entry: Entry,
  step: StepName,
  form: FormView,
  status: number,
): Promise<void> {
  const lists = await listsFor(ctx, entry)
  const { region } = entry
  const values =
    status === 200 && !takenSteps(entry.entered).includes(step)
      ? { ...opening(lists, region), ...form.values }
      : form.values
  const asksAddress = Boolean(form.errors.personalAddress ?? form.values.personalAddress)
  const options = { title: `invitations:register.${step}`, status, mistaken: form.summary.length > 0 }
  sendPage(ctx, stepViews[step], options, {
    form: { ...form, values },
    lists,
    asksAddress,
    ...around(ctx, entry, step),
  })
}

/** What a fresh form proposes. */
const opening = (lists: Lists, region: string | null): FormView['values'] => ({
  languages: lists.own,
  userLanguage: lists.own[0],
  ...(region && { region, level: 'regional' }),
})

/** What every step shows beside its form: who has invited, and how far one is. */
function around(ctx: Ctx<unknown>, entry: Entry, current: StepName | 'summary'): object {
  const taken = takenSteps(entry.entered)
  return {
    name: entry.name,
    inviterName: entry.inviterName,
    inviterLanguage: entry.inviterLanguage,
    country: countryName(ctx.lang, entry.country),
    steps: [...stepNames, 'summary' as const].map(step => ({
      label: ctx.t(`invitations:register.step.${step}`),
      state: step === current ? 'current' : step !== 'summary' && taken.includes(step) ? 'done' : 'next',
    })),
  }
}

async function drawSummary(ctx: Ctx<unknown>, entry: Entry, mistakes: Mistake[], status: number): Promise<void> {
  const open = goOn(entry)
  if (open !== stepPath.summary) return ctx.res.redirect(303, open)
  const lists = await listsFor(ctx, entry)
  // The fields stand on other pages: the links of the mistakes would lead nowhere.
  const unlinked = mistakes.map(mistake => ({ ...mistake, field: '' }))
  const form = mistakenForm(stepPath.summary, {}, unlinked, ctx.t)
  const options = { title: 'invitations:register.summary', status, mistaken: mistakes.length > 0 }
  sendPage(ctx, 'invitations/register-summary', options, {
    form,
    groups: summaryOf(entry.entered, lists, ctx),
    paths: stepPath,
    ...around(ctx, entry, 'summary'),
  })
}

/** The summary to be saved or printed, with the username; there as long as the browser's visit lasts. */
async function drawDone(ctx: Ctx<unknown>): Promise<void> {
  const entry = await entryOf(ctx)
  if (entry?.standing !== 'handedIn' || entry.username === null) return ctx.res.redirect(303, '/register')
  await drawHandedIn(ctx, entry, entry.username)
}

/**
 * What happens next; what was handed in and the username only in the browser that has just handed it in: the mail with the code lies
 * in a mailbox that many may read.
 */
async function drawHandedIn(ctx: Ctx<unknown>, entry: Entry, username?: string): Promise<void> {
  const { inviterName, inviterLanguage, name } = entry
  const groups = username ? summaryOf(entry.entered, await listsFor(ctx, entry), ctx) : []
  sendPage(
    ctx,
    'invitations/register-done',
    { title: username ? 'invitations:done.title' : 'invitations:refused.used.title' },
    { username, inviterName, inviterLanguage, name, groups },
  )
}

/** What was sent with an outdated token, drawn again. */
const keptForm = (ctx: Ctx<unknown>, path: string): FormView => ({
  ...freshForm(path, redisplayable(ctx.req.body as Body)),
  note: ctx.t('components:form.keptTyped'),
})

const limits = new WeakMap<Kernel, AttemptLimit>()

/** Nobody needs many tries for a code that is copied from a mail. */
function mayTry({ kernel, req, at }: Ctx): boolean {
  let limit = limits.get(kernel)
  if (!limit) limits.set(kernel, (limit = attemptLimit({ attempts: 30 })))
  return limit(req.ip ?? '', at)
}
