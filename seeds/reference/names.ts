/** A text of the catalogue in the languages that are complete; other languages see the English one. */
export interface Names {
  en: string
  sv: string
}
