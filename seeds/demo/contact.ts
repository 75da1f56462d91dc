/**
 * Contact data that reach nobody. Sweden, Ireland and Germany keep numbers aside for films and books; elsewhere the number
 * begins with zeros, which no subscriber's number does. Mail goes to a domain that can never exist (RFC 2606, .example).
 */
const numbers: Record<string, string> = {
  EU: '+32 2 000 00 ',
  SE: '+46 8 465 004 ',
  DK: '+45 00 00 00 ',
  HU: '+36 1 000 00',
  LV: '+371 000000',
  IE: '+353 20 910 00',
  PT: '+351 000 000 0',
  DE: '+49 30 23125 0',
  FI: '+358 9 000 00',
}

/** Number of the switchboard of the n-th authority of a country: 00 to 29. */
export function authorityPhone(country: string, n: number): string {
  return phone(country, n)
}

/** Direct number of the n-th user of a country: 30 to 99. */
export function userPhone(country: string, n: number): string {
  return phone(country, 30 + n)
}

export function functionalMailbox(key: string, country: string): string {
  return `${key}@${country.toLowerCase()}.imi-demo.example`
}

/** A person's own address: never the authority's mailbox, and without the username. */
export function personalAddress(givenName: string, familyName: string, authority: string): string {
  return `${plain(givenName)}.${plain(familyName)}@${authority}.imi-demo.example`
}

function phone(country: string, n: number): string {
  const start = numbers[country]
  if (!start || n > 99) throw new Error(`no made-up number left for ${country}`)
  return start + String(n).padStart(2, '0')
}

/** Letters of an e-mail address: accents off, and what is no accent written out. */
function plain(name: string): string {
  const spelled = name.toLowerCase().replace(/ø/g, 'o').replace(/æ/g, 'ae').replace(/ß/g, 'ss').replace(/ı/g, 'i')
  return spelled.normalize('NFD').replace(/[^a-z-]/g, '')
}
