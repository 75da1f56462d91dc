import type { Knex } from 'knex'
import type { Translate } from '../../platform/i18n/i18n.ts'
import type { Actor } from '../../policy.ts'
import type { FoundRequest } from '../queries.ts'
import { type Reader, readerOf, type Standing, standingOf } from './overview.ts'
import { isWhole, listParts, type PartInReach } from './parts.ts'

interface Visitor {
  db: Knex
  actor: Actor
  subject: FoundRequest
  t: Translate
  lang: string
  at: Date
}

/** How the request stands for this reader, with the parts that are their business. */
export async function howItStands(visitor: Visitor): Promise<{
  parts: PartInReach[]
  /** The parts that this page shows: all of them to whom it is one request. */
  shown: FoundRequest[]
  whole: boolean
  stands: Standing
  reader: Reader
}> {
  const { db, actor, subject: request } = visitor
  const parts = await listParts(db, actor, request.requestId)
  const whole = isWhole(request, parts)
  return {
    parts,
    shown: whole ? parts : [request],
    whole,
    stands: standingOf(request, parts, whole),
    reader: readerOf(visitor),
  }
}
