import type { Knex } from 'knex'
import { emailAddress } from '../../authorities/index.ts'
import { type Judged, type Reason, REASON_READ_FOR, type Wish } from '../invitation.ts'
import { OPEN } from '../workflow.ts'

/** What a wish can choose from: languages of mails, and the modules inside the delegation. */
export interface Known {
  languages: readonly string[]
  modules: readonly number[]
}

const LONGEST_NAME = 200
const anAddress = emailAddress('invitations:reason.emailMissing')

/** Says of each wish everything that speaks against it (E2): its own words, the other lines, and addresses in use. */
export async function judge(
  db: Knex,
  at: Date,
  wishes: readonly (Wish & { flaws?: Reason[] })[],
  known: Known,
): Promise<Judged[]> {
  const inUse = await addressesInUse(db, at, wishes)
  const seen = new Set<string>()
  return wishes.map(({ flaws = [], ...wish }) => {
    const address = wish.email.toLowerCase()
    const own = [...flaws, ...reasonsIn(wish, known, flaws)]
    const twice = address !== '' && seen.has(address)
    seen.add(address)
    return { ...wish, reasons: [...own, ...(twice ? (['twice'] as const) : []), ...(inUse.get(address) ?? [])] }
  })
}

function reasonsIn({ email, name, language, modules }: Wish, known: Known, flaws: readonly Reason[]): Reason[] {
  const reasons: Record<string, boolean> = {
    emailMissing: email === '',
    emailMalformed: email !== '' && !flaws.includes('formula') && !anAddress.safeParse(email).success,
    nameMissing: name === '',
    tooLong: name.length > LONGEST_NAME,
    languageMissing: !known.languages.includes(language),
    noModule: modules.length === 0 && !flaws.includes('unknownModule'),
    unknownModule: modules.some(id => !known.modules.includes(id)),
  }
  return (Object.keys(reasons) as Reason[]).filter(reason => reasons[reason])
}

const IN_USE = `
  select asked.email,
    exists (select from users u where lower(u.email) = asked.email and u.deleted_at is null) as "userAddress",
    exists (select from authorities a where lower(a.email) = asked.email) as "authorityAddress",
    exists (select from invitations i where lower(i.email) = asked.email and not i.id = any(cast(:own as int[]))
      and (i.status = any(cast(:open as text[])) or (i.may_hand_in_again and i.decided_at > cast(:since as timestamptz)))
    ) as "openInvitation"
  from unnest(cast(:emails as text[])) as asked (email)`

type InUse = Record<'userAddress' | 'authorityAddress' | 'openInvitation', boolean> & { email: string }

async function addressesInUse(db: Knex, at: Date, wishes: readonly Wish[]): Promise<Map<string, Reason[]>> {
  const emails = [...new Set(wishes.map(({ email }) => email.toLowerCase()))].filter(email => email !== '')
  const found = await db.raw<{ rows: InUse[] }>(IN_USE, {
    emails,
    own: wishes.flatMap(({ id }) => id ?? []),
    open: [...OPEN],
    since: new Date(at.getTime() - REASON_READ_FOR),
  } as unknown as Record<string, Knex.Value>)
  return new Map(
    found.rows.map(({ email, ...uses }) => [
      email,
      (['userAddress', 'authorityAddress', 'openInvitation'] as const).filter(use => uses[use]),
    ]),
  )
}
