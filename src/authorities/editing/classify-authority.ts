import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import type { Authority, AuthorityData } from '../authority.ts'
import { insertClassification } from '../register-authority.ts'
import { tellManagersOfRecord } from '../tell-managers.ts'
import { indexWords } from '../words.ts'
import { type Changes, changesBetween } from './changes.ts'
import { assertNotOvertaken, type Edition, tellThoseSavedOver } from './overtaking.ts'
import { lockRecord } from './queries.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'authority.classified': Changes & { version: number }
  }
}

export interface Classification extends Edition {
  data: Pick<AuthorityData, 'policyAreas' | 'economicActivities' | 'keywords'>
}

/**
 * Says anew what an authority does, for people abroad who search (B3, [001]). Throws Overtaken when somebody saved meanwhile,
 * RuleBroken when nothing differs.
 */
export async function classifyAuthority(
  c: Change,
  actor: Actor,
  authority: Authority,
  edit: Classification,
): Promise<void> {
  const { id } = authority
  const now = await lockRecord(c.db, id)
  await assertNotOvertaken(c, 'authority.classified', authority, {
    read: edit.version,
    stands: now.classificationVersion,
  })
  const changes = changesBetween(now, edit.data)
  const fields = Object.keys(changes.after)
  if (fields.length === 0) throw new RuleBroken('authorities:edit.nothing')
  for (const table of ['authority_policy_areas', 'authority_economic_activities', 'authority_keywords'])
    await c.db(table).where({ authority_id: id }).delete()
  await insertClassification(c, id, edit.data)
  const version = now.classificationVersion + 1
  await c.db('authorities').where({ id }).update({ classification_version: version })
  await indexWords(c.db, id)
  await c.record('authority.classified', { type: 'authority', id, authorityId: id }, { ...changes, version })
  await tellThoseSavedOver(c, 'authority.classified', authority, { by: actor, opened: edit.opened, fields })
  await tellManagersOfRecord(c, actor, authority)
}
