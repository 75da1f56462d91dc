import { z } from 'zod'
import { findAuthority } from '../authorities/index.ts'
import { listInvitedFor, mayGrant } from '../grants/index.ts'
import { nameIn } from '../modules/index.ts'
import { writeCsv } from '../platform/csv.ts'
import { countryName, languageName, moment, zoneOf } from '../platform/i18n/names.ts'
import { freshForm } from '../platform/web/form.ts'
import { listQuery } from '../platform/web/list.ts'
import { type Crumb, type Ctx, sendPage } from '../platform/web/page.ts'
import { get, type Route } from '../platform/web/route.ts'
import { holdingRoutes } from './holding/routes.ts'
import { stateTag } from './holding/state-tag.ts'
import { type Invitation, isWithdrawn, REASON_READ_FOR, statusAt, type Submission } from './invitation.ts'
import { invitationSearch, type ListedInvitation, listOfSubmission, searchInvitations } from './list-queries.ts'
import { findInvitation } from './queries.ts'
import { registeringRoutes } from './registering/routes.ts'
import { findSubmission } from './submission-queries.ts'
import { submittingRoutes } from './submitting/routes.ts'
import { validatingRoutes } from './validating/routes.ts'
import { canTake, type Status, STATUSES } from './workflow.ts'

const COLORS: Record<Status, string> = {
  draft: 'neutral',
  refused: 'danger',
  held: 'warning',
  sent: 'info',
  registered: 'accent',
  expired: 'warning',
  withdrawn: 'neutral',
  validated: 'success',
  rejected: 'danger',
}

const place = z.object({ after: listQuery.after, before: listQuery.before })

export const invitationRoutes: Route[] = [
  get('/invitations', { can: 'invitation.list' }, async ctx => {
    const search = invitationSearch.parse(ctx.req.query)
    const page = await searchInvitations(ctx.db, ctx.actor, search, { at: ctx.at, path: '/invitations' })
    sendPage(
      ctx,
      'invitations/list',
      { title: 'invitations:list.title', trail: [{ label: ctx.t('invitations:list.title') }] },
      {
        form: freshForm('/invitations', search),
        statuses: STATUSES.map(value => ({ value, label: ctx.t(`invitations:status.${value}`) })),
        national: ctx.actor.kind === 'national coordinator',
        filtered: search.q !== '' || search.status !== '' || search.expiring !== '',
        page,
        rows: page.rows.map(row => listedRow(ctx, row)),
      },
    )
  }),

  ...submittingRoutes,
  ...registeringRoutes,
  ...validatingRoutes,

  get('/invitations/:id', { can: 'invitation.see', on: findInvitation }, async ctx => {
    const { subject: invitation, t, lang, at } = ctx
    const status = statusAt(invitation, at)
    const name = invitation.name || t('invitations:unnamed')
    const trail = trailOf(ctx, [{ label: name }])
    const toGrant = await toGrantOf(ctx, invitation)
    const modules = toGrant.map(module => module.name).join(', ')
    sendPage(
      ctx,
      'invitations/invitation',
      { title: ['invitations:invitation.title', { name }], trail },
      {
        invitation,
        next: t(`invitations:invitation.next.${modules ? 'toGrant' : nextOf(invitation, status, at)}`, { modules }),
        tag: { color: COLORS[status], text: t(`invitations:status.${status}`) },
        reasons: invitation.reasons.map(reason => t(`invitations:reason.${reason}`)),
        language: languageName(lang, invitation.language),
        modules: invitation.modules.map(({ names }) => nameIn(names, lang)),
        times: timesOf(ctx, invitation),
        actions: [
          ...actionsOf(ctx, invitation, status),
          ...toGrant.map(module => ({
            href: `/authorities/${invitation.registeredId}/modules/new?module=${module.id}`,
            label: t('invitations:registration.grant', { module: module.name }),
          })),
        ],
      },
    )
  }),

  get('/invitation-submissions/:id', { can: 'invitation.see', on: findSubmission }, sendSubmission),

  get('/invitation-submissions/:id/bad-lines', { can: 'invitation.see', on: findSubmission }, ctx => {
    const { badLines, id } = ctx.subject
    const heading = [ctx.t('invitations:head.line'), ctx.t('invitations:head.reason')]
    const lines = badLines.map(({ line, reason }) => [line, ctx.t(`invitations:badLine.${reason}`)])
    ctx.res
      .type('text/csv; charset=utf-8')
      .set('Cache-Control', 'no-store')
      .set('Content-Disposition', `attachment; filename="lines-${id}.csv"`)
      .end(writeCsv([heading, ...lines]))
  }),

  ...holdingRoutes,
]

const trailOf = ({ t }: Ctx<unknown>, crumbs: Crumb[]): Crumb[] => [
  { label: t('invitations:list.title'), href: '/invitations' },
  ...crumbs,
]

const written = ({ lang, actor }: Ctx<unknown>, at: Date): string => moment(lang, zoneOf(actor.country), at)

function listedRow(ctx: Ctx<unknown>, row: ListedInvitation): object[] {
  const ends = row.status === 'sent' && row.expiresAt
  return [
    { text: row.name || ctx.t('invitations:unnamed'), href: `/invitations/${row.id}` },
    { text: row.email },
    {
      text: '',
      tag: { color: COLORS[row.status], text: ctx.t(`invitations:status.${row.status}`) },
      ...(ends && { note: ctx.t('invitations:list.until', { at: written(ctx, ends) }) }),
    },
    { text: row.inviterName, lang: row.inviterLanguage },
  ]
}

