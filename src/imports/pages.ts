import type { Knex } from 'knex'
import type { Translate } from '../platform/i18n/i18n.ts'
import type { Actor } from '../policy.ts'
import { trailToUsers } from '../users/index.ts'
import type { Import, ImportKind } from './import.ts'
import { findAuthorityImport, findUserImport } from './queries.ts'

/** Where the pages of each kind of import stand, and who may open them: whoever may do the same in the single form. */
export const pages = {
  users: { base: '/user-imports', can: 'user.register', find: findUserImport },
  authorities: { base: '/authority-imports', can: 'authority.register', find: findAuthorityImport },
} as const satisfies Record<
  ImportKind,
  { base: string; can: string; find: (db: Knex, actor: Actor, id: number) => Promise<Import | undefined> }
>

/** The address of one import. */
export const addressOf = ({ kind, id }: Pick<Import, 'kind' | 'id'>): string => `${pages[kind].base}/${id}`

/** The page where the next file is read. */
export const uploadOf = ({ kind, authorityId }: Pick<Import, 'kind' | 'authorityId'>): string =>
  kind === 'users' ? `/authorities/${authorityId}/users/import` : '/authorities/import'

/** The way to a page of an import. */
export function trailTo(
  t: Translate,
  of: Pick<Import, 'kind' | 'authorityId' | 'authorityName' | 'authorityLanguage'>,
  here?: string,
) {
  const upload = t(`imports:${of.kind}.trail`)
  const to =
    of.kind === 'users'
      ? trailToUsers(t, { id: of.authorityId, name: of.authorityName, language: of.authorityLanguage }, upload)
      : [{ label: t('layout:menu.authorities'), href: '/authorities' }, { label: upload }]
  return here ? [...to.slice(0, -1), { label: upload, href: uploadOf(of) }, { label: here }] : to
}
