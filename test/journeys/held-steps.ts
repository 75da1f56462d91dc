import { expect } from 'vitest'
import { fileOf } from '../invitations/inviting.ts'
import { follow, type Person, press } from './person.ts'

/** Hands in 101 invitations from a file, which are held (E3). @returns where the submission stands */
export async function handInTooMany(person: Person, domain: string): Promise<string> {
  const { page, t } = person
  await page.goto('/invitations')
  await person.sees(t('invitations:list.title'))
  await follow(person, t('invitations:import.title'))
  await person.sees(t('invitations:import.title'))
  await page.locator('#text').fill(fileOf(101, domain))
  await press(person, t('invitations:import.submit'))
  await person.sees(t('invitations:preview.title'))
  await page.getByText(t('invitations:preview.held')).waitFor()
  await press(person, t('invitations:preview.submit', { count: 101 }))
  await page.getByText(t('invitations:submission.held')).waitFor()
  await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
  return new URL(page.url()).pathname
}

/** My actions leads to the confirmation; then nothing waits any more. */
export async function confirmInActions(person: Person): Promise<void> {
  const { page, t } = person
  await page.goto('/actions')
  await person.sees(t('actions:title'))
  await follow(person, t('actions:item.confirm', { count: 101, number: '101' }))
  await person.sees(t('invitations:confirmation.title'))
  await press(person, t('invitations:confirmation.submit'))
  await page.getByText(t('invitations:submission.confirmed')).waitFor()
  await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
  await page.goto('/actions')
  expect(await page.getByRole('main').innerText()).not.toContain('101')
}

/** The Commission finds the submission in its actions, and releases it; the page shows how it goes out. */
export async function release(person: Person): Promise<void> {
  const { page, t } = person
  await page.goto('/actions')
  await person.sees(t('actions:title'))
  await follow(person, t('actions:item.decide', { count: 101, number: '101' }))
  await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
  await follow(person, t('invitations:release.title'))
  await person.sees(t('invitations:release.title'))
  await press(person, t('invitations:release.title'))
  await page.waitForURL(/\/tasks\/\d+$/)
  await person.sees(t('tasks:kind.releaseInvitations'))
  // It shows the progress by itself, in every browser.
  await page.getByText(t('tasks:finished')).waitFor({ timeout: 60_000 })
  await page.getByText(t('tasks:done', { count: 101 })).waitFor()
  await person.sees(t('tasks:kind.releaseInvitations'))
}

/** All have gone out. */
export async function allSent(person: Person, domain: string): Promise<void> {
  const { page, t } = person
  await page.goto(`/invitations?status=sent&q=${domain}`)
  await person.sees(t('invitations:list.title'))
  await page.getByText(t('components:pagination.total', { count: 101 })).waitFor()
}
