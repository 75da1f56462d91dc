import { z } from 'zod'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { type Body, freshForm, type Mistake } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { listQuery } from '../../platform/web/list.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { post, type Route } from '../../platform/web/route.ts'
import { leaveNotice } from '../../platform/web/session.ts'
import { beginImport, LineBroken } from '../begin-import.ts'
import { choose } from '../choice.ts'
import type { Import, ImportKind } from '../import.ts'
import { beside, judgeAll, judges } from '../judges.ts'
import { deleteDraft, keepChoice } from '../keep-import.ts'
import { lineStates, type LineState, questionsOf } from '../line.ts'
import { addressOf, pages, trailTo, uploadOf } from '../pages.ts'
import { countLines, listLines, listNamed, loadLines, saveLines } from '../queries.ts'
import { contentOf, labelOf, questionOf, reasonsOf } from '../rows.ts'

const search = z.object({
  show: z.enum(lineStates).or(z.literal('')).catch(''),
  after: listQuery.after,
  before: listQuery.before,
})

const wordForm = z.object({ version: z.coerce.number().int().catch(0) })

/** What a file says, line by line; which lines are taken; and the word with which they are registered (D9). */
export const previewRoutes: Route[] = [...previewOf('users'), ...previewOf('authorities')]

function previewOf(kind: ImportKind): Route[] {
  const { base, can, find } = pages[kind]
  return [
    ...form(
      `${base}/:id`,
      { can, on: find },
      {
        view: 'imports/preview',
        title: () => `imports:preview.title.${kind}`,
        trail: (of, { t }) => trailTo(t, of, t('imports:preview.trail')),
        schema: wordForm,
        check: mistakesNow,
        fill: ({ version }) => ({ version: String(version) }),
        offer: async (ctx, view) => {
          view.values.version = String(ctx.subject.version)
          return shown(ctx)
        },
        submit: (c, of, { version }, ctx) => begin(c, ctx, of, version),
        done: (task, of) => (task === null ? done(of) : { to: `/tasks/${task}` }),
      },
    ),
    post<Import>(`${base}/:id/lines`, { can, on: find }, chooseLines),
    post<Import>(`${base}/:id/deletion`, { can, on: find }, async ctx => {
      await orExplain(ctx, () => ctx.change(c => deleteDraft(c, ctx.subject)), 'imports:preview.deleted')
      ctx.res.redirect(303, uploadOf(ctx.subject))
    }),
  ]
}

const done = (of: Import) => ({
  to: `${addressOf(of)}/result`,
  notice: `imports:result.done.${of.kind}`,
})

/** Judges the chosen lines anew: what has happened since the file was read counts. */
async function mistakesNow(ctx: Ctx<Import>): Promise<Mistake[]> {
  if (ctx.subject.state !== 'draft') return [{ field: '', key: 'imports:preview.begunAlready' }]
  await judgeAnew(ctx)
  const { good, bad, asked } = await countLines(ctx.db, ctx.subject.id)
  if (bad + asked > 0) return [{ field: '', key: 'imports:preview.notAllGood' }]
  return good === 0 ? [{ field: '', key: 'imports:preview.nothing' }] : []
}

async function judgeAnew({ db, actor, kernel, subject }: Ctx<Import>): Promise<void> {
  const judging = await judges[subject.kind](db, actor, subject)
  await saveLines(db, kernel.keys, subject.id, await judgeAll(judging, await loadLines(db, kernel.keys, subject.id)))
}

async function begin(c: Change, ctx: Ctx<Import>, of: Import, version: number): Promise<number | null> {
  const { t } = ctx
  const judging = await judges[of.kind](c.db, ctx.actor, of)
  try {
    return await beginImport(c, ctx.actor, of, {
      judging,
      version,
      labelOf: line => t('imports:preview.line', { line }),
    })
  } catch (error) {
    if (!(error instanceof LineBroken)) throw error
    const { message, values } = error.broken
    throw new RuleBroken('imports:preview.lineBroken', { values: { line: error.line, reason: t(message, values) } })
  }
}

/** Takes the ticked lines of those that were shown, leaves the others out, and keeps the answers. */
async function chooseLines(ctx: Ctx<Import>): Promise<void> {
  const { db, actor, kernel, subject: of } = ctx
  const body = ctx.req.body as Body
  const now = await loadLines(db, kernel.keys, of.id)
  const judging = await judges[of.kind](db, actor, of)
  const chosen = beside(judging, choose(now, body))
  const changed = chosen.filter((line, index) => JSON.stringify(line) !== JSON.stringify(now[index]))
  await orExplain(ctx, () => ctx.change(c => keepChoice(c, of, changed)), 'imports:preview.saved')
  const { show } = search.parse(body)
  ctx.res.redirect(303, show ? `${addressOf(of)}?show=${show}` : addressOf(of))
}

async function orExplain(ctx: Ctx<Import>, work: () => Promise<void>, notice: string): Promise<void> {
  try {
    await work()
    await leaveNotice(ctx.db, ctx.req.sessionID, { kind: 'success', key: notice, values: {} })
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error
    await leaveNotice(ctx.db, ctx.req.sessionID, { kind: 'warning', key: error.message, values: error.values })
  }
}

/** One page of the lines in one state: at first those with mistakes, then those that are asked about. */
async function shown(ctx: Ctx<Import>): Promise<object> {
  const { db, kernel, subject: of, t } = ctx
  const counts = await countLines(db, of.id)
  const asked = search.parse(ctx.req.query)
  const order = ['bad', 'asked', 'good', 'out'] as const satisfies LineState[]
  const first = order.find(state => counts[state] > 0) ?? 'good'
  const show = asked.show && counts[asked.show] > 0 ? asked.show : first
  const path = addressOf(of)
  const page = await listLines(db, kernel.keys, of.id, { search: { ...asked, show }, path })
  const ids = page.rows.flatMap(questionsOf).flatMap(question => Number(/^authority (\d+)$/.exec(question)?.[1] ?? []))
  const named = await listNamed(db, ctx.actor, ids)
  const kept = Object.fromEntries(page.rows.filter(({ out }) => !out).map(({ line }) => [`take_${line}`, 'yes']))
  return {
    of,
    base: path,
    upload: uploadOf(of),
    counts,
    show,
    choosing: freshForm(`${path}/lines`, kept),
    tabs: order
      .filter(state => counts[state] > 0)
      .map(state => ({
        href: `${path}?show=${state}`,
        label: t(`imports:state.${state}`),
        current: state === show,
        count: counts[state],
      })),
    page,
    lines: page.rows.map(line => ({
      line: line.line,
      label: labelOf(of.kind, line, t),
      hint: show === 'bad' ? reasonsOf(line, t).join(' · ') : contentOf(line, t),
      question: show === 'asked' ? questionOf(line, t, named) : undefined,
    })),
  }
}
