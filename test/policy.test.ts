import { describe, expect, test } from 'vitest'
import { type Action, type Actor, can, ownStandings, policy, type Standing, standings, whoCan } from '../src/policy.ts'
import { acts, actOf, personNames, people, standingOf, outcomeAlone, type Who } from './matrix/expected.ts'

const actions = Object.keys(policy) as Action[]
const words = Object.keys(standingOf) as Who[]

const somebody: Actor = {
  id: 1,
  name: 'Kim Andersson',
  email: 'kim@people.test',
  language: 'en',
  authorityId: 1,
  authorityName: 'Myndigheten',
  authorityLanguage: 'sv',
  country: 'SE',
  kind: 'competent',
  deactivated: false,
  administrator: false,
  imiAdministrator: false,
  manages: null,
  roles: [],
}
const actor = (wishes: Partial<Actor> = {}): Actor => ({ ...somebody, ...wishes })
const everywhere = { country: 'SE', region: null, modules: 'all' } as const

const cells = actions.flatMap(action => words.map(who => ({ action, who, standing: standingOf[who] })))

describe('the table of the policy', () => {
  test('has the acts of roles.md and no others', () => {
    expect(actions.toSorted()).toEqual(Object.keys(acts).toSorted())
  })

  test('knows the standings of roles.md and no others', () => {
    expect([...standings].toSorted()).toEqual(Object.values<Standing>(standingOf).toSorted())
  })

  test.each(cells)('$action by $who', ({ action, who, standing }) => {
    const listed = actOf(action).who.includes(who)
    expect(can(actor(), action, { standings: [standing] })).toBe(listed)
    expect(whoCan(action).includes(standing)).toBe(listed)
  })

  test.each(cells)('$action by $who of a deactivated authority', ({ action, who, standing }) => {
    const { who: listed, reads = false } = actOf(action)
    expect(can(actor({ deactivated: true }), action, { standings: [standing] })).toBe(reads && listed.includes(who))
  })

  test.each(actions)('%s by nobody at all', action => {
    expect(can(actor(), action, { standings: [] })).toBe(false)
  })

  test.each(actions)('%s: what somebody is to one record gives nothing to another', action => {
    const powerful = actor({
      administrator: true,
      imiAdministrator: true,
      kind: 'national coordinator',
      manages: everywhere,
    })
    expect(can(powerful, action, { standings: [] })).toBe(false)
  })
})

describe('what one is before any record', () => {
  test.each<[string, Partial<Actor>, Standing[]]>([
    ['a basic user', {}, ['signed in']],
    ['an administrator', { administrator: true }, ['signed in']],
    ['a data administrator', { manages: everywhere }, ['signed in', 'access manager']],
    [
      'a data administrator of the national coordinator',
      { kind: 'national coordinator', manages: everywhere },
      ['signed in', 'access manager', 'national coordinator'],
    ],
    ['somebody of the national coordinator without the role', { kind: 'national coordinator' }, ['signed in']],
    [
      'an IMI administrator',
      { kind: 'commission', country: 'EU', imiAdministrator: true },
      ['signed in', 'IMI administrator'],
    ],
  ])('%s', (_who, wishes, expected) => {
    expect(ownStandings(actor(wishes))).toEqual(expected)
  })

  test.each(personNames.flatMap(name => actions.map(action => ({ name, action }))))(
    '$action by $name',
    ({ name, action }) => {
      const person = people[name]
      const is = person.is as readonly Who[]
      const wishes = actor({
        deactivated: 'deactivated' in person,
        imiAdministrator: is.includes('IMI administrator'),
        kind: is.includes('the national coordinator') ? 'national coordinator' : 'competent',
        manages: is.includes('AM') ? everywhere : null,
        roles: is.includes('request handler') ? [{ moduleId: 1, role: 'handler' }] : [],
      })
      expect(can(wishes, action) ? 'allowed' : 'refused').toBe(outcomeAlone(name, action))
    },
  )
})
