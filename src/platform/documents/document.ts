/** A text and, where it is not the document's, its language (BCP 47), so that it is read aloud in the right voice. */
export interface Worded {
  text: string
  lang?: string
}

export type Block =
  | { kind: 'heading'; level: 2 | 3; text: Worded }
  | { kind: 'paragraph'; text: Worded; note?: boolean }
  | { kind: 'facts'; rows: { name: string; value: Worded[] }[] }
  /** The caption names the table; it is not drawn where the heading above it says the same. */
  | { kind: 'table'; caption: string; captionHidden?: true; columns: string[]; rows: Worded[][] }
  /** Texts as somebody wrote them, with who and when. */
  | { kind: 'quote'; texts: Worded[]; by: string }

/** What a report says, apart from how it is drawn: the print page and the PDF are two drawings of the same tree. */
export interface Document {
  lang: string
  title: string
  subtitle: string
  /** "Printed by … on …" */
  footer: string
  /** "Page {page} of {pages}", the two numbers left open: only the drawing knows them. */
  pageOf: string
  blocks: Block[]
}
