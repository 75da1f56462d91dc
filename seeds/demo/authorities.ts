import { germany } from './authorities/de.ts'
import { denmark } from './authorities/dk.ts'
import { commission } from './authorities/eu.ts'
import { finland } from './authorities/fi.ts'
import { hungary } from './authorities/hu.ts'
import { ireland } from './authorities/ie.ts'
import { latvia } from './authorities/lv.ts'
import { portugal } from './authorities/pt.ts'
import { sweden } from './authorities/se.ts'
import { complete, type DemoAuthority } from './authority.ts'

/**
 * The demo's Europe: real authorities under their public names, with contact data that reach nobody. What they do here is
 * made up. In an order in which each can be registered: those that register others stand first.
 */
export const demoAuthorities: DemoAuthority[] = [
  commission,
  sweden,
  denmark,
  hungary,
  latvia,
  ireland,
  portugal,
  germany,
  finland,
].flatMap(entries => entries.map(complete))
