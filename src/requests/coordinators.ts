import type { Knex } from 'knex'

/** A coordinator that can be chosen for one side of a request. */
export interface Choosable {
  id: number
  name: string
  language: string
}

/**
 * The coordinators that a side of a request can choose in its module: its linked ones that are active coordinators, without the other
 * side's authority; where there is none, the national coordinator of its country; none where that one is a side itself. An
 * authority that is itself coordinator in the module is its own and chooses nothing. [001] (spec/requests.md, What a request holds)
 */
export async function choosableCoordinators(
  db: Knex,
  side: { authorityId: number; moduleId: number; otherId: number | null },
): Promise<Choosable[]> {
  const found = await db.raw<{ rows: (Choosable & { linked: boolean })[] }>(CHOOSABLE, {
    authority: side.authorityId,
    module: side.moduleId,
    other: side.otherId ?? 0,
  })
  const linked = found.rows.filter(row => row.linked)
  return (linked.length > 0 ? linked : found.rows).map(({ id, name, language }) => ({ id, name, language }))
}

const CHOOSABLE = `
  select a.id, a.official_name as name, a.official_language as language, l.coordinator_id is not null as linked
  from grants own
  join authorities mine on mine.id = own.authority_id
  join grants g on g.module_id = own.module_id and g.role = 'coordinator' and g.status = 'active'
  join authorities a on a.id = g.authority_id and a.status = 'active' and a.country = mine.country
  left join grant_coordinators l on l.grant_id = own.id and l.coordinator_id = a.id
  where own.authority_id = :authority and own.module_id = :module and own.role = 'authority'
    and a.id <> :other and a.id <> :authority and (l.coordinator_id is not null or a.kind = 'national coordinator')
  order by a.sort_name, a.id`

/** The coordinator that a handler chose, or the only one; undefined where one has still to be chosen, null where there is none. */
export function chosenFrom(choosable: readonly Choosable[], chosen: number | undefined): number | null | undefined {
  const [only, ...others] = choosable
  if (!only) return null
  if (others.length === 0) return only.id
  return choosable.find(({ id }) => id === chosen)?.id
}
