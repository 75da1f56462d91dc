import type { AuthorityData } from '../authority.ts'

/** The fields that an edit may touch; the country never changes. */
export type EditableData = Omit<AuthorityData, 'country'>

/** Old and new values of the fields that differ, as the history keeps them. */
export interface Changes<T extends object = EditableData> {
  before: Partial<T>
  after: Partial<T>
}

/** What an edit changes of the data as they stand: the fields that differ, with both values. */
export function changesBetween<T extends object>(now: T, wanted: Partial<T>): Changes<T> {
  const fields = (Object.keys(wanted) as (keyof T)[]).filter(
    field => wanted[field] !== undefined && comparable(now[field]) !== comparable(wanted[field]),
  )
  const of = (data: Partial<T>) => Object.fromEntries(fields.map(field => [field, data[field]])) as Partial<T>
  return { before: of(now), after: of(wanted) }
}

/** Lists are sets of codes, and names stand under their language: their order says nothing. */
function comparable(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify([...(value as string[])].sort())
  if (value !== null && typeof value === 'object')
    return JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
  return JSON.stringify(value ?? null)
}
