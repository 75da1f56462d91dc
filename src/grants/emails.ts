import type { Authority } from '../authorities/index.ts'
import { type Module, nameIn } from '../modules/index.ts'
import type { Email } from '../platform/mail/email.ts'

/** Tells an administrator of the authority which module it has been granted; the functional address is in copy once. */
export function moduleGranted(
  to: { email: string; language: string },
  copy: string[],
  { authority, module, grantedBy }: { authority: Authority; module: Module; grantedBy: string },
): Email {
  return {
    to: to.email,
    cc: copy,
    language: to.language,
    template: 'grants/given',
    values: { authority: authority.officialName, module: nameIn(module.names, to.language), grantedBy },
    path: `/authorities/${authority.id}/modules`,
    about: { type: 'authority', id: authority.id },
  }
}
