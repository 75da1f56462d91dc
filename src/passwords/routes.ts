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
import { CODE_LENGTH, codeRules, PASSWORD_MAX, PASSWORD_MIN, passwordRules } from './rules.ts'

const first = { open: 'while changing a password' } as const

export const passwordRoutes: Route[] = [
  get('/password/first', first, ctx => sendFirst(ctx, freshForm('/password/first'), 200)),
  { ...post('/password/first', first, chooseFirst), redraw: ctx => sendFirst(ctx, keptForm(ctx), 403) },
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
  const mistakes = [
    ...(await mistakesInPassword(await findCredentials(db, visit.userId), password, secretText(body.passwordAgain))),
    ...mistakesInCode(code, secretText(body.securityCodeAgain)),
  ]
  if (mistakes.length > 0) return sendFirst(ctx, mistakenForm(req.path, body, mistakes, ctx.t), 422)
  const choice = { hash: await hashPassword(password), code }
  const chosen = await change(kernel, visitingParty(visit, req.ip), c => choosePassword(c, visit.actor, choice))
  if (!chosen) return res.redirect(303, '/')
  await openSession(req, { userId: visit.userId, stage: 'full', resume: visit.resume })
  await leaveNotice(db, req.sessionID, { kind: 'success', key: 'passwords:first.done', values: {} })
  res.redirect(303, landing(ctx, visit.userId, visit.resume))
}

function sendFirst(ctx: Ctx<unknown>, view: FormView, status: number): void {
  const options = { title: 'passwords:first.title', status, mistaken: view.summary.length > 0 }
  const codeTexts = codeRules.map(rule => ctx.t(`passwords:codeRule.${rule}`, { length: CODE_LENGTH }))
  sendPage(ctx, 'passwords/first', options, { form: view, rules: rulesOf(ctx), codeRules: codeTexts })
}

const keptForm = (ctx: Ctx<unknown>): FormView => ({
  ...freshForm(ctx.req.path),
  note: ctx.t('components:form.keptTyped'),
})

const rulesOf = (ctx: Ctx<unknown>): string[] =>
  [...passwordRules, 'former'].map(rule => ctx.t(`passwords:rule.${rule}`, { min: PASSWORD_MIN, max: PASSWORD_MAX }))

async function checkChange(ctx: Ctx<unknown>, body: Body): Promise<Mistake[]> {
  const { id } = ctx.actor
  const credentials = await findCredentials(ctx.db, id)
  return [
    ...(await mistakesInCurrent(ctx.kernel, { ...ctx.party, id }, secretText(body.passwordCurrent))),
    ...(await mistakesInPassword(credentials, secretText(body.password), secretText(body.passwordAgain))),
  ]
}
