import { findSimilarNames, type SimilarName } from '../../authorities/index.ts'
import { listModules, type Module, nameIn } from '../../modules/index.ts'
import { byLabel, languageName } from '../../platform/i18n/names.ts'
import { type Body, type FormView, type Mistake } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { type Crumb, type Ctx } from '../../platform/web/page.ts'
import { type Route, withFiles } from '../../platform/web/route.ts'
import { uploadedFile } from '../../platform/web/upload.ts'
import type { Invitation, Submission, Wish } from '../invitation.ts'
import { findInvitation } from '../queries.ts'
import { findSubmission } from '../submission-queries.ts'
import { importForm, nothingEntered, numbersIn, previewForm, rowsForm, rowsIn, wishesIn, wordOnly } from './forms.ts'
import { type Known } from './judge.ts'
import { listDraftNames, listLanguages, listRefused } from './queries.ts'
import { type FileProblem, MOST_LINES, type ReadFile, readInvitations } from './read-file.ts'
import { fieldOf } from './refused-fields.ts'
import { importInvitations, submitDrafts, submitInvitations } from './submit.ts'
import { deleteInvitation, deleteUnsent, sendAgain, withdrawInvitation } from './withdraw.ts'

/** Inviting, and what can be done with what was refused, not sent yet, or sent (E1, E2, E4, E7). */
export const submittingRoutes: Route[] = [
  ...form(
    '/invitations/new',
    { can: 'invitation.make' },
    {
      view: 'invitations/new',
      title: () => 'invitations:new.title',
      trail: (_subject, ctx) => trailOf(ctx, [{ label: ctx.t('invitations:new.title') }]),
      schema: rowsForm,
      check: async (ctx, body) => [...nothingEntered(body), ...(await similarMistakes(ctx, wishesIn(body), body))],
      offer: async (ctx, view) => ({ ...(await choicesFor(ctx)), ...(await rowsOf(ctx, view)) }),
      submit: async (c, _subject, { wishes, differentFrom }, ctx) =>
        submitInvitations(c, ctx.actor, wishes, { known: await knownTo(ctx), differentFrom }),
      done: id => ({ to: `/invitation-submissions/${id}` }),
    },
  ),

  ...withFiles(
    form(
      '/invitations/import',
      { can: 'invitation.make' },
      {
        view: 'invitations/import',
        title: () => 'invitations:import.title',
        trail: (_subject, ctx) => trailOf(ctx, [{ label: ctx.t('invitations:import.title') }]),
        schema: importForm,
        check: async (ctx, body) => problemsOf(await fileOf(ctx, body)),
        offer: async ctx => ({ ...(await choicesFor(ctx)), codes: await listCodes(ctx), most: MOST_LINES }),
        submit: async (c, _subject, _value, ctx) => {
          const file = await fileOf(ctx, ctx.req.body as Body)
          if (typeof file === 'string') throw new Error('A file that cannot be read was let through')
          return importInvitations(c, ctx.actor, file, await knownTo(ctx))
        },
        done: id => ({ to: `/invitation-submissions/${id}/preview` }),
      },
    ),
  ),

  ...form(
    '/invitation-submissions/:id/preview',
    { can: 'invitation.correct', on: findSubmission },
    {
      view: 'invitations/preview',
      title: () => 'invitations:preview.title',
      trail: (_submission, ctx) => trailOf(ctx, [{ label: ctx.t('invitations:preview.title') }]),
      schema: previewForm,
      check: async (ctx, body) => {
        if (ctx.subject.state !== 'draft') return [{ field: '', key: 'invitations:preview.submittedAlready' }]
        const drafts = await listDraftNames(ctx.db, ctx.subject.id)
        if (drafts.length === 0) return [{ field: '', key: 'invitations:preview.nothing' }]
        return othersMistake(await findSimilarNames(ctx.db, ctx.actor.country, drafts), body)
      },
      offer: async (ctx, view) => {
        const { subject: submission, db, actor } = ctx
        const drafts = submission.state === 'draft' ? await listDraftNames(db, submission.id) : []
        const similar = await findSimilarNames(db, actor.country, drafts)
        const refused = await listRefused(db, submission.id, SHOWN)
        if (isOpen(similar, view.values)) delete view.values.noneOfThese
        return {
          submission,
          similar: withNames(similar, drafts),
          refused: refused.map(one => refusedRow(ctx, one)),
          shown: SHOWN,
        }
      },
      submit: async (c, { id }, { differentFrom }, ctx) =>
        submitDrafts(c, ctx.actor, id, { known: await knownTo(ctx), differentFrom }),
      done: (_result, { id }) => ({ to: `/invitation-submissions/${id}` }),
    },
  ),

  ...form(
    '/invitation-submissions/:id/correction',
    { can: 'invitation.correct', on: findSubmission },
    {
      view: 'invitations/correction',
      title: () => 'invitations:correction.title',
      trail: ({ id }, ctx) =>
        trailOf(ctx, [
          { label: ctx.t('invitations:submission.title', { number: id }), href: `/invitation-submissions/${id}` },
          { label: ctx.t('invitations:correction.title') },
        ]),
      schema: rowsForm,
      check: async (ctx, body) => [
        ...nothingEntered(body),
        ...(await similarMistakes(ctx, wishesIn(body), body)),
        ...(await strangers(ctx, wishesIn(body))),
      ],
      fill: async ({ id }, ctx) => valuesOf(await listRefused(ctx.db, id, ROWS_CORRECTED)),
      offer: async (ctx, view) => {
        await sayReasons(ctx, view)
        return { ...(await choicesFor(ctx)), ...(await rowsOf(ctx, view)), submission: ctx.subject }
      },
      submit: async (c, _submission, { wishes, differentFrom }, ctx) =>
        submitInvitations(c, ctx.actor, wishes, { known: await knownTo(ctx), differentFrom }),
      done: id => ({ to: `/invitation-submissions/${id}` }),
    },
  ),

  ...form(
    '/invitation-submissions/:id/deletion',
    { can: 'invitation.delete', on: findSubmission },
    {
      view: 'invitations/submission-deletion',
      title: () => 'invitations:deletion.unsent',
      trail: (_submission, ctx) => trailOf(ctx, [{ label: ctx.t('invitations:deletion.unsent') }]),
      schema: wordOnly,
      offer: ctx => ({ submission: ctx.subject }),
      submit: (c, submission) => deleteUnsent(c, submission),
      done: () => ({ to: '/invitations', notice: 'invitations:deletion.done' }),
    },
  ),

  ...act('sending', 'invitation.sendAgain', sendAgain),
  ...act('withdrawal', 'invitation.withdraw', withdrawInvitation),
  ...act('deletion', 'invitation.delete', deleteInvitation),
]

