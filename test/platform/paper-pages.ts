import { createServer, type Server } from 'node:http'
import { z } from 'zod'
import { buildApp } from '../../src/app.ts'
import { findAuthority } from '../../src/authorities/index.ts'
import { Busy } from '../../src/platform/errors.ts'
import { storeFile } from '../../src/platform/files/stored-file.ts'
import { makeLog } from '../../src/platform/log.ts'
import { attachedFiles } from '../../src/platform/web/attachments.ts'
import { form, type FormRoute } from '../../src/platform/web/form-route.ts'
import { get, type Route, withAttachments } from '../../src/platform/web/route.ts'
import { line } from '../../src/platform/web/form.ts'
import { sendFile } from '../../src/platform/web/send-file.ts'
import type { World } from '../support/app.ts'

const paper: FormRoute<undefined, z.ZodObject<{ text: z.ZodType<string> }>, number[]> = {
  view: 'invitations/import',
  title: () => 'components:sample.title',
  schema: z.object({ text: line({ missing: 'components:sample.mistake' }) }),
  offer: () => ({ languages: [], codes: [], most: 1 }),
  async submit(c, _subject, { text }, ctx) {
    const ids: number[] = []
    for (const file of attachedFiles(ctx.req, 'file')) ids.push(await storeFile(c, file))
    if (text === 'busy') throw new Busy('Not now')
    await c.record('paper.added', { type: 'paper', id: 1 }, { names: attachedFiles(ctx.req).map(({ name }) => name) })
    return ids
  },
  done: ids => ({ to: `/papers/${ids.join('-')}` }),
}

const pages: Route[] = [
  ...withAttachments(form('/papers', { open: 'to signed-in users' }, paper as never), {
    most: 10 * 1024 * 1024,
    count: 3,
  }),
  ...withAttachments(form('/authorities/:id/papers', { can: 'authority.edit', on: findAuthority }, paper as never)),
  get('/papers/:id', { open: 'to signed-in users' }, ctx =>
    sendFile(ctx, Number(ctx.req.params.id), typeof ctx.req.query.name === 'string' ? ctx.req.query.name : 'paper.pdf'),
  ),
]

/** The real application with pages that attach and send files; close it before its database. */
export async function paperSite(of: Pick<World, 'config' | 'db' | 'clock' | 'logged'>): Promise<Server> {
  const log = makeLog('debug', text => of.logged.push(text))
  const server = createServer(buildApp({ ...of, log, ready: () => Promise.resolve(true), pages }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

declare module '../../src/platform/db/change.ts' {
  interface AuditEvents {
    'paper.added': { names: string[] }
  }
}
