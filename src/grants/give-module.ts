import { type Authority, indexWords, tellManagersOfRecord } from '../authorities/index.ts'
import { type Module, rolesIn } from '../modules/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import type { Actor } from '../policy.ts'
import { moduleGranted } from './emails.ts'
import { grantMistakes } from './forms.ts'
import { askedSettings, type GrantWish, type Offer, type Settings } from './grant.ts'
import { giveRoles } from './give-roles.ts'
import { findOffer, listOfCountry, settingColumns } from './queries.ts'
import { tellAdministrators } from './tell-administrators.ts'

/**
 * Grants a module to an authority: all its administrators get every role of the module at once (C4) [000 2.1.2], they are told
 * by mail, and so are the access managers of record when another one acts. Throws RuleBroken when the module lies outside the
 * delegation, is granted already, or a coordinator cannot be linked.
 */
export async function giveModule(c: Change, actor: Actor, authority: Authority, wish: GrantWish): Promise<Module> {
  const { module } = await lockedOffer(c, actor, authority, wish)
  const settings = wishedSettings(module, wish)
  const grantId = await insertGrant(c, actor, authority, wish, settings)
  const administrators = await giveRoles(c, authority.id, module.id, rolesIn(module.workflow, wish))
  await indexWords(c.db, authority.id)
  await c.record(
    'grant.given',
    { type: 'grant', id: grantId, authorityId: authority.id },
    {
      module: module.code,
      role: wish.role,
      settings,
      coordinators: wish.coordinators,
      keywords: wish.keywords,
      administrators,
    },
  )
  await tellAdministrators(c, authority.id, (person, copy) =>
    moduleGranted(person, copy, { authority, module, grantedBy: actor.authorityName }),
  )
  await tellManagersOfRecord(c, actor, authority)
  return module
}

/** Everything the page has asked, asked again while the authority and the chosen coordinators stand still. */
async function lockedOffer(c: Change, actor: Actor, authority: Authority, wish: GrantWish): Promise<Offer> {
  const [status = authority.status] = await c
    .db('authorities')
    .where({ id: authority.id })
    .forUpdate()
    .pluck<Authority['status'][]>('status')
  await c
    .db('grants')
    .where({ module_id: wish.module })
    .whereIn('authority_id', wish.coordinators)
    .orderBy('id')
    .forShare()
    .select('id')
  const offer = await findOffer(c.db, actor, { ...authority, status }, wish.module)
  const ofCountry = await listOfCountry(c.db, authority.country, wish.coordinators)
  const [mistake] = grantMistakes(offer, wish, ofCountry)
  if (mistake || typeof offer === 'string')
    throw new RuleBroken(mistake?.key ?? '', mistake && { field: mistake.field, values: mistake.values ?? {} })
  return offer
}

/** Of the settings only those that such a grant has; the others keep their defaults (C3). */
function wishedSettings(module: Module, wish: GrantWish): Partial<Settings> {
  return Object.fromEntries(askedSettings(module.workflow, wish.role).map(setting => [setting, wish[setting]]))
}

async function insertGrant(
  c: Change,
  actor: Actor,
  authority: Authority,
  wish: GrantWish,
  settings: Partial<Settings>,
): Promise<number> {
  const [grant] = await c
    .db('grants')
    .insert({
      authority_id: authority.id,
      module_id: wish.module,
      role: wish.role,
      granted_by: actor.authorityId,
      granted_at: c.at,
      ...settingColumns(settings),
    })
    .onConflict(['authority_id', 'module_id'])
    .ignore()
    .returning<{ id: number }[]>('id')
  if (!grant) throw new RuleBroken('grants:give.refusal.alreadyGranted', { field: 'module' })
  const { id: grant_id } = grant
  const coordinators = [...new Set(wish.coordinators)].map(coordinator_id => ({ grant_id, coordinator_id }))
  const keywords = [...new Set(wish.keywords)].map(keyword_id => ({ grant_id, keyword_id }))
  if (coordinators.length > 0) await c.db('grant_coordinators').insert(coordinators)
  if (keywords.length > 0) await c.db('grant_keywords').insert(keywords)
  return grant_id
}
