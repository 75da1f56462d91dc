import type { Knex } from 'knex'
import { z } from 'zod'
import { type Body, type FormValue, type FormView, type Mistake, recordId } from '../../platform/web/form.ts'
import type { Actor } from '../../policy.ts'
import type { Authority, AuthorityData } from '../authority.ts'
import { type Duplicate, findDuplicates } from '../duplicates.ts'
import {
  activitiesIn,
  activityFields,
  authorityFields,
  numbersIn,
  several,
  titleLanguages,
  wordedIn,
} from '../forms.ts'
import type { Lists } from '../reference-queries.ts'
import { changesBetween, type EditableData } from './changes.ts'
import type { Classification } from './classify-authority.ts'
import { candidateOf, changesIdentity, type Edit } from './edit-authority.ts'
import { type AuthorityRecord, isPersonal } from './queries.ts'

/** What somebody may change of an authority's data beyond what its own administrators may (B9). */
export interface EditRights {
  rename: boolean
  changeKind: boolean
}

const KIND = ['type', 'level', 'region'] as const
const PLAIN = ['street', 'postalNumber', 'city', 'telephone', 'website', 'email', 'languages'] as const
const edition = { version: recordId('components:form.odd'), opened: recordId('components:form.odd') }

/** A form that holds the version of the data and nothing else. */
export const versionForm = z.object({ version: edition.version })

/** The word that what the page shows is right: its state and nothing else. */
export const confirmationForm = z.object({ version: z.string('components:form.odd').max(100, 'components:form.odd') })

/** The form of the data: the fields that this person may change, and no others. */
export function editForm(lists: Lists, country: string, rights: EditRights): z.ZodType<Edit> {
  const all = authorityFields(lists, { country, region: null })
  const barred = (name: string) =>
    /^(keywords_|policyAreas|economicActivities)/.test(name) ||
    (!rights.rename && name.startsWith('officialName_')) ||
    (!rights.changeKind && (KIND as readonly string[]).includes(name))
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => !barred(name))) as typeof all
  return z.object({ ...fields, ...edition }).transform(({ version, opened, noneOfThese, ...value }) => ({
    version,
    opened,
    differentFrom: noneOfThese,
    data: dataFrom(value, lists),
  })) as unknown as z.ZodType<Edit>
}

/** What the fields say, as far as they were there. */
function dataFrom(value: object, lists: Lists): Partial<EditableData> {
  const sent = value as Record<string, FormValue>
  const names = wordedIn(sent, 'officialName', lists.own)
  const plain = [...PLAIN, ...KIND].filter(name => name in sent).map(name => [name, sent[name]] as const)
  return {
    ...(Object.fromEntries(plain) as Partial<EditableData>),
    ...('region' in sent && { region: (sent.region as string) || null }),
    titles: wordedIn(sent, 'title', titleLanguages(lists)),
    ...(Object.keys(names).length > 0 && { names }),
  }
}

/** The data as the form's fields show them. `opened` stays what it was however often the form comes back. */
export const editValues = (record: AuthorityRecord): Record<string, FormValue> => ({
  ...prefixed('officialName', record.names),
  ...prefixed('title', record.titles),
  ...Object.fromEntries(PLAIN.map(name => [name, record[name]])),
  type: record.type,
  level: record.level,
  region: record.region ?? '',
  version: String(record.version),
  opened: String(record.version),
})

const prefixed = (family: string, words: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([language, text]) => [`${family}_${language}`, text]))

/** Who edits what, with what there is to choose from. */
export interface Editing {
  actor: Actor
  authority: Authority
  record: AuthorityRecord
  lists: Lists
  rights: EditRights
}

