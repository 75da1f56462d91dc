import type { Knex } from 'knex'
import type { Translate } from '../platform/i18n/i18n.ts'
import { findWhatWaits, waitingLines } from '../requests/index.ts'
import type { FoundGrant } from './grant.ts'

/**
 * What waits in the requests of a module, sentence by sentence, before its grant is suspended or gets another role (requests.md, "A
 * coordinator"); nothing for a module without requests.
 */
export async function whatWaits(db: Knex, t: Translate, grant: FoundGrant, replaced: boolean): Promise<string[]> {
  if (grant.workflow !== 'requests') return []
  return waitingLines(await findWhatWaits(db, grant.authorityId, grant.moduleId), t, replaced)
}
