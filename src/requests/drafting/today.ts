import { zoneOf } from '../../platform/i18n/names.ts'

/** The day it is in a country, as 2026-11-24. */
export const todayIn = (country: string, at: Date): string =>
  new Intl.DateTimeFormat('sv', { timeZone: zoneOf(country), dateStyle: 'short' }).format(at)
