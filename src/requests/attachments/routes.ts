import { Forbidden, NotFound } from '../../platform/errors.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { get, pathId } from '../../platform/web/route.ts'
import { sendFile } from '../../platform/web/send-file.ts'
import { can } from '../../policy.ts'
import { openPersonal, recordReading } from '../personal.ts'
import { findRequest, type FoundRequest } from '../queries.ts'
import { sightOf } from '../visibility.ts'
import { type Attachment, findAttachment, type Looking } from './queries.ts'

export const attachmentRoutes = [
  // Served as a download and never as a page; what is marked personal to those who may, and each time recorded.
  get<FoundRequest>(
    '/requests/:id/attachments/:attachment',
    { can: 'request.seeContent', on: findRequest },
    async ctx => {
      const id = pathId(ctx.req.params.attachment)
      const looking = lookingOf(ctx)
      const found = id === undefined ? undefined : await findAttachment(ctx.db, { ...looking, personal: false }, id)
      if (!found) throw new NotFound()
      const name = found.personal ? await personalName(ctx, found, looking) : found.name
      if (name === null) throw new NotFound()
      await sendFile(ctx, found.fileId, name)
    },
  ),
]

function lookingOf({ actor, subject: request }: Ctx<FoundRequest>): Looking {
  const { personal, draftAnswers } = sightOf(actor, request)
  // Before it is sent, those of the requester's side alone have any standing to the request; afterwards it has no drafts.
  return { requestId: request.requestId, partIds: [request.id], personal, draftAnswers, draftRequest: true }
}

async function personalName(ctx: Ctx<FoundRequest>, { id }: Attachment, looking: Looking): Promise<string | null> {
  const { actor, subject: request } = ctx
  if (!can(actor, 'request.seePersonalData', request)) throw new Forbidden('request.seePersonalData', request)
  return ctx.change(async c => {
    await openPersonal(c.db, actor.authorityId)
    const found = await findAttachment(c.db, looking, id)
    // Blocked, or erased.
    if (!found || found.name === null) throw new NotFound()
    await recordReading(c, request, 'attachment')
    return found.name
  })
}
