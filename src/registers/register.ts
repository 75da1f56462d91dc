import type { AuthorityStatus, Worded } from '../authorities/index.ts'
import type { Subject } from '../policy.ts'

/** What can be found in a public register, as a reader of any language reads it. */
export const CONTENTS = [
  'right',
  'restrictions',
  'qualifications',
  'dates',
  'establishment',
  'representatives',
  'insurance',
] as const
export type Content = (typeof CONTENTS)[number]

/** How one gets in: free for everybody, free after signing in, against a fee. */
export const ACCESS = ['open', 'login', 'fee'] as const
export type RegisterAccess = (typeof ACCESS)[number]

/** More than these an authority does not list: whoever has more has one page that leads to them. */
export const MOST_OF_ONE = 100

/** One of the Commission's catalogue, with its name as the reader reads it. */
export interface Named {
  code: string
  name: string
}

/** An entry of the directory of registers (J2, [004]): a public online register that an authority lists. */
export interface Register {
  id: number
  authorityId: number
  authorityName: string
  authorityLanguage: string
  authorityStatus: AuthorityStatus
  country: string
  /** In its own languages, the authority's first. */
  names: Worded[]
  /** What people abroad call it, in any language. */
  titles: Worded[]
  address: string
  languages: string[]
  contents: Content[]
  note: string
  noteLanguage: string
  access: RegisterAccess
  modules: Named[]
  /** Professions and services; with none of these and no economic activity it covers all that its modules are about. */
  keywords: Named[]
  activities: Named[]
  version: number
  changedAt: Date
}

export type FoundRegister = Register & Subject

/** What an authority says of a register: codes and not names. Names and titles stand under their language. */
export interface RegisterData {
  names: Readonly<Record<string, string>>
  titles: Readonly<Record<string, string>>
  address: string
  languages: readonly string[]
  contents: readonly string[]
  note: string
  noteLanguage: string
  access: string
  modules: readonly string[]
  keywords: readonly string[]
  economicActivities: readonly string[]
}

/** What a register is called for this reader: in their language, else in English, else as it calls itself (J2). */
export function shownName({ names, titles }: Pick<Register, 'names' | 'titles'>, lang: string): Worded {
  const all = [...titles, ...names]
  return (
    all.find(one => one.lang === lang) ?? all.find(one => one.lang === 'en') ?? names[0] ?? { text: '', lang: 'en' }
  )
}

/** An entry as its form and its history hold it. */
export function dataOf(register: Register): RegisterData {
  const byLanguage = (words: readonly Worded[]) => Object.fromEntries(words.map(({ lang, text }) => [lang, text]))
  const codes = (list: readonly Named[]) => list.map(({ code }) => code)
  const { address, languages, contents, note, noteLanguage, access } = register
  return {
    names: byLanguage(register.names),
    titles: byLanguage(register.titles),
    ...{ address, languages, contents, note, noteLanguage, access },
    modules: codes(register.modules),
    keywords: codes(register.keywords),
    economicActivities: codes(register.activities),
  }
}
