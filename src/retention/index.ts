export { nightlyRules } from './rules.ts'
export { type Night, runNightly } from './run-nightly.ts'
