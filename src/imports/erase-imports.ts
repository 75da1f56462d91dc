import { days } from '../platform/clock.ts'
import { change, type ChangeContext } from '../platform/db/change.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    /** Drafts whose day was over were deleted, and what was left of begun imports was erased. */
    'imports.erased': { drafts: number; lines: number }
  }
}

/** How long what stands in a file is kept, sealed, for the person who uploaded it. */
const KEPT_FOR = days(1)

const SWEEPER = { id: null, authorityId: null, name: 'import sweep' }

/** Erases what stands in files that were uploaded a day ago and not registered: it is about people. Safe to run twice and at once. */
export async function eraseImports(context: ChangeContext): Promise<void> {
  const before = new Date(context.clock.now().getTime() - KEPT_FOR)
  const due = () => context.db('imports as i').where('i.made_at', '<=', before)
  const one = await due()
    .where(any => any.where('i.state', 'draft').orWhereExists(sealedLines(context)))
    .first<{ id: number } | undefined>('i.id')
  if (!one) return
  await change(context, SWEEPER, async c => {
    const drafts = await c.db('imports').where('made_at', '<=', before).where({ state: 'draft' }).delete()
    const lines = await c
      .db('import_lines')
      .whereNotNull('sealed')
      .whereIn('import_id', c.db('imports').where('made_at', '<=', before).select('id'))
      .update({ sealed: null })
    await c.record('imports.erased', { type: 'import', id: 0 }, { drafts, lines })
  })
}

const sealedLines = ({ db }: ChangeContext) =>
  db('import_lines as l').whereRaw('l.import_id = i.id').whereNotNull('l.sealed').select(db.raw('1'))
