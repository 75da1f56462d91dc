import { moment, zoneOf } from '../../platform/i18n/names.ts'
import type { Demand, Opinion } from '../replying/queries.ts'
import { written } from '../days.ts'
import { listed } from '../words.ts'
import { type Quote, type Reader, type Worded } from './overview.ts'

/** A demand for additional information, and what became of it. */
export interface ShownDemand {
  reason: Quote
  about: string
  outcome: string
  outcomeReason: Worded | null
}

/** What one coordinator said in a referral. */
export interface ShownOpinion {
  coordinator: Worded
  verdict: string
  text: Quote | null
}

/** A demand in the reader's words: which questions, by when, why, and what became of it. */
export function shownDemand(demand: Demand, { t, lang, country }: Reader): ShownDemand {
  const when = moment(lang, zoneOf(country), demand.at)
  const { outcomeReason, outcomeLanguage } = demand
  return {
    reason: { text: demand.reason, lang: demand.language, by: t('requests:demand.by', { when }) },
    about: t('requests:demand.about', {
      count: demand.questions.length,
      numbers: listed(lang, demand.questions.map(String)),
      date: written(lang, demand.proposedDate),
    }),
    outcome: t(`requests:demand.outcome.${demand.outcome}`),
    outcomeReason: outcomeReason ? { text: outcomeReason, lang: outcomeLanguage ?? lang } : null,
  }
}

/** An opinion in the reader's words. */
export function shownOpinion(opinion: Opinion, { t, lang, country }: Reader): ShownOpinion {
  const { coordinator, mustBeGiven, givenAt, fallenAway, text, language } = opinion
  const verdict = fallenAway
    ? t('requests:opinion.fallenAway')
    : mustBeGiven === null
      ? t('requests:opinion.missing')
      : mustBeGiven
        ? t('requests:opinion.must')
        : t('requests:opinion.neednot')
  const by = givenAt ? t('requests:opinion.given', { when: moment(lang, zoneOf(country), givenAt) }) : ''
  return {
    coordinator: { text: coordinator.name, lang: coordinator.language },
    verdict,
    text: text ? { text, lang: language ?? lang, by } : null,
  }
}
