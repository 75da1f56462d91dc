import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'

export type Element = Tree.Element

export interface Html {
  root: Tree.Document
  /** What the parser had to forgive, with the line. */
  faults: string[]
}

/** Reads a page as a browser with scripts switched off does: what stands in noscript counts. */
export function parseHtml(source: string): Html {
  const faults: string[] = []
  const root = parse(source, {
    scriptingEnabled: false,
    sourceCodeLocationInfo: true,
    onParseError: fault => faults.push(`${fault.code} in line ${fault.startLine}`),
  })
  return { root, faults }
}

/** The elements below `node` in the order of the page, all of them or those with these tags. */
export function all(node: Tree.ParentNode, ...tags: string[]): Element[] {
  return node.childNodes.flatMap(child => {
    if (!('tagName' in child)) return []
    const below = all(child, ...tags)
    return tags.length === 0 || tags.includes(child.tagName) ? [child, ...below] : below
  })
}

/** The value of an attribute, '' when it is only named, undefined when it is not there. */
export function attr(element: Element, name: string): string | undefined {
  return element.attrs.find(each => each.name === name)?.value
}

/** Whether the attribute is there, whatever its value. */
export function has(element: Element, name: string): boolean {
  return attr(element, name) !== undefined
}

/** The ids or classes that stand in an attribute with spaces between. */
export function tokens(element: Element, name: string): string[] {
  return fold(attr(element, name) ?? '')
    .split(' ')
    .filter(Boolean)
}

/** The elements around this one, the nearest first. */
export function around(element: Element): Element[] {
  const parent = element.parentNode
  return parent && 'tagName' in parent ? [parent, ...around(parent)] : []
}

/** Whether a person can come across this element without a script that opens it. */
export function isSeen(element: Element): boolean {
  return ![element, ...around(element)].some(isClosed)
}

/** One space for each run of white space, none at the ends. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** What a person reads inside this node, white space folded. Choices of a list and typed values do not count. */
export function textOf(node: Tree.ParentNode): string {
  return fold(rawText(node))
}

/** The element with this id. */
export function byId(root: Tree.ParentNode, id: string): Element | undefined {
  return all(root).find(element => attr(element, 'id') === id)
}

/** What a screen reader calls this element. */
export function nameOf(element: Element, root: Tree.ParentNode): string {
  const references = tokens(element, 'aria-labelledby').map(id => byId(root, id))
  const referred = fold(references.map(found => (found ? textOf(found) : '')).join(' '))
  return (
    referred || fold(attr(element, 'aria-label') ?? '') || ownName(element, root) || fold(attr(element, 'title') ?? '')
  )
}

function ownName(element: Element, root: Tree.ParentNode): string {
  if (element.tagName === 'input' && ['submit', 'button', 'reset'].includes(attr(element, 'type') ?? '')) {
    return fold(attr(element, 'value') ?? '')
  }
  if (['input', 'select', 'textarea'].includes(element.tagName)) return labelOf(element, root)
  return (
    textOf(element) ||
    fold(
      all(element, 'img')
        .map(image => attr(image, 'alt') ?? '')
        .join(' '),
    )
  )
}

function labelOf(control: Element, root: Tree.ParentNode): string {
  const id = attr(control, 'id')
  const pointing = all(root, 'label').filter(label => id !== undefined && attr(label, 'for') === id)
  const wrapping = around(control).filter(element => element.tagName === 'label' && !has(element, 'for'))
  return fold([...pointing, ...wrapping].map(textOf).join(' '))
}

const UNSEEN = new Set(['head', 'script', 'style', 'template', 'option', 'textarea', 'datalist'])
// Everything else stands on its own line or in its own cell, so its text does not grow together with its neighbour's.
const INLINE = new Set(
  'a abbr b bdi bdo cite code data dfn em font i kbd label mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
)

function rawText(node: Tree.ParentNode): string {
  return node.childNodes
    .map(child => {
      if (child.nodeName === '#text') return (child as Tree.TextNode).value
      if (!('tagName' in child) || UNSEEN.has(child.tagName) || isClosed(child)) return ''
      return INLINE.has(child.tagName) ? rawText(child) : ` ${rawText(child)} `
    })
    .join('')
}

const isClosed = (element: Element) => has(element, 'hidden') || (element.tagName === 'dialog' && !has(element, 'open'))
