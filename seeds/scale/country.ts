import type { Part } from './europe.ts'

/** What the generator needs to know of a database: where numbers begin, and what stands in the reference tables. */
export interface Ground {
  firstAuthority: number
  firstUser: number
  firstGrant: number
  /** National coordinators that are there already, by country. */
  coordinators: Map<string, number>
  /** Modules by code, in the order of the catalogue. */
  modules: Map<string, { id: number; workflow: 'requests' | 'alerts' }>
  /** Keywords by code. */
  keywords: Map<string, { id: number }>
}

/** Access management that a national coordinator has delegated: for one module or all, in the country or one region. */
export interface Delegation {
  module: string
  all: boolean
  region: string | null
}

/** Who coordinates and who manages access in one country. */
export interface Country {
  part: Part
  national: number
  isNational(n: number): boolean
  delegation(n: number): Delegation | undefined
  /** A coordinator of the module, in turn. */
  coordinator(module: string, n: number): number
  /** A delegated access manager for the module and the region, in turn, if there is one. */
  manager(module: string, region: string | null, n: number): number | undefined
}

/** Every 40th authority of a country coordinates a module and manages access for it. */
const LEAD_EVERY = 40

/** Works out once for a country what each of its authorities asks for. */
export function planCountry(ground: Ground, part: Part): Country {
  const codes = [...ground.modules.keys()]
  const known = ground.coordinators.get(part.code)
  const first = ground.firstAuthority + part.start
  const coordinators = new Map<string, number[]>()
  const managers = new Map<string, number[]>()

  function delegation(n: number): Delegation | undefined {
    if (n % LEAD_EVERY !== 1) return undefined
    const lead = Math.floor(n / LEAD_EVERY)
    const round = Math.floor(lead / codes.length)
    return {
      module: codes[lead % codes.length] ?? '',
      all: lead % 7 === 6,
      region: round % 3 === 2 ? (part.regions[n % part.regions.length] ?? null) : null,
    }
  }

  for (let n = 1; n < part.size; n += LEAD_EVERY) {
    const { module = '', region = null } = delegation(n) ?? {}
    add(coordinators, module, first + n)
    add(managers, `${module} ${region}`, first + n)
  }
  const national = known ?? first
  return {
    part,
    national,
    isNational: n => n === 0 && known === undefined,
    delegation,
    coordinator: (module, n) => inTurn(coordinators.get(module), n) ?? national,
    manager: (module, region, n) =>
      inTurn(managers.get(`${module} ${n % 2 ? null : region}`), n) ?? inTurn(managers.get(`${module} null`), n),
  }
}

const add = (map: Map<string, number[]>, key: string, id: number): void =>
  void map.set(key, [...(map.get(key) ?? []), id])

const inTurn = (ids: number[] | undefined, n: number): number | undefined => ids?.[n % ids.length]
