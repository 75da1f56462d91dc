export { type Contacts, contactsOf } from './contacts.ts'
export { findHelpers, type Helpers } from './queries.ts'
export { explainRefusal } from './routes.ts'
export { turnTo } from './turn-to.ts'
