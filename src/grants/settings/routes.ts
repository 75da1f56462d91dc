import { nameIn } from '../../modules/index.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { whoCan } from '../../policy.ts'
import { findAllocationAhead } from '../../requests/index.ts'
import { type FoundGrant, type Setting, settingsOf } from '../grant.ts'
import { findGrant } from '../queries.ts'
import { tabOf, trailTo } from '../way.ts'
import { changeSettings } from './change-settings.ts'
import { settingsForm } from './forms.ts'
import { settingActs } from './settings.ts'

export const settingsRoutes = [
  ...form(
    '/grants/:id/settings',
    { can: 'grant.editSettings', on: findGrant },
    {
      view: 'grants/settings',
      title: (grant, { lang }) => ['grants:settings.title', { module: nameIn(grant.moduleNames, lang) }],
      trail: (grant, { t }) => trailTo(grant.authority, t, 'grants:settings.crumb'),
      schema: ctx => settingsForm(changeable(ctx)),
      fill: (grant, ctx) => ({
        version: String(grant.version),
        ...Object.fromEntries(changeable(ctx).map(setting => [setting, grant[setting] ? 'yes' : 'no'])),
      }),
      offer: ctx => choicesOf(ctx),
      submit: async (c, grant, wish, ctx) => {
        await changeSettings(c, ctx.actor, grant, wish)
        return nameIn(grant.moduleNames, ctx.lang)
      },
      done: (module, grant) => ({ to: tabOf(grant.authority), notice: ['grants:settings.done', { module }] }),
    },
  ),
]

/** The settings that the grant has and this person may change. */
const changeable = (ctx: Ctx<FoundGrant>): Setting[] =>
  settingsOf(ctx.subject.workflow, ctx.subject.role).filter(setting => ctx.may(settingActs[setting], ctx.subject))

async function choicesOf(ctx: Ctx<FoundGrant>): Promise<object> {
  const { subject: grant, t } = ctx
  const mine = changeable(ctx)
  const ahead = mine.includes('usesAllocation') ? await allocationAhead(ctx) : ''
  const others = settingsOf(grant.workflow, grant.role).filter(setting => !mine.includes(setting))
  return {
    grant,
    back: tabOf(grant.authority),
    answers: ['yes', 'no'].map(value => ({ value, label: t(`grants:${value}`) })),
    settings: mine.map(setting => ({
      name: setting,
      label: t(`grants:setting.${setting}`),
      holds: [t(`grants:settings.holds.${setting}`), ...(setting === 'usesAllocation' && ahead ? [ahead] : [])].join(
        ' ',
      ),
    })),
    fixed: others.map(setting => ({
      label: t(`grants:setting.${setting}`),
      value: grant[setting] ? t('grants:yes') : t('grants:no'),
      note: t('grants:settings.others', { who: whoChanges(setting, t) }),
    })),
  }
}

/** What the other answer would do to the open requests, in numbers; nothing where there are none. */
async function allocationAhead({ db, subject: grant, t }: Ctx<FoundGrant>): Promise<string> {
  const { open, acted, allocated } = await findAllocationAhead(db, grant)
  if (open === 0) return ''
  return grant.usesAllocation
    ? t('grants:settings.allocation.off', { open, allocated })
    : t('grants:settings.allocation.on', { open, acted, left: open - acted })
}

const whoChanges = (setting: Setting, t: Ctx['t']): string =>
  whoCan(settingActs[setting])
    .map(standing => t(`help:standing.${standing.replaceAll(' ', '')}`))
    .join('; ')
