import { seal, unseal } from '../secrets.ts'
import { type Body, redisplayable } from './form.ts'
import { drawnFor } from './once.ts'
import { type Ctx, sendPage } from './page.ts'

/** What somebody had typed when the visit ended: kept sealed on its way through the sign-in page, for the same user only. */
export interface Typed {
  userId: number
  path: string
  fields: [name: string, value: string][]
}

const CONTEXT = 'typed before signing in'

/** Reads what `sendEnded` sealed; anything odd is nothing. */
function openTyped(ctx: Ctx<unknown>, sealed: unknown): Typed | undefined {
  if (typeof sealed !== 'string' || sealed === '') return undefined
  try {
    return JSON.parse(unseal(ctx.kernel.keys, sealed, CONTEXT)) as Typed
  } catch {
    return undefined
  }
}

const pairs = (body: Body): Typed['fields'] =>
  Object.entries(redisplayable(body)).flatMap(([name, value]) =>
    [value ?? []].flat().map(one => [name, one] as [string, string]),
  )

/** A path of this site that can be opened after signing in, or '' for anything else. */
export function sitePath(text: unknown): string {
  if (typeof text !== 'string' || text.length > 2000 || !/^\/(?![/\\])[^\s\\]*$/.test(text)) return ''
  const site = 'http://site.invalid'
  return URL.parse(text, site)?.origin === site && !/^\/(session|password\/first)(?![\w-])/.test(text) ? text : ''
}

/** What is carried through the sign-in pages: the page that was asked for, and sealed what was typed. */
export const packResume = (next: unknown, typed: unknown): string =>
  JSON.stringify({ next: sitePath(next), typed: typeof typed === 'string' ? typed : '' })

/** What this user had typed before signing in; another user's text is dropped. */
export function resumable(ctx: Ctx<unknown>, userId: number, resume: string | null): Typed | undefined {
  const typed = openTyped(ctx, unpacked(resume).typed)
  return typed?.userId === userId && sitePath(typed.path) ? typed : undefined
}

/** Where a complete sign-in leads: to what was typed before, else to the page that was asked for, else home. */
export const landing = (ctx: Ctx<unknown>, userId: number, resume: string | null): string =>
  resumable(ctx, userId, resume) ? '/session/resume' : sitePath(unpacked(resume).next) || '/'

const unpacked = (resume: string | null): { next?: unknown; typed?: unknown } =>
  resume === null ? {} : (JSON.parse(resume) as { next?: unknown; typed?: unknown })

/**
 * Nobody is signed in (any more): a page leads to sign-in and back, a form keeps what was typed. A step of signing in leads to
 * where the person stands now, which a second click on its button has moved.
 */
export function sendEnded(ctx: Ctx<unknown>, what: 'page' | 'step of signing in' | 'form' | 'act'): void {
  const { req, res, visit } = ctx
  if (what === 'page' || what === 'step of signing in') {
    const start = what === 'page' && visit?.stage !== 'full' ? `/?next=${encodeURIComponent(req.originalUrl)}` : '/'
    const stages = { code: '/session/code', change: '/password/first', full: start }
    res.redirect(303, visit ? stages[visit.stage] : start)
    return
  }
  const body = (req.body ?? {}) as Body
  const userId = drawnFor(ctx.kernel.keys, body._once)
  const typed: Typed | undefined = userId === undefined ? undefined : { userId, path: req.path, fields: pairs(body) }
  const sealed = typed ? seal(ctx.kernel.keys, JSON.stringify(typed), CONTEXT) : ''
  const next = what === 'form' ? req.path : ''
  sendPage(ctx, 'sessions/ended', { title: 'sessions:ended.title', status: 403 }, { typed: sealed, next })
}

/** A token that is too old, on an act without a form: the page offers the same act again. */
export function sendStale(ctx: Ctx<unknown>): void {
  const fields = pairs((ctx.req.body ?? {}) as Body)
  sendPage(ctx, 'errors/stale', { title: 'errors:stale.title', status: 403 }, { action: ctx.req.originalUrl, fields })
}
