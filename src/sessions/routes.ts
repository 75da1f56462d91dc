import type { Visit } from '../actor.ts'
import { change } from '../platform/db/change.ts'
import { type AttemptLimit, attemptLimit } from '../platform/web/attempt-limit.ts'
import { type Body, type FormView, freshForm, type Mistake, mistakenForm, redisplayable } from '../platform/web/form.ts'
import { type Ctx, type Kernel, sendPage } from '../platform/web/page.ts'
import { landing, packResume, resumable, sendStale, sitePath } from '../platform/web/resume.ts'
import { get, post, type Route } from '../platform/web/route.ts'
import { closeSession, keepResume, openSession, visitingParty } from '../platform/web/session.ts'
import { ABSOLUTE_LIMIT, IDLE_LIMIT } from '../platform/web/visit-store.ts'
import { findPositions } from './queries.ts'
import { enterCharacters, enterPassword, sweepEnded } from './sign-in.ts'

const stranger = { open: 'to everyone' } as const
const halfIn = { open: 'while giving the code' } as const
const signedIn = { open: 'to signed-in users' } as const

export const sessionRoutes: Route[] = [
  // A form that was sent leaves its address behind: reloaded or opened in another language it leads to the start.
  get('/session', stranger, ctx => ctx.res.redirect(303, '/')),
  get('/session/return', stranger, ctx => ctx.res.redirect(303, '/')),
  { ...post('/session', stranger, signIn), redraw: ctx => drawSignIn(ctx, keptForm(ctx), 403) },
  get('/session/code', halfIn, ctx => sendCode(ctx, freshForm('/session/code'), 200)),
  { ...post('/session/code', halfIn, giveCharacters), redraw: ctx => sendCode(ctx, keptForm(ctx), 403) },
  { ...post('/session/end', stranger, signOut), redraw: ctx => (ctx.visit ? sendStale(ctx) : signOut(ctx)) },
  post('/session/extension', signedIn, ctx => void ctx.res.status(204).end()),
  { ...post('/session/return', stranger, comeBack), redraw: comeBack },
  get('/session/resume', signedIn, offerTyped),
]

/** The one page a stranger sees at `/`. */
export function sendSignIn(ctx: Ctx<unknown>): void {
  const { next, 'signed-out': out } = ctx.req.query
  drawSignIn(ctx, freshForm('/session', { next: sitePath(next), typed: '' }), 200, out !== undefined)
}

function drawSignIn(ctx: Ctx<unknown>, view: FormView, status: number, signedOut = false): void {
  const values = { next: '', typed: '', ...view.values }
  const options = { title: 'sessions:signIn.title', status, mistaken: view.summary.length > 0 }
  sendPage(ctx, 'sessions/sign-in', options, { form: { ...view, action: '/session', values }, signedOut })
}

/** Takes username and password. Whatever is wrong with them, the page, its status and its time are the same (A7). */
async function signIn(ctx: Ctx): Promise<void> {
  const { req, res, kernel, db, at } = ctx
  const body = req.body as Body
  const refuse = (status: number, ...mistakes: Mistake[]) =>
    drawSignIn(ctx, mistakenForm('/session', body, mistakes, ctx.t), status)
  if (!mayTry(ctx)) return refuse(429, { field: '', key: 'sessions:tooMany' })
  const entry = { username: textOf(body.username).trim(), password: textOf(body.password) }
  const missing = (['username', 'password'] as const).filter(name => entry[name] === '')
  if (missing.length > 0)
    return refuse(422, ...missing.map(field => ({ field, key: `sessions:signIn.missing.${field}` })))
  const nobody = { id: null, authorityId: null, name: null, address: req.ip }
  const entered = await enterPassword(kernel, nobody, entry)
  if (!entered) return refuse(422, { field: '', key: 'sessions:signIn.refused' })
  await sweepEnded(db, { idleSince: before(at, IDLE_LIMIT), openedSince: before(at, ABSOLUTE_LIMIT) })
  await openSession(ctx, { ...entered, resume: packResume(body.next, body.typed) })
  res.redirect(303, entered.stage === 'code' ? '/session/code' : '/password/first')
}

