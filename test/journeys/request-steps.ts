import { expect } from 'vitest'
import type { StepWithPage } from '../../src/requests/step-pages.ts'
import { type Person, press } from './person.ts'

/** Says that whatever page has come is in order. */
export const inspected = async (person: Person): Promise<void> =>
  person.sees(await person.page.getByRole('heading', { level: 1 }).innerText())

/** Says that the page of the request has come. */
export async function h1(person: Person, id: number): Promise<void> {
  await person.page.waitForURL(url => url.pathname === `/requests/${id}`)
  await inspected(person)
}

/** Opens the page of a request. */
export async function opens(person: Person, id: number): Promise<void> {
  await person.page.goto(`/requests/${id}`)
  await h1(person, id)
}

/** Follows the act's link on the request's page, or presses its button on the act's own page. */
export async function act(person: Person, step: StepWithPage): Promise<void> {
  const { page, t } = person
  const name = t(`requests:act.${step}`)
  const button = page.getByRole('main').getByRole('button', { name, exact: true })
  if ((await button.count()) > 0) return button.click()
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
  await page.waitForURL(url => !/^\/requests\/\d+$/.test(url.pathname))
  await inspected(person)
}

/** Takes a step on its page, with what is to be said on it; whatever page comes then is in order. */
export async function takes(
  person: Person,
  id: number,
  step: StepWithPage,
  say: (person: Person) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const { page } = person
  await opens(person, id)
  await act(person, step)
  const there = page.url()
  await say(person)
  await act(person, step)
  await page.waitForURL(url => url.href !== there)
  await inspected(person)
}

/** Gives a reason. */
export const because =
  (reason: string) =>
  ({ page }: Person): Promise<void> =>
    page.locator('#reason').fill(reason)

/** Looks for the authority that the request or some of its questions go to, and chooses it. */
export const to =
  (name: string, { questions = [] }: { questions?: number[] } = {}) =>
  async (person: Person): Promise<void> => {
    const { page, t } = person
    for (const number of questions) await page.locator(`input[name=questions] >> nth=${number - 1}`).check()
    await page.locator('#q').fill(name)
    await press(person, t('components:search.submit'))
    await page.getByLabel(name).check()
    await inspected(person)
  }

/** Gives an opinion in a referral. */
export const thinks =
  (mustBeGiven: 'yes' | 'no', text: string) =>
  async ({ page }: Person): Promise<void> => {
    await page.locator(`input[name=mustBeGiven][value=${mustBeGiven}]`).check()
    await page.locator('#text').fill(text)
  }

/** Rates the reply: how timely it was, and how much work stood behind it. */
export const rates = async ({ page }: Person): Promise<void> => {
  await page.locator('input[name=timeliness][value="1"]').check()
  await page.locator('input[name=effort][value="0"]').check()
}

/** Says that the page of the request shows this status. */
export async function stands(person: Person, id: number, status: string): Promise<void> {
  await opens(person, id)
  expect(await person.page.getByRole('main').innerText()).toContain(person.t(`requests:status.${status}`))
}

interface Wish {
  /** Where the authority has several. */
  module?: string
  country: string
  words: string
  /** By the codes of the question set. */
  subject: Record<string, string>
  choices: Record<string, string>
  questions: Record<string, Record<string, string>>
  reason: string
  date: string
}

/** Writes a request step by step and sends it; answers with its number in the address. */
export async function asks(person: Person, wish: Wish): Promise<number> {
  const { page, t } = person
  await page.goto('/requests/new')
  await inspected(person)
  if (wish.module) await page.getByLabel(wish.module, { exact: true }).check()
  await press(person, t('drafting:new.submit'))
  await inspected(person)
  await page.locator('#country').selectOption(wish.country)
  await page.locator('#q').fill(wish.words)
  await press(person, t('components:search.submit'))
  await page.locator('main input[type=radio]').first().check()
  await inspected(person)
  await press(person, t('drafting:save'))
  for (const [code, text] of Object.entries(wish.subject)) await page.locator(`[id="subject_${code}"]`).fill(text)
  for (const [code, label] of Object.entries(wish.choices))
    await page.locator(`[id="subject_${code}"]`).selectOption({ label })
  await inspected(person)
  await press(person, t('drafting:save'))
  for (const heading of await page.locator('main details > summary').all()) await heading.click()
  for (const [code, blanks] of Object.entries(wish.questions)) {
    await page.locator(`[id="question_${code}"]`).check()
    for (const [blank, text] of Object.entries(blanks)) await page.locator(`[id="blank_${code}_${blank}"]`).fill(text)
  }
  await inspected(person)
  await press(person, t('drafting:save'))
  await page.locator('#reason').fill(wish.reason)
  await page.locator('[name=proposedDate]').fill(wish.date)
  await inspected(person)
  await press(person, t('drafting:save'))
  await inspected(person)
  const id = Number(/requests\/(\d+)/.exec(page.url())?.[1])
  await page.goto(`/requests/${id}/sending`)
  await inspected(person)
  await act(person, 'send')
  await h1(person, id)
  return id
}

/** Answers yes-or-no questions by their numbers in the shared draft, those for a text with one, and adds general comments. */
export async function answer(
  person: Person,
  id: number,
  answers: Record<number, 'yes' | 'no'>,
  { text = '', comments = '' }: { text?: string; comments?: string } = {},
): Promise<void> {
  const { page, t } = person
  await page.goto(`/requests/${id}/answers`)
  for (const [number, value] of Object.entries(answers))
    await page
      .getByRole('group', { name: t('replying:answerTo', { number }), exact: true })
      .locator(`input[value="${value}"]`)
      .check()
  if (text) for (const field of await page.locator('main textarea[name^="answer_"]').all()) await field.fill(text)
  if (comments) await page.locator('#generalComments').fill(comments)
  await inspected(person)
  await press(person, t('replying:answers.submit'))
  await inspected(person)
}

/** Sends what is saved as a partial or the full reply. */
export async function sendsReply(person: Person, id: number, step: 'replyPartly' | 'replyFully'): Promise<void> {
  await opens(person, id)
  await act(person, step)
  await act(person, step)
  await h1(person, id)
}

/** Asks for more on one question. */
export async function ask(
  person: Person,
  id: number,
  wish: { question: number; reason: string; date: string },
): Promise<void> {
  const { page } = person
  await act(person, 'demand')
  await page.locator(`input[name=questions] >> nth=${wish.question - 1}`).check()
  await page.locator('#reason').fill(wish.reason)
  await page.locator('[name=proposedDate]').fill(wish.date)
  await act(person, 'demand')
  await h1(person, id)
}
