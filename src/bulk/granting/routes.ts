import { type AskedSetting, askedSettings, mayGrant, preselected } from '../../grants/index.ts'
import {
  findModule,
  grantRoles,
  type Keyword,
  listKeywords,
  listModules,
  type Module,
  nameIn,
} from '../../modules/index.ts'
import { byLabel } from '../../platform/i18n/names.ts'
import { freshForm, type FormValue, type FormView, type Mistake } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { pathId } from '../../platform/web/route.ts'
import { listChosen, readChoice } from '../choice.ts'
import { offerChoice, withoutNote } from '../offer.ts'
import { bulkGrantForm, defaultsOf, type GrantDefaults, keywordMistakes, settingMistakes } from './forms.ts'
import { grantMany } from './grant-many.ts'
import { listCountryCoordinators, type Planned, planGrants } from './plan.ts'

export const grantingRoutes = form(
  '/bulk-grants/new',
  { can: 'bulkGrant.start' },
  {
    view: 'bulk/grant',
    title: () => 'bulk:grant.title',
    schema: bulkGrantForm,
    check: (ctx, body) => mistakesIn(ctx, body),
    fill: (_, ctx) => opened(ctx),
    offer: (ctx, view) => choicesOf(ctx, view),
    preview: {
      view: 'bulk/grant-preview',
      offer: async (ctx, value) => {
        const defaults = defaultsOf(value)
        const chosen = await listChosen(ctx.db, ctx.actor, value, ctx.at)
        return planShown(ctx, defaults, await planGrants(ctx.db, ctx.actor, defaults, chosen))
      },
    },
    submit: async (c, _, value, ctx) =>
      grantMany(c, ctx.actor, defaultsOf(value), await listChosen(c.db, ctx.actor, value, ctx.at)),
    done: task => ({ to: `/tasks/${task}` }),
  },
)

/** The module that is asked for, where this person may grant it at all. */
async function askedModule(ctx: Ctx<unknown>, asked: unknown): Promise<Module | undefined> {
  const id = pathId(asked)
  const module = id === undefined ? undefined : await findModule(ctx.db, id)
  return module && mayGrant(ctx.actor, module.id) ? module : undefined
}

async function mistakesIn(ctx: Ctx<unknown>, body: Record<string, unknown>): Promise<Mistake[]> {
  const [module, chosen] = await Promise.all([
    askedModule(ctx, body.module),
    listChosen(ctx.db, ctx.actor, readChoice(body), ctx.at),
  ])
  const none = chosen.length === 0 ? [{ field: 'choice', key: 'components:choice.missing' }] : []
  if (!module) return pathId(body.module) ? [{ field: 'module', key: 'bulk:grant.outside' }, ...none] : none
  const keywords = await listKeywords(ctx.db, module.areaId)
  return [...keywordMistakes(keywords, body), ...settingMistakes(module, body), ...none]
}

/** The form as it opens for the module in the address: defaults of the settings (C3), the filters of the address. */
async function opened(ctx: Ctx<unknown>): Promise<Record<string, FormValue>> {
  const { mine, q, level, region, holds } = readChoice(ctx.req.query)
  const module = await askedModule(ctx, ctx.req.query.module)
  return { mine, q, level, region, holds, ...(module && { module: String(module.id), takesPartInReferrals: 'yes' }) }
}

async function choicesOf(ctx: Ctx<unknown>, view: FormView): Promise<object> {
  const { t, lang } = ctx
  const module = await askedModule(ctx, view.values.module)
  if (!module) {
    const modules = (await listModules(ctx.db)).filter(({ id }) => mayGrant(ctx.actor, id))
    const nothing = ctx.req.query.chosen ? t('grants:give.module.missing') : undefined
    return {
      modules: modules.map(({ id, names }) => ({ value: id, label: nameIn(names, lang) })),
      choosing: { ...freshForm(view.action), errors: { module: view.errors.module ?? nothing } },
      chosen: undefined,
      choice: undefined,
    }
  }
  const [coordinators, keywords, choice] = await Promise.all([
    listCountryCoordinators(ctx.db, ctx.actor, module.id),
    listKeywords(ctx.db, module.areaId),
    offerChoice(ctx, view),
  ])
  return { form: withoutNote(view, ctx.req.body), choice, chosen: chosenOf(ctx, module, keywords, coordinators) }
}

