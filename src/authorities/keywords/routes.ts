import { day, languageName, zoneOf } from '../../platform/i18n/names.ts'
import { form } from '../../platform/web/form-route.ts'
import { findAuthority } from '../queries.ts'
import { findLists } from '../reference-queries.ts'
import { decideProposal } from './decide-proposal.ts'
import { decisionForm, decisionsFor, proposalForm } from './forms.ts'
import { proposeKeyword } from './propose-keyword.ts'
import { listOf, listWaiting } from './queries.ts'

export const keywordRoutes = [
  ...form(
    '/authorities/:id/keyword-proposals/new',
    { can: 'authority.proposeKeyword', on: findAuthority },
    {
      view: 'authorities/keyword-proposal',
      title: authority => ['authorities:proposals.new', { authority: authority.officialName }],
      trail: ({ id, officialName, officialLanguage }) => [
        { label: officialName, href: `/authorities/${id}/classification`, lang: officialLanguage },
      ],
      schema: async ({ db, lang, subject }) =>
        proposalForm(await findLists(db, lang, { country: subject.country, region: null })),
      fill: (_authority, ctx) => ({ language: ctx.actor.language }),
      offer: async ({ db, lang, subject: authority }) => ({
        authority,
        lists: await findLists(db, lang, { country: authority.country, region: null }),
        earlier: await listOf(db, lang, authority.id),
      }),
      submit: (c, authority, proposal, ctx) => proposeKeyword(c, ctx.actor, authority, proposal),
      done: (_result, { id }) => ({
        to: `/authorities/${id}/classification`,
        notice: 'authorities:proposals.sent',
      }),
    },
  ),

  ...form(
    '/keyword-proposals',
    { can: 'keyword.decide' },
    {
      view: 'authorities/keyword-proposals',
      title: () => 'authorities:proposals.title',
      schema: ctx => decisionForm(ctx.actor),
      offer: async ({ db, lang, actor }) => ({
        proposals: (await listWaiting(db, actor, lang)).map(proposal => ({
          ...proposal,
          day: day(lang, zoneOf(actor.country), proposal.proposedAt),
          languageName: languageName(lang, proposal.language),
        })),
        decisions: decisionsFor(actor),
      }),
      submit: (c, _subject, decision, ctx) => decideProposal(c, ctx.actor, decision),
      done: () => ({ to: '/keyword-proposals', notice: 'authorities:proposals.decided' }),
    },
  ),
]
