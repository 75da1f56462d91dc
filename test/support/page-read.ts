import { all, around, attr, byId, fold, has, isSeen, nameOf, textOf, tokens, type Element, type Html } from './html.ts'
import { errorSummaries } from './page-rules.ts'

export interface Link {
  text: string
  href: string
}

/** What the error summary says, with the id of the field that each line leads to: '' for a mistake of no field. */
export function errorsOf(html: Html): { field: string; message: string }[] {
  return errorSummaries(html)
    .flatMap(box => all(box, 'li'))
    .map(line => ({
      field: all(line, 'a')
        .map(link => (attr(link, 'href') ?? '').replace(/^#/, ''))
        .join(' '),
      message: textOf(line),
    }))
}

/** The rows of the table with this caption (or aria-label), or of the n-th one from 0, by the heads of their columns. */
export function tableOf(html: Html, which: string | number): Record<string, string>[] {
  const tables = all(html.root, 'table')
  const caption = (table: Element) =>
    fold(all(table, 'caption').map(textOf).join(' ')) || nameOf({ ...table, childNodes: [] }, html.root)
  const table = typeof which === 'number' ? tables[which] : tables.find(each => caption(each) === which)
  if (!table) throw new Error(`There is no table '${which}'. There are: ${listed(tables.map(caption))}`)
  const [head, ...rest] = all(table, 'tr')
  const columns = head ? cells(head).map((cell, at) => nameOf(cell, html.root) || `column ${at + 1}`) : []
  return rest
    .filter(row => !around(row).some(part => part.tagName === 'tfoot'))
    .map(row => Object.fromEntries(cells(row).map((cell, at) => [columns[at] ?? `column ${at + 1}`, textOf(cell)])))
}

/** The terms of all description lists with what stands beside them. */
export function detailsOf({ root }: Html): Record<string, string> {
  const parts = all(root, 'dt', 'dd')
  const terms = parts.flatMap((part, at) => (part.tagName === 'dt' ? [at] : []))
  return Object.fromEntries(
    terms.map((at, number) => {
      const until = terms[number + 1] ?? parts.length
      return [
        textOf(parts[at]!),
        parts
          .slice(at + 1, until)
          .map(textOf)
          .join(', '),
      ]
    }),
  )
}

/** All links of the page in its order. */
export function linksOf({ root }: Html): Link[] {
  return linkElements(root).map(element => ({ text: nameOf(element, root), href: attr(element, 'href') ?? '' }))
}

/** The link with this text or this address. `within` tells apart several: a text of its row, list item or section. */
export function linkOf({ root }: Html, wanted: string | { href: string }, within?: string): Link {
  const links = linkElements(root)
  const found = links.filter(link =>
    typeof wanted === 'string' ? nameOf(link, root) === wanted : attr(link, 'href') === wanted.href,
  )
  const addresses = (some: Element[]) => [...new Set(some.map(link => attr(link, 'href') ?? ''))]
  const meant = within === undefined ? found : narrowest(found, within)
  const name = typeof wanted === 'string' ? wanted : wanted.href
  if (meant.length === 0)
    throw new Error(
      `There is no link '${name}'${beside(within)}. There are: ${listed(links.map(link => nameOf(link, root)))}`,
    )
  if (addresses(meant).length > 1)
    throw new Error(
      `There are ${meant.length} links '${name}'; say which one with 'within': ${listed(addresses(meant))}`,
    )
  return { text: nameOf(meant[0]!, root), href: attr(meant[0]!, 'href') ?? '' }
}

/** The button with this label among these; `within` as for links. */
export function buttonOf({ root }: Html, buttons: Element[], label: string, within?: string): Element {
  const found = buttons.filter(button => nameOf(button, root) === label)
  const meant = within === undefined ? found : narrowest(found, within)
  if (meant.length === 1) return meant[0]!
  if (meant.length === 0)
    throw new Error(
      `There is no button '${label}'${beside(within)}. There are: ${listed(buttons.map(button => nameOf(button, root)))}`,
    )
  throw new Error(`There are ${meant.length} buttons '${label}'; say which one with 'within'`)
}

/** The text of a node with this id, for what a field is described by. */
export function describedBy({ root }: Html, element: Element): string {
  return fold(
    tokens(element, 'aria-describedby')
      .map(id => byId(root, id))
      .map(found => (found ? textOf(found) : ''))
      .join(' '),
  )
}

const PLACES = ['tr', 'li', 'dd', 'fieldset', 'form', 'article', 'section', 'nav', 'aside', 'header', 'footer', 'main']

// Those whose nearest place that holds the text is the smallest one.
function narrowest(elements: Element[], text: string): Element[] {
  const sizes = elements.map(element => {
    const place = around(element).find(each => PLACES.includes(each.tagName) && textOf(each).includes(text))
    return place ? textOf(place).length : Infinity
  })
  const least = Math.min(...sizes)
  return elements.filter((_element, at) => sizes[at] === least && least < Infinity)
}

const cells = (row: Element) => all(row, 'th', 'td')

const linkElements = (root: Html['root']) => all(root, 'a').filter(element => has(element, 'href') && isSeen(element))

const beside = (within?: string) => (within === undefined ? '' : ` beside '${within}'`)

const listed = (texts: string[]) => (texts.length > 0 ? texts.map(text => `'${text}'`).join(', ') : 'none')
