import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Person } from './person.ts'

/** The first stop of a page is the link to its main content. */
export async function skipToMain({ page }: Person): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.activeElement.id')).toBe('main')
}

/** Goes to the field with this label and types. */
export async function type(person: Person, label: string, text: string): Promise<void> {
  await tabTo(person, person.page.getByLabel(label, { exact: true }))
  await person.page.keyboard.type(text)
}

/** Goes to what is there with Tab, or backwards with Shift+Tab, and presses Enter. */
export async function enterAt(person: Person, target: Locator, way: Way = 'Tab'): Promise<void> {
  await tabTo(person, target, way)
  await person.page.keyboard.press('Enter')
}

export type Way = 'Tab' | 'Shift+Tab'

/** Presses Tab until this is in focus; at every stop on the way one sees where one is. */
export async function tabTo({ page }: Person, target: Locator, way: Way = 'Tab'): Promise<void> {
  const focused = page.locator(':focus').and(target)
  for (let presses = 0; presses < 60 && (await focused.count()) === 0; presses += 1) {
    await page.keyboard.press(way)
    expect(await page.evaluate<string>(UNSEEN)).toBe('')
  }
  expect(await focused.count(), `${way} does not lead to ${target.toString()}`).toBe(1)
}

/** What is in focus without showing it, or outside the window; '' where all is well. After the last stop it is the window's own turn. */
const UNSEEN = `(() => {
  const it = document.activeElement
  if (it === document.body) return ''
  const { outlineStyle, boxShadow } = getComputedStyle(it)
  const { top, bottom } = it.getBoundingClientRect()
  const marked = outlineStyle !== 'none' || boxShadow !== 'none'
  return marked && bottom > 0 && top < innerHeight ? '' : it.outerHTML.slice(0, 200)
})()`
