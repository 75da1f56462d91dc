import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { readCsv } from '../../src/platform/csv.ts'
import { aUser } from '../support/factories.ts'
import { registered } from './editing.ts'
import { swedishManager } from './registering.ts'

const SAVE = 'Save the titles'

let w: World
let own: Someone
let id: number
beforeAll(async () => {
  w = await world()
  const { someone } = await swedishManager(w)
  id = await registered(w, someone, 'Titel', { title_da: '=Dansk' })
  own = await w.signedIn(await aUser(w.knex, { id }, { administrator: true }))
})
afterAll(() => w.close())

const csv = (content: string) => ({ name: 'titles.csv', type: 'text/csv', content: Buffer.from(content) })
const titles = async () =>
  Object.fromEntries(
    ((await w.knex('authority_titles').where({ authority_id: id })) as { language: string; title: string }[]).map(
      row => [row.language, row.title],
    ),
  )

test('the titles go out as a file, with those that are missing, and come in again', async () => {
  const page = await (await own.visit(`/authorities/${id}`)).follow('Enter titles from a file')
  const file = await page.follow('Download the titles (CSV)', { type: 'text/csv' })
  const { rows } = readCsv(file.body)
  expect(rows).toHaveLength(26)
  expect(rows.map(({ cells }) => cells)).toEqual(
    expect.arrayContaining([
      ['en', 'English', 'Titelish Office'],
      ['da', 'Danish', '=Dansk'],
      ['mt', 'Maltese', ''],
    ]),
  )
  expect(file.text).toContain("'=Dansk")
  await page.submit(
    SAVE,
    { file: csv('\uFEFFcode,title\r\nfr,"Bureau, titre"\r\nda,\r\n') },
    { to: `/authorities/${id}` },
  )
  expect(await titles()).toEqual({ en: 'Titelish Office', fr: 'Bureau, titre' })
})

test('every bad line is named, and nothing is written', async () => {
  const before = await titles()
  const page = await own.visit(`/authorities/${id}/titles`)
  const again = await page.submit(SAVE, { file: csv('code;title\nxx;a\nde;"x\nfi;b\nfi;c\nsv;a;b\n') }, { status: 422 })
  expect(
    again
      .errors()
      .map(({ message }) => /Line \d/.exec(message)?.[0])
      .sort(),
  ).toEqual(['Line 2', 'Line 3', 'Line 5', 'Line 6'])
  expect((await again.submit(SAVE, {}, { status: 422 })).errors()[0]?.message).toContain('Choose the file')
  expect(await titles()).toEqual(before)
})

test('somebody else has saved meanwhile', async () => {
  const page = await own.visit(`/authorities/${id}/titles`)
  await w.knex('authorities').where({ id }).update({ version: 9 })
  await page.submit(SAVE, { file: csv('code;title\nfi;Toimisto') }, { status: 409 })
})