const SHOWN = 100
const ROWS_CORRECTED = 20

/** One act upon one invitation, on a page of its own that says what will happen. */
function act(
  noun: 'sending' | 'withdrawal' | 'deletion',
  can: 'invitation.sendAgain' | 'invitation.withdraw' | 'invitation.delete',
  submit: (c: Parameters<typeof sendAgain>[0], invitation: Invitation) => Promise<void>,
): Route[] {
  return form(
    `/invitations/:id/${noun}`,
    { can, on: findInvitation },
    {
      view: 'invitations/act',
      title: () => `invitations:act.${noun}.title`,
      trail: ({ id, name }, ctx) =>
        trailOf(ctx, [{ label: name, href: `/invitations/${id}` }, { label: ctx.t(`invitations:act.${noun}.title`) }]),
      schema: wordOnly,
      offer: ctx => ({ invitation: ctx.subject, noun }),
      submit: (c, invitation) => submit(c, invitation),
      done: (_result, { id, name }) => ({
        to: noun === 'deletion' ? '/invitations' : `/invitations/${id}`,
        notice: [`invitations:act.${noun}.done`, { name }],
      }),
    },
  )
}

const trailOf = ({ t }: Ctx<unknown>, crumbs: Crumb[]): Crumb[] => [
  { label: t('invitations:list.title'), href: '/invitations' },
  ...crumbs,
]

/** The modules of the catalogue that this person's delegation holds. */
async function modulesOf({ db, actor }: Ctx<unknown>): Promise<Module[]> {
  const modules = actor.manages?.modules ?? []
  return (await listModules(db)).filter(({ id }) => modules === 'all' || modules.includes(id))
}

async function knownTo(ctx: Ctx<unknown>): Promise<Known> {
  const [languages, modules] = await Promise.all([listLanguages(ctx.db), modulesOf(ctx)])
  return { languages, modules: modules.map(({ id }) => id) }
}

