import { day, languageName, moment, zoneOf } from '../../platform/i18n/names.ts'
import { form } from '../../platform/web/form-route.ts'
import type { FormView } from '../../platform/web/form.ts'
import type { Ctx, Text } from '../../platform/web/page.ts'
import { type Authority, authorityTabs, type TabName } from '../authority.ts'
import { titleLanguages } from '../forms.ts'
import { findProfile } from '../profile-queries.ts'
import { findAuthority } from '../queries.ts'
import { findLists, type Lists } from '../reference-queries.ts'
import { confirmData } from './confirm-data.ts'
import { classifyAuthority } from './classify-authority.ts'
import { editAuthority } from './edit-authority.ts'
import {
  classificationForm,
  classificationValues,
  confirmationForm,
  editDoubts,
  editForm,
  type Editing,
  editMistakes,
  type EditRights,
  editValues,
} from './forms.ts'
import { findConfirmation, findRecord, findShown } from './queries.ts'

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
      schema: async ctx => classificationForm(await listsFor(ctx)),
      fill: async ({ id }, ctx) => {
        const [record, lists] = await Promise.all([findRecord(ctx.db, id), listsFor(ctx)])
        return classificationValues(record, lists)
      },
      offer: async ctx => {
        return { ...headOf(ctx, 'classification'), lists: await listsFor(ctx) }
      },
      submit: (c, authority, edit, ctx) => classifyAuthority(c, ctx.actor, authority, edit),
      done: (_result, { id, officialName }) => ({
        to: `/authorities/${id}/classification`,
        notice: ['authorities:edit.done', { authority: officialName }],
      }),
    },
  ),

  ...form(
    '/authorities/:id/confirmation',
    { can: 'authority.confirm', on: findAuthority },
    {
      view: 'authorities/confirmation',
      title: authority => ['authorities:confirmation.title', { authority: authority.officialName }],
      trail: ({ id, officialName, officialLanguage }) => [
        { label: officialName, href: `/authorities/${id}`, lang: officialLanguage },
      ],
      schema: confirmationForm,
      fill: async ({ id }, ctx) => ({ version: await findShown(ctx.db, id) }),
      offer: ctx => whatToConfirm(ctx),
      submit: (c, authority, { version }) => confirmData(c, authority, version),
      done: () => ({ to: '/', notice: 'authorities:confirmation.done' }),
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

/** The data with the users and when each was last here: whoever has left is found by this (B16, [004]). */
async function whatToConfirm({ db, lang, t, subject: authority, actor }: Ctx<Authority>): Promise<object> {
  const [profile, { confirmedAt, users }] = await Promise.all([
    findProfile(db, lang, authority.id),
    findConfirmation(db, authority.id),
  ])
  const zone = zoneOf(actor.country)
  const fact = (field: string, values: string | readonly string[], more: object = {}) => ({
    label: field,
    values,
    ...more,
  })
  const named = (code: string) => languageName(lang, code)
  return {
    authority,
    confirmed: confirmedAt && day(lang, zone, confirmedAt),
    facts: [
      ...profile.names.map(name =>
        fact(t('authorities:field.officialNameIn', { language: named(name.lang) }), name.text, { lang: name.lang }),
      ),
      ...profile.titles.map(title =>
        fact(t('authorities:field.titleIn', { language: named(title.lang) }), title.text, { lang: title.lang }),
      ),
      fact(t('authorities:field.address'), [profile.street, `${profile.postalNumber} ${profile.city}`.trim()]),
      fact(t('authorities:field.telephone'), profile.telephone),
      fact(t('authorities:field.email'), profile.email),
      fact(t('authorities:field.website'), profile.website),
      fact(t('authorities:field.languages'), profile.languages.map(named)),
      fact(t('authorities:field.type'), profile.type ?? ''),
      fact(t('authorities:field.level'), t(`authorities:level.${authority.level}`)),
      fact(t('authorities:field.region'), profile.region?.text ?? '', { lang: profile.region?.lang }),
      fact(t('authorities:field.policyAreas'), profile.policyAreas),
      fact(t('authorities:field.economicActivities'), profile.economicActivities),
      ...profile.keywords.map(({ area, words }) => fact(t('authorities:field.keywordsOf', { area }), words)),
    ],
    users: users.map(user => ({
      ...user,
      lastSignIn: user.lastSignedInAt
        ? moment(lang, zone, new Date(user.lastSignedInAt))
        : t('authorities:confirmation.never'),
    })),
  }
}
