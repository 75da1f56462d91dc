import { allActivities, type Authority, findAuthority, findLists, LEVELS, type Lists } from '../../authorities/index.ts'
import { nameIn } from '../../modules/index.ts'
import { writeCsv } from '../../platform/csv.ts'
import { languageName, moment, zoneOf } from '../../platform/i18n/names.ts'
import type { Body, Mistake } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { get, type Route, withFiles } from '../../platform/web/route.ts'
import { uploadedFile } from '../../platform/web/upload.ts'
import { z } from 'zod'
import { findRoleChoice, listLanguages, rolesOf } from '../../users/index.ts'
import type { ImportKind, Judging } from '../import.ts'
import { judgeAll, judges } from '../judges.ts'
import { keepImport } from '../keep-import.ts'
import { type Line, MOST_LINES } from '../line.ts'
import { pages, trailTo } from '../pages.ts'
import { roleWord } from '../people/judge.ts'
import { listDrafts } from '../queries.ts'
import { type Column, readLines } from '../read-file.ts'

/** The file is no field of the body; the pasted lines are read with it. */
const uploadForm = z.object({ text: z.unknown().optional() })

/** The pages where a file is explained and read (D9): of users into one authority, of authorities with their first users. */
export const readingRoutes: Route[] = [
  ...withFiles(
    form(
      '/authorities/:id/users/import',
      { can: pages.users.can, on: findAuthority },
      {
        view: 'imports/users',
        title: authority => ['imports:users.title', { authority: authority.officialName }],
        trail: (authority, { t }) => trailTo(t, ofAuthority(authority)),
        schema: uploadForm,
        check: (ctx, body) => problemsIn(ctx, body, 'users'),
        offer: async ctx => ({ ...(await offered(ctx, 'users', ctx.subject.id)), ...(await usersOffer(ctx)) }),
        submit: (c, authority, _value, ctx) => keepFile(c, ctx, 'users', authority.id),
        done: id => ({ to: `${pages.users.base}/${id}` }),
      },
    ),
  ),

  get<Authority>('/authorities/:id/users/import/template', { can: pages.users.can, on: findAuthority }, async ctx => {
    sendTemplate(ctx, 'users', (await judgingFor(ctx, 'users')).columns)
  }),

  ...withFiles(
    form(
      '/authorities/import',
      { can: pages.authorities.can },
      {
        view: 'imports/authorities',
        title: () => 'imports:authorities.title',
        trail: (_subject, { t, actor }) => trailTo(t, ofRegistrar(actor)),
        schema: uploadForm,
        check: (ctx, body) => problemsIn(ctx, body, 'authorities'),
        offer: async ctx => ({
          ...(await offered(ctx, 'authorities', ctx.actor.authorityId)),
          codes: codesIn(ctx, await findLists(ctx.db, ctx.lang, placeOf(ctx))),
        }),
        submit: (c, _subject, _value, ctx) => keepFile(c, ctx, 'authorities', ctx.actor.authorityId),
        done: id => ({ to: `${pages.authorities.base}/${id}` }),
      },
    ),
  ),

  get('/authorities/import/template', { can: pages.authorities.can }, async ctx => {
    sendTemplate(ctx, 'authorities', (await judgingFor(ctx, 'authorities')).columns)
  }),
]

const ofAuthority = ({ id, officialName, officialLanguage }: Authority) =>
  ({ kind: 'users', authorityId: id, authorityName: officialName, authorityLanguage: officialLanguage }) as const

const ofRegistrar = ({ authorityId, authorityName, authorityLanguage }: Ctx['actor']) =>
  ({ kind: 'authorities', authorityId, authorityName, authorityLanguage }) as const

const placeOf = ({ actor }: Ctx<unknown>) => ({
  country: actor.manages?.country ?? actor.country,
  region: actor.manages?.region ?? null,
})

/** The rules of this kind of file, for this person and, with users, this authority. */
const judgingFor = ({ db, actor, subject }: Ctx<unknown>, kind: ImportKind): Promise<Judging> => {
  const authority = subject as Authority | undefined
  const standings = authority?.standings ?? []
  return judges[kind](db, actor, { id: 0, authorityId: authority?.id ?? actor.authorityId, standings })
}