type Coordinators = Awaited<ReturnType<typeof listCountryCoordinators>>

function chosenOf(
  { t, lang, actor }: Ctx<unknown>,
  module: Module,
  keywords: readonly Keyword[],
  coordinators: Coordinators,
): object {
  const everybody = askedSettings(module.workflow, 'authority')
  const coordinating = askedSettings(module.workflow, 'coordinator').filter(setting => !everybody.includes(setting))
  const field = (setting: AskedSetting) => ({ name: setting, label: t(`grants:give.setting.${setting}`) })
  return {
    id: module.id,
    name: nameIn(module.names, lang),
    area: nameIn(module.areaNames, lang),
    roles: grantRoles.map(role => ({
      value: role,
      label: t(`grants:role.${role}`),
      hint: t(`grants:give.role.${role}.hint`),
    })),
    keywords: byLabel(
      lang,
      keywords.map(({ id, names }) => ({ value: id, label: nameIn(names, lang) })),
    ),
    settings: everybody.map(field),
    coordinatorSettings: coordinating.map(field),
    coordinators: coordinators.map(({ id, name, language }) => ({ value: id, label: name, lang: language })),
    byItself: byItself(t, actor, coordinators),
  }
}

/** The name of the choice "as it would be preselected": it says whom, where that is the same for all. */
function byItself(t: Ctx['t'], actor: Ctx['actor'], coordinators: Coordinators): string {
  const [only] = preselected(coordinators, actor, null)
  const found = coordinators.find(({ id }) => id === only)
  return found ? t('bulk:grant.coordinator.only', { name: found.name }) : t('bulk:grant.coordinator.byRegion')
}

async function planShown(ctx: Ctx<unknown>, defaults: GrantDefaults, planned: readonly Planned[]): Promise<object> {
  const { t, lang } = ctx
  const [module, coordinators] = await Promise.all([
    findModule(ctx.db, defaults.module),
    listCountryCoordinators(ctx.db, ctx.actor, defaults.module),
  ])
  const asked = module ? askedSettings(module.workflow, defaults.role) : []
  const settings = asked.filter(one => defaults.settings[one]).map(one => t(`grants:give.setting.${one}`))
  const keywords = module ? await listKeywords(ctx.db, module.areaId) : []
  const words = keywords.filter(({ id }) => defaults.keywords.includes(id)).map(({ names }) => nameIn(names, lang))
  const failing = planned.filter(({ reason }) => reason !== null)
  const linked = coordinators.find(({ id }) => id === defaults.coordinator)
  return {
    facts: [
      { label: t('bulk:grant.module'), value: module ? nameIn(module.names, lang) : '' },
      { label: t('bulk:grant.role'), value: t(`grants:role.${defaults.role}`) },
      ...(words.length > 0
        ? [{ label: t('grants:keywords'), values: words.sort(new Intl.Collator(lang).compare) }]
        : []),
      {
        label: t('bulk:grant.settings'),
        values: settings.length > 0 ? settings : [t('bulk:grant.noSettings')],
      },
      linked
        ? { label: t('bulk:grant.coordinator'), value: linked.name, lang: linked.language }
        : { label: t('bulk:grant.coordinator'), value: byItself(t, ctx.actor, coordinators) },
    ],
    ready: planned.length - failing.length,
    failing: failing.map(({ id, officialName, officialLanguage, reason }) => [
      { text: officialName, lang: officialLanguage, href: `/authorities/${id}` },
      { text: t(reason ?? '') },
    ]),
  }
}
