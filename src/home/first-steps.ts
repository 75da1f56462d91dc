import type { OwnAuthority, OwnModule } from './queries.ts'

export interface Step {
  name: 'confirm' | 'classify' | 'second' | 'signedIn' | 'coordinator'
  href: string
  done: boolean
}

/**
 * What the administrators of an authority do first, ticked off by what is in the register and by nothing else (J5). [004]
 * Empty once all is done: the list ends by itself.
 */
export function firstSteps(authority: OwnAuthority, modules: readonly OwnModule[]): Step[] {
  const page = `/authorities/${authority.id}`
  const steps: Step[] = [
    { name: 'confirm', href: `${page}/confirmation`, done: authority.confirmed },
    { name: 'classify', href: `${page}/classification`, done: authority.classified },
    { name: 'second', href: `${page}/users`, done: authority.administrators > 1 },
  ]
  if (authority.users > 1) steps.push({ name: 'signedIn', href: `${page}/users`, done: authority.neverSignedIn === 0 })
  if (modules.length > 0)
    steps.push({ name: 'coordinator', href: `${page}/modules`, done: modules.every(module => module.linked) })
  return steps.every(step => step.done) ? [] : steps
}
