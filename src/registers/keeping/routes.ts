import { findAuthority, findLists, titleLanguages } from '../../authorities/index.ts'
import { listModules, nameIn } from '../../modules/index.ts'
import { languageName } from '../../platform/i18n/names.ts'
import { form } from '../../platform/web/form-route.ts'
import type { FormView } from '../../platform/web/form.ts'
import type { Ctx } from '../../platform/web/page.ts'
import {
  LONGEST_NOTE,
  type Offered,
  registerDeletion,
  registerEdit,
  registerForm,
  registerMistakes,
  registerValues,
} from '../forms.ts'
import { findRegister } from '../queries.ts'
import { ACCESS, CONTENTS, dataOf } from '../register.ts'
import { listOf, trailTo } from '../trail.ts'
import { addRegister } from './add-register.ts'
import { deleteRegister } from './delete-register.ts'
import { editRegister } from './edit-register.ts'

export const keepingRoutes = [
  ...form(
    '/authorities/:id/registers/new',
    { can: 'register.add', on: findAuthority },
    {
      view: 'registers/edit',
      title: authority => ['registers:add.title', { authority: authority.officialName }],
      trail: ({ id, officialName, officialLanguage }, { t }) =>
        trailTo({ authorityId: id, authorityName: officialName, authorityLanguage: officialLanguage }, t),
      schema: async ctx => registerForm(await offered(ctx, ctx.subject.country)),
      check: async (ctx, body) => registerMistakes(await offered(ctx, ctx.subject.country), body),
      fill: ({ officialLanguage }) => ({
        access: 'open',
        languages: [officialLanguage],
        noteLanguage: officialLanguage,
      }),
      offer: (ctx, view) => choicesFor(ctx, view, ctx.subject.id, ctx.subject.country),
      submit: (c, authority, data, ctx) => addRegister(c, ctx.actor, authority, data),
      done: (_id, { id }) => ({ to: listOf(id), notice: 'registers:add.done' }),
    },
  ),

  ...form(
    '/registers/:id/edit',
    { can: 'register.edit', on: findRegister },
    {
      view: 'registers/edit',
      title: register => ['registers:edit.title', { name: register.names[0]?.text ?? '' }],
      trail: (register, { t }) => trailTo(register, t),
      schema: async ctx => registerEdit(await offered(ctx, ctx.subject.country)),
      check: async (ctx, body) => registerMistakes(await offered(ctx, ctx.subject.country), body),
      fill: async (register, ctx) => ({
        ...registerValues(dataOf(register), (await offered(ctx, register.country)).lists),
        version: String(register.version),
      }),
      offer: (ctx, view) => choicesFor(ctx, view, ctx.subject.authorityId, ctx.subject.country),
      submit: (c, register, edit, ctx) => editRegister(c, ctx.actor, register, edit),
      done: (_result, { authorityId }) => ({ to: listOf(authorityId), notice: 'registers:edit.done' }),
    },
  ),

  ...form(
    '/registers/:id/deletion',
    { can: 'register.delete', on: findRegister },
    {
      view: 'registers/deletion',
      title: register => ['registers:deletion.title', { name: register.names[0]?.text ?? '' }],
      trail: (register, { t }) => trailTo(register, t),
      schema: registerDeletion,
      fill: ({ version }) => ({ version: String(version) }),
      offer: ({ subject: { authorityId, modules, keywords, activities } }) => ({
        counts: { modules: modules.length, subjects: keywords.length + activities.length },
        back: listOf(authorityId),
      }),
      submit: (c, register, read, ctx) => deleteRegister(c, ctx.actor, register, read),
      done: (_result, { authorityId }) => ({ to: listOf(authorityId), notice: 'registers:deletion.done' }),
    },
  ),
]

/** What there is to choose from for an entry of an authority of this country. */
async function offered({ db, lang }: Ctx<unknown>, country: string): Promise<Offered> {
  const [lists, modules] = await Promise.all([findLists(db, lang, { country, region: null }), listModules(db)])
  return { lists, modules: modules.filter(({ workflow }) => workflow === 'requests') }
}

/** The choices as the form draws them; languages whose title nobody has written yet are shown on demand. */
async function choicesFor(ctx: Ctx<unknown>, { values, theirs }: FormView, authorityId: number, country: string) {
  const { lang, t } = ctx
  const { lists, modules } = await offered(ctx, country)
  const titles = titleLanguages(lists)
  const isOpen = (code: string) => code === 'en' || Boolean(values[`title_${code}`] ?? theirs?.[`title_${code}`])
  return {
    lists,
    named: (code: string) => languageName(lang, code),
    titled: titles.filter(isOpen),
    untitled: titles.filter(code => !isOpen(code)),
    modules: modules.map(({ code, names }) => ({ value: code, label: nameIn(names, lang) })),
    access: ACCESS.map(value => ({ value, label: t(`registers:access.${value}`) })),
    contents: CONTENTS.map(value => ({ value, label: t(`registers:content.${value}`) })),
    longestNote: LONGEST_NOTE,
    back: listOf(authorityId),
  }
}
