export { choiceFields, type Chosen, listByNumber, listChosen, readChoice, ticked } from './choice.ts'
export { grantOne } from './granting/grant-many.ts'
export { offerChoice, withoutNote } from './offer.ts'
export { remindOne } from './reminding/remind-many.ts'
