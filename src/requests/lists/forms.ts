import { z } from 'zod'
import { listQuery } from '../../platform/web/list.ts'
import { isDay } from '../days.ts'
import { statuses } from '../workflow.ts'

/** The lists of requests: of the own authority; for coordinators all, and those that are late; of authorities that linked the own one. */
export const lists = ['own', 'coordinated', 'urgent', 'linked'] as const
export type ListName = (typeof lists)[number]

export const sides = ['sent', 'received'] as const
/** Statuses taken together. */
export const spans = ['open', 'ended'] as const
export const sorts = ['newest', 'due'] as const
export type RequestSort = (typeof sorts)[number]

const tick = z.enum(['', 'yes']).catch('')
const recordNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .catch('')
const date = z
  .string()
  .refine(text => isDay(text))
  .catch('')
const words = listQuery.q

/** What a list of requests is asked for; anything odd is the default. */
export const requestSearch = z.object({
  ...listQuery,
  side: z.enum(['', ...sides]).catch(''),
  status: z.enum(['', ...spans, ...statuses]).catch(''),
  module: recordNumber,
  country: z.string().max(40).catch(''),
  authority: words,
  handler: recordNumber,
  fileNumber: words,
  from: date,
  until: date,
  urgent: tick,
  overdue: tick,
  sort: z.enum(sorts).catch('newest'),
})
export type RequestSearch = z.output<typeof requestSearch>