/** Takes the three characters; a complete sign-in gets a session id of its own. */
async function giveCharacters(ctx: Ctx): Promise<void> {
  const { req, res, kernel } = ctx
  const visit = ctx.visit as Visit
  const body = req.body as Body
  const refuse = (status: number, ...mistakes: Mistake[]) =>
    sendCode(ctx, mistakenForm(req.path, body, mistakes, ctx.t), status)
  if (!mayTry(ctx)) return refuse(429, { field: '', key: 'sessions:tooMany' })
  const positions = await findPositions(ctx.db, visit.userId)
  const characters = positions.map(position => textOf(body[`character${position}`]))
  const missing = positions.filter((_, index) => [...(characters[index] ?? '')].length !== 1)
  const mistakes = missing.map(at => ({
    field: `character${at}`,
    key: 'sessions:code.missing',
    values: { position: at },
  }))
  if (mistakes.length > 0) return refuse(422, ...mistakes)
  const party = { ...visitingParty(visit, req.ip), id: visit.userId }
  const outcome = await enterCharacters(kernel, party, characters, kernel.config.passwordProfile)
  if (outcome === 'refused') return refuse(422, { field: '', key: 'sessions:code.refused' })
  if (outcome === 'elsewhere') {
    await closeSession(ctx)
    return res.redirect(303, '/')
  }
  const stage = outcome === 'expired' ? 'change' : 'full'
  await openSession(ctx, { userId: visit.userId, stage, resume: visit.resume })
  res.redirect(303, stage === 'change' ? '/password/expired' : landing(ctx, visit.userId, visit.resume))
}

async function sendCode(ctx: Ctx<unknown>, view: FormView, status: number): Promise<void> {
  const positions = await findPositions(ctx.db, (ctx.visit as Visit).userId)
  if (positions.length === 0) return ctx.res.redirect(303, '/')
  const options = { title: 'sessions:code.title', status, mistaken: view.summary.length > 0 }
  sendPage(ctx, 'sessions/code', options, { form: view, positions })
}

async function signOut(ctx: Ctx<unknown>): Promise<void> {
  const { req, res, kernel, visit } = ctx
  if (visit) {
    const subject = { type: 'user', id: visit.userId, authorityId: visit.actor.authorityId }
    await change(kernel, visitingParty(visit, req.ip), c => c.record('session.ended', subject, {}))
    await closeSession(ctx)
  }
  res.redirect(303, '/?signed-out')
}

/** Opens the sign-in page with what was typed; who has signed in elsewhere in the meantime goes on at once. */
async function comeBack(ctx: Ctx<unknown>): Promise<void> {
  const { req, res, visit } = ctx
  const { next, typed } = req.body as Body
  if (visit?.stage !== 'full') return drawSignIn(ctx, freshForm('/session', redisplayable(req.body as Body)), 200)
  const resume = packResume(next, typed)
  await keepResume(ctx.db, req.sessionID, resume)
  res.redirect(303, landing(ctx, visit.userId, resume))
}

/** Offers to go on with what this user had typed when the last visit ended. */
function offerTyped(ctx: Ctx): void {
  const typed = resumable(ctx, ctx.actor.id, ctx.visit?.resume ?? null)
  if (!typed) return ctx.res.redirect(303, '/')
  const fields = [...typed.fields, ['_redraw', 'yes'] as const].map(([name, value]) => ({ name, value }))
  sendPage(ctx, 'sessions/resume', { title: 'sessions:resume.title' }, { action: typed.path, fields })
}

/** What was sent, drawn again with the sentence that nothing has happened yet. */
const keptForm = (ctx: Ctx<unknown>): FormView => ({
  ...freshForm(ctx.req.path, redisplayable(ctx.req.body as Body)),
  note: ctx.t('components:form.keptTyped'),
})

const limits = new WeakMap<Kernel, AttemptLimit>()

function mayTry({ kernel, req, at }: Ctx): boolean {
  let limit = limits.get(kernel)
  if (!limit) limits.set(kernel, (limit = attemptLimit()))
  return limit(req.ip ?? '', at)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const before = (at: Date, time: number): Date => new Date(at.getTime() - time)
