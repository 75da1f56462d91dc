import { z } from 'zod'
import { authorityFields, type Lists, partsMissing, type Place } from '../../authorities/index.ts'
import type { Body, FormValue, Mistake } from '../../platform/web/form.ts'
import { personFields } from '../../users/index.ts'

/** The steps of a registration, in their order; each can be come back to (E5). */
export const stepNames = ['authority', 'classification', 'firstUser'] as const
export type StepName = (typeof stepNames)[number]

export const stepPath: Record<StepName | 'summary', string> = {
  authority: '/register/authority',
  classification: '/register/classification',
  firstUser: '/register/first-user',
  summary: '/register/summary',
}

/** Where the step leads. */
export const nextOf = (step: StepName): string => stepPath[stepNames[stepNames.indexOf(step) + 1] ?? 'summary']

const belongsTo = (name: string): StepName | null => {
  if (name === 'noneOfThese') return null
  return /^(policyAreas|activities_[A-Z]|keywords_\d+)$/.test(name) ? 'classification' : 'authority'
}

/** The fields of a step, as the forms of access managers ask for them as well. */
export function stepForm(step: StepName, lists: Lists, place: Place): z.ZodObject {
  if (step === 'firstUser') return z.object(personFields(lists.languages.map(({ value }) => value)))
  const fields = Object.entries(authorityFields(lists, place) as Record<string, z.ZodType>)
  return z.object(Object.fromEntries(fields.filter(([name]) => belongsTo(name) === step)))
}

/** What several fields of a step make wrong together. */
export const stepMistakes = (step: StepName, body: Body, lists: Lists, place: Place): Mistake[] =>
  step === 'authority' ? partsMissing(body, lists, place) : []

/** What of a body belongs to the step, as it was typed: the summary reads it once more. */
export function typedIn(step: StepName, body: Body, lists: Lists, place: Place): Record<string, FormValue> {
  const names = [
    ...Object.keys(stepForm(step, lists, place).shape),
    ...(step === 'authority' ? ['personalAddress'] : []),
  ]
  return Object.fromEntries(names.flatMap(name => (body[name] === undefined ? [] : [[name, body[name]]])))
}

/** The steps that have been taken. */
export const takenSteps = (entered: Record<string, unknown>): StepName[] =>
  stepNames.filter(step => entered[`step_${step}`] !== undefined)
