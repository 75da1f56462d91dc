import type { Knex } from 'knex'
import { LEVELS } from '../authorities/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import type { FormView } from '../platform/web/form.ts'
import type { Actor } from '../policy.ts'
import { eachManaged, findSearchLists, searchManaged } from '../search/index.ts'
import { type Chosen, type Choice, listByNumber, MOST_CHOSEN, readChoice, searchOf } from './choice.ts'

/** Who chooses, and when. */
export interface Chooser {
  db: Knex
  actor: Actor
  at: Date
  t: Translate
  lang: string
}

/** So many are shown to be ticked one by one; with more, the filters help. */
export const MOST_SHOWN = 100

/** What the page draws to choose authorities from: filters, those chosen already, those found. */
export async function offerChoice({ db, actor, at, t, lang }: Chooser, view: FormView): Promise<object> {
  const choice = readChoice(view.values)
  const [lists, page, found, chosen] = await Promise.all([
    findSearchLists(db, lang, actor.manages?.country ?? ''),
    searchManaged(db, actor, searchOf(choice), { at }),
    firstFound(db, actor, choice, at),
    listByNumber(db, actor, choice.authority),
  ])
  const kept = chosen.map(({ id }) => id)
  return {
    levels: LEVELS.map(level => ({ value: level, label: t(`authorities:level.${level}`) })),
    regions: lists.regions,
    modules: lists.modules,
    total: page.total,
    more: page.capped,
    most: MOST_CHOSEN,
    shown: found.length,
    options: [...chosen.map(optionOf), ...found.filter(({ id }) => !kept.includes(id)).map(optionOf)],
  }
}

/** A form drawn anew because somebody searched or came back from the preview needs no note that nothing is saved yet. */
export function withoutNote(view: FormView, body: unknown): FormView {
  const asked = (body as { _redraw?: unknown } | undefined)?._redraw
  if (asked !== 'search' && asked !== 'change') return view
  const { note: _, ...rest } = view
  return rest
}

const optionOf = ({
  id,
  officialName,
  officialLanguage,
}: Pick<Chosen, 'id' | 'officialName' | 'officialLanguage'>) => ({
  value: id,
  label: officialName,
  lang: officialLanguage,
})

async function firstFound(db: Knex, actor: Actor, choice: Choice, at: Date) {
  for await (const rows of eachManaged(db, actor, searchOf(choice), { at, most: MOST_SHOWN }))
    return rows.map(row => ({ id: row.id, officialName: row.official_name, officialLanguage: row.official_language }))
  return []
}
