import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AUser, PASSWORD, SECURITY_CODE } from '../support/factories.ts'
import type { Expected, Page } from '../support/page.ts'

export const WRONG = 'Not-the-right-1'

/** Enters a username and a password on the sign-in page. */
export async function enterPassword(
  who: Someone,
  username: string,
  password = PASSWORD,
  expected: Expected = {},
): Promise<Page> {
  const page = await who.visit('/')
  return page.submit('Continue', { username, password }, expected)
}

/** The characters that the page asks for. */
export function charactersFor(page: Page, code = SECURITY_CODE): Record<string, string> {
  const names = Object.keys(page.values('Sign in'))
  return Object.fromEntries(names.map(name => [name, code.charAt(Number(name.replace('character', '')) - 1)]))
}

/** Signs in completely, over both pages. */
export async function signIn(who: Someone, user: AUser, password = PASSWORD, code = SECURITY_CODE): Promise<Page> {
  const page = await enterPassword(who, user.username, password)
  return page.submit('Sign in', charactersFor(page, code))
}

/** The events of the history about this user, the oldest first, with what they say. */
export async function historyOf(
  w: World,
  userId: number,
): Promise<{ event: string; details: object; actor: number | null }[]> {
  const rows = await w
    .knex('audit_events as e')
    .join('audit_values as v', 'v.event_id', 'e.id')
    .where({ subject_type: 'user', subject_id: userId })
    .orderBy('e.id')
    .select('e.event', 'v.details', 'e.actor_id')
  return rows.map(({ event, details, actor_id }) => ({ event, details, actor: actor_id }))
}
