import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { offeredLanguages } from '../../src/platform/i18n/i18n.ts'

const ROOT = join(import.meta.dirname, '../..')
const PLURAL = /_(zero|one|two|few|many|other)$/

const namespaces = readdirSync(join(ROOT, 'locales/en')).map(file => file.replace('.json', ''))
const texts = Object.fromEntries(offeredLanguages.map(language => [language, textsOf(language)]))
const english = texts.en ?? {}
const used = usedKeys()

function textsOf(language: string): Record<string, string> {
  const entries = readdirSync(join(ROOT, 'locales', language)).flatMap(file => {
    const content = JSON.parse(readFileSync(join(ROOT, 'locales', language, file), 'utf8')) as Record<string, string>
    return Object.entries(content).map(([key, text]) => [`${file.replace('.json', '')}:${key}`, text])
  })
  return Object.fromEntries(entries) as Record<string, string>
}

/** Keys that stand in the code whole, and the beginnings of families (`authorities:status.${status}`). */
function usedKeys(): { keys: Map<string, string>; families: Map<string, string> } {
  const keys = new Map<string, string>()
  const families = new Map<string, string>()
  const pattern = new RegExp(`(['"\`])((?:${namespaces.join('|')}):[\\w./-]*)(\\$\\{|\\1)`, 'g')
  for (const file of globSync(['src/**/*.ts', 'views/**/*.ejs'], { cwd: ROOT })) {
    for (const [, , key = '', end] of readFileSync(join(ROOT, file), 'utf8').matchAll(pattern))
      (end === '${' ? families : keys).set(key, file)
  }
  return { keys, families }
}

const inEnglish = (key: string): boolean =>
  key in english || ['one', 'other'].every(form => `${key}_${form}` in english)

const variables = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map(([, name = '']) => name).sort()

describe('the texts of the product', () => {
  test('every key that the code uses has an English text', () => {
    const missing = [...used.keys].filter(([key]) => !inEnglish(key)).map(([key, file]) => `${key} in ${file}`)
    expect(missing).toEqual([])
  })

  test('every family of keys has members', () => {
    const empty = [...used.families].filter(([start]) => !Object.keys(english).some(key => key.startsWith(start)))
    expect(empty).toEqual([])
  })

  test('no English text is unused', () => {
    const families = [...used.families.keys()]
    const unused = Object.keys(english).filter(key => {
      const base = key.replace(PLURAL, '')
      return !used.keys.has(key) && !used.keys.has(base) && !families.some(start => key.startsWith(start))
    })
    expect(unused).toEqual([])
  })

  test.each(offeredLanguages.filter(language => language !== 'en'))(
    '%s has every text that English has, and no other',
    language => {
      const own = texts[language] ?? {}
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      const expected = Object.keys(english).flatMap(key => {
        if (!PLURAL.test(key)) return [key]
        return forms.map(form => `${key.replace(PLURAL, '')}_${form}`)
      })
      expect(Object.keys(own).sort()).toEqual([...new Set(expected)].sort())
    },
  )

  test.each(offeredLanguages.filter(language => language !== 'en'))('%s says the same values as English', language => {
    const own = texts[language] ?? {}
    const different = Object.entries(own).filter(([key, text]) => {
      const source = english[key] ?? english[key.replace(PLURAL, '_other')] ?? ''
      // "one" may leave the number out.
      return !key.endsWith('_one') && JSON.stringify(variables(text)) !== JSON.stringify(variables(source))
    })
    expect(different).toEqual([])
  })

  test('no text is empty or holds markup', () => {
    const odd = Object.values(texts).flatMap(all =>
      Object.entries(all).filter(([, text]) => text.trim() === '' || /<\w|&\w+;/.test(text)),
    )
    expect(odd).toEqual([])
  })
})
