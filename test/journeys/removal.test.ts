import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { night } from '../retention/nightly.ts'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { personAt } from './person.ts'
import {
  deactivate,
  deletions,
  findsNoMore,
  reactivate,
  readHistory,
  restore,
  signInWithOldPassword,
} from './removal-steps.ts'
import { type Account, demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

const gone = 'Styrelsen for Patientsikkerhed'
const kept = 'Arbejdstilsynet'
const modules = ['Professional qualifications – requests', 'Patients’ rights – requests']
const posting = 'Posting of workers – requests'

describe.skipIf(missing).each<Look>(['light', 'no scripts'])(
  `the end of an authority in a real browser: %s${missing ? ` – ${missing}` : ''}`,
  { timeout: 360_000 },
  look => {
    let browser: Browser
    let site: DemoSite
    let nimic: Account = demo('dk-nimic')
    beforeAll(async () => {
      site = await demoSite()
      browser = await chromium()
    })
    afterAll(async () => {
      await browser.close()
      await site.close()
    })

    test('deactivated it is gone after six months, the other one reactivated is there; the requests keep their history', async () => {
      const request = await closedRequest(site, 'Socialstyrelsen', gone)
      const reader = await personAt(browser, look, { ...site, language: 'sv' })
      await signIn(reader, demo('se-handler'))
      const before = await readHistory(reader, request.id)
      expect(before.join('\n')).toContain(gone)
      await reader.close()

      const first = await personAt(browser, look, site)
      await signIn(first, nimic)
      await deactivate(first, gone, modules)
      await deactivate(first, kept, [posting])
      const due = await deletions(first, 'due')
      for (const name of [gone, kept]) expect(due.find(line => line.includes(name))).toContain('20 May 2027')
      await first.close()

      await nightOf('2027-04-20T09:00:00Z')
      const second = await personAt(browser, look, site)
      nimic = await signInWithOldPassword(second, nimic, 'Regnvejr-vest-3')
      await reactivate(second, kept)
      const left = (await deletions(second, 'due')).join('\n')
      expect([left.includes(gone), left.includes(kept)]).toEqual([true, false])
      await second.close()

      // Six months after the deactivation, for the counterpart; and after the reactivation, for the other authority.
      await nightOf('2027-05-20T10:00:00Z')
      const later = await personAt(browser, look, { ...site, language: 'sv' })
      await signInWithOldPassword(later, demo('se-handler'), 'Snogran-nord-6')
      const after = await readHistory(later, request.id)
      expect(after.slice(-before.length)).toEqual(before)
      await later.page.goto(`/requests/${request.id}/management`)
      await later.page.getByText(later.t('requests:contact.deleted')).waitFor()
      await later.sees(await later.page.getByRole('heading', { level: 1 }).innerText())
      await later.close()

      await nightOf('2027-10-25T10:00:00Z')
      const last = await personAt(browser, look, site)
      await signInWithOldPassword(last, nimic, 'Solskin-ost-94')
      expect((await deletions(last, 'gone')).find(line => line.includes(gone))).toContain('20 May 2027')
      await findsNoMore(last, gone, `/authorities/${request.responder_id}`)
      await restore(last, kept, posting)
      await last.close()
    })

    async function nightOf(time: string): Promise<void> {
      site.clock.set(new Date(time))
      await night(site)
    }
  },
)

/** A request between two authorities that was answered and closed. */
async function closedRequest(
  { db }: DemoSite,
  requester: string,
  responder: string,
): Promise<{ id: number; responder_id: number }> {
  const [found] = await db
    .app('request_parts as p')
    .join('requests as r', 'r.id', 'p.request_id')
    .join('authorities as a', 'a.id', 'r.requester_id')
    .join('authorities as b', 'b.id', 'p.responder_id')
    .where({ 'a.official_name': requester, 'b.official_name': responder, 'p.status': 'closed' })
    .select<{ id: number; responder_id: number }[]>('p.id', 'p.responder_id')
  if (!found) throw new Error(`The demo world has no closed request between ${requester} and ${responder}`)
  return found
}
