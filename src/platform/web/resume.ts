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
export function openTyped(ctx: Ctx<unknown>, sealed: unknown): Typed | undefined {
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

/** Nobody is signed in (any more): a page leads to sign-in and back, a form keeps what was typed. */
export function sendEnded(ctx: Ctx<unknown>, method: 'get' | 'post'): Promise<void> | void {
  const { req, res, visit } = ctx
  if (visit?.stage === 'code') {
    res.redirect(303, '/session/code')
    return
  }
  if (visit?.stage === 'change') {
    res.redirect(303, '/password/first')
    return
  }
  if (method === 'get') {
    res.redirect(303, `/?next=${encodeURIComponent(req.originalUrl)}`)
    return
  }
  const body = (req.body ?? {}) as Body
  const userId = drawnFor(ctx.kernel.keys, body._once)
  const typed: Typed | undefined = userId === undefined ? undefined : { userId, path: req.path, fields: pairs(body) }
  const sealed = typed ? seal(ctx.kernel.keys, JSON.stringify(typed), CONTEXT) : ''
  sendPage(ctx, 'sessions/ended', { title: 'sessions:ended.title', status: 403 }, { typed: sealed, next: req.path })
}

/** A token that is too old, on an act without a form: the page offers the same act again. */
export function sendStale(ctx: Ctx<unknown>): void {
  const fields = pairs((ctx.req.body ?? {}) as Body)
  sendPage(ctx, 'errors/stale', { title: 'errors:stale.title', status: 403 }, { action: ctx.req.originalUrl, fields })
}
