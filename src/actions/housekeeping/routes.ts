import { number } from '../../platform/i18n/names.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get } from '../../platform/web/route.ts'
import { type Finding, listFindings, type Measure } from './queries.ts'

export const housekeepingRoutes = [
  get('/housekeeping', { can: 'housekeeping.see' }, async ctx => {
    const { passwordProfile } = ctx.kernel.config
    const findings = await listFindings(ctx.db, ctx.actor, { at: ctx.at, passwordProfile })
    const rows = findings.map(finding => findingRow(finding, ctx))
    sendPage(ctx, 'actions/housekeeping', { title: 'actions:housekeeping.title' }, { rows })
  }),
]

/** The lists that show exactly what is counted; for the rest the first authorities are named. */
const lists: Partial<Record<Measure, string>> = {
  oneAdministrator: '/managed-authorities?oneAdministrator=yes',
  blocked: '/managed-authorities?passwords=blocked',
  expired: '/managed-authorities?passwords=expired',
  expiring: '/invitations?status=sent',
}

const tabs: Partial<Record<Measure, string>> = {
  neverSignedIn: '/users',
  noCoordinator: '/modules',
  noModule: '/modules',
}

function findingRow({ measure, count, first }: Finding, { t, lang }: Ctx): object[] {
  const label = t(`actions:housekeeping.${measure}`)
  const href = count > 0 ? lists[measure] : undefined
  const named = lists[measure] ? [] : first
  const links = named.map(({ id, name }) => ({ href: `/authorities/${id}${tabs[measure] ?? ''}`, label: name }))
  return [
    { text: label, ...(href && { href }), note: t(`actions:housekeeping.why.${measure}`) },
    { text: number(lang, count), numeric: true },
    { text: '', links },
  ]
}
