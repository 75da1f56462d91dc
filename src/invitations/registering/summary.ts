import type { Lists } from '../../authorities/index.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import { languageName } from '../../platform/i18n/names.ts'
import type { Entry } from './code-queries.ts'

interface Row {
  label: string
  value?: string
  values?: string[]
  lang?: string
}

/** What was entered, as the visitor checks and prints it; a group for each step. */
export function summaryOf(
  entered: Entry['entered'],
  lists: Lists,
  { t, lang }: { t: Translate; lang: string },
): { authority: Row[]; classification: Row[]; firstUser: Row[] } {
  const all = (name: string): string[] => [entered[name] ?? []].flat()
  const one = (name: string): string => all(name)[0]?.trim() ?? ''
  const chosen = (name: string, choices: readonly { value: string; label: string }[]) =>
    all(name).flatMap(code => choices.find(({ value }) => value === code)?.label ?? [])
  const worded = (family: string, key: string, languages: readonly string[]): Row[] =>
    languages
      .filter(language => one(`${family}_${language}`) !== '')
      .map(language => ({
        label: t(key, { language: languageName(lang, language) }),
        value: one(`${family}_${language}`),
        lang: language,
      }))
  const plain = (name: string, label: string): Row => ({ label: t(label), value: one(name) })
  const codes = lists.languages.map(({ value }) => value)
  const level = one('level')
  return {
    authority: [
      ...worded('officialName', 'authorities:field.officialNameIn', lists.own),
      ...worded('title', 'authorities:field.titleIn', codes),
      plain('street', 'authorities:field.street'),
      plain('postalNumber', 'authorities:field.postalNumber'),
      plain('city', 'authorities:field.city'),
      plain('telephone', 'authorities:field.telephone'),
      plain('email', 'authorities:field.email'),
      plain('website', 'authorities:field.website'),
      { label: t('authorities:field.languages'), values: chosen('languages', lists.languages) },
      { label: t('authorities:field.type'), values: chosen('type', lists.types) },
      { label: t('authorities:field.level'), value: level && t(`authorities:level.${level}`) },
      { label: t('authorities:field.region'), values: chosen('region', lists.regions), lang: lists.own[0] ?? lang },
    ],
    classification: [
      { label: t('authorities:field.policyAreas'), values: chosen('policyAreas', lists.policyAreas) },
      {
        label: t('authorities:field.economicActivities'),
        values: lists.activities.flatMap(({ section, divisions }) =>
          chosen(`activities_${section.value}`, [section, ...divisions]),
        ),
      },
      {
        label: t('authorities:field.keywords'),
        values: lists.keywords.flatMap(({ area, choices }) => chosen(`keywords_${area}`, choices)),
      },
    ],
    firstUser: [
      plain('givenName', 'users:field.givenName'),
      plain('familyName', 'users:field.familyName'),
      plain('userEmail', 'users:field.email'),
      plain('userTelephone', 'users:field.telephone'),
      { label: t('users:field.language'), values: chosen('userLanguage', lists.languages) },
    ],
  }
}
