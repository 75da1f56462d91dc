import { z } from 'zod'
import { countryName, moment, zoneOf } from '../../platform/i18n/names.ts'
import { freshForm } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { listQuery } from '../../platform/web/list.ts'
import { type Crumb, type Ctx, sendPage } from '../../platform/web/page.ts'
import { get, type Route } from '../../platform/web/route.ts'
import { isWithdrawn, type Submission } from '../invitation.ts'
import { findSubmission, listHeld } from '../submission-queries.ts'
import { refusalForm, wordOnly } from '../submitting/forms.ts'
import { confirmHeld, refuseHeld, releaseHeld } from './release.ts'
import { stateTag } from './state-tag.ts'

const heldSearch = z.object({
  after: listQuery.after,
  before: listQuery.before,
  state: z.enum(['open', 'all']).catch('open'),
})

/** More than 100 at once: the inviter confirms, the Commission releases or refuses, both see it (E3, I1). */
export const holdingRoutes: Route[] = [
  ...form(
    '/invitation-submissions/:id/confirmation',
    { can: 'invitation.confirm', on: findSubmission },
    {
      view: 'invitations/confirmation',
      title: () => 'invitations:confirmation.title',
      trail: (_submission, ctx) => ownTrail(ctx, 'invitations:confirmation.title'),
      schema: wordOnly,
      offer: ctx => ({ submission: ctx.subject, done: doneAlready(ctx, 'held') }),
      submit: (c, submission, _value, ctx) => confirmHeld(c, ctx.actor, submission),
      done: (_result, { id }) => ({ to: `/invitation-submissions/${id}`, notice: 'invitations:confirmation.done' }),
    },
  ),

  get('/held-invitations', { can: 'invitation.listHeld' }, async ctx => {
    const search = heldSearch.parse(ctx.req.query)
    const page = await listHeld(ctx.db, { search, path: ctx.req.path })
    const rows = page.rows.map(row => [
      { text: ctx.t('invitations:submission.title', { number: row.id }), href: `/invitation-submissions/${row.id}` },
      {
        text: row.inviterName,
        lang: row.inviterLanguage,
        note: countryName(ctx.lang, row.inviterCountry),
        noteLang: ctx.lang,
      },
      { text: String(row.count), numeric: true },
      { text: moment(ctx.lang, zoneOf(ctx.actor.country), row.submittedAt) },
      { text: '', tag: stateTag(ctx.t, row.state) },
    ])
    const title = 'invitations:heldList.title'
    const fields = { page, rows, form: freshForm('/held-invitations', search) }
    sendPage(ctx, 'invitations/held', { title, trail: [{ label: ctx.t(title) }] }, fields)
  }),

  ...form(
    '/invitation-submissions/:id/release',
    { can: 'invitation.release', on: findSubmission },
    {
      view: 'invitations/release',
      title: () => 'invitations:release.title',
      trail: ({ id }, ctx) => heldTrail(ctx, id, 'invitations:release.title'),
      schema: wordOnly,
      offer: ctx => ({
        submission: ctx.subject,
        country: countryName(ctx.lang, ctx.subject.inviterCountry),
        done: doneAlready(ctx, 'confirmed'),
      }),
      submit: (c, submission, _value, ctx) => releaseHeld(c, ctx.actor, submission),
      done: taskId => ({ to: `/tasks/${taskId}` }),
    },
  ),

  ...form(
    '/invitation-submissions/:id/refusal',
    { can: 'invitation.release', on: findSubmission },
    {
      view: 'invitations/refusal',
      title: () => 'invitations:refusal.title',
      trail: ({ id }, ctx) => heldTrail(ctx, id, 'invitations:refusal.title'),
      schema: refusalForm,
      offer: ctx => ({ submission: ctx.subject, done: doneAlready(ctx, 'confirmed') }),
      submit: (c, submission, { reason }, ctx) => refuseHeld(c, ctx.actor, submission, reason),
      done: (_result, { id }) => ({ to: `/invitation-submissions/${id}`, notice: 'invitations:refusal.done' }),
    },
  ),
]

/** Why there is nothing to do on a page any more, or not yet: who did it, and when; nothing while it is awaited. */
function doneAlready(
  { t, lang, actor, subject: submission }: Ctx<Submission>,
  awaited: 'held' | 'confirmed',
): string | undefined {
  const { state, confirmedBy, confirmedAt, decidedBy, decidedAt } = submission
  if (isWithdrawn(submission)) return t('invitations:submission.allWithdrawn')
  if (state === awaited) return undefined
  const said = (by: string | null, at: Date) => ({ by: by ?? '–', at: moment(lang, zoneOf(actor.country), at) })
  if (state === 'released' && decidedAt) return t('invitations:submission.releasedBy', said(decidedBy, decidedAt))
  if (state === 'refused' && decidedAt) return t('invitations:submission.refusedBy', said(decidedBy, decidedAt))
  if (state === 'confirmed' && confirmedAt)
    return t('invitations:submission.confirmedBy', said(confirmedBy, confirmedAt))
  return t(state === 'held' ? 'invitations:submission.notConfirmed' : 'invitations:submission.notHeld')
}

const ownTrail = ({ t }: Ctx<unknown>, last: string): Crumb[] => [
  { label: t('invitations:list.title'), href: '/invitations' },
  { label: t(last) },
]

const heldTrail = ({ t }: Ctx<unknown>, id: number, last: string): Crumb[] => [
  { label: t('invitations:heldList.title'), href: '/held-invitations' },
  { label: t('invitations:submission.title', { number: id }), href: `/invitation-submissions/${id}` },
  { label: t(last) },
]
