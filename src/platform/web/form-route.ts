import type { z } from 'zod'
import { NotFound, Overtaken, RuleBroken } from '../errors.ts'
import { actorInWords } from '../i18n/actor-name.ts'
import { moment, zoneOf } from '../i18n/names.ts'
import { type Change, change } from '../db/change.ts'
import { fingerprint } from '../secrets.ts'
import { attachmentMistakes } from './attachments.ts'
import {
  type Body,
  type FormValue,
  type FormView,
  freshForm,
  type Mistake,
  mistakeOf,
  mistakenForm,
  overtakenForm,
  readForm,
  redisplayable,
} from './form.ts'
import { type Crumb, type Ctx, sendPage, type Text } from './page.ts'
import { type Access, type Found, get, type Handler, pathId, post, type Route } from './route.ts'
import { leaveNotice } from './session.ts'

/** Where a finished form leads, and what the next page says. */
export interface Done {
  to: string
  notice?: Text
}

export interface FormRoute<T, S extends z.ZodType, R> {
  view: string
  title: (subject: T, ctx: Ctx<T>) => Text
  trail?: (subject: T, ctx: Ctx<T>) => Crumb[]
  schema: S | ((ctx: Ctx<T>) => S | Promise<S>)
  /** Rules that need the database: asked together with the schema, so that all mistakes are named at once. */
  check?: (ctx: Ctx<T>, body: Body) => Promise<Mistake[]>
  submit: (c: Change, subject: T, value: z.output<S>, ctx: Ctx<T>) => Promise<R>
  done: (result: R, subject: T, value: z.output<S>) => Done
  /** Values of an edit form. */
  fill?: (subject: T, ctx: Ctx<T>) => Record<string, FormValue> | Promise<Record<string, FormValue>>
  /** What the view needs beside the form: asked for the first drawing and for every redrawing. */
  offer?: (ctx: Ctx<T>, form: FormView) => object | Promise<object>
  /** A form without mistakes is shown once more, with what it will do, before it is done. */
  preview?: { view: string; offer: (ctx: Ctx<T>, value: z.output<S>) => object | Promise<object> }
}

/** A form at one URL: GET draws it, POST redraws it with every mistake (422) or does it once and leads on (303). */
export function form<T, S extends z.ZodType, R>(
  path: string,
  access: Access<T>,
  of: FormRoute<Found<T>, S, R>,
): Route[] {
  type Subject = Found<T>

  async function draw(ctx: Ctx<Subject>, view: FormView, status: number): Promise<void> {
    const offered = of.offer ? await of.offer(ctx, view) : {}
    const options = {
      title: of.title(ctx.subject, ctx),
      trail: of.trail?.(ctx.subject, ctx) ?? [],
      status,
      mistaken: view.summary.length > 0,
    }
    sendPage(ctx, of.view, options, { form: view, subject: ctx.subject, ...offered })
  }

  const open: Handler<Subject> = async ctx => {
    const values = of.fill ? await of.fill(ctx.subject, ctx) : {}
    await draw(ctx, freshForm(ctx.req.path, values), 200)
  }

  const redraw: Handler<Subject> = ctx => {
    const body = ctx.req.body as Body
    const view = { ...freshForm(ctx.req.path, redisplayable(body)), note: ctx.t('components:form.keptTyped') }
    return draw(ctx, view, body._redraw ? 200 : 403)
  }

  const submit: Handler<Subject> = async ctx => {
    const body = ctx.req.body as Body
    const earlier = await doneBefore(ctx, body)
    if (earlier) return ctx.res.redirect(303, earlier)
    const schema = typeof of.schema === 'function' ? await of.schema(ctx) : of.schema
    const read = readForm(schema, body)
    const mistakes = [
      ...(read.ok ? [] : read.mistakes),
      ...(of.check ? await of.check(ctx, body) : []),
      ...attachmentMistakes(ctx.req),
    ]
    const refuse = (all: Mistake[]) => draw(ctx, mistakenForm(ctx.req.path, body, inOrder(all, schema), ctx.t), 422)
    if (!read.ok || mistakes.length > 0) return refuse(mistakes)
    if (of.preview && !body._confirmed) return showAgain(ctx, body, read.value)
    try {
      const to = await once(ctx, body, c =>
        of.submit(c, ctx.subject, read.value, ctx).then(result => of.done(result, ctx.subject, read.value)),
      )
      ctx.res.redirect(303, to)
    } catch (error) {
      if (error instanceof RuleBroken) return refuse([mistakeOf(error)])
      if (error instanceof Overtaken) return beside(ctx, body, error)
      throw error
    }
  }

  /** The preview carries what was typed as hidden fields: confirmed it is done, else the form comes back as it was. */
  async function showAgain(ctx: Ctx<Subject>, body: Body, value: z.output<S>): Promise<void> {
    if (!of.preview) return
    const offered = await of.preview.offer(ctx, value)
    const options = { title: of.title(ctx.subject, ctx), trail: of.trail?.(ctx.subject, ctx) ?? [] }
    const form = freshForm(ctx.req.path, redisplayable(body))
    sendPage(ctx, of.preview.view, options, { form, subject: ctx.subject, ...offered })
  }

  /** Both versions on one page: nothing typed is lost, nothing saved is overwritten unseen. */
  async function beside(ctx: Ctx<Subject>, body: Body, { by, at }: Overtaken): Promise<void> {
    const on = 'on' in access ? access.on : undefined
    const subject = on ? await on(ctx.db, ctx.actor, pathId(ctx.req.params.id) ?? 0) : ctx.subject
    if (on && !subject) throw new NotFound()
    const now: Ctx<Subject> = Object.assign(Object.create(ctx) as Ctx<Subject>, { subject: subject as Subject })
    const saved = of.fill ? await of.fill(now.subject, now) : {}
    const when = moment(ctx.lang, zoneOf(ctx.actor.country), at)
    const message = ctx.t('components:form.overtaken', { by: actorInWords(by, ctx.t), at: when })
    await draw(now, overtakenForm(ctx.req.path, body, saved, message), 409)
  }

  const sending = post(path, access, submit)
  sending.redraw = redraw as Handler<unknown>
  return [get(path, access, open), sending]
}

