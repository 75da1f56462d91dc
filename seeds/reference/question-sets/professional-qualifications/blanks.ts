import { blank, personalBlank } from '../question.ts'

export const profession = blank('profession', 'profession', 'yrke')
export const activity = blank('activity', 'professional activity', 'yrkesverksamhet')
export const title = blank('title', 'title or qualification', 'titel eller kvalifikation')
export const abbreviation = blank('abbreviation', 'abbreviation', 'förkortning')
export const country = blank('country', 'country', 'land')
export const document = blank('document', 'kind of document, no names', 'typ av dokument, inga namn')
export const person = personalBlank('person', 'name of the professional', 'yrkesutövarens namn')
