import { nameIn, type Names } from '../modules/index.ts'
import type { Email } from '../platform/mail/email.ts'

interface Reader {
  email: string
  language: string
}

/** Mails about several requests at once say how many there are and where they wait; those about one stand in tell.ts. */
const several = (
  template: string,
  to: Reader,
  values: Record<string, number>,
  more: { module?: Names; path: string },
): Email => ({
  to: to.email,
  language: to.language,
  template: `requests/${template}`,
  values: { ...values, ...(more.module && { module: nameIn(more.module, to.language) }) },
  path: more.path,
})

/** Tells an allocator how many requests nobody is allocated to. */
export const severalToAllocate = (to: Reader, module: Names, count: number): Email =>
  several('several-to-allocate', to, { count }, { module, path: '/actions' })

/** Tells a handler that the authority uses allocation from now on, and how many requests are theirs. */
export const allocationBegun = (to: Reader, module: Names, count: number): Email =>
  several('allocation-begun', to, { count }, { module, path: '/actions' })

/** Tells somebody how many requests and drafts of a colleague who is gone are theirs now. */
export const requestsTakenOver = (to: Reader & { id: number }, count: number): Email =>
  several('taken-over', to, { count }, { path: `/requests?handler=${to.id}` })
