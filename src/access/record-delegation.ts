import { listModules } from '../modules/index.ts'
import type { Change } from '../platform/db/change.ts'
import { type Delegation, type DelegationAct, modulesIn, type RecordedDelegation } from './delegation.ts'

interface Done {
  act: DelegationAct
  before: Delegation | null
  after: Delegation | null
  authorities: number
  takenOver: number
  people: number[]
}

/** Writes into the history of an access manager what became of its delegation, with the modules by their codes. */
export async function recordDelegation(c: Change, id: number, { act, before, after, ...counts }: Done): Promise<void> {
  const modules = await listModules(c.db)
  const recorded = (delegation: Delegation | null): RecordedDelegation => {
    const catalogue = modules.map(module => module.id)
    const ids = delegation ? modulesIn(delegation, catalogue) : []
    const delegatedModules = modules.filter(module => ids.includes(module.id)).map(({ code }) => code)
    return { delegatedModules, region: delegation?.region ?? null }
  }
  await c.record(
    `delegation.${act}`,
    { type: 'delegation', id, authorityId: id },
    { before: recorded(before), after: recorded(after), ...counts },
  )
}
