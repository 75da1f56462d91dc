import { type AuthorityData, handInAuthority } from '../../src/authorities/index.ts'
import { type Change, change } from '../../src/platform/db/change.ts'
import { fingerprint } from '../../src/platform/secrets.ts'
import { handInUser } from '../../src/users/index.ts'
import { demoInvitations, type DemoInvitation, heldInvitations } from './invitations.ts'
import { administratorOf, daysAgo, idOf, type Loading } from './loading.ts'

const INVITER = 'kommerskollegium'
const VALID_DAYS = 30

/** Invitations in every status (E7), each in a submission of its own; those held belong to one. */
export async function loadInvitations(loading: Loading): Promise<void> {
  for (const invitation of demoInvitations) {
    const submission = await insertSubmission(loading, [invitation])
    await insertInvitation(loading, submission, { ...invitation, line: 1 })
  }
  const held = await insertSubmission(loading, heldInvitations)
  for (const [index, invitation] of heldInvitations.entries())
    await insertInvitation(loading, held, { ...invitation, line: index + 1 })
}

const STATES = { draft: 'draft', held: 'held' } as const

async function insertSubmission(
  { db, now, authorities, users }: Loading,
  invitations: readonly DemoInvitation[],
): Promise<number> {
  const [{ status, daysAgo: age }] = invitations as [DemoInvitation, ...DemoInvitation[]]
  const at = daysAgo(now, age)
  const refused = invitations.filter(one => one.status === 'refused').length
  const submitted = status === 'draft' ? 0 : invitations.length - refused
  const [row] = await db('invitation_submissions')
    .insert({
      inviter_id: idOf(authorities, INVITER),
      made_by: idOf(users, administratorOf(INVITER)),
      made_at: at,
      state: STATES[status as keyof typeof STATES] ?? 'submitted',
      submitted_at: status === 'draft' ? null : at,
      submitted,
      refused,
    })
    .returning<{ id: number }[]>('id')
  return row?.id ?? 0
}

async function insertInvitation(
  loading: Loading,
  submission_id: number,
  invitation: DemoInvitation & { line: number },
): Promise<void> {
  const { db, now, authorities, users, modules } = loading
  const { name, email, status, line, code, reasons = [], became, mayHandInAgain = false } = invitation
  const inviter = idOf(users, administratorOf(INVITER))
  const at = daysAgo(now, invitation.daysAgo)
  const registered = status === 'registered' ? await handIn(loading, invitation) : undefined
  const before = (days: number | undefined) => (days === undefined ? null : daysAgo(now, days))
  const [row] = await db('invitations')
    .insert({
      inviter_id: idOf(authorities, INVITER),
      submission_id,
      invited_by: inviter,
      line,
      email,
      name,
      language: 'sv',
      status,
      reasons,
      made_at: at,
      submitted_at: status === 'draft' ? null : at,
      ...(code && {
        sent_at: at,
        expires_at: daysAgo(now, invitation.daysAgo - VALID_DAYS),
        reminded_at: invitation.daysAgo > VALID_DAYS - 5 ? daysAgo(now, invitation.daysAgo - VALID_DAYS + 5) : null,
      }),
      ...registered,
      entered: registered || mayHandInAgain ? JSON.stringify(enteredBy(invitation)) : null,
      authority_id: registered?.authority_id ?? (became ? idOf(authorities, became) : null),
      registered_at: before(invitation.registeredDaysAgo),
      decided_at: before(invitation.decidedDaysAgo),
      decided_by: invitation.decidedDaysAgo === undefined ? null : inviter,
      reason: invitation.reason ?? null,
      may_hand_in_again: mayHandInAgain,
    })
    .returning<{ id: number }[]>('id')
  const invitation_id = row?.id ?? 0
  for (const module of invitation.modules)
    await db('invitation_modules').insert({ invitation_id, module_id: idOf(modules, module) })
  if (code)
    await db('invitation_codes').insert({
      invitation_id,
      code_hash: fingerprint(code.replaceAll('-', '')),
      made_at: at,
    })
}

/** The authority and its first user as they stand while they wait for validation. */
async function handIn(
  { db, keys, now }: Loading,
  invitation: DemoInvitation,
): Promise<{ authority_id: number; username: string }> {
  const at = daysAgo(now, invitation.registeredDaysAgo ?? 0)
  const visitor = { id: null, authorityId: null, name: null }
  const { givenName, familyName, userEmail, userTelephone, userLanguage } = enteredBy(invitation)
  const person = { givenName, familyName, email: userEmail, telephone: userTelephone, language: userLanguage }
  return change({ db, keys, clock: { now: () => at } }, visitor, async (c: Change) => {
    const { id } = await handInAuthority(c, dataOf(invitation))
    const { username } = await handInUser(c, id, person, null)
    return { authority_id: id, username }
  })
}

const dataOf = (invitation: DemoInvitation): AuthorityData => {
  const { street, postalNumber, city, telephone, email, website } = enteredBy(invitation)
  return {
    country: 'SE',
    names: { sv: invitation.name },
    titles: { en: 'Transport: drivers, ships, aircraft' },
    ...{ street, postalNumber, city, telephone, email, website },
    languages: ['sv', 'en'],
    type: 'agency',
    level: 'national',
    region: null,
    policyAreas: [],
    economicActivities: [],
    keywords: [],
  }
}

/** What the invited have typed in the steps of the registration. */
const enteredBy = ({ name, email }: DemoInvitation) => ({
  officialName_sv: name,
  title_en: 'Transport: drivers, ships, aircraft',
  street: 'Olai kyrkogata 35',
  postalNumber: '602 13',
  city: 'Norrköping',
  telephone: '+46 8 465 004 28',
  email,
  website: `https://www.${email.replace(/@.*/, '')}.example`,
  languages: ['sv', 'en'],
  type: 'agency',
  level: 'national',
  region: '',
  givenName: 'Malin',
  familyName: 'Ek',
  userEmail: `malin.ek@${email.replace(/@.*/, '')}.imi-demo.example`,
  userTelephone: '+46 8 465 004 29',
  userLanguage: 'sv',
  step_authority: 'yes',
  step_classification: 'yes',
  step_firstUser: 'yes',
})
