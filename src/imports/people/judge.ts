import { findAuthority } from '../../authorities/index.ts'
import { NotFound, RuleBroken } from '../../platform/errors.ts'
import { type Body, type Mistake, readForm } from '../../platform/web/form.ts'
import type { Role } from '../../policy.ts'
import {
  addressInUse,
  colleagueForm,
  findHolders,
  findRoleChoice,
  listLanguages,
  personFrom,
  registerOneOfMany,
  rolesField,
  rolesFrom,
  rolesOf,
} from '../../users/index.ts'
import type { Judge } from '../import.ts'
import { isUnread, type Line } from '../line.ts'
import { type Column, formulasIn, wordsIn } from '../read-file.ts'

/** The columns of a file of users (D1). */
export const peopleColumns: readonly Column[] = [
  { name: 'givenName', required: true },
  { name: 'familyName', required: true },
  { name: 'email', required: true },
  { name: 'telephone', required: true, telephone: true },
  { name: 'language', required: true },
  { name: 'administrator', required: false },
  { name: 'roles', required: false },
]

type RoleChoice = Awaited<ReturnType<typeof findRoleChoice>>

const YES: readonly string[] = ['yes', 'x', '1']
const NO: readonly string[] = ['no', '', '0']

/** Which field of the single form holds what a column says. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  userEmail: 'email',
  userTelephone: 'telephone',
  userLanguage: 'language',
}

const addressOf = ({ cells }: Line): string => (cells.email ?? '').toLowerCase()

/** Judges and writes the lines of a file of users as the single form does (D1, D9). */
export const judgePeople: Judge = async (db, actor, { authorityId }) => {
  const authority = await findAuthority(db, actor, authorityId)
  if (!authority) throw new NotFound()
  const choice = await findRoleChoice(db, actor, authority)
  const form = colleagueForm(choice, await listLanguages(db))

  const ownMistakes = (line: Line): Mistake[] => {
    const read = readForm(form, bodyFrom(line, choice))
    const mistakes = read.ok
      ? []
      : read.mistakes.map(mistake => ({ ...mistake, field: COLUMN_OF[mistake.field] ?? mistake.field }))
    return [...mistakes, ...wordMistakes(line, choice), ...formulasIn(line, peopleColumns)]
  }

  return {
    columns: peopleColumns,
    addressOf,
    alikeAmong: () => new Map(),
    async judge(lines) {
      const holders = await findHolders(db, lines.map(addressOf))
      return lines.map(line => {
        if (isUnread(line)) return line
        const holder = holders.get(addressOf(line))
        const inUse = holder ? [{ ...addressInUse(holder, authorityId), field: 'email' }] : []
        return { ...line, mistakes: [...ownMistakes(line), ...inUse] }
      })
    },
    async write(c, line) {
      const [mistake] = wordMistakes(line, choice)
      const read = readForm(form, bodyFrom(line, choice))
      const first = read.ok ? mistake : read.mistakes[0]
      if (!read.ok || first) throw new RuleBroken(first?.key ?? '', { values: first?.values ?? {} })
      const { administrator } = read.value
      const colleague = { ...personFrom(read.value), administrator, roles: rolesFrom(choice, read.value) }
      return (await registerOneOfMany(c, actor, authority, colleague)).id
    },
  }
}

/** A line as the single form would send it. */
function bodyFrom(line: Line, choice: RoleChoice): Body {
  const { givenName, familyName, email, telephone, language, administrator = '' } = line.cells
  const asked = askedRoles(line, choice)
  return {
    givenName,
    familyName,
    userEmail: email,
    userTelephone: telephone,
    userLanguage: language?.toLowerCase(),
    administrator: YES.includes(administrator.toLowerCase()) ? 'yes' : undefined,
    ...Object.fromEntries(
      choice.modules.map(({ id }) => [
        rolesField(id),
        asked.flatMap(({ moduleId, role }) => (moduleId === id && role ? [role] : [])),
      ]),
    ),
  }
}

/** What no field of the form can say is wrong: another word than yes or no, a role that cannot be given here. */
function wordMistakes(line: Line, choice: RoleChoice): Mistake[] {
  const administrator = (line.cells.administrator ?? '').toLowerCase()
  const known = YES.includes(administrator) || NO.includes(administrator)
  const strange = askedRoles(line, choice).filter(({ role }) => role === undefined)
  return [
    ...(known ? [] : [{ field: 'administrator', key: 'imports:reason.yesOrNo' }]),
    ...strange.map(({ word }) => ({ field: 'roles', key: 'imports:reason.role', values: { role: word.slice(0, 80) } })),
  ]
}

/** The roles that a line asks for, `module:role`; without `role` where it cannot be given here. */
function askedRoles({ cells }: Line, { modules }: RoleChoice): { word: string; moduleId?: number; role?: Role }[] {
  const words = wordsIn(cells.roles?.replace(/\s*:\s*/g, ':').replace(/alert\s+handler/gi, 'alert-handler'))
  return words.map(word => {
    const [code, name] = word.toLowerCase().split(':', 2)
    const module = modules.find(one => one.code.toLowerCase() === code)
    const role = module && rolesOf(module).find(one => roleWord(one) === name)
    return role ? { word, moduleId: module.id, role } : { word }
  })
}

/** A role as the file writes it: one word. */
export const roleWord = (role: Role): string => role.replace(' ', '-')
