import { z } from 'zod'
import { choice, line, recordId } from '../../platform/web/form.ts'
import type { Actor } from '../../policy.ts'
import type { Lists } from '../reference-queries.ts'
import type { KeywordProposal } from './propose-keyword.ts'

/** The form that proposes a keyword. */
export const proposalForm = (lists: Lists): z.ZodType<KeywordProposal> =>
  z
    .object({
      area: choice(
        lists.keywords.map(({ area }) => String(area)),
        'authorities:proposals.area.missing',
      ),
      word: line({ missing: 'authorities:proposals.word.missing', max: 100 }),
      language: choice(
        lists.languages.map(({ value }) => value),
        'authorities:proposals.language.missing',
      ),
      reason: line({ max: 500 }),
    })
    .transform(({ area, ...rest }) => ({ ...rest, legislativeArea: Number(area) }))

export interface Decision {
  proposal: number
  decision: 'passOn' | 'accept' | 'answer'
  answer: string
  nameEn: string
  nameSv: string
}

/** What this person can decide: the Commission's administrators make keywords, a national coordinator passes on. */
export const decisionsFor = (actor: Actor): readonly Decision['decision'][] =>
  actor.imiAdministrator ? ['accept', 'answer'] : ['passOn', 'answer']

/** The form that decides a proposal. An answer needs words, a new keyword needs its names. */
export const decisionForm = (actor: Actor): z.ZodType<Decision> =>
  z
    .object({
      proposal: recordId('authorities:proposals.proposal.missing'),
      decision: choice(decisionsFor(actor), 'authorities:proposals.decision.missing'),
      answer: line({ max: 1000 }),
      nameEn: line({ max: 100 }),
      nameSv: line({ max: 100 }),
    })
    .superRefine(({ decision, answer, nameEn, nameSv }, found) => {
      const missing = (field: string, message: string) => found.addIssue({ code: 'custom', path: [field], message })
      if (decision === 'answer' && answer === '') missing('answer', 'authorities:proposals.answer.missing')
      if (decision === 'accept' && nameEn === '') missing('nameEn', 'authorities:proposals.nameEn.missing')
      if (decision === 'accept' && nameSv === '') missing('nameSv', 'authorities:proposals.nameSv.missing')
    }) as unknown as z.ZodType<Decision>