/** Mistakes that no single field shows: no name, no region, an authority or a person that has this identity already (B2, B4). */
export async function editMistakes(db: Knex, editing: Editing, body: Body): Promise<Mistake[]> {
  const { lists, rights } = editing
  const mistakes: Mistake[] = []
  const [first] = lists.own
  if (rights.rename && lists.own.length > 1 && Object.keys(wordedIn(body, 'officialName', lists.own)).length === 0)
    mistakes.push({ field: `officialName_${first}`, key: 'authorities:registration.officialName.missing' })
  const local = ['regional', 'local'].includes(String(body.level))
  if (rights.changeKind && local && !body.region && lists.regions.length > 0)
    mistakes.push({ field: 'region', key: 'authorities:registration.region.missing' })
  const doubts = await editDoubts(db, editing, body)
  if (!doubts.confirmed) mistakes.push({ field: 'noneOfThese', key: 'authorities:edit.noneOfThese.missing' })
  if (doubts.asksAddress && !body.personalAddress)
    mistakes.push({ field: 'personalAddress', key: 'authorities:edit.personalAddress.missing' })
  return mistakes
}

/** What the page asks about the identity that was typed: is it one of these, is somebody's own address meant? */
export async function editDoubts(
  db: Knex,
  { actor, authority, record, lists }: Editing,
  typed: FormView['values'] | Body,
): Promise<{ duplicates: Duplicate[]; confirmed: boolean; asksAddress: boolean }> {
  const changes = changesBetween(record, identityTyped(typed, lists))
  const duplicates = changesIdentity(changes) ? await findDuplicates(db, candidateOf(authority, changes), actor) : []
  const others = numbersIn(typeof typed.noneOfThese === 'string' ? typed.noneOfThese : '')
  const asksAddress = changes.after.email !== undefined && (await isPersonal(db, changes.after.email))
  return { duplicates, confirmed: duplicates.every(({ id }) => others.includes(id)), asksAddress }
}

function identityTyped(typed: Record<string, FormValue>, lists: Lists): Partial<EditableData> {
  const names = wordedIn(typed, 'officialName', lists.own)
  const text = (value: FormValue) => (typeof value === 'string' ? value.trim().slice(0, 300) : '')
  return {
    ...(Object.keys(names).length > 0 && { names }),
    titles: wordedIn(typed, 'title', titleLanguages(lists)),
    email: text(typed.email),
    website: text(typed.website),
  }
}

/** The form of the classification: policy areas, NACE sections with their divisions, keywords per legislative area (B3). */
export function classificationForm(lists: Lists): z.ZodType<Classification> {
  const codes = (list: readonly { value: string }[]) => list.map(({ value }) => value)
  const keywords = lists.keywords.map(({ area, choices }) => [`keywords_${area}`, several(codes(choices))])
  const families = { ...activityFields(lists), ...Object.fromEntries(keywords) } as Record<string, z.ZodType<string[]>>
  return z.object({ policyAreas: several(codes(lists.policyAreas)), ...families, ...edition }).transform(value => {
    const of = (family: string) =>
      Object.entries(value as object).flatMap(([name, chosen]) => (name.startsWith(family) ? (chosen as string[]) : []))
    const data: Classification['data'] = {
      policyAreas: value.policyAreas as string[],
      economicActivities: activitiesIn(value as object),
      keywords: of('keywords_'),
    }
    return { version: value.version as number, opened: value.opened as number, data }
  })
}

/** The classification as the form's boxes show it. */
export function classificationValues(record: AuthorityRecord, lists: Lists): Record<string, FormValue> {
  const chosen = (all: AuthorityData['keywords'], list: readonly { value: string }[]) =>
    list.map(({ value }) => value).filter(value => all.includes(value))
  const version = String(record.classificationVersion)
  return {
    policyAreas: record.policyAreas,
    ...Object.fromEntries(
      lists.activities.map(({ section, divisions }) => [
        `activities_${section.value}`,
        chosen(record.economicActivities, [section, ...divisions]),
      ]),
    ),
    ...Object.fromEntries(
      lists.keywords.map(({ area, choices }) => [`keywords_${area}`, chosen(record.keywords, choices)]),
    ),
    version,
    opened: version,
  }
}
