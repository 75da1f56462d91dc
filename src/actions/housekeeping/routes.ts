import { z } from 'zod'
import { number } from '../../platform/i18n/names.ts'
import { freshForm } from '../../platform/web/form.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get } from '../../platform/web/route.ts'
import { type Finding, listFindings, type Measure } from './queries.ts'

/** Only one's own, unless one says otherwise: as in Managed authorities (B8). */
const asked = z.object({ mine: z.enum(['yes', 'no']).catch('yes') })

export const housekeepingRoutes = [
  get('/housekeeping', { can: 'housekeeping.see' }, async ctx => {
    const { passwordProfile } = ctx.kernel.config
    const search = asked.parse(ctx.req.query)
    const found = await listFindings(ctx.db, ctx.actor, { mine: search.mine === 'yes', at: ctx.at, passwordProfile })
    const rows = found.map(finding => findingRow(finding, search.mine, ctx))
    const form = freshForm('/housekeeping', search)
    sendPage(ctx, 'actions/housekeeping', { title: 'actions:housekeeping.title' }, { form, rows })
  }),
]

/** What Managed authorities is asked for to list exactly the authorities that are counted. */
const filters: Partial<Record<Measure, string>> = {
  oneAdministrator: 'oneAdministrator=yes',
  neverSignedIn: 'lacking=neverSignedIn',
  blocked: 'passwords=blocked',
  expired: 'passwords=expired',
  noCoordinator: 'lacking=noCoordinator',
  noModule: 'lacking=noModule',
  noTitle: 'lacking=noTitle',
}

/** The tab of an authority on which it is put in order. */
const tabs: Partial<Record<Measure, string>> = {
  oneAdministrator: '/users',
  neverSignedIn: '/users',
  blocked: '/users',
  expired: '/users',
  noCoordinator: '/modules',
  noModule: '/modules',
}

function findingRow({ measure, count, authorities, first }: Finding, mine: string, { t, lang }: Ctx): object[] {
  const filter = filters[measure]
  const list = filter ? `/managed-authorities?mine=${mine}&status=inUse&${filter}` : '/invitations?expiring=yes'
  const links = first.map(({ id, name }) => ({ href: `/authorities/${id}${tabs[measure] ?? ''}`, label: name }))
  const more = authorities - first.length
  return [
    {
      text: t(`actions:housekeeping.${measure}`),
      ...(count > 0 && { href: list }),
      note: t(`actions:housekeeping.why.${measure}`),
    },
    { text: number(lang, count), numeric: true },
    {
      text: '',
      links: more > 0 ? [...links, { href: list, label: t('actions:housekeeping.more', { count: more }) }] : links,
    },
  ]
}
