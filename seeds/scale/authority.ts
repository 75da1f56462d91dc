import type { Country, Delegation, Ground } from './country.ts'
import { type Field, fields, types } from './fields.ts'
import { nameNumber, type Naming } from './name.ts'

export interface MadeGrant {
  module: string
  role: 'authority' | 'coordinator'
  suspended: boolean
  coordinators: number[]
}

export interface MadeAuthority {
  id: number
  country: string
  kind: 'competent' | 'national coordinator'
  status: 'active' | 'to validate' | 'deactivated'
  language: string
  naming: Naming
  field: Field
  type: string
  region: string | null
  delegation: Delegation | undefined
  /** Access managers of record; the first one is the validating authority. */
  managers: number[]
  grants: MadeGrant[]
}

/** The n-th authority of a country, counted from 0: always the same for the same ground. */
export function makeAuthority(ground: Ground, country: Country, n: number): MadeAuthority {
  const { part } = country
  const language = part.languages[n % part.languages.length] ?? 'en'
  const naming = nameNumber(n, part.index, language)
  const field = fields[naming.field]
  if (!field) throw new Error(`No field ${naming.field}`)
  const national = country.isNational(n)
  const delegation = national ? undefined : country.delegation(n)
  const region = part.regions[n % part.regions.length] ?? null
  const grants = national ? coordinatesAll(ground) : grantsOf(country, n, field, delegation)
  return {
    id: ground.firstAuthority + part.start + n,
    country: part.code,
    kind: national ? 'national coordinator' : 'competent',
    status: national || delegation ? 'active' : statusOf(n),
    language,
    naming,
    field,
    type: types[naming.kind] ?? 'other',
    region,
    delegation,
    managers: national ? [] : managersOf(country, n, delegation, region, grants[0]?.module ?? ''),
    grants,
  }
}

function statusOf(n: number): MadeAuthority['status'] {
  if (n % 101 === 50) return 'deactivated'
  return n % 211 === 100 ? 'to validate' : 'active'
}

const coordinatesAll = ({ modules }: Ground): MadeGrant[] =>
  [...modules.keys()].map(module => ({ module, role: 'coordinator', suspended: false, coordinators: [] }))

/** The module it leads or the one of its field, and for every other one a second. */
function grantsOf(country: Country, n: number, field: Field, delegation: Delegation | undefined): MadeGrant[] {
  const first = delegation?.module ?? field.modules[0]
  const second = n % 2 === 0 && field.modules[1] !== first ? [field.modules[1]] : []
  return [first, ...second].map((module, index) => {
    const leads = delegation !== undefined && index === 0
    const linked = [country.coordinator(module, n), ...(n % 3 === 0 ? [country.national] : [])]
    return {
      module,
      role: leads ? 'coordinator' : 'authority',
      suspended: index === 0 && !leads && n % 83 === 17,
      coordinators: leads ? [] : [...new Set(linked)],
    }
  })
}

/** Who registered it: the national coordinator, or a delegated access manager for its module and place. */
function managersOf(
  country: Country,
  n: number,
  delegation: Delegation | undefined,
  region: string | null,
  module: string,
): number[] {
  const manager = delegation || n % 5 === 0 ? undefined : country.manager(module, region, n)
  if (manager === undefined) return [country.national]
  return n % 7 === 0 ? [manager, country.national] : [manager]
}
