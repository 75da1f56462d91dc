import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { delegate, forgesAct, forgesModule, grants, opensGrant, suspensionOf } from './delegation-steps.ts'
import { personAt } from './person.ts'
import { demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

const module = 'Professional qualifications – requests'
const others = ['Services – requests', 'Posting of workers – requests', 'Patients’ rights – requests']

/** A country: its national coordinator, whom it delegates to with a data administrator, and who is granted the module. */
const passes: [Look, Record<'national' | 'coordinator' | 'manager' | 'administrator' | 'agency' | 'has', string>][] = [
  [
    'light',
    {
      national: 'pt-nimic',
      coordinator: 'Direção-Geral das Atividades Económicas',
      manager: 'Ordem dos Médicos',
      administrator: 'g3pmk7ye',
      agency: 'Autoridade para as Condições do Trabalho',
      has: 'Posting of workers – requests',
    },
  ],
  [
    'no scripts',
    {
      national: 'fi-nimic',
      coordinator: 'Työ- ja elinkeinoministeriö',
      manager: 'Opetushallitus',
      administrator: 'd8vgz3eb',
      agency: 'Kansaneläkelaitos',
      has: 'Patients’ rights – requests',
    },
  ],
]

describe.skipIf(missing)(`delegation in a real browser${missing ? `: ${missing}` : ''}`, () => {
  let browser: Browser
  let site: DemoSite
  beforeAll(async () => {
    site = await demoSite()
    browser = await chromium()
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  test.each(passes)(
    'one module is delegated, and it alone is granted on: %s',
    { timeout: 180_000 },
    async (look, who) => {
      const { national, coordinator, manager, administrator, agency, has } = who
      const nimic = await personAt(browser, look, site)
      await signIn(nimic, demo(national))
      await delegate(nimic, manager, module)
      const suspension = await suspensionOf(nimic, agency, has)
      await nimic.close()

      const delegated = await personAt(browser, look, site)
      await signIn(delegated, demo(administrator))
      await opensGrant(delegated, agency, { module, others })
      const form = delegated.page.url()
      const [other] = await site.db.app('modules').where({ code: 'services-requests' }).pluck<number[]>('id')
      for (const forge of [
        () => forgesModule(delegated, other ?? 0),
        () => forgesAct(delegated, suspension, coordinator),
      ]) {
        await forge()
        await delegated.page.goto(form)
      }
      await grants(delegated, agency, { module, coordinator })
      await delegated.close()
    },
  )
})
