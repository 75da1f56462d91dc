import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import { type Attachment, listAttachments, type Looking } from '../attachments/queries.ts'
import { openPersonal, readPersonal, recordReading, type Where } from '../personal.ts'
import type { FoundRequest } from '../queries.ts'
import { sightOf } from '../visibility.ts'
import type { AskedQuestion } from './answers.ts'

/** Somebody who opens a page of a request. */
export interface Visitor {
  db: Knex
  actor: Actor
  subject: FoundRequest
  req: { method: string }
  change<R>(work: (c: Change) => Promise<R>): Promise<R>
}

export interface Read {
  /** Personal variables by their keys: none for who may not see them. */
  personal: Map<string, string>
  attachments: Attachment[]
}

/**
 * What a page shows beside the questions: their personal variables and the attachments, as far as this visitor may see them. Where
 * something personal is shown, the visit is recorded: once, not with each redrawing of its form.
 */
export async function readBeside(visitor: Visitor, questions: readonly AskedQuestion[], where: Where): Promise<Read> {
  const { db, actor, subject: request, req } = visitor
  const sight = sightOf(actor, request)
  const looking: Looking = {
    requestId: request.requestId,
    partIds: [request.id],
    personal: false,
    draftAnswers: sight.draftAnswers,
    draftRequest: false,
  }
  const attachments = sight.content ? await listAttachments(db, looking) : []
  const marked =
    attachments.some(({ personal }) => personal) ||
    questions.some(({ question }) => question.variables.some(({ personal }) => personal))
  if (!marked || !sight.personal) return { personal: new Map(), attachments }
  const read = async (trx: Knex.Transaction): Promise<Read> => {
    await openPersonal(trx, actor.authorityId)
    return {
      personal: await readPersonal(trx, request.requestId),
      attachments: await listAttachments(trx, { ...looking, personal: true }),
    }
  }
  if (req.method === 'POST') return db.transaction(read)
  return visitor.change(async c => {
    const found = await read(c.db)
    await recordReading(c, request, where)
    return found
  })
}
