import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type i18n } from 'i18next'
import { number } from './names.ts'

const LOCALES = join(import.meta.dirname, '../../../locales')

/** Languages whose texts are complete; the others show English, marked as such. */
export const offeredLanguages = ['en', 'sv'] as const
export type OfferedLanguage = (typeof offeredLanguages)[number]

export type Translate = (key: string, values?: Record<string, unknown>) => string

/** Loads every text once, at start. A missing key or value throws outside production, so that a test meets it first. */
export function loadTexts(options: { strict: boolean }): i18n {
  const namespaces = readdirSync(join(LOCALES, 'en')).map(file => file.replace(/\.json$/, ''))
  const resources = Object.fromEntries(
    offeredLanguages.map(language => [
      language,
      Object.fromEntries(namespaces.map(name => [name, texts(language, name)])),
    ]),
  )
  const instance = i18next.createInstance()
  void instance.init({
    resources,
    initAsync: false,
    fallbackLng: 'en',
    ns: namespaces,
    defaultNS: false,
    keySeparator: false,
    interpolation: { escapeValue: false },
    saveMissing: options.strict,
    missingKeyHandler: (_languages, namespace, key) => {
      throw new Error(`No text for ${namespace}:${key}`)
    },
    missingInterpolationHandler: (text: string, match: string[]) => {
      if (options.strict) throw new Error(`No value for ${match[0] ?? ''} in "${text}"`)
      return ''
    },
  })
  return instance
}

function texts(language: string, namespace: string): Record<string, string> {
  return JSON.parse(readFileSync(join(LOCALES, language, `${namespace}.json`), 'utf8')) as Record<string, string>
}

/** One function per offered language that puts a key into words. */
export function translatorsOf(texts: i18n): Record<OfferedLanguage, Translate> {
  const made = offeredLanguages.map(language => {
    const fixed = texts.getFixedT(language)
    const plurals = new Intl.PluralRules(language)
    const kept = new Map<string, Simple | null>()
    const translate: Translate = (key, values = {}) => {
      const { count } = values
      const form = typeof count === 'number' ? `${key} ${plurals.select(count)}` : key
      let simple = kept.get(form)
      if (simple === undefined) kept.set(form, (simple = simpleText(fixed(key, { count, skipInterpolation: true }))))
      return (simple && filled(language, simple, values)) ?? String(fixed(key, values))
    }
    return [language, translate] as const
  })
  return Object.fromEntries(made) as Record<OfferedLanguage, Translate>
}

/** A text taken apart once, since a page has a hundred of them: plain pieces, and between them the values. */
type Simple = readonly { before: string; name: string; isNumber: boolean }[]

/** Null for a text that asks more of i18next than to put values in, or numbers as the language writes them. */
function simpleText(text: string): Simple | null {
  const [last = '', ...parts] = text.split(/\{\{(\w+(?:, number)?)\}\}/).reverse()
  if ([last, ...parts].some(part => /\$t\(|\{\{/.test(part))) return null
  const simple = [{ before: last, name: '', isNumber: false }]
  for (let i = 0; i < parts.length; i += 2) {
    const [name = '', format] = (parts[i] ?? '').split(', ')
    simple.unshift({ before: parts[i + 1] ?? '', name, isNumber: format !== undefined })
  }
  return simple
}

/** Undefined when a value is missing or is no plain one. */
function filled(language: string, text: Simple, values: Record<string, unknown>): string | undefined {
  let all = ''
  for (const { before, name, isNumber } of text) {
    all += before
    if (!name) continue
    const value = values[name]
    if (isNumber && typeof value === 'number') all += number(language, value)
    else if (!isNumber && (typeof value === 'string' || typeof value === 'number')) all += value
    else return undefined
  }
  return all
}

/** The interface language for a wish: the language itself where its texts are complete, else English. */
export function offered(wish: string | undefined): OfferedLanguage {
  return offeredLanguages.find(language => language === wish) ?? 'en'
}

/** The first offered language of an `Accept-Language` header. */
export function preferred(header: string | undefined): OfferedLanguage {
  const wishes = (header ?? '').slice(0, 200).split(',')
  for (const wish of wishes) {
    const code = wish.trim().slice(0, 2).toLowerCase()
    const found = offeredLanguages.find(language => language === code)
    if (found) return found
  }
  return 'en'
}
