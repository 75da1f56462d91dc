import { RuleBroken } from '../../platform/errors.ts'
import { languageName } from '../../platform/i18n/names.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { get, withFiles } from '../../platform/web/route.ts'
import { uploadedFile } from '../../platform/web/upload.ts'
import type { Authority } from '../authority.ts'
import { editAuthority } from '../editing/edit-authority.ts'
import { versionForm } from '../editing/forms.ts'
import { findRecord } from '../editing/queries.ts'
import { merged, readTitles, type TitlesFile, writeTitles } from './titles-file.ts'
import { titleLanguages } from '../forms.ts'
import { findAuthority } from '../queries.ts'
import { findLists } from '../reference-queries.ts'

export const titleRoutes = [
  get('/authorities/:id/titles/csv', { can: 'authority.edit', on: findAuthority }, async ctx => {
    const { db, lang, t, subject } = ctx
    const [{ titles }, languages] = await Promise.all([findRecord(db, subject.id), languagesFor(ctx)])
    const heading = ['code', 'language', 'title'].map(column => t(`authorities:titlesFile.column.${column}`))
    ctx.res
      .type('text/csv; charset=utf-8')
      .set('Content-Disposition', `attachment; filename="titles-${subject.id}.csv"`)
      .set('Cache-Control', 'no-store')
      .end(writeTitles(heading, languages, titles, code => languageName(lang, code)))
  }),

  ...withFiles(
    form(
      '/authorities/:id/titles',
      { can: 'authority.edit', on: findAuthority },
      {
        view: 'authorities/titles',
        title: authority => ['authorities:titlesFile.title', { authority: authority.officialName }],
        trail: ({ id, officialName, officialLanguage }) => [
          { label: officialName, href: `/authorities/${id}`, lang: officialLanguage },
        ],
        schema: versionForm,
        check: async ctx => (await fileOf(ctx)).mistakes,
        fill: async ({ id }, ctx) => ({ version: String((await findRecord(ctx.db, id)).version) }),
        offer: ctx => ({ authority: ctx.subject }),
        submit: async (c, authority, { version }, ctx) => {
          const { titles = {} } = await fileOf(ctx)
          const data = { titles: merged((await findRecord(c.db, authority.id)).titles, titles) }
          try {
            await editAuthority(c, ctx.actor, authority, { version, opened: version, data, differentFrom: [] })
          } catch (error) {
            // The page that lists the others is the edit page.
            if (error instanceof RuleBroken && error.field === 'noneOfThese')
              throw new RuleBroken('authorities:titlesFile.alike', { field: 'file' })
            throw error
          }
        },
        done: (_result, { id, officialName }) => ({
          to: `/authorities/${id}`,
          notice: ['authorities:edit.done', { authority: officialName }],
        }),
      },
    ),
  ),
]

const languagesFor = async ({ db, lang, subject }: Ctx<Authority>): Promise<string[]> =>
  titleLanguages(await findLists(db, lang, { country: subject.country, region: null }))

async function fileOf(ctx: Ctx<Authority>): Promise<TitlesFile> {
  const file = uploadedFile(ctx.req, 'file')
  if (!file) return { mistakes: [{ field: 'file', key: 'authorities:titlesFile.missing' }] }
  return readTitles(file.bytes, await languagesFor(ctx))
}
