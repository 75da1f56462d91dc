import { blank, personalBlank } from '../question.ts'

export const person = personalBlank('person', 'name of the health professional', 'hälso- och sjukvårdspersonens namn')
export const profession = blank('profession', 'health profession', 'yrke inom hälso- och sjukvård')
export const treatment = blank(
  'treatment',
  'kind of treatment, nothing about the patient',
  'typ av behandling, inget om patienten',
)
export const provider = personalBlank('provider', 'name of the healthcare provider', 'vårdgivarens namn')
