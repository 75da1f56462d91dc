import { commonWords } from './common-words.ts'

/** Who chooses: nothing of this may be the password. */
export interface Chooser {
  givenName: string
  familyName: string
  username: string
  email: string
}

/** Which rules hold for all passwords of an installation: those of the sources, or those of NIST SP 800-63B. */
export type PasswordProfile = 'imi' | 'nist'

/** How long a password is at least. */
export const PASSWORD_MIN = { imi: 8, nist: 15 } as const satisfies Record<PasswordProfile, number>
export const PASSWORD_MAX = 200
export const CODE_LENGTH = 12

export const passwordRules = ['short', 'long', 'upper', 'lower', 'digit', 'own', 'common'] as const
export type PasswordRule = (typeof passwordRules)[number]

const composition: readonly PasswordRule[] = ['upper', 'lower', 'digit']

/** The rules that hold in a profile, in the order in which they are told. */
export const rulesIn = (profile: PasswordProfile): PasswordRule[] =>
  passwordRules.filter(rule => profile === 'imi' || !composition.includes(rule))

export const codeRules = ['length', 'characters', 'upper', 'lower', 'digit'] as const
export type CodeRule = (typeof codeRules)[number]

/** A password as it is hashed and compared: the same letters typed on two keyboards are the same password. */
export const asHashed = (password: string): string => password.normalize('NFC')

/** Every rule of the profile that this password breaks (A3, [000] [003]); letters by Unicode class, counted in code points. */
export function brokenPasswordRules(password: string, chooser: Chooser, profile: PasswordProfile): PasswordRule[] {
  const text = asHashed(password)
  const length = [...text].length
  const broken: Record<PasswordRule, boolean> = {
    short: length < PASSWORD_MIN[profile],
    long: length > PASSWORD_MAX,
    ...missingKinds(text),
    own: isOwn(text, chooser),
    common: isCommon(text),
  }
  return rulesIn(profile).filter(rule => broken[rule])
}

/** Every rule that this security code breaks: 12 characters one can count and type on any keyboard, with the same mix (A3). */
export function brokenCodeRules(code: string): CodeRule[] {
  const broken: Record<CodeRule, boolean> = {
    length: [...code].length !== CODE_LENGTH,
    characters: !/^[!-~]*$/.test(code),
    ...missingKinds(code),
  }
  return codeRules.filter(rule => broken[rule])
}

const missingKinds = (text: string) => ({
  upper: !/\p{Lu}/u.test(text),
  lower: !/\p{Ll}/u.test(text),
  digit: !/\p{Nd}/u.test(text),
})

/** Case and accents do not make a guess harder. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const plain = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, '')

/** Long names count anywhere in the password, short ones only where nothing but digits and signs is added. */
function isOwn(password: string, { givenName, familyName, username, email }: Chooser): boolean {
  const names = [givenName, familyName].flatMap(name => [name, ...name.split(/[\s-]+/u)])
  const parts = [...names, `${givenName}${familyName}`, username, email, email.split('@', 1)[0] ?? ''].map(plain)
  const whole = plain(password)
  const letters = whole.replace(/\p{N}/gu, '')
  return parts.some(part => (part.length >= 4 ? whole.includes(part) : part !== '' && letters === part))
}

const LOOKS_LIKE: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const inLetters = (text: string): string => text.replace(/[013457@$!]/g, sign => LOOKS_LIKE[sign] ?? sign)

const core = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** The most common passwords, also with a capital, with digits and signs around them, with signs for letters, or said twice. */
function isCommon(password: string): boolean {
  const text = folded(password)
  const tries = [text, core(text), inLetters(core(text)), core(inLetters(text))].flatMap(word => [
    word,
    ...saidTwice(word),
  ])
  return tries.some(word => commonWords.has(word))
}

function saidTwice(word: string): string[] {
  const half = word.slice(0, word.length / 2)
  return half !== '' && half + half === word ? [half] : []
}
