import type { Knex } from 'knex'
import type { FormView } from '../../../platform/web/form.ts'
import {
  authoritySearch,
  findSearchLists,
  type FoundAuthority,
  onlyKnown,
  searchAuthorities,
} from '../../../search/index.ts'
import type { ImiRequest } from '../../request.ts'
import { isAskable, type Standing, standingsOf } from '../askable.ts'

/** What was looked for, and the authorities that can be asked among those found; `more` says that there are others. */
export interface Found {
  countries: { value: string; label: string }[]
  /** The one that was chosen, or ''. */
  country: string
  authorities: { found: FoundAuthority; standing: Standing }[]
  total: number
  capped: boolean
  shown: number
}

/**
 * Authorities to ask in the request's module, found as on the page Authorities (B10), in one country: elsewhere, unless the module
 * allows one's own. Nothing is looked for before a country is chosen.
 */
export async function findAskable(
  db: Knex,
  lang: string,
  request: Pick<ImiRequest, 'moduleId' | 'requester'>,
  values: FormView['values'],
): Promise<Found> {
  const lists = await findSearchLists(db, lang, '')
  const [own] = (await db('modules').where({ id: request.moduleId }).pluck('own_country')) as boolean[]
  const countries = lists.countries.filter(({ value }) => own || value !== request.requester.country)
  const { q, country, role } = onlyKnown(authoritySearch.parse(values), { country: countries })
  if (!country) return { countries, country, authorities: [], total: 0, capped: false, shown: 0 }
  const search = authoritySearch.parse({ q, country, role, module: String(request.moduleId) })
  const { rows, total, capped } = await searchAuthorities(db, lang, search)
  const standings = await standingsOf(
    db,
    rows.map(({ id }) => id),
    { moduleId: request.moduleId, own: request.requester },
  )
  const authorities = rows.flatMap(found => {
    const standing = standings.find(({ id }) => id === found.id)
    return standing && isAskable(standing) ? [{ found, standing }] : []
  })
  return { countries, country, authorities, total, capped, shown: rows.length }
}
