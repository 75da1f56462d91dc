import { moment, zoneOf } from '../../../platform/i18n/names.ts'
import type { Reader } from '../overview.ts'
import type { Comment } from './comments.ts'

/** A comment with who wrote it, by name on the own side, and when. */
export function shownComment(
  { text, language, at, name, authority }: Comment,
  { t, lang, country }: Reader,
): { text: string; lang: string; by: string } {
  const who = name ?? authority ?? t('requests:history.system')
  return { text, lang: language, by: t('requests:comment.by', { name: who, when: moment(lang, zoneOf(country), at) }) }
}
