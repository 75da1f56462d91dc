import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { loadTexts } from '../../src/platform/i18n/i18n.ts'
import { render } from '../../src/platform/mail/render.ts'
import { itemsOf, labelled, workedOn } from '../bulk/choosing.ts'
import { DATA_ADMINISTRATOR, type Granting, granting, REQUESTS } from '../grants/granting.ts'
import { type World, world } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import type { Someone } from '../support/browser.ts'
import type { Page } from '../support/page.ts'
import { aDelegation, aGrant, type AnAuthority, anAuthority, type AUser, aUser } from '../support/factories.ts'

const PREVIEW = 'Preview'
const CONTACT = 'Contact address of the authority'
const ADMINISTRATORS = 'Administrators of the authority'
const LETTER = { to: [CONTACT, ADMINISTRATORS], subject: 'New module', body: 'Good morning.\n\nRead this.' }

let w: World
let g: Granting
let alfa: AnAuthority
let beta: AnAuthority
let person: AUser
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
beforeEach(async () => {
  await w.knex('circulars').delete()
  await w.knex('task_items').delete()
  await w.knex('authority_access_managers').delete()
  alfa = await g.anAgency({ officialName: 'Alfa' })
  beta = await g.anAgency({ officialName: 'Beta' })
  person = await aUser(w.knex, alfa, { administrator: true, language: 'en' })
  await indexAllWords(w.knex)
})
afterAll(() => w.close())

const opened = (who: Someone = g.manager) => who.visit('/circulars/new')
const lastCircular = async () =>
  (await w.knex('circulars').orderBy('id', 'desc').first()) as { id: number; task_id: number; subject: string }
const errorsOf = (page: Page) => page.errors().map(({ message }) => message)

