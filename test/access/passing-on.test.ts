import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { anAuthority } from '../support/factories.ts'
import { aSubmission, delegating, type Delegating, invited, QUALIFICATIONS, SERVICES } from './delegating.ts'

const NARROW = 'Change the delegation'
const TAKE_BACK = 'Take the delegation back'

let w: World
let d: Delegating
beforeAll(async () => {
  w = await world()
  d = await delegating(w)
})
afterAll(() => w.close())

const inviterOf = async ({ id }: { id: number }) => (await w.knex('invitations').where({ id }).first()).inviter_id

test('taken back: running invitations pass to the national coordinator; what is over stays', async () => {
  const inviter = await d.aManager()
  const running = await invited(w, { inviter, email: 'one@invited.test', modules: [SERVICES] })
  const over = await invited(w, { inviter, email: 'two@invited.test', modules: [SERVICES], status: 'withdrawn' })
  const shown = await d.someone.visit(await d.choice(inviter, 'none'))
  expect(shown.text).toContain('1 running invitation passes to your authority')
  await shown.submit(TAKE_BACK)
  expect([await inviterOf(running), await inviterOf(over)]).toEqual([d.nimic.id, inviter.id])
})

test('narrowed to one module: invitations for none of what is left pass on; the page says how many', async () => {
  const inviter = await d.aManager()
  const lost = await invited(w, { inviter, email: 'lost@module.test', modules: [SERVICES] })
  const kept = await invited(w, { inviter, email: 'kept@module.test', modules: [SERVICES, QUALIFICATIONS] })
  const shown = await d.someone.visit(await d.choice(inviter, [QUALIFICATIONS]))
  expect(shown.text).toContain('1 running invitation passes to your authority')
  await shown.submit(NARROW)
  expect([await inviterOf(lost), await inviterOf(kept)]).toEqual([d.nimic.id, inviter.id])
  expect((await w.knex('invitation_submissions').where({ id: lost.submission }).first()).inviter_id).toBe(d.nimic.id)
  expect(await d.eventsOf(inviter, 'invitations.passedOn')).toMatchObject([{ details: { count: 1, to: d.nimic.id } }])
})

test('narrowed to a region: who is known to be elsewhere passes on, who has entered nothing yet stays', async () => {
  const inviter = await d.aManager()
  const all = { inviter, modules: [SERVICES], status: 'sent' }
  const sent = { sent_at: w.clock.now(), expires_at: new Date(w.clock.now().getTime() + 1000) }
  const open = await invited(w, { ...all, email: 'open@region.test', more: sent })
  const here = await invited(w, {
    ...all,
    email: 'here@region.test',
    more: { ...sent, entered: '{"region":"SE11"}' },
  })
  const elsewhere = await invited(w, {
    ...all,
    email: 'there@region.test',
    more: { ...sent, entered: '{"region":"SE12"}' },
  })
  const national = await anAuthority(w.knex, { status: 'to validate' })
  const registered = { status: 'registered', more: { authority_id: national.id, registered_at: w.clock.now() } }
  const whole = await invited(w, { ...all, email: 'whole@region.test', ...registered })
  const shown = await d.someone.visit(await d.choice(inviter, 'all', 'SE11'))
  expect(shown.text).toContain('2 running invitations pass to your authority')
  await shown.submit(NARROW)
  expect(await Promise.all([open, here, elsewhere, whole].map(inviterOf))).toEqual([
    inviter.id,
    inviter.id,
    d.nimic.id,
    d.nimic.id,
  ])
})

test('a held submission is divided: what passes on waits in one of its own', async () => {
  const inviter = await d.aManager()
  const submission = await aSubmission(w, inviter, { state: 'held', submitted_at: w.clock.now(), submitted: 3 })
  const held = { inviter, submission, status: 'held' }
  const lost = await invited(w, { ...held, email: 'lost@held.test', modules: [SERVICES] })
  for (const email of ['one@held.test', 'two@held.test'])
    await invited(w, { ...held, email, modules: [QUALIFICATIONS] })
  await (await d.someone.visit(await d.choice(inviter, [QUALIFICATIONS]))).submit(NARROW)
  const row = await w.knex('invitations').where({ id: lost.id }).first()
  expect(row.submission_id).not.toBe(submission)
  expect(
    await w.knex('invitation_submissions').whereIn('id', [submission, row.submission_id]).orderBy('id'),
  ).toMatchObject([
    { inviter_id: inviter.id, state: 'held', submitted: 2 },
    { inviter_id: d.nimic.id, state: 'held', submitted: 1 },
  ])
  const theirs = await d.someone.visit(`/invitation-submissions/${row.submission_id}`)
  expect(theirs.text).toContain('lost@held.test')
  expect(theirs.text).not.toContain('one@held.test')
})

test('extended: every invitation stays', async () => {
  const inviter = await d.aManager([SERVICES], 'SE11')
  const outside = await invited(w, { inviter, email: 'outside@widened.test', modules: [QUALIFICATIONS] })
  const shown = await d.someone.visit(await d.choice(inviter, 'all', 'SE11'))
  expect(shown.text).not.toContain('running invitation')
  await shown.submit('Extend the delegation')
  expect(await inviterOf(outside)).toBe(inviter.id)
})
