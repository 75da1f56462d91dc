import { SYSTEM_ACTORS } from '../db/change.ts'
import type { Translate } from './i18n.ts'

/** Who acted without being a user, in the reader's words; an entry of before has its words in it. */
export function actorInWords(name: string, t: Translate): string {
  const system = SYSTEM_ACTORS.find(one => name === `system:${one}`)
  return system ? t(`components:actor.${system}`) : name
}
