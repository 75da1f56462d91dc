import { findActor } from '../../src/actor.ts'
import { makeLog } from '../../src/platform/log.ts'
import { runTask } from '../../src/platform/jobs/tasks.ts'
import { taskWorks } from '../../src/tasks.ts'
import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import type { Page } from '../support/page.ts'

export const READ = 'Read the file'
export const USERS = 'givenName;familyName;email;telephone;language;administrator;roles'

/** Sends a file on an upload page. */
export async function upload(
  someone: Someone,
  address: string,
  content: Buffer | string,
  expected = {},
): Promise<Page> {
  const page = await someone.visit(address)
  const file = { name: 'list.csv', type: 'text/csv', content: Buffer.from(content) }
  return page.submit(READ, { file }, expected)
}

/** One line of a file of users. */
export const person = (address: string, more: Partial<Record<'given' | 'family' | 'phone' | 'rest', string>> = {}) =>
  [more.given ?? 'Åsa', more.family ?? 'Öberg', address, more.phone ?? '+46 70 123 45 67', more.rest ?? 'sv;no;'].join(
    ';',
  )

/** So many lines of users, each with an address of its own. */
export const manyPeople = (count: number, domain: string): string =>
  [USERS, ...Array.from({ length: count }, (_, i) => person(`p${i}@${domain}`, { family: `Öberg${i}` }))].join('\r\n')

export const AUTHORITY_COLUMNS = [
  'officialName_sv',
  'title_en',
  'street',
  'postalNumber',
  'city',
  'telephone',
  'email',
  'website',
  'languages',
  'type',
  'level',
  'region',
  'givenName',
  'familyName',
  'userEmail',
  'userTelephone',
  'userLanguage',
  'policyAreas',
] as const
type Column = (typeof AUTHORITY_COLUMNS)[number]

/** One line of a file of authorities, with nothing wrong; names and addresses made unique by the word. */
export function authority(word: string, more: Partial<Record<Column, string>> = {}): string {
  const address = word.toLowerCase().replace(/[^a-z0-9]/g, '')
  const cells: Record<Column, string> = {
    officialName_sv: `${word}verket`,
    title_en: `${word}ish Office`,
    street: 'Storgatan 1',
    postalNumber: '111 22',
    city: 'Uppsala',
    telephone: '+46 18 123 45 67',
    email: `registrator@${address}.test`,
    website: `www.${address}.test`,
    languages: 'en sv',
    type: 'agency',
    level: 'national',
    region: '',
    givenName: 'Åsa',
    familyName: 'Öberg',
    userEmail: `asa@${address}.test`,
    userTelephone: '+46 70 123 45 67',
    userLanguage: 'sv',
    policyAreas: 'education',
    ...more,
  }
  return AUTHORITY_COLUMNS.map(column => cells[column]).join(';')
}

export const authoritiesFile = (...lines: string[]): string => [AUTHORITY_COLUMNS.join(';'), ...lines].join('\r\n')

/** Words that are not alike, from a small generator that always says the same. */
export function words(count: number): string[] {
  let state = 7
  const letter = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return 'abcdefghijklmnoprstuvy'.charAt((state >>> 16) % 22)
  }
  return Array.from({ length: count }, () => `Q${Array.from({ length: 11 }, letter).join('')}`)
}

/** Lets the worker do a task. */
export const work = (w: World, taskPage: string): Promise<void> =>
  runTask(
    {
      db: w.db.app,
      keys: w.config.keys,
      clock: w.clock,
      log: makeLog('error', () => undefined),
      works: taskWorks,
      findActor,
    },
    Number(taskPage.split('/').at(-1)),
  )

/** How many rows a table holds. */
export const count = async (w: World, table: string): Promise<number> =>
  Number((await w.knex(table).count('* as n'))[0]?.n)
