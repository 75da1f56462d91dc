import { z } from 'zod'
import { choice, recordId } from '../../platform/web/form.ts'
import type { Setting, Settings } from '../grant.ts'

/** Settings as they were sent, with the version of the grant that the page was drawn from. */
export interface SettingsWish {
  version: number
  settings: Partial<Settings>
}

/** The form of the settings that this person may change: each is answered with yes or no. What else is sent is not read. */
export function settingsForm(settings: readonly Setting[]): z.ZodType<SettingsWish> {
  const answers = Object.fromEntries(
    settings.map(setting => [setting, choice(['yes', 'no'], 'grants:settings.missing')]),
  )
  return z.object({ ...answers, version: recordId('components:form.odd') }).transform(value => {
    const sent = value as unknown as Record<Setting, string>
    return {
      version: value.version,
      settings: Object.fromEntries(settings.map(setting => [setting, sent[setting] === 'yes'])),
    }
  })
}