/** The modules of the invitation that the validated authority still lacks, for those who can grant them (E6). */
async function toGrantOf(
  { db, actor, may, lang }: Ctx<unknown>,
  { registeredId, status, modules }: Invitation,
): Promise<{ id: number; name: string }[]> {
  if (registeredId === null || status !== 'validated') return []
  const authority = await findAuthority(db, actor, registeredId)
  if (authority?.status !== 'active' || !may('grant.give', authority)) return []
  const left = await listInvitedFor(db, registeredId)
  return modules
    .filter(({ id }) => left.includes(id) && mayGrant(actor, id))
    .map(({ id, names }) => ({ id, name: nameIn(names, lang) }))
}

/** What can come next, as the lead of the page says it: a rejection may be the end, or not. */
function nextOf({ mayHandInAgain, decidedAt }: Invitation, status: Status, at: Date): Status | 'correctable' {
  const readUntil = (decidedAt?.getTime() ?? 0) + REASON_READ_FOR
  return status === 'rejected' && mayHandInAgain && at.getTime() < readUntil ? 'correctable' : status
}

/** Everything of a submission: its counts, what was refused and why, and what comes next (E2, E3). */
async function sendSubmission(ctx: Ctx<Submission>): Promise<void> {
  const { subject: submission, t, db, at } = ctx
  const search = place.parse(ctx.req.query)
  const page = await listOfSubmission(db, submission.id, { at, path: ctx.req.path, search })
  const rows = page.rows.map(row => [
    ...listedRow(ctx, row).slice(0, 3),
    { text: row.reasons.map(reason => t(`invitations:reason.${reason}`)).join(' ') },
  ])
  const commission = submission.standings.includes('IMI administrator')
  const home = commission ? { label: t('invitations:heldList.title'), href: '/held-invitations' } : trailOf(ctx, [])[0]
  const title = ['invitations:submission.title', { number: submission.id }] as const
  sendPage(
    ctx,
    'invitations/submission',
    { title, trail: [...(home ? [home] : []), { label: t(...title) }] },
    {
      submission,
      country: countryName(ctx.lang, submission.inviterCountry),
      tag: stateTag(t, submission.state),
      withdrawn: isWithdrawn(submission),
      story: storyOf(ctx, submission),
      page,
      rows,
    },
  )
}

/** What has happened to a submission, with who and when. */
function storyOf(ctx: Ctx<unknown>, submission: Submission): object[] {
  const { t } = ctx
  const { submittedAt, confirmedAt, decidedAt, madeBy, confirmedBy, decidedBy, state } = submission
  const row = (label: string, at: Date | null, by: string | null) =>
    at ? [{ label: t(label), value: written(ctx, at), ...(by && { note: by }) }] : []
  return [
    ...row('invitations:submission.submittedAt', submittedAt, madeBy),
    ...row('invitations:submission.confirmedAt', confirmedAt, confirmedBy),
    ...row(
      state === 'refused' ? 'invitations:submission.refusedAt' : 'invitations:submission.releasedAt',
      decidedAt,
      decidedBy,
    ),
  ]
}

function timesOf(ctx: Ctx<unknown>, invitation: Invitation): object[] {
  const { t } = ctx
  const { sentAt, expiresAt, remindedAt, registeredAt, decidedAt, decidedBy, status, mail } = invitation
  const row = (label: string, at: Date | null, note?: string | null) =>
    at ? [{ label: t(label), value: written(ctx, at), ...(note && { note }) }] : []
  const delivery = mail && {
    label: t('invitations:invitation.mail'),
    value: t(`invitations:mail.${mail.state}`),
    ...(mail.error && { note: mail.error }),
  }
  return [
    ...row('invitations:invitation.made', invitation.madeAt),
    ...row('invitations:invitation.sentAt', sentAt),
    ...(delivery ? [delivery] : []),
    ...row('invitations:invitation.until', expiresAt),
    ...row('invitations:invitation.reminded', remindedAt),
    ...row('invitations:invitation.registered', registeredAt),
    ...row(
      status === 'rejected' ? 'invitations:invitation.rejected' : 'invitations:invitation.validated',
      decidedAt,
      decidedBy,
    ),
  ]
}

/** What this person may do with the invitation as it stands. */
function actionsOf(ctx: Ctx<Invitation>, invitation: Invitation, status: Status): { href: string; label: string }[] {
  const { id, submissionId } = invitation
  const may = (action: Parameters<typeof ctx.may>[0]) => ctx.may(action, invitation)
  const actions = [
    {
      to: `/registrations/${id}`,
      label: 'invitations:action.validate',
      if: canTake('validate', status) && may('registration.validate'),
    },
    {
      to: `/invitation-submissions/${submissionId}/correction`,
      label: 'invitations:action.correct',
      if: status === 'refused' && may('invitation.correct'),
    },
    {
      to: `/invitations/${id}/sending`,
      label: 'invitations:act.sending.title',
      if: canTake('sendAgain', status) && may('invitation.sendAgain'),
    },
    {
      to: `/invitations/${id}/withdrawal`,
      label: 'invitations:act.withdrawal.title',
      if: canTake('withdraw', status) && may('invitation.withdraw'),
    },
    {
      to: `/invitations/${id}/deletion`,
      label: 'invitations:act.deletion.title',
      if: canTake('delete', status) && may('invitation.delete'),
    },
  ]
  return actions.filter(action => action.if).map(({ to, label }) => ({ href: to, label: ctx.t(label) }))
}
