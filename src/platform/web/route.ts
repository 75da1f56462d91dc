import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express'
import type { Knex } from 'knex'
import { type Action, type Actor, can, type Subject } from '../../policy.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { type AttachmentLimits, ATTACHMENT_LIMITS, closeAttachments, readAttachments } from './attachments.ts'
import type { Body } from './form.ts'
import { contextOf, type Ctx, type Kernel } from './page.ts'
import { sendEnded, sendStale } from './resume.ts'
import { readUpload } from './upload.ts'

export type Found<T> = T & Subject

/** Finds a record within the actor's reach, with what the actor is to it; out of reach is the same as absent. */
export type Finder<T> = (db: Knex, actor: Actor, id: number) => Promise<Found<T> | undefined>

/** Every route says who may open it; a route that does not say does not compile. */
export type Access<T> =
  | { open: 'to everyone' | 'to signed-in users' | 'while giving the code' | 'while changing a password' }
  | { can: Action; on?: undefined }
  | { can: Action; on: Finder<T> }

export type Handler<T> = (ctx: Ctx<T>) => Promise<void> | void

export interface Route {
  method: 'get' | 'post'
  path: string
  access: Access<unknown>
  handle: Handler<unknown>
  /** Set where a stale token or an ended session can show the form again as it was typed. */
  redraw?: Handler<unknown>
  /** Whether the form may hold files: read only once it is known that the sender may send it. */
  files?: boolean
  /** How much the form may bring to be attached: read while it comes, once it is known that the sender may send it. */
  attachments?: AttachmentLimits
}

/** A page. It changes nothing. */
export function get<T = undefined>(path: string, access: Access<T>, handle: Handler<Found<T>>): Route {
  return { method: 'get', path, access: access as Access<unknown>, handle: handle as Handler<unknown> }
}

/** An act without a form of its own. */
export function post<T = undefined>(path: string, access: Access<T>, handle: Handler<Found<T>>): Route {
  return { method: 'post', path, access: access as Access<unknown>, handle: handle as Handler<unknown> }
}

/** The same routes, whose forms may hold files; `uploadedFile` finds them. */
export const withFiles = (routes: readonly Route[]): Route[] =>
  routes.map(route => (route.method === 'post' ? { ...route, files: true } : route))

/**
 * The same routes, whose forms may bring files to be attached: any number of file fields, several files in each, none of it held in
 * memory. `attachedFiles(ctx.req)` are the files that may be stored, in `submit`: `for (const file of attachedFiles(ctx.req)) await
 * storeFile(c, file)`. Files that may not are mistakes of the form like any other. Nothing of a file is kept before right and token are
 * known, and nothing after the answer. A form drawn again cannot hold the files: the person selects them once more, as the field says;
 * so a form with a preview has no attachments.
 */
export const withAttachments = (routes: readonly Route[], limits: AttachmentLimits = ATTACHMENT_LIMITS): Route[] =>
  routes.map(route => (route.method === 'post' ? { ...route, attachments: limits } : route))

/**
 * Hangs the routes into the application; each is guarded before its handler runs. Express tries one route after the other, so they
 * stand apart by how their address begins: of hundreds a few are tried.
 */
export function mount(app: Express, kernel: Kernel, routes: readonly Route[]): void {
  const routers = new Map<string, Router>()
  for (const route of routes) {
    const router = routers.get(beginningOf(route.path)) ?? express.Router()
    routers.set(beginningOf(route.path), router)
    router[route.method](route.path, (req: Request, res: Response, next: NextFunction) => {
      admit(kernel, route, req, res).catch(next)
    })
  }
  app.use((req, res, next) => {
    const router = routers.get(beginningOf(req.path))
    if (router) router(req, res, next)
    else next()
  })
}

/** As Express compares addresses: whether letters are capital does not matter. */
const beginningOf = (path: string): string => (path.split('/', 2)[1] ?? '').toLowerCase()

async function admit(kernel: Kernel, route: Route, req: Request, res: Response): Promise<void> {
  const ctx = contextOf(kernel, req, res)
  const stage = ctx.visit?.stage
  if (!stageFits(route.access, stage)) {
    await readBody(route, ctx, () => false)
    sendEnded(ctx, refusedOf(route))
    return
  }
  if (!('open' in route.access)) await findSubject(ctx, route.access)
  if (route.method === 'get') return route.handle(ctx)
  try {
    await answerPost(route, ctx)
  } finally {
    await closeAttachments(req)
  }
}

async function answerPost(route: Route, ctx: Ctx): Promise<void> {
  const { req, kernel } = ctx
  const genuine = (fields: Body) => kernel.csrf.holds(req, fields._csrf ?? req.get('x-csrf-token'))
  await readBody(route, ctx, genuine)
  // Whatever was sent in another shape than a form is an empty form.
  const body = (req.body ??= {}) as Body
  if (!genuine(body)) return (route.redraw ?? sendStale)(ctx)
  if (route.redraw && body._redraw) return route.redraw(ctx)
  return route.handle(ctx)
}

/** Forms that may hold files are read here and not before: their texts always, their files only where they may be kept. */
async function readBody(route: Route, ctx: Ctx, mayKeep: (body: Body) => boolean): Promise<void> {
  if (route.method !== 'post') return
  if (route.files) await readUpload(ctx.req, mayKeep)
  if (route.attachments) await readAttachments(ctx, route.attachments, mayKeep)
}

function stageFits(access: Access<unknown>, stage: 'code' | 'change' | 'full' | undefined): boolean {
  if (!('open' in access)) return stage === 'full'
  if (access.open === 'to everyone') return true
  if (access.open === 'while giving the code') return stage === 'code'
  if (access.open === 'while changing a password') return stage === 'change'
  return stage === 'full'
}

function refusedOf({ method, access, redraw }: Route): Parameters<typeof sendEnded>[1] {
  if ('open' in access && access.open.startsWith('while')) return 'step of signing in'
  if (method === 'get') return 'page'
  return redraw ? 'form' : 'act'
}

/** 404 for what is malformed, absent or out of reach; 403, which explains itself, for what is within reach but not allowed. */
async function findSubject(ctx: Ctx, access: Exclude<Access<unknown>, { open: string }>): Promise<void> {
  if (!access.on) {
    if (!can(ctx.actor, access.can)) throw new Forbidden(access.can, { standings: [] })
    return
  }
  const id = pathId(ctx.req.params.id)
  const found = id === undefined ? undefined : await access.on(ctx.db, ctx.actor, id)
  if (!found) throw new NotFound()
  if (!can(ctx.actor, access.can, found)) throw new Forbidden(access.can, found)
  ;(ctx as Ctx<unknown>).subject = found
}

/** A number as PostgreSQL's integer holds it: 1 to 2147483647, without sign, zero in front or anything else. */
export function pathId(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^[1-9]\d{0,9}$/.test(text)) return undefined
  const id = Number(text)
  return id <= 2_147_483_647 ? id : undefined
}