describe('sending e-mail to many', () => {
  test('to contact addresses and administrators, one mail each, without the addresses of others; a copy is kept', async () => {
    const form = await opened()
    expect(form.h1).toBe('Send e-mail')
    expect(labelled(form, PREVIEW, 'authority')).toEqual(['Alfa', 'Beta'])
    expect(form.values(PREVIEW)).toMatchObject({ mine: 'yes', language: 'en' })
    const preview = await form.submit(PREVIEW, { ...LETTER, authority: ['Alfa', 'Beta'] })
    expect(preview.details()).toMatchObject({ Authorities: '2', [CONTACT]: '2', [ADMINISTRATORS]: '1' })
    expect(await w.knex('circulars')).toEqual([])
    const before = (await w.mails()).length
    const kept = await preview.submit('Send 3 e-mails')
    expect(kept.h1).toBe('E-mail: New module')
    expect(kept.text).toContain('Nobody has been written to yet.')
    await workedOn(w, (await lastCircular()).task_id, 2)
    const mails = (await w.mails()).slice(before)
    expect(mails.map(({ to_address, language, cc }) => [to_address, language, cc])).toEqual(
      expect.arrayContaining([
        [alfa.email, 'sv', []],
        [person.email, 'en', []],
        [beta.email, 'sv', []],
      ]),
    )
    expect(mails).toHaveLength(3)
    for (const mail of mails) expect(JSON.stringify(mail.values)).not.toContain('@')
    const done = await g.manager.visit(kept.url)
    expect(done.table('Recipients')).toHaveLength(3)
    expect(done.details()).toMatchObject({ Waiting: '3', Sent: '0' })
    const [first] = (await g.manager.visit('/circulars')).table('Sent e-mails')
    expect(first).toMatchObject({ Subject: 'New module', Authorities: '2', 'Sent by': g.managerUser.name })
    expect((await g.manager.visit(`/authorities/${alfa.id}/management`)).text).toContain(
      'An access manager sent the authority an e-mail',
    )
  })

  test('what becomes of each mail is shown, with the reason of a refusal', async () => {
    const preview = await (await opened()).submit(PREVIEW, { ...LETTER, authority: ['Alfa'] })
    const kept = await preview.submit('Send 2 e-mails')
    await workedOn(w, (await lastCircular()).task_id)
    const mine = w.knex('emails').where({ about_type: 'circular recipient' })
    await mine.clone().where({ to_address: alfa.email }).update({ state: 'refused', last_error: '550 no such box' })
    await mine.clone().where({ to_address: person.email }).update({ state: 'sent', sent_at: w.clock.now() })
    const rows = (await g.manager.visit(kept.url)).table('Recipients')
    expect(rows.map(({ State }) => State)).toEqual(['Refused 550 no such box', 'Sent'])
    expect(rows[1]?.Address).toContain(person.email)
  })

  test('the text goes out as it was typed, the words around it in the language of the recipient', async () => {
    const body = 'Price: {{subject}} $t(emails:layout.automatic) <b>\nSecond line'
    const odd = { except: ['text' as const] }
    const preview = await (await opened()).submit(PREVIEW, { ...LETTER, body, to: [CONTACT], authority: ['Alfa'] }, odd)
    await preview.submit('Send 1 e-mail', {}, odd)
    await workedOn(w, (await lastCircular()).task_id)
    const row = (await w.mails()).at(-1)
    if (!row) throw new Error('No mail')
    const stationery = { texts: loadTexts({ strict: true }), baseUrl: 'https://imi.test', mailFrom: 'imi@imi.test' }
    const message = render(row, {}, stationery)
    expect(message.subject).toBe('Kommerskollegium skriver: New module')
    expect(message.text).toContain('Kommerskollegium skriver till Alfa genom IMI:')
    expect(message.text).toContain(body)
    expect(message.html).toContain('lang="en">Price: {{subject}} $t(emails:layout.automatic) &lt;b&gt;')
  })

  test('a username of a recipient’s authority is refused, whatever its case, as a whole word only', async () => {
    const colleague = await aUser(w.knex, alfa)
    const send = async (body: string) =>
      (await opened()).submit(PREVIEW, { ...LETTER, body, authority: ['Alfa'] }, { status: 422 })
    const refused = await send(`Sign in as “${colleague.username.toUpperCase()}”.`)
    expect(errorsOf(refused)).toEqual([
      `The text contains a username of a recipient: ${colleague.username}. Remove it: usernames are never sent by e-mail`,
    ])
    const part = await (
      await opened()
    ).submit(PREVIEW, { ...LETTER, body: `x${colleague.username}`, authority: ['Alfa'] })
    expect(part.buttons).toContain('Send 2 e-mails')
    const elsewhere = await (
      await opened()
    ).submit(PREVIEW, { ...LETTER, body: colleague.username, authority: ['Beta'] })
    expect(elsewhere.buttons).toContain('Send 1 e-mail')
  })

  test('where the sender may not see the users, the username is not said, nor are administrators written to', async () => {
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { modules: [REQUESTS] })
    const someone = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    const gamma = await g.anAgency({ officialName: 'Gamma' })
    for (const code of [REQUESTS, 'services-requests']) await aGrant(w.knex, gamma, code)
    const hidden = await aUser(w.knex, gamma, { administrator: true })
    await indexAllWords(w.knex)
    const form = await (await opened(someone)).submit('Search', { mine: 'No', q: 'Gamma' })
    const refused = await form.submit(PREVIEW, { ...LETTER, body: hidden.username, all: true }, { status: 422 })
    expect(errorsOf(refused)).toEqual([
      'The text contains a username of a recipient. Remove it: usernames are never sent by e-mail',
    ])
    const preview = await form.submit(PREVIEW, { ...LETTER, all: true })
    expect(preview.details()).toMatchObject({ [CONTACT]: '1', [ADMINISTRATORS]: '0' })
    const nobody = await form.submit(PREVIEW, { ...LETTER, to: [ADMINISTRATORS], all: true })
    expect(nobody.table('Authorities that get no e-mail')[0]?.Reason).toContain('There is nobody')
    expect(nobody.buttons.join()).not.toContain('Send')
  })

  test('a username that came to be after the text was checked stops the mail to that authority', async () => {
    const preview = await (
      await opened()
    ).submit(PREVIEW, { ...LETTER, body: 'newcomer7', authority: ['Alfa', 'Beta'] })
    await preview.submit('Send 3 e-mails')
    const newcomer = await aUser(w.knex, alfa, { username: 'newcomer7' })
    await workedOn(w, (await lastCircular()).task_id)
    expect(await itemsOf(w)).toEqual([
      { label: 'Alfa', state: 'failed', reason: 'circulars:body.username' },
      { label: 'Beta', state: 'done', reason: null },
    ])
    // What Beta got is no username of its own; for the look at all mails (support/leaks.ts) it is none at all.
    await w.knex('users').where({ id: newcomer.id }).update({ username: 'newcomer8' })
  })

  test('outside the delegation and not active: named before, not written to', async () => {
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { region: 'SE11' })
    const someone = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    await g.anAgency({ officialName: 'Far', region: 'SE12' })
    await g.anAgency({ officialName: 'Far gone', region: 'SE11', status: 'deactivated' })
    await indexAllWords(w.knex)
    const form = await (await opened(someone)).submit('Search', { mine: 'No', q: 'Far' })
    const preview = await form.submit(PREVIEW, { ...LETTER, all: true })
    expect(preview.table('Authorities that get no e-mail').map(({ Reason }) => Reason)).toEqual([
      'The authority is outside your delegation',
      'The authority is not active',
    ])
  })

  test('all mistakes are named at once, and nothing typed is lost while searching or changing', async () => {
    const empty = await (await opened()).submit(PREVIEW, {}, { status: 422 })
    expect(errorsOf(empty)).toHaveLength(4)
    const searched = await (await opened()).submit('Search', { ...LETTER, q: 'Beta' })
    expect(searched.values(PREVIEW)).toMatchObject({ subject: LETTER.subject, to: ['contact', 'administrators'] })
    const back = await (await searched.submit(PREVIEW, { authority: ['Beta'] })).submit('Change')
    expect(back.values(PREVIEW)).toMatchObject({ subject: LETTER.subject, authority: String(beta.id) })
  })

  test('pressed twice it is sent once', async () => {
    const preview = await (await opened()).submit(PREVIEW, { ...LETTER, authority: ['Beta'] })
    const [one, two] = await g.manager.submitTwice(preview, 'Send 1 e-mail')
    expect(one.url).toBe(two.url)
    expect(await w.knex('circulars')).toHaveLength(1)
  })

  test('who manages nobody does not get there; what another authority sent is not found', async () => {
    const preview = await (await opened()).submit(PREVIEW, { ...LETTER, authority: ['Beta'] })
    const kept = await preview.submit('Send 1 e-mail')
    const administrator = await w.signedIn(person)
    for (const page of ['/circulars', '/circulars/new']) await administrator.visit(page, { status: 403 })
    await administrator.visit(kept.url, { status: 404 })
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate)
    const other = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    await other.visit(kept.url, { status: 404 })
    const colleague = await w.signedIn(await aUser(w.knex, g.nimic, DATA_ADMINISTRATOR))
    expect((await colleague.visit(kept.url)).text).not.toContain('See the progress')
  })

  test('form and preview cost the same with one authority and with 30', async () => {
    const look = () => opened().then(page => page.submit(PREVIEW, { ...LETTER, all: true }))
    const few = await countQueries(w, look)
    for (let i = 0; i < 30; i += 1) await g.anAgency()
    await indexAllWords(w.knex)
    expect(await countQueries(w, look)).toBe(few)
  })
  test('the copy costs the same with one recipient and with 30, a page at a time', async () => {
    const cost = async (): Promise<number> => {
      const preview = await (await opened()).submit(PREVIEW, { ...LETTER, all: true })
      const kept = await preview.submit(preview.buttons.find(button => button.startsWith('Send ')) ?? '')
      await workedOn(w, (await lastCircular()).task_id)
      return countQueries(w, () => g.manager.visit(kept.url))
    }
    // The first look also takes the notice away.
    const few = await cost()
    for (let i = 0; i < 30; i += 1) await g.anAgency()
    await indexAllWords(w.knex)
    expect(await cost()).toBe(few)
  })
})
