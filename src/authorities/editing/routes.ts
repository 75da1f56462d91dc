import { languageName } from '../../platform/i18n/names.ts'
import { form } from '../../platform/web/form-route.ts'
import type { FormView } from '../../platform/web/form.ts'
import type { Ctx, Text } from '../../platform/web/page.ts'
import { type Authority, authorityTabs, type TabName } from '../authority.ts'
import { titleLanguages } from '../forms.ts'
import { findAuthority } from '../queries.ts'
import { findLists, listActivities, type Lists } from '../reference-queries.ts'
import { classifyAuthority } from './classify-authority.ts'
import { editAuthority } from './edit-authority.ts'
import {
  classificationForm,
  classificationValues,
  editDoubts,
  editForm,
  type Editing,
  editMistakes,
  type EditRights,
  editValues,
} from './forms.ts'
import { findRecord } from './queries.ts'

export const editingRoutes = [
  ...form(
    '/authorities/:id/edit',
    { can: 'authority.edit', on: findAuthority },
    {
      view: 'authorities/edit',
      title: authority => titleOf(authority),
      schema: async ctx => editForm(await listsFor(ctx), ctx.subject.country, rightsOf(ctx)),
      check: async (ctx, body) => editMistakes(ctx.db, await editingOf(ctx), body),
      fill: async ({ id }, ctx) => editValues(await findRecord(ctx.db, id)),
      offer: async (ctx, view) => {
        const editing = await editingOf(ctx)
        return { ...headOf(ctx, 'authority'), ...choicesFor(ctx, editing), ...(await doubts(ctx, editing, view)) }
      },
      submit: (c, authority, edit, ctx) => editAuthority(c, ctx.actor, authority, edit),
      done: (_result, { id, officialName }) => ({
        to: `/authorities/${id}`,
        notice: ['authorities:edit.done', { authority: officialName }],
      }),
    },
  ),

  ...form(
    '/authorities/:id/classification/edit',
    { can: 'authority.edit', on: findAuthority },
    {
      view: 'authorities/classification-edit',
      title: authority => titleOf(authority),
      schema: async ctx => classificationForm(await listsFor(ctx), await listActivities(ctx.db, ctx.lang)),
      fill: async ({ id }, ctx) => {
        const [record, lists, activities] = await Promise.all([
          findRecord(ctx.db, id),
          listsFor(ctx),
          listActivities(ctx.db, ctx.lang),
        ])
        return classificationValues(record, lists, activities)
      },
      offer: async ctx => {
        const [lists, activities] = await Promise.all([listsFor(ctx), listActivities(ctx.db, ctx.lang)])
        return { ...headOf(ctx, 'classification'), lists, activities }
      },
      submit: (c, authority, edit, ctx) => classifyAuthority(c, ctx.actor, authority, edit),
      done: (_result, { id, officialName }) => ({
        to: `/authorities/${id}/classification`,
        notice: ['authorities:edit.done', { authority: officialName }],
      }),
    },
  ),
]

const titleOf = ({ officialName }: Authority): Text => ['authorities:edit.title', { authority: officialName }]

/** The head of the page, with tabs that lead from one edit page to the next (B6). */
const headOf = (ctx: Ctx<Authority>, tab: TabName) => ({
  authority: ctx.subject,
  tabs: authorityTabs(ctx.subject, ctx.may, ctx.t, tab, true),
})

/** An access manager of one region does not move an authority out of it. */
function listsFor({ db, lang, actor, subject }: Ctx<Authority>): Promise<Lists> {
  const region = actor.authorityId === subject.id ? null : (actor.manages?.region ?? null)
  return findLists(db, lang, { country: subject.country, region })
}

/** What this person may change beyond what the authority's own administrators may (B9). */
const rightsOf = ({ may, subject }: Ctx<Authority>): EditRights => ({
  rename: may('authority.rename', subject),
  changeKind: may('authority.changeKind', subject),
})

async function editingOf(ctx: Ctx<Authority>): Promise<Editing> {
  const { db, actor, subject: authority } = ctx
  const [record, lists] = await Promise.all([findRecord(db, authority.id), listsFor(ctx)])
  return { actor, authority, record, lists, rights: rightsOf(ctx) }
}

function choicesFor({ lang }: Ctx<Authority>, { lists, rights, record }: Editing): object {
  const known = titleLanguages(lists)
  return {
    lists,
    rights,
    named: (code: string) => languageName(lang, code),
    titled: known.filter(language => language in record.titles || ['en', ...lists.own].includes(language)),
    untitled: known.filter(language => !(language in record.titles) && !['en', ...lists.own].includes(language)),
  }
}

/** What the page asks once the form has been sent; a tick for other authorities than those shown falls. */
async function doubts(ctx: Ctx<Authority>, editing: Editing, view: FormView): Promise<object> {
  if (view.summary.length === 0) return { duplicates: [], asksAddress: false }
  const { duplicates, confirmed, asksAddress } = await editDoubts(ctx.db, editing, view.values)
  if (!confirmed) delete view.values.noneOfThese
  return { duplicates, asksAddress }
}
