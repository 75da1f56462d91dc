import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'

const ROOT = join(import.meta.dirname, '../../../views')

type Drawing = (locals: object) => string

/** What every component gets beside its own fields. */
export interface Base {
  t: unknown
  lang: string
  csrf: string
  /** Makes its text only when it is drawn. */
  once: { toString(): string } | undefined
  path: string
}

export interface Views {
  /** Draws a view with exactly these fields; a name that is missing throws. */
  draw(view: string, base: Base, fields: object): string
}

/** Reads every view once, at start: a template that does not parse stops the start, not a page. */
export function loadViews(): Views {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ejs'))
  const views = new Map(files.map(file => [file.replaceAll('\\', '/').replace(/\.ejs$/, ''), readView(file)]))

  function draw(name: string, base: Base, fields: object): string {
    const view = views.get(name)
    if (!view) throw new Error(`No view ${name}`)
    // Our own include in place of EJS's, which would hand every variable of the page to every component.
    const component = (named: string, own: object = {}): string =>
      draw(named.startsWith('/') ? named.slice(1) : view.folder + named, base, own)
    try {
      return view.drawingFor(fields)({ ...base, component, ...fields })
    } catch (error) {
      throw error instanceof DrawingError ? error : new DrawingError(name, error)
    }
  }

  return { draw }
}

interface View {
  /** Where its own partials lie. */
  folder: string
  drawingFor(fields: object): Drawing
}

const ALWAYS = ['t', 'lang', 'csrf', 'once', 'path', 'component'] as const satisfies (keyof Base | 'component')[]

/**
 * One view, compiled for each set of names that it is given: so they are variables of the drawing function. EJS's own way, `with`,
 * looks every name up anew, which took a fifth of the time of a long page.
 */
function readView(file: string): View {
  const filename = join(ROOT, file)
  const text = readFileSync(filename, 'utf8')
  // In a block of its own a view may name its variables as it likes. `include` is EJS's own name in there.
  const template = `<% { -%>\n${withoutIndentation(text).replace(/\binclude\(/g, 'component(')}<% } %>`
  const compile = (names: string[]): Drawing =>
    ejs.compile(template, {
      filename,
      escape: escapeHtml,
      compileDebug: false,
      _with: false,
      destructuredLocals: [...new Set([...ALWAYS, ...names])],
      ...WITHOUT_COPY,
    }) as Drawing
  compile([])
  const compiled = new Map<string, Drawing>()
  return {
    folder: file.replaceAll('\\', '/').replace(/[^/]*$/, ''),
    drawingFor(fields) {
      const names = Object.keys(fields)
      const key = names.join()
      let drawing = compiled.get(key)
      if (!drawing) compiled.set(key, (drawing = compile(names)))
      return drawing
    },
  }
}

/** What is given is an object made here for one drawing: EJS need not copy it to keep strange prototypes out. */
const WITHOUT_COPY = { unsafePrototypeLocals: true }

/** Spaces in front of a line say nothing in HTML, but for where they are text as it stands. */
const withoutIndentation = (text: string): string =>
  /<pre|<textarea/.test(text) ? text : text.replace(/^[ \t]+/gm, '')

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** As EJS does it, but quick where there is nothing to do, as nearly always. */
function escapeHtml(value?: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : String(value as number)
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, sign => ENTITIES[sign] ?? sign) : text
}

/** Says in which view a name was missing. EJS could say the line too, for a fifth of the time of every page. */
class DrawingError extends Error {
  constructor(view: string, cause: unknown) {
    super(`views/${view}.ejs: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