/** As the schema names the fields, which is how they stand on the page. */
function inOrder(mistakes: Mistake[], schema: z.ZodType): Mistake[] {
  const names = Object.keys((schema as Partial<z.ZodObject>).shape ?? {})
  const place = ({ field }: Mistake) => (names.includes(field) ? names.indexOf(field) : names.length)
  return mistakes.toSorted((one, other) => place(one) - place(other))
}

const keyHash = (ctx: Ctx<unknown>, body: Body): string =>
  fingerprint(`${ctx.actor.id} ${ctx.req.path} ${String(body._once)}`)

/** Where an earlier click of the same form has led: asked before its rules are checked again, which would now refuse it. */
async function doneBefore(ctx: Ctx<unknown>, body: Body): Promise<string | undefined> {
  const done = (await ctx
    .db('once_keys')
    .where({ key_hash: keyHash(ctx, body) })
    .first('url')) as { url: string } | undefined
  return done?.url
}

/** Does the work once for the form that was drawn: a second click waits and lands on the same page. */
async function once<T>(ctx: Ctx<T>, body: Body, work: (c: Change) => Promise<Done>): Promise<string> {
  const key = keyHash(ctx, body)
  let repeated: string | undefined
  try {
    return await change(ctx.kernel, ctx.party, async c => {
      const taken = await c.db.raw<{ rowCount: number }>(
        `insert into once_keys (key_hash, user_id, url, at) values (?, ?, '', ?) on conflict do nothing`,
        [key, ctx.actor.id, c.at],
      )
      if (taken.rowCount === 0) {
        repeated = ((await c.db('once_keys').where({ key_hash: key }).first('url')) as { url: string }).url
        throw new Repeated()
      }
      const { to, notice } = await work(c)
      await c.db('once_keys').where({ key_hash: key }).update({ url: to })
      if (notice !== undefined) await leaveNotice(c.db, ctx.req.sessionID, noticeFrom(notice))
      return to
    })
  } catch (error) {
    if (error instanceof Repeated && repeated !== undefined) return repeated
    throw error
  }
}

/** The work was done by an earlier click. */
class Repeated extends Error {}

const noticeFrom = (text: Text) =>
  ({
    kind: 'success',
    key: typeof text === 'string' ? text : text[0],
    values: typeof text === 'string' ? {} : text[1],
  }) as const
