import type { Knex } from 'knex'
import { z } from 'zod'
import { rowsOf } from '../../../platform/db/statement.ts'
import type { Change } from '../../../platform/db/change.ts'
import { prose } from '../../../platform/web/form.ts'
import type { FoundRequest } from '../../queries.ts'
import { takeStep } from '../../take-step.ts'
import { tell } from '../../tell.ts'

/** What somebody of one side says to the other about an open request. */
export interface Comment {
  id: number
  partId: number
  at: Date
  text: string
  language: string
  /** Somebody of the reader's own authority. */
  name: string | null
  authority: string | null
  authorityLanguage: string | null
}

/** How long a comment may be. */
export const LONGEST_COMMENT = 3000

export const commentForm = (language: z.ZodType<string>) =>
  z.object({
    text: prose({ missing: 'requests:comment.missing', long: 'requests:comment.long', max: LONGEST_COMMENT }),
    language,
  })

/** The comments on these parts, oldest first. They are content: ask `sightOf` before. */
export const listComments = (db: Knex, partIds: readonly number[], authorityId: number): Promise<Comment[]> =>
  rowsOf<Comment>(db, COMMENTS, { parts: [...partIds], me: authorityId })

const COMMENTS = `
  select c.id, c.part_id as "partId", c.at, c.text, c.language,
    case when c.authority_id = :me then u.given_name || ' ' || u.family_name end as name,
    coalesce(a.official_name, b.official_name) as authority,
    coalesce(a.official_language, b.official_language) as "authorityLanguage"
  from request_comments c
  left join users u on u.id = c.user_id
  left join authorities a on a.id = c.authority_id
  left join tombstones b on b.authority_id = c.authority_id
  where c.part_id = any(cast(:parts as int[])) order by c.id`

/**
 * Says something to the other side, which is told; the text stands nowhere but in the request.
 * @throws RuleBroken when the request is not open any more
 */
export async function writeComment(
  c: Change,
  request: FoundRequest,
  { text, language }: { text: string; language: string },
): Promise<void> {
  await takeStep(c, request.id, 'comment')
  await c.db('request_comments').insert({
    part_id: request.id,
    authority_id: c.actor.authorityId,
    user_id: c.actor.id,
    at: c.at,
    language,
    text,
  })
  const asked = request.requester.id === c.actor.authorityId
  await tell(c, request.id, asked ? 'responding handlers' : 'requesting handlers', 'comment')
}
