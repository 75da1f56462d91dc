export {
  type GrantRole,
  grantRoles,
  type Keyword,
  type Module,
  nameIn,
  type Names,
  rolesIn,
  type Workflow,
} from './module.ts'
export { findModule, listKeywords, listModules } from './queries.ts'
export { LONGEST_ANSWER, type ReadAnswer, readAnswer } from './question-sets/answer.ts'
export { currentQuestionSet, findQuestionSet, newerSet } from './question-sets/queries.ts'
export {
  type AnswerKind,
  type Answers,
  askedSubQuestions,
  isAsked,
  type Option,
  type Question,
  type QuestionSet,
  type SubjectField,
  textIn,
  type Texts,
  type Variable,
  wording,
} from './question-sets/question-set.ts'
