import type { Control, Form, Upload } from './page-form.ts'

/** What a person enters: a text, a choice by its value or its words, a tick, several of these, a file, or null to empty the field. */
export type Entry = string | number | boolean | null | Upload | readonly string[] | readonly Upload[]

/** By name, or by the label that stands on the page. */
export type Entries = Record<string, Entry>

/** Enters this in the form. A field or a choice that is not there is refused with a sentence that lists what is. */
export function fill(form: Form, entries: Entries): void {
  for (const [key, entry] of Object.entries(entries)) {
    const controls = controlsFor(form, key)
    const fixed = controls.filter(control => control.fixed)
    if (fixed.length === controls.length) throw new Error(`The field '${key}' is disabled`)
    enter(
      key,
      controls.filter(control => !control.fixed),
      entry,
    )
  }
}

function controlsFor({ controls, button }: Form, key: string): Control[] {
  const usable = controls.filter(control => control.name && control.element !== button)
  const tries = [
    usable.filter(control => control.name === key),
    usable.filter(control => control.label === key && control.type !== 'hidden'),
    usable.filter(control => control.group === key && isTicked(control)),
  ]
  const found = tries.find(some => some.length > 0)
  if (!found)
    throw new Error(
      `There is no field '${key}'. There are: ${listed(usable.map(({ name, label }) => (label ? `${name} (${label})` : name)))}`,
    )
  const names = [...new Set(found.map(control => control.name))]
  if (names.length > 1) throw new Error(`The label '${key}' stands at several fields: ${listed(names)}`)
  return found
}

function enter(key: string, controls: Control[], entry: Entry): void {
  const [first] = controls
  if (!first) return
  if (isTicked(first)) return tick(key, controls, entry)
  if (first.type.startsWith('select')) return choose(key, first, entry)
  if (first.type === 'file') {
    first.files = uploads(key, entry)
    return
  }
  const texts = Array.isArray(entry) ? entry : [entry]
  if (texts.length !== controls.length && texts.length !== 1)
    throw new Error(`There are ${controls.length} fields '${key}', not ${texts.length}`)
  texts.forEach((text, at) => (controls[at]!.value = typeable(key, controls[at]!, text)))
}

function tick(key: string, controls: Control[], entry: Entry): void {
  if (typeof entry === 'boolean' && controls.length === 1) {
    controls[0]!.checked = entry
    return
  }
  const wanted = wishes(entry)
  const meant = wanted.map(wish => {
    const found = controls.find(control => control.value === wish) ?? controls.find(control => control.label === wish)
    if (!found)
      throw new Error(
        `'${wish}' cannot be chosen for '${key}'. There are: ${listed(controls.map(({ value, label }) => `${value} (${label})`))}`,
      )
    return found
  })
  if (controls[0]?.type === 'radio' && meant.length > 1) throw new Error(`Only one of '${key}' can be chosen`)
  for (const control of controls) control.checked = meant.includes(control)
}

function choose(key: string, control: Control, entry: Entry): void {
  const open = control.options.filter(option => !option.disabled)
  const meant = wishes(entry ?? (control.type === 'select' ? '' : null)).map(wish => {
    const found = open.find(option => option.value === wish) ?? open.find(option => option.text === wish)
    if (!found)
      throw new Error(
        `'${wish}' cannot be chosen for '${key}'. There are: ${listed(open.map(({ value, text }) => `${value} (${text})`))}`,
      )
    return found
  })
  if (control.type === 'select' && meant.length > 1) throw new Error(`Only one of '${key}' can be chosen`)
  for (const option of control.options) option.selected = meant.includes(option)
}

function wishes(entry: Entry): string[] {
  return [entry].flat().flatMap(wish => (wish === null || typeof wish === 'object' ? [] : [String(wish)]))
}

function uploads(key: string, entry: Entry): Upload[] {
  const files = entry === null ? [] : Array.isArray(entry) ? entry : [entry]
  if (!files.every(file => typeof file === 'object' && file !== null))
    throw new Error(`'${key}' takes a file: { name, type, content }`)
  return files as Upload[]
}

function typeable(key: string, control: Control, text: unknown): string {
  if (text !== null && typeof text !== 'string' && typeof text !== 'number')
    throw new Error(`'${key}' is a field for text`)
  // A line of input cannot hold a line break; a hidden field can.
  return ['textarea', 'hidden'].includes(control.type) ? String(text ?? '') : String(text ?? '').replace(/[\r\n]/g, '')
}

const isTicked = ({ type }: Control) => type === 'radio' || type === 'checkbox'

const listed = (texts: string[]) => (texts.length > 0 ? [...new Set(texts)].join(', ') : 'none')
