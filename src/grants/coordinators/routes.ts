import { nameIn } from '../../modules/index.ts'
import { form } from '../../platform/web/form-route.ts'
import { isByItself } from '../grant.ts'
import { findGrant } from '../queries.ts'
import { tabOf, trailTo } from '../way.ts'
import { coordinatorsForm } from './forms.ts'
import { linkCoordinators } from './link-coordinators.ts'
import { linkMistakes, listLinkable } from './queries.ts'

export const coordinatorsRoutes = [
  ...form(
    '/grants/:id/coordinators',
    { can: 'grant.linkCoordinators', on: findGrant },
    {
      view: 'grants/coordinators',
      title: (grant, { lang }) => ['grants:coordinators.title', { module: nameIn(grant.moduleNames, lang) }],
      trail: (grant, { t }) => trailTo(grant.authority, t, 'grants:coordinators.crumb'),
      schema: coordinatorsForm,
      check: async ({ db, subject }, body) => {
        if (isByItself(subject)) return [{ field: '', key: 'grants:coordinators.byItself' }]
        return linkMistakes(db, subject, coordinatorsForm.shape.coordinators.parse(body.coordinators))
      },
      fill: ({ version, coordinators }) => ({
        version: String(version),
        coordinators: coordinators.map(({ id }) => String(id)),
      }),
      offer: async ({ db, subject: grant, t }) => ({
        grant,
        back: tabOf(grant.authority),
        obstacle: isByItself(grant) ? t('grants:coordinators.byItself') : undefined,
        coordinators: (await listLinkable(db, grant)).map(({ id, name, language, inactive }) => ({
          value: id,
          label: name,
          lang: language,
          ...(inactive && { hint: t('grants:coordinators.inactive') }),
        })),
      }),
      submit: async (c, grant, wish, ctx) => {
        await linkCoordinators(c, ctx.actor, grant, wish)
        return nameIn(grant.moduleNames, ctx.lang)
      },
      done: (module, grant) => ({ to: tabOf(grant.authority), notice: ['grants:coordinators.done', { module }] }),
    },
  ),
]
