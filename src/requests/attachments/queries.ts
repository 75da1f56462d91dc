import type { Knex } from 'knex'

/** A file of one side of a request. Where the reader may not see personal data, a marked one shows its language and kind only. */
export interface Attachment {
  id: number
  partId: number
  authorityId: number
  /** The reply it was sent with; null for those of the requester, and while it is a draft. */
  replyId: number | null
  fileId: number
  at: Date
  language: string
  personal: boolean
  state: 'draft' | 'awaiting approval' | 'sent'
  /** Null where the reader may not know it, or it is blocked. */
  name: string | null
  size: number
  contentType: string
}

/** What decides which attachments of a request somebody is shown. Whether content at all, is asked before. */
export interface Looking {
  requestId: number
  partIds: readonly number[]
  /** Names of those marked as personal data; call `openPersonal` before. */
  personal: boolean
  /** What the responder has not sent yet. */
  draftAnswers: boolean
  /** What the requester has not sent yet. */
  draftRequest: boolean
}

/** Attachments that this reader may see: those of the requester belong to every part, those of a responder to its own. */
export async function listAttachments(db: Knex, looking: Looking): Promise<Attachment[]> {
  const found = await db.raw<{ rows: Attachment[] }>(`${ATTACHMENTS} order by a.id`, bindings(looking))
  return found.rows
}

/** One of them, by its number. */
export async function findAttachment(db: Knex, looking: Looking, id: number): Promise<Attachment | undefined> {
  const found = await db.raw<{ rows: Attachment[] }>(`${ATTACHMENTS} and a.id = :id`, { ...bindings(looking), id })
  return found.rows[0]
}

const bindings = (looking: Looking): Record<string, Knex.Value> => ({
  request: looking.requestId,
  parts: [...looking.partIds],
  personal: looking.personal,
  draftAnswers: looking.draftAnswers,
  draftRequest: looking.draftRequest,
})

const ATTACHMENTS = `
  select a.id, a.part_id as "partId", a.authority_id as "authorityId", a.reply_id as "replyId", a.file_id as "fileId", a.at, a.language,
    a.personal, a.state, n.name, f.size, f.content_type as "contentType"
  from request_attachments a
  join requests r on r.id = a.request_id
  join stored_files f on f.id = a.file_id
  left join request_attachment_names n on n.attachment_id = a.id and (cast(:personal as boolean) or not n.personal)
  where a.request_id = :request and (a.authority_id = r.requester_id or a.part_id = any(cast(:parts as int[])))
    and (a.state = 'sent' or case when a.authority_id = r.requester_id then cast(:draftRequest as boolean) else cast(:draftAnswers as boolean) end)`
