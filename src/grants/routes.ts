import { authorityTabs, type Authority, findAuthority } from '../authorities/index.ts'
import { type Module, nameIn } from '../modules/index.ts'
import { byLabel } from '../platform/i18n/names.ts'
import { freshForm, type FormValue, type FormView } from '../platform/web/form.ts'
import { form } from '../platform/web/form-route.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get, pathId } from '../platform/web/route.ts'
import { grantForm, grantMistakes, readWish } from './forms.ts'
import { giveModule } from './give-module.ts'
import { coordinatorsRoutes } from './coordinators/routes.ts'
import { type AskedSetting, askedSettings, type Offer } from './grant.ts'
import { findOffer, invitedOf, listGrantable, listGrants, listOfCountry } from './queries.ts'
import { roleRoutes } from './role/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { suspensionRoutes } from './suspension/routes.ts'
import { shownGrant } from './tab.ts'
import { tabOf, trailTo } from './way.ts'

export const grantRoutes = [
  get<Authority>('/authorities/:id/modules', { can: 'authority.read', on: findAuthority }, async ctx => {
    const { subject: authority, t } = ctx
    const mayGrant = ctx.may('grant.give', authority)
    const [grants, grantable] = await Promise.all([
      listGrants(ctx.db, authority.id),
      mayGrant ? listGrantable(ctx.db, ctx.actor, authority) : [],
    ])
    sendPage(
      ctx,
      'grants/modules',
      { title: ['authorities:tab.title', { authority: authority.officialName, tab: t('authorities:tab.modules') }] },
      {
        authority,
        tabs: authorityTabs(authority, (action, on) => ctx.may(action, on), t, 'modules'),
        grants: grants.map(grant => shownGrant(grant, authority, ctx)),
        give: grantable.length > 0 ? `/authorities/${authority.id}/modules/new` : undefined,
        invited: await invitedIn(ctx, authority, grantable),
        mayGrant,
      },
    )
  }),

  ...form(
    '/authorities/:id/modules/new',
    { can: 'grant.give', on: findAuthority },
    {
      view: 'grants/new',
      title: () => 'grants:give.title',
      trail: (authority, { t }) => trailTo(authority, t, 'grants:give.title'),
      schema: grantForm,
      check: async (ctx, body) => {
        const wish = readWish(body)
        if (wish.module === 0) return []
        const [offer, ofCountry] = await Promise.all([
          findOffer(ctx.db, ctx.actor, ctx.subject, wish.module),
          listOfCountry(ctx.db, ctx.subject.country, wish.coordinators),
        ])
        return grantMistakes(offer, wish, ofCountry)
      },
      fill: (authority, ctx) => opened(ctx, authority),
      offer: (ctx, view) => choicesOf(ctx, ctx.subject, view),
      submit: async (c, authority, wish, ctx) => {
        const module = await giveModule(c, ctx.actor, authority, wish)
        const others = await listGrantable(c.db, ctx.actor, authority)
        const [next] = await invitedOf(c.db, authority.id, others)
        return { module: nameIn(module.names, ctx.lang), more: others.length > 0, next: next && named(ctx, next) }
      },
      // What the invitation was for follows by itself, module by module (E6).
      done: ({ module, more, next }, authority) => {
        const values = { module, authority: authority.officialName }
        if (next)
          return {
            to: formFor(authority, next.id),
            notice: ['grants:give.doneInvited', { ...values, next: next.name }],
          }
        return { to: tabOf(authority), notice: [more ? 'grants:give.doneMore' : 'grants:give.done', values] }
      },
    },
  ),

  ...settingsRoutes,
  ...suspensionRoutes,
  ...roleRoutes,
  ...coordinatorsRoutes,
]

const formFor = ({ id }: Authority, module: number): string => `/authorities/${id}/modules/new?module=${module}`
const named = ({ lang }: Ctx<Authority>, { id, names }: Module) => ({ id, name: nameIn(names, lang) })

/** What an authority was invited for and this person has still to grant. */
async function invitedIn(
  ctx: Ctx<Authority>,
  authority: Authority,
  grantable: readonly Module[],
): Promise<{ names: string[]; href: string; next: string } | undefined> {
  const modules = (await invitedOf(ctx.db, authority.id, grantable)).map(module => named(ctx, module))
  const [next] = modules
  return next && { names: modules.map(({ name }) => name), href: formFor(authority, next.id), next: next.name }
}

/** The form as it opens for the module in the address: defaults of the settings (C3), coordinators already linked (C7). */
async function opened(ctx: Ctx<Authority>, authority: Authority): Promise<Record<string, FormValue>> {
  const id = pathId(ctx.req.query.module)
  const offer = id === undefined ? undefined : await findOffer(ctx.db, ctx.actor, authority, id)
  if (id === undefined || !offer) return {}
  if (typeof offer === 'string') return { module: String(id) }
  const role = offer.roles.length === 1 ? offer.roles[0] : undefined
  return { module: String(id), role, takesPartInReferrals: 'yes', coordinators: offer.preselected.map(String) }
}

/** What the page offers: the modules still to be granted, and for the chosen one everything that belongs to it. */
async function choicesOf(ctx: Ctx<Authority>, authority: Authority, view: FormView): Promise<object> {
  const id = pathId(view.values.module)
  const [modules, offer] = await Promise.all([
    listGrantable(ctx.db, ctx.actor, authority),
    id === undefined ? undefined : findOffer(ctx.db, ctx.actor, authority, id),
  ])
  const asked = ctx.req.method === 'GET' && typeof offer === 'string'
  // The first step is a GET form: it says itself that nothing was chosen.
  const nothing = id === undefined && ctx.req.query.chosen ? ctx.t('grants:give.module.missing') : undefined
  return {
    authority,
    modules: modules.map(module => ({ value: module.id, label: nameIn(module.names, ctx.lang) })),
    refusal: asked ? ctx.t(`grants:give.refusal.${offer}`) : undefined,
    chosen: offer === undefined || typeof offer === 'string' ? undefined : chosenOf(ctx, offer),
    choosing: { ...freshForm(view.action), errors: { module: view.errors.module ?? nothing } },
  }
}

function chosenOf({ t, lang }: Ctx<Authority>, { module, roles, keywords, coordinators }: Offer): object {
  const everybody = askedSettings(module.workflow, 'authority')
  const coordinating = askedSettings(module.workflow, 'coordinator').filter(setting => !everybody.includes(setting))
  const field = (setting: AskedSetting) => ({ name: setting, label: t(`grants:give.setting.${setting}`) })
  return {
    id: module.id,
    name: nameIn(module.names, lang),
    area: nameIn(module.areaNames, lang),
    roles: roles.map(role => ({
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
  }
}
