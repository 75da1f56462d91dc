import type { Actor } from '../policy.ts'
import type { Helpers, HelpingAuthority, HelpingPerson } from './queries.ts'
import type { Group } from './turn-to.ts'

export interface Contacts {
  group: Group
  contacts: (HelpingAuthority | HelpingPerson)[]
}

/** The groups asked for that have somebody in them; nobody is sent to themselves. */
export function contactsOf(helpers: Helpers, asked: readonly Group[], actor: Actor): Contacts[] {
  return asked
    .map(group => ({
      group,
      contacts: [helpers[group] ?? []]
        .flat()
        .filter(contact => ('id' in contact ? contact.id !== actor.authorityId : contact.email !== actor.email)),
    }))
    .filter(({ contacts }) => contacts.length > 0)
}
