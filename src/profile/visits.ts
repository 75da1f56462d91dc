import type { Translate } from '../platform/i18n/i18n.ts'
import { moment, zoneOf } from '../platform/i18n/names.ts'
import type { OwnSession } from '../sessions/index.ts'

/** Asked in this order: most browsers also say the names of those they descend from. */
const BROWSERS = [
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['opera', /\bOPR\/|\bOpera\b/],
  ['samsung', /\bSamsungBrowser\//],
  ['firefox', /\b(Firefox|FxiOS)\//],
  ['chrome', /\b(Chrome|Chromium|CriOS|HeadlessChrome)\//],
  ['safari', /\bSafari\//],
] as const

const SYSTEMS = [
  ['android', /\bAndroid\b/],
  ['ios', /\b(iPhone|iPad|iPod)\b/],
  ['windows', /\bWindows\b/],
  ['macos', /\bMac OS X\b|\bMacintosh\b/],
  ['chromeos', /\bCrOS\b/],
  ['linux', /\bLinux\b/],
] as const

const nameOf = <Name extends string>(known: readonly (readonly [Name, RegExp])[], text: string): Name | undefined =>
  known.find(([, pattern]) => pattern.test(text))?.[0]

/** The family of a browser and its system in words; nothing a browser says of itself is shown as it is. */
export function browserText(userAgent: string, t: Translate): string {
  const browser = nameOf(BROWSERS, userAgent)
  const system = nameOf(SYSTEMS, userAgent)
  const name = t(`profile:browser.${browser ?? 'unknown'}`)
  return system ? t('profile:browser.on', { browser: name, system: t(`profile:system.${system}`) }) : name
}

/** The beginning of a network address: enough to know the own office by, too little to know a person by. */
export function shortAddress(address: string): string {
  const four = /^(?:::ffff:)?(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}$/i.exec(address)
  if (four) return `${four[1]} …`
  if (!address.includes(':')) return ''
  const [start = '', end] = address.toLowerCase().split('::', 2)
  const groups = start.split(':').filter(Boolean)
  const known = groups.length >= 3 || end === undefined ? groups.slice(0, 3) : groups
  return known.length > 0 ? `${known.join(':')} …` : ':: …'
}

/** One visit as the page shows it. */
export function shownSession(session: OwnSession, reader: { t: Translate; lang: string; country: string }): object {
  const { t, lang, country } = reader
  const when = (at: Date): string => moment(lang, zoneOf(country), at)
  const { key, current } = session
  return {
    key,
    current,
    browser: browserText(session.browser, t),
    began: when(session.createdAt),
    seen: when(session.seenAt),
    address: shortAddress(session.address) || t('profile:session.addressUnknown'),
  }
}
