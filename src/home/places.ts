import type { Action } from '../policy.ts'

interface Place {
  name: 'search' | 'register' | 'managed' | 'nationalCoordinators' | 'held' | 'own' | 'users' | 'profile' | 'help'
  href: (authorityId: number) => string
  /** Whoever may do this may go there; a place without it is for all. */
  can?: Action
  /** The right is asked for on the own authority. */
  own?: true
}

const places: readonly Place[] = [
  { name: 'search', href: () => '/authorities', can: 'authority.search' },
  { name: 'register', href: () => '/authorities/registration', can: 'authority.register' },
  { name: 'managed', href: () => '/managed-authorities', can: 'authority.searchManaged' },
  { name: 'nationalCoordinators', href: () => '/national-coordinators', can: 'nationalCoordinator.list' },
  { name: 'held', href: () => '/held-invitations', can: 'invitation.listHeld' },
  { name: 'own', href: id => `/authorities/${id}`, can: 'authority.read', own: true },
  { name: 'users', href: id => `/authorities/${id}/users`, can: 'user.see', own: true },
  { name: 'profile', href: () => '/profile' },
  { name: 'help', href: () => '/help/people' },
]

/** Where this reader can go from the home page, by the same policy that opens the pages (H1). */
export function placesFor(
  authorityId: number,
  may: (action: Action, own: boolean) => boolean,
): { name: Place['name']; href: string }[] {
  return places
    .filter(({ can, own = false }) => can === undefined || may(can, own))
    .map(({ name, href }) => ({ name, href: href(authorityId) }))
}
