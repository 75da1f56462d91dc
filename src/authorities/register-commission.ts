import type { Change } from '../platform/db/change.ts'
import { nameKey, websiteKey, comparable } from './identity.ts'
import { indexWords } from './words.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'commission.registered': typeof COMMISSION & { email: string }
  }
}

const COMMISSION = {
  officialName: 'European Commission',
  officialLanguage: 'en',
  street: 'Rue de la Loi 200',
  postalNumber: '1049',
  city: 'Bruxelles',
  website: 'https://commission.europa.eu',
}

/**
 * Registers the European Commission, which stands above the national coordinators and has nobody above itself: the first
 * authority of an empty register. Its administrators complete the data. `email` is its contact address for the time being.
 * @returns the one that is registered already, where there is one
 */
export async function registerCommission(c: Change, email: string): Promise<{ id: number }> {
  const known = await c.db('authorities').where({ kind: 'commission' }).first<{ id: number } | undefined>('id')
  if (known) return known
  const { officialName, officialLanguage, website } = COMMISSION
  const [row] = (await c
    .db('authorities')
    .insert({
      country: 'EU',
      kind: 'commission',
      official_name: officialName,
      official_language: officialLanguage,
      street: COMMISSION.street,
      postal_number: COMMISSION.postalNumber,
      city: COMMISSION.city,
      website,
      email,
      languages: ['en', 'fr', 'de'],
      type: 'union-institution',
      sort_name: comparable(officialName),
      name_key: nameKey([officialName]),
      website_key: websiteKey(website),
      registered_at: c.at,
    })
    .returning('id')) as [{ id: number }]
  const { id } = row
  await c.db('authority_names').insert({ authority_id: id, language: officialLanguage, name: officialName })
  await c.db('authority_titles').insert({ authority_id: id, language: officialLanguage, title: officialName })
  await indexWords(c.db, id)
  await c.record('commission.registered', { type: 'authority', id, authorityId: id }, { ...COMMISSION, email })
  return row
}
