import { z } from 'zod'
import type { Visit } from '../actor.ts'
import { change } from '../platform/db/change.ts'
import { fingerprint } from '../platform/secrets.ts'
import { type Body, type FormView, freshForm, type Mistake, mistakenForm } from '../platform/web/form.ts'
import { form } from '../platform/web/form-route.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { landing } from '../platform/web/resume.ts'
import { get, post, type Route } from '../platform/web/route.ts'
import { leaveNotice, openSession, visitingParty } from '../platform/web/session.ts'
import { changePassword } from './change-password.ts'
import { choosePassword } from './choose-password.ts'
import { mistakesInCurrent } from './current-password.ts'
import { hashPassword } from './hash.ts'
import { mistakesInCode, mistakesInPassword, secretText } from './new-password.ts'
import { findCredentials } from './queries.ts'
import { renewPassword } from './renew-password.ts'
import { CODE_LENGTH, codeRules, PASSWORD_MAX, PASSWORD_MIN, rulesIn } from './rules.ts'

const first = { open: 'while changing a password' } as const
const pages = { temporary: '/password/first', expired: '/password/expired' } as const

export const passwordRoutes: Route[] = [
  get('/password/first', first, ctx => sendFirst(ctx, freshForm('/password/first'), 200)),
  { ...post('/password/first', first, chooseFirst), redraw: ctx => sendFirst(ctx, keptForm(ctx), 403) },
  get('/password/expired', first, ctx => sendExpired(ctx, freshForm('/password/expired'), 200)),
  { ...post('/password/expired', first, renew), redraw: ctx => sendExpired(ctx, keptForm(ctx), 403) },
  ...form(
    '/password',
    { open: 'to signed-in users' },
    {
      view: 'passwords/change',
      title: () => 'passwords:change.title',
      schema: z.object({ passwordCurrent: z.string().catch(''), password: z.string().catch('') }),
      check: checkChange,
      submit: (c, _subject, { password, passwordCurrent }, ctx) =>
        changePassword(c, ctx.actor, {
          current: passwordCurrent,
          chosen: password,
          visit: fingerprint(ctx.req.sessionID),
        }),
      done: () => ({ to: '/', notice: 'passwords:change.done' }),
      offer: ctx => ({ rules: rulesOf(ctx) }),
    },
  ),
]

/** Takes the own password and the code instead of the temporary password, and lets the person in. */
async function chooseFirst(ctx: Ctx): Promise<void> {
  const { req, res, db, kernel } = ctx
  const visit = ctx.visit as Visit
  const body = req.body as Body
  const password = secretText(body.password)
  const code = secretText(body.securityCode)
  const credentials = await findCredentials(db, visit.userId)
  const { passwordProfile } = kernel.config
  const mistakes = [
    ...(await mistakesInPassword(credentials, passwordProfile, password, secretText(body.passwordAgain))),
    ...mistakesInCode(code, secretText(body.securityCodeAgain)),
  ]
  if (mistakes.length > 0) return sendFirst(ctx, mistakenForm(req.path, body, mistakes, ctx.t), 422)
  const choice = { hash: await hashPassword(password), code }
  const chosen = await change(kernel, visitingParty(visit, req.ip), c => choosePassword(c, visit.actor, choice))
  if (!chosen) return res.redirect(303, '/')
  await letIn(ctx, visit, 'passwords:first.done')
}

/** Takes a new password instead of one that is too old, and lets the person in; the security code stays (A5). */
async function renew(ctx: Ctx): Promise<void> {
  const { req, res, db, kernel } = ctx
  const visit = ctx.visit as Visit
  const body = req.body as Body
  const password = secretText(body.password)
  const credentials = await findCredentials(db, visit.userId)
  if (credentials.temporary) return res.redirect(303, pages.temporary)
  const { passwordProfile } = kernel.config
  const mistakes = await mistakesInPassword(credentials, passwordProfile, password, secretText(body.passwordAgain))
  if (mistakes.length > 0) return sendExpired(ctx, mistakenForm(req.path, body, mistakes, ctx.t), 422)
  const [expired = ''] = credentials.hashes
  const hash = await hashPassword(password)
  const party = visitingParty(visit, req.ip)
  const renewed = await change(kernel, party, c => renewPassword(c, visit.actor, { expired, hash }))
  if (!renewed) return res.redirect(303, '/')
  await letIn(ctx, visit, 'passwords:expired.done')
}

/** A full visit under an id of its own, where the person wanted to go. */
async function letIn(ctx: Ctx, visit: Visit, notice: string): Promise<void> {
  await openSession(ctx, { userId: visit.userId, stage: 'full', resume: visit.resume })
  await leaveNotice(ctx.db, ctx.req.sessionID, { kind: 'success', key: notice, values: {} })
  ctx.res.redirect(303, landing(ctx, visit.userId, visit.resume))
}

async function sendExpired(ctx: Ctx<unknown>, view: FormView, status: number): Promise<void> {
  const { temporary } = await findCredentials(ctx.db, (ctx.visit as Visit).userId)
  if (temporary) return ctx.res.redirect(303, pages.temporary)
  const options = { title: 'passwords:expired.title', status, mistaken: view.summary.length > 0 }
  sendPage(ctx, 'passwords/expired', options, { form: view, rules: rulesOf(ctx) })
}

async function sendFirst(ctx: Ctx<unknown>, view: FormView, status: number): Promise<void> {
  const { temporary } = await findCredentials(ctx.db, (ctx.visit as Visit).userId)
  if (!temporary) return ctx.res.redirect(303, pages.expired)
  const options = { title: 'passwords:first.title', status, mistaken: view.summary.length > 0 }
  const codeTexts = codeRules.map(rule => ctx.t(`passwords:codeRule.${rule}`, { length: CODE_LENGTH }))
  sendPage(ctx, 'passwords/first', options, { form: view, rules: rulesOf(ctx), codeRules: codeTexts })
}

const keptForm = (ctx: Ctx<unknown>): FormView => ({
  ...freshForm(ctx.req.path),
  note: ctx.t('components:form.keptTyped'),
})

function rulesOf({ t, kernel }: Ctx<unknown>): string[] {
  const { passwordProfile } = kernel.config
  const values = { min: PASSWORD_MIN[passwordProfile], max: PASSWORD_MAX }
  return [...rulesIn(passwordProfile), 'former'].map(rule => t(`passwords:rule.${rule}`, values))
}

async function checkChange(ctx: Ctx<unknown>, body: Body): Promise<Mistake[]> {
  const { id } = ctx.actor
  const credentials = await findCredentials(ctx.db, id)
  return [
    ...(await mistakesInCurrent(ctx.kernel, { ...ctx.party, id }, secretText(body.passwordCurrent))),
    ...(await mistakesInPassword(
      credentials,
      ctx.kernel.config.passwordProfile,
      secretText(body.password),
      secretText(body.passwordAgain),
    )),
  ]
}
