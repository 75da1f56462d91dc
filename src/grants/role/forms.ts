import { z } from 'zod'
import { grantRoles } from '../../modules/index.ts'
import type { GrantRole } from '../../modules/index.ts'
import { choice, type Mistake } from '../../platform/web/form.ts'
import { coordinatorMistakes, ids } from '../forms.ts'
import type { LinkedGrant, RoleOffer } from './queries.ts'

/** A change of role as it was sent. */
export interface RoleWish {
  role: GrantRole
  /** For one that becomes an authority: who is to coordinate it. */
  coordinators: number[]
  /** Where authorities linked to it are moved: the number of their grant → their new coordinator. */
  moves: ReadonlyMap<number, number>
}

/** The field that moves one linked authority. */
export const moveField = (grantId: number): string => `move_${grantId}`

const fields = z.looseObject({ role: choice(grantRoles, 'components:form.odd'), coordinators: ids })

/** What is asked when the role changes (C6). */
export const roleForm = fields.transform(sent => ({ ...sent, moves: movesIn(sent) })) as unknown as z.ZodType<RoleWish>

/** As much as can be read of a form that has mistakes. */
export const readRoleWish = (body: object): RoleWish => {
  const sent = fields.extend({ role: fields.shape.role.catch('') }).parse(body)
  return { ...sent, role: sent.role as GrantRole, moves: movesIn(sent) }
}

/** Nothing chosen is no move; what is no number leads nowhere and is a mistake. */
function movesIn(sent: object): Map<number, number> {
  const moves = Object.entries(sent).flatMap(([name, value]): [number, number][] => {
    const grant = /^move_([1-9]\d{0,8})$/.exec(name)?.[1]
    if (grant === undefined || value === '') return []
    return [[Number(grant), typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : 0]]
  })
  return new Map(moves)
}

/** What is wrong with a change of role, held against what can be chosen now; `ofCountry` as for coordinatorMistakes. */
export function roleMistakes(offer: RoleOffer, wish: RoleWish, ofCountry: readonly number[]): Mistake[] {
  if (wish.role !== 'authority') return []
  const possible = offer.coordinators.map(({ id }) => id)
  return [
    ...coordinatorMistakes(wish, possible, ofCountry),
    ...offer.linked.flatMap(linked => moveMistakes(offer, linked, wish.moves.get(linked.id))),
  ]
}

function moveMistakes(offer: RoleOffer, linked: LinkedGrant, target: number | undefined): Mistake[] {
  const values = { authority: linked.name }
  if (target !== undefined && !targetsOf(offer, linked).some(({ id }) => id === target))
    return [{ field: moveField(linked.id), key: 'grants:role.move.inactive', values }]
  const nobody = target === undefined && !linked.keepsOthers && offer.national === undefined
  return nobody ? [{ field: moveField(linked.id), key: 'grants:role.move.missing', values }] : []
}

/** To whom a linked authority can be moved: not to itself. */
export const targetsOf = (offer: RoleOffer, linked: LinkedGrant): RoleOffer['coordinators'] =>
  offer.coordinators.filter(({ id }) => id !== linked.authorityId)
