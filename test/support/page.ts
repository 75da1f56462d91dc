import { fill, type Entries } from './form-fill.ts'
import { submission, type Forged, type Submission } from './form-send.ts'
import { all, attr, isSeen, nameOf, parseHtml, textOf, type Html } from './html.ts'
import type { Answer } from './http.ts'
import { formOf, submitButtons, valuesOf, type Form, type Option } from './page-form.ts'
import { buttonOf, describedBy, detailsOf, errorsOf, linkOf, linksOf, tableOf, type Link } from './page-read.ts'
import type { RuleName } from './page-rules.ts'

/** What the test expects of the page that comes. */
export interface Expected {
  /** 200 unless said otherwise. */
  status?: number
  /** Where all redirects end: path and query. */
  to?: string | RegExp
  /** Content type; 'text/html' unless said otherwise. */
  type?: string
  /** Rules that this page breaks with good reason. */
  except?: RuleName[]
  /** false: stay at the first answer, a redirect included. */
  follow?: boolean
  headers?: Record<string, string>
}

/** How to press a button: what is expected, which of several it is, and what to forge on the way. */
export interface Press extends Expected {
  within?: string
  forged?: Forged
}

export interface Redirect {
  status: number
  method: string
  from: string
  to: string
}

export interface Page {
  status: number
  method: string
  /** Path, query and fragment. */
  url: string
  redirects: Redirect[]
  headers: Answer['headers']
  body: Buffer
  html: string
  document: Html['root']
  title: string
  h1: string
  /** The headings below it. */
  headings: string[]
  /** What the page reports of the last act: all that has the role of a status. */
  notice: string
  /** What a person reads, white space folded. */
  text: string
  lang: string
  links: Link[]
  buttons: string[]
  errors(): { field: string; message: string }[]
  table(captionOrIndex: string | number): Record<string, string>[]
  /** Description lists: term → description. */
  details(): Record<string, string>
  link(text: string | { href: string }, within?: string): Link
  form(button: string, within?: string): Form
  /** What stands in the form's fields now, hidden ones left out. */
  values(button: string, within?: string): Record<string, string | string[] | null>
  /** The choices of a list, by the field's name or label. */
  options(button: string, field: string, within?: string): Option[]
  /** Hint and error of a field, as a screen reader reads them after its label. */
  description(button: string, field: string, within?: string): string
  follow(text: string | { href: string }, expected?: Expected & { within?: string }): Promise<Page>
  submit(button: string, entries?: Entries, press?: Press): Promise<Page>
  /** What pressing the button would send, for a test that sends it itself. */
  prepared(button: string, entries?: Entries, press?: Press): Submission
}

/** How a page gets to the next one: the browser's part. */
export interface Go {
  open(href: string, expected: Expected): Promise<Page>
  submit(submission: Submission, expected: Expected): Promise<Page>
}

/** What a test can read on the page of this answer and do with it. */
export function pageOf(answer: Answer, way: Pick<Page, 'method' | 'url' | 'redirects'>, go: Go): Page {
  const isHtml = (answer.headers['content-type'] ?? '').startsWith('text/html')
  const html = parseHtml(isHtml ? answer.text : '')
  const texts = (...tags: string[]) =>
    all(html.root, ...tags)
      .filter(isSeen)
      .map(textOf)
  const form = (button: string, within?: string) => formOf(html, buttonOf(html, submitButtons(html), button, within))
  const field = (button: string, name: string, within?: string) => controlOf(form(button, within), name)
  const page: Page = {
    ...way,
    status: answer.status,
    headers: answer.headers,
    body: answer.body,
    html: answer.text,
    document: html.root,
    title: texts('title')[0] ?? '',
    h1: texts('h1')[0] ?? '',
    headings: texts('h2', 'h3', 'h4'),
    notice: all(html.root)
      .filter(element => attr(element, 'role') === 'status')
      .map(textOf)
      .join(' '),
    text: isHtml ? texts('body').join(' ') : answer.text,
    lang: all(html.root, 'html')
      .map(element => attr(element, 'lang') ?? '')
      .join(''),
    links: linksOf(html),
    buttons: submitButtons(html).map(button => nameOf(button, html.root)),
    errors: () => errorsOf(html),
    table: which => tableOf(html, which),
    details: () => detailsOf(html),
    link: (text, within) => linkOf(html, text, within),
    form,
    values: (button, within) => valuesOf(form(button, within)),
    options: (button, name, within) => field(button, name, within).options,
    description: (button, name, within) => describedBy(html, field(button, name, within).element),
    follow: (text, { within, ...expected } = {}) => go.open(linkOf(html, text, within).href, expected),
    submit: async (button, entries, { within, forged, ...expected } = {}) =>
      go.submit(page.prepared(button, entries, { within, forged }), expected),
    prepared(button, entries = {}, { within, forged } = {}) {
      const filled = form(button, within)
      fill(filled, entries)
      return submission(filled, forged)
    },
  }
  return page
}

function controlOf({ controls }: Form, name: string) {
  const found =
    controls.find(control => control.name === name) ??
    controls.find(control => control.label === name || control.group === name)
  if (!found)
    throw new Error(`There is no field '${name}'. There are: ${controls.map(control => control.name).join(', ')}`)
  return found
}