async function choicesFor(ctx: Ctx<unknown>): Promise<object> {
  const [languages, modules] = await Promise.all([listLanguages(ctx.db), modulesOf(ctx)])
  const named = languages.map(value => ({ value, label: languageName(ctx.lang, value) }))
  return {
    languages: byLabel(ctx.lang, named),
    modules: modules.map(({ id, names }) => ({ value: id, label: nameIn(names, ctx.lang) })),
    ownLanguage: ctx.actor.authorityLanguage,
  }
}

const listCodes = async (ctx: Ctx<unknown>): Promise<{ code: string; name: string }[]> =>
  (await modulesOf(ctx)).map(({ code, names }) => ({ code, name: nameIn(names, ctx.lang) }))

/** The rows to be drawn, and the authorities that they could be. */
async function rowsOf(ctx: Ctx<unknown>, view: FormView): Promise<object> {
  const body = ctx.req.method === 'POST' ? (ctx.req.body as Body) : (view.values as Body)
  const names = wishesIn(body).map(({ name }) => name)
  const similar = view.summary.length > 0 ? await findSimilarNames(ctx.db, ctx.actor.country, names) : []
  if (isOpen(similar, view.values)) delete view.values.noneOfThese
  return { rows: rowsIn(body), similar: withNames(similar, names) }
}

const withNames = (similar: readonly SimilarName[], names: readonly string[]) =>
  similar.slice(0, SHOWN).map(one => ({ ...one, asked: names[one.at] ?? '' }))

const isOpen = (similar: readonly SimilarName[], values: Record<string, unknown>): boolean =>
  similar.some(({ id }) => !numbersIn(values.noneOfThese).includes(id))

const othersMistake = (similar: readonly SimilarName[], body: Body): Mistake[] =>
  isOpen(similar, body) ? [{ field: 'noneOfThese', key: 'invitations:noneOfThese.missing' }] : []

async function similarMistakes(ctx: Ctx<unknown>, wishes: readonly Wish[], body: Body): Promise<Mistake[]> {
  const names = wishes.map(({ name }) => name)
  return othersMistake(await findSimilarNames(ctx.db, ctx.actor.country, names), body)
}

/** Only refused invitations of this submission are corrected here. */
async function strangers(ctx: Ctx<Submission>, wishes: readonly Wish[]): Promise<Mistake[]> {
  const own = await listRefused(ctx.db, ctx.subject.id, Number.MAX_SAFE_INTEGER)
  const numbers = new Set(own.map(({ id }) => id))
  const strange = wishes.some(({ id }) => id === undefined || !numbers.has(id))
  return strange ? [{ field: '', key: 'invitations:changedMeanwhile' }] : []
}

type Refused = Awaited<ReturnType<typeof listRefused>>[number]

function valuesOf(refused: readonly Refused[]): Record<string, string | string[]> {
  return Object.fromEntries(
    refused.flatMap(({ id, email, name, language, modules }, index) => [
      [`id_${index + 1}`, String(id)],
      [`email_${index + 1}`, email],
      [`name_${index + 1}`, name],
      [`language_${index + 1}`, language],
      [`modules_${index + 1}`, modules.map(String)],
    ]),
  ) as Record<string, string | string[]>
}

/** Each refused row says at its fields why it was refused. */
async function sayReasons(ctx: Ctx<Submission>, view: FormView): Promise<void> {
  if (ctx.req.method !== 'GET') return
  const refused = await listRefused(ctx.db, ctx.subject.id, ROWS_CORRECTED)
  for (const [index, { reasons }] of refused.entries()) {
    for (const reason of reasons) {
      const name = `${fieldOf(reason)}_${index + 1}`
      const text = ctx.t(`invitations:reason.${reason}`)
      view.errors[name] = view.errors[name] ? `${view.errors[name]} ${text}` : text
    }
  }
}

const refusedRow = ({ t }: Ctx<unknown>, { line, email, name, reasons }: Refused): object[] => [
  { text: String(line ?? '') },
  { text: email },
  { text: name },
  { text: reasons.map(reason => t(`invitations:reason.${reason}`)).join(' ') },
]

/** The file that was chosen, else what was pasted. */
async function fileOf(ctx: Ctx<unknown>, body: Body): Promise<ReadFile | FileProblem> {
  const file = uploadedFile(ctx.req, 'file')?.bytes
  const pasted = typeof body.text === 'string' ? body.text : ''
  if (!file && pasted.trim() === '') return 'empty'
  return readInvitations(file ?? pasted, await modulesOf(ctx))
}

const problemsOf = (file: ReadFile | FileProblem): Mistake[] =>
  typeof file === 'string' ? [{ field: 'file', key: `invitations:import.${file}` }] : []
