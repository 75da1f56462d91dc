import type { Answer } from './http.ts'
import { all, attr, byId, has, nameOf, textOf, tokens, type Element, type Html } from './html.ts'

export interface Seen {
  answer: Answer
  html: Html
  /** The namespaces of the locale files: `users:` in a text is a key that nobody translated. */
  namespaces: string[]
}

export type RuleName = keyof typeof rules

/** What is wrong with this page, one sentence each. `except` names the rules that this page may break. */
export function faultsOf(seen: Seen, except: RuleName[] = []): string[] {
  const names = (Object.keys(rules) as RuleName[]).filter(name => !except.includes(name))
  return names.flatMap(name => rules[name](seen).map(fault => `${fault} (rule ${name})`))
}

/** What every page of the site obeys. */
const rules = {
  html: ({ html }) => html.faults.map(fault => `the HTML is not valid: ${fault}`),
  lang: ({ html }) => (attr(first(html, 'html'), 'lang') ? [] : ['<html> says no language']),
  h1({ html }) {
    const found = all(html.root, 'h1')
    return found.length === 1 ? [] : [`${found.length} elements h1 instead of one: ${listed(found.map(textOf))}`]
  },
  title({ html, answer }) {
    const title = textOf(first(html, 'title'))
    const heading = textOf(first(html, 'h1'))
    if (!title.includes(heading)) return [`the title '${title}' lacks the heading '${heading}'`]
    const { length } = errorSummaries(html)
    if (length > 1) return [`${length} error summaries`]
    if (length === 1 && title.startsWith(heading))
      return [`the title '${title}' does not begin by saying that there is an error`]
    return length === 1 && answer.status < 400 ? [`an error summary came with status ${answer.status}`] : []
  },
  ids({ html }) {
    const ids = all(html.root).flatMap(element => attr(element, 'id') ?? [])
    return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map(id => `the id '${id}' stands there twice`)
  },
  labels({ html }) {
    const controls = all(html.root, 'input', 'select', 'textarea').filter(control => attr(control, 'type') !== 'hidden')
    const named = [
      ...controls,
      ...all(html.root, 'button', 'a').filter(element => element.tagName === 'button' || has(element, 'href')),
    ]
    return named.filter(element => !nameOf(element, html.root)).map(element => `${shown(element)} has no label`)
  },
  references({ html }) {
    const names = [
      'aria-describedby',
      'aria-labelledby',
      'aria-controls',
      'aria-errormessage',
      'for',
      'form',
      'list',
      'popovertarget',
    ]
    return all(html.root).flatMap(element =>
      names.flatMap(name =>
        tokens(element, name)
          .filter(id => !byId(html.root, id))
          .map(id => `${name}="${id}" of ${shown(element)} points at nothing`),
      ),
    )
  },
  anchors({ html }) {
    const targets = all(html.root, 'a')
      .map(link => attr(link, 'href') ?? '')
      .filter(href => href.startsWith('#'))
    return targets
      .filter(href => !byId(html.root, decodeURIComponent(href.slice(1))))
      .map(href => `the link ${href} leads nowhere`)
  },
  token({ html }) {
    return postForms(html)
      .filter(form => !all(form, 'input').some(isToken))
      .map(form => `the form to '${attr(form, 'action') ?? ''}' has no hidden _csrf`)
  },
  csp({ html, answer }) {
    const policy = String(answer.headers['content-security-policy'] ?? '')
    if (!policy) return ['there is no Content-Security-Policy']
    return [
      ...(/'unsafe-(inline|eval)'/.test(policy) ? [`the Content-Security-Policy is weak: ${policy}`] : []),
      ...inlineCode(html),
    ]
  },
  sniff: ({ answer }) =>
    answer.headers['x-content-type-options'] === 'nosniff' ? [] : ['X-Content-Type-Options: nosniff is missing'],
  cache({ html, answer }) {
    const policy = answer.headers['cache-control'] ?? ''
    const personal = postForms(html).length > 0 || answer.headers['set-cookie'] !== undefined
    if (personal && !policy.includes('no-store'))
      return [`a page with a token or a cookie may be stored: Cache-Control '${policy}'`]
    return policy ? [] : ['Cache-Control is missing']
  },
  images: ({ html }) =>
    all(html.root, 'img')
      .filter(image => !has(image, 'alt'))
      .map(image => `${shown(image)} has no alt`),
  text({ html, namespaces }) {
    const attributes = all(html.root).flatMap(element =>
      element.attrs.filter(({ name }) => READ.includes(name)).map(each => each.value),
    )
    const texts = [
      textOf(first(html, 'title')),
      textOf(first(html, 'body')),
      ...all(html.root, 'option').map(textOf),
      ...attributes,
    ]
    return texts.flatMap(text => leftover(text, namespaces).map(found => `it says '${found}'`))
  },
} satisfies Record<string, (seen: Seen) => string[]>

/** The boxes that list what is wrong with what was typed. */
export function errorSummaries({ root }: Html): Element[] {
  const jumps = (element: Element) => all(element, 'a').some(link => attr(link, 'href')?.startsWith('#'))
  return all(root).filter(
    element =>
      tokens(element, 'class').includes('ds-error-summary') || (attr(element, 'role') === 'alert' && jumps(element)),
  )
}

const READ = ['alt', 'title', 'placeholder', 'aria-label', 'value', 'href', 'action']

function leftover(text: string, namespaces: string[]): string[] {
  const keys = new RegExp(`\\b(?:${namespaces.join('|')}):[a-z][A-Za-z0-9]*(?:\\.[A-Za-z0-9_]+)+`)
  const patterns = [
    /\bundefined\b/,
    /\[object [A-Za-z]+\]/,
    /\bNaN\b/,
    /\{\{.*?\}\}/,
    ...(namespaces.length > 0 ? [keys] : []),
  ]
  return patterns.flatMap(pattern => pattern.exec(text)?.[0] ?? [])
}

function inlineCode({ root }: Html): string[] {
  return all(root).flatMap(element => {
    const attributes = element.attrs.filter(
      ({ name, value }) => name === 'style' || name.startsWith('on') || /^\s*javascript:/i.test(value),
    )
    const whole = element.tagName === 'style' || (element.tagName === 'script' && !has(element, 'src'))
    return [
      ...attributes.map(({ name }) => `${shown(element)} has an inline ${name}`),
      ...(whole ? [`there is an inline ${element.tagName}`] : []),
    ]
  })
}

const postForms = ({ root }: Html) => all(root, 'form').filter(form => attr(form, 'method')?.toLowerCase() === 'post')

const isToken = (input: Element) =>
  attr(input, 'name') === '_csrf' && attr(input, 'type') === 'hidden' && Boolean(attr(input, 'value'))

const nothing = { tagName: 'nothing', childNodes: [], attrs: [] } as unknown as Element

const first = ({ root }: Html, tag: string) => all(root, tag)[0] ?? nothing

const listed = (texts: string[]) => texts.map(text => `'${text}'`).join(', ')

const shown = ({ tagName, attrs }: Element) =>
  `<${[tagName, ...attrs.filter(({ name }) => ['id', 'name', 'type', 'href', 'src', 'for'].includes(name)).map(({ name, value }) => `${name}="${value}"`)].join(' ')}>`
