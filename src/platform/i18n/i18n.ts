import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type i18n } from 'i18next'

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
    // A text without values is the same each time, and a page has a hundred of them.
    const plain = new Map<string, string>()
    const translate: Translate = (key, values) => {
      if (values) return String(fixed(key, values))
      let text = plain.get(key)
      if (text === undefined) plain.set(key, (text = String(fixed(key))))
      return text
    }
    return [language, translate] as const
  })
  return Object.fromEntries(made) as Record<OfferedLanguage, Translate>
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
