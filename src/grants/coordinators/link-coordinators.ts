import { tellManagersOfRecord } from '../../authorities/index.ts'
import type { GrantRole } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { linkChanged } from '../emails.ts'
import { type FoundGrant, isByItself } from '../grant.ts'
import { holdCoordinators, lockLinks, lockVersion } from '../lock-grant.ts'
import type { CoordinatorsWish } from './forms.ts'
import { linkMistakes, listAddresses, listNamed, type Named } from './queries.ts'
import { writeLinks } from './write-links.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'grant.coordinatorsChanged': {
      module: string
      role: GrantRole
      before: { coordinators: Named[] }
      after: { coordinators: Named[] }
    }
  }
}

/**
 * Links coordinators to a grant and ends other links (C7, [001 1]); the coordinators concerned are told. Throws Overtaken when
 * somebody saved meanwhile; RuleBroken when nothing differs, none is left where one is needed, or one cannot be linked.
 */
export async function linkCoordinators(
  c: Change,
  actor: Actor,
  grant: FoundGrant,
  { coordinators, version }: CoordinatorsWish,
): Promise<void> {
  if (isByItself(grant)) throw new RuleBroken('grants:coordinators.byItself')
  await lockLinks(c, grant)
  await lockVersion(c, grant, version)
  await holdCoordinators(c, grant.moduleId, coordinators)
  const [mistake] = await linkMistakes(c.db, grant, coordinators)
  if (mistake) throw new RuleBroken(mistake.key, { field: mistake.field })
  const before = grant.coordinators.map(({ id }) => id).sort((one, other) => one - other)
  const after = [...new Set(coordinators)].sort((one, other) => one - other)
  const linked = after.filter(id => !before.includes(id))
  const unlinked = before.filter(id => !after.includes(id))
  if (linked.length + unlinked.length === 0) throw new RuleBroken('grants:coordinators.nothing')
  await writeLinks(c, grant.id, linked, unlinked)
  await c
    .db('grants')
    .where({ id: grant.id })
    .update({ version: version + 1 })
  await c.record(
    'grant.coordinatorsChanged',
    { type: 'grant', id: grant.id, authorityId: grant.authorityId },
    {
      module: grant.moduleCode,
      role: grant.role,
      before: { coordinators: await listNamed(c.db, before) },
      after: { coordinators: await listNamed(c.db, after) },
    },
  )
  for (const coordinator of await listAddresses(c.db, linked))
    await c.send(linkChanged('grants/linked', coordinator, grant))
  for (const coordinator of await listAddresses(c.db, unlinked))
    await c.send(linkChanged('grants/unlinked', coordinator, grant))
  await tellManagersOfRecord(c, actor, grant.authority)
}
