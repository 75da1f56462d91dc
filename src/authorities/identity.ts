import { foldWords } from './words.ts'

/** How alike two names must be, from 0 to 1, for the user to be asked whether it is the same authority. */
export const ALIKE = 0.6

/** One name as it is compared with others: without accents, in Latin letters and lower case, words apart by one space (B4). */
export const comparable = (name: string): string => foldWords(name).join(' ')

/** All names of an authority as they are compared, official and informal in every language, one a line. */
export function nameKey(names: readonly string[]): string {
  const keys = names.map(comparable).filter(key => key !== '')
  return [...new Set(keys)].join('\n')
}

/**
 * The host of a website, by which two addresses of one site are the same; empty for what is no address of the web.
 * `https://www.example.eu/about` and `EXAMPLE.eu` are one.
 */
export function websiteKey(website: string): string {
  const address = webAddress(website)
  return address === undefined ? '' : new URL(address).hostname.replace(/^www\./, '').replace(/\.$/, '')
}

/**
 * The full address of a website as a person types it, with or without `https://`; nothing when it is none, or one that others do not
 * reach: a number, a name within a house.
 */
export function webAddress(typed: string): string | undefined {
  const text = typed.trim()
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(full) || /\s/.test(text)) return undefined
  const { protocol, hostname, username, password, href } = new URL(full)
  const isWeb = protocol === 'https:' || protocol === 'http:'
  const isPublic = /^[^.].*\.[^.]{2,}\.?$/.test(hostname) && !/\.(\d+|local|internal|localhost)\.?$/.test(hostname)
  if (!isWeb || username || password || !isPublic) return undefined
  return href
}