/** The file that was chosen, else what was pasted, read line by line. */
async function linesIn(ctx: Ctx<unknown>, body: Body, judging: Judging): Promise<Line[] | Mistake> {
  const file = uploadedFile(ctx.req, 'file')?.bytes
  const pasted = typeof body.text === 'string' ? body.text : ''
  if (!file && pasted.trim() === '') return { field: 'file', key: 'imports:file.empty' }
  return readLines(file ?? pasted, judging.columns)
}

async function problemsIn(ctx: Ctx<unknown>, body: Body, kind: ImportKind): Promise<Mistake[]> {
  const lines = await linesIn(ctx, body, await judgingFor(ctx, kind))
  return Array.isArray(lines) ? [] : [lines]
}

async function keepFile(
  c: Parameters<typeof keepImport>[0],
  ctx: Ctx<unknown>,
  kind: ImportKind,
  authorityId: number,
): Promise<number> {
  const judging = await judgingFor(ctx, kind)
  const lines = await linesIn(ctx, ctx.req.body as Body, judging)
  if (!Array.isArray(lines)) throw new Error('A file that cannot be read was let through')
  return keepImport(c, kind, authorityId, await judgeAll(judging, lines))
}

/** What both pages say: the columns, how much is read, and what was begun earlier. */
async function offered(ctx: Ctx<unknown>, kind: ImportKind, authorityId: number): Promise<object> {
  const { db, actor, t, lang } = ctx
  const [judging, drafts] = await Promise.all([judgingFor(ctx, kind), listDrafts(db, actor, { kind, authorityId })])
  return {
    most: MOST_LINES,
    columns: judging.columns.map(({ name, required }) => [
      { text: name },
      { text: explained(ctx, kind, name) },
      { text: t(required ? 'imports:column.required' : 'imports:column.optional') },
    ]),
    template: `${ctx.req.path}/template`,
    drafts: drafts.map(({ id, madeAt, lines }) => ({
      href: `${pages[kind].base}/${id}`,
      label: t('imports:draft', {
        at: moment(lang, zoneOf(actor.country), madeAt),
        lines: t('imports:lines', { count: lines }),
      }),
    })),
  }
}

/** What a column is for; one that is there once for each language says which. */
function explained({ t, lang }: Ctx<unknown>, kind: ImportKind, name: string): string {
  if (kind === 'authorities' && name === 'email') return t('imports:column.functionalEmail')
  const [base = '', language] = name.split('_')
  return t(`imports:column.${base}`, language ? { language: languageName(lang, language) } : {})
}

async function usersOffer(ctx: Ctx<Authority>): Promise<object> {
  const { db, actor, lang, t } = ctx
  const { modules } = await findRoleChoice(db, actor, ctx.subject)
  const roles = modules.flatMap(module =>
    rolesOf(module).map(role => [
      { text: `${module.code}:${roleWord(role)}` },
      {
        text: t('imports:users.roleIn', {
          role: t(`users:roleLabel.${role.replace(' ', '')}`),
          module: nameIn(module.names, lang),
        }),
      },
    ]),
  )
  const languages = (await listLanguages(db)).map(code => [{ text: code }, { text: languageName(lang, code) }])
  return { authority: ctx.subject, roles, languages }
}

/** The codes that a file of authorities can hold, list by list. */
function codesIn({ t }: Ctx<unknown>, lists: Lists) {
  const rows = (choices: readonly { value: string; label: string; lang?: string }[]) =>
    choices.map(({ value, label, lang }) => [{ text: value }, { text: label, ...(lang && { lang }) }])
  const all = {
    type: rows(lists.types),
    level: rows(LEVELS.map(value => ({ value, label: t(`authorities:level.${value}`) }))),
    region: rows(lists.regions),
    languages: rows(lists.languages),
    policyAreas: rows(lists.policyAreas),
    economicActivities: rows(allActivities(lists)),
    keywords: rows(lists.keywords.flatMap(({ choices }) => choices)),
  }
  return Object.entries(all)
    .filter(([, codes]) => codes.length > 0)
    .map(([name, codes]) => ({ name, caption: t('imports:codes', { column: name }), rows: codes }))
}

function sendTemplate(ctx: Ctx<unknown>, kind: ImportKind, columns: readonly Column[]): void {
  ctx.res
    .type('text/csv; charset=utf-8')
    .set('Cache-Control', 'no-store')
    .set('Content-Disposition', `attachment; filename="${kind}.csv"`)
    .end(writeCsv([columns.map(({ name }) => name)]))
}
