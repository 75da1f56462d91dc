import { all, around, attr, fold, has, isSeen, nameOf, textOf, type Element, type Html } from './html.ts'

export interface Upload {
  name: string
  type: string
  content: Buffer
}

export interface Option {
  value: string
  text: string
  selected: boolean
  disabled: boolean
}

/** One control of a form as a person finds and leaves it. Changing it changes what is sent, not the page. */
export interface Control {
  element: Element
  name: string
  label: string
  /** The legend of the group it stands in: the question above radios and checkboxes. */
  group: string
  type: string
  value: string
  checked: boolean
  options: Option[]
  files: Upload[]
  fixed: boolean
}

export interface Form {
  method: 'get' | 'post'
  action: string
  enctype: string
  controls: Control[]
  button: Element
}

/** The form as it stands on the page, to be sent with this button. */
export function formOf({ root }: Html, button: Element): Form {
  const owner = ownerOf(button, root)
  if (!owner) throw new Error(`The button '${nameOf(button, root)}' stands in no form`)
  const own = (name: string) => attr(button, `form${name}`) ?? attr(owner, name)
  const mine = all(root, 'input', 'select', 'textarea', 'button').filter(element => ownerOf(element, root) === owner)
  return {
    method: own('method')?.toLowerCase() === 'post' ? 'post' : 'get',
    action: own('action') ?? '',
    enctype: own('enctype')?.toLowerCase() ?? 'application/x-www-form-urlencoded',
    controls: mine.filter(element => element === button || !isButton(element)).map(element => controlOf(element, root)),
    button,
  }
}

/** The buttons that send a form. */
export function submitButtons({ root }: Html): Element[] {
  return all(root, 'button', 'input').filter(
    element => isButton(element) && isSeen(element) && (attr(element, 'type') ?? 'submit') === 'submit',
  )
}

/** What stands in the fields now, by name: hidden ones left out, all ticked values of a group as a list. */
export function valuesOf({ controls, button }: Form): Record<string, string | string[] | null> {
  const shown = controls.filter(control => control.name && control.type !== 'hidden' && control.element !== button)
  return Object.fromEntries(shown.map(({ name }) => [name, valueOf(shown.filter(control => control.name === name))]))
}

function valueOf(controls: Control[]): string | string[] | null {
  const { type } = controls[0]!
  const values = controls.flatMap(chosen)
  if (type === 'radio' || (type === 'checkbox' && controls.length === 1)) return values[0] ?? null
  return type === 'checkbox' || type === 'select-multiple' || controls.length > 1 ? values : (values[0] ?? null)
}

/** What this control sends: nothing, a value or several. */
export function chosen({ type, checked, value, options }: Control): string[] {
  if (type === 'radio' || type === 'checkbox') return checked ? [value] : []
  return type.startsWith('select')
    ? options.filter(option => option.selected && !option.disabled).map(option => option.value)
    : [value]
}

function controlOf(element: Element, root: Html['root']): Control {
  const select = element.tagName === 'select'
  const type = select
    ? has(element, 'multiple')
      ? 'select-multiple'
      : 'select'
    : element.tagName === 'input'
      ? (attr(element, 'type')?.toLowerCase() ?? 'text')
      : element.tagName
  const ticked = type === 'checkbox' || type === 'radio'
  return {
    element,
    type,
    name: attr(element, 'name') ?? '',
    label: nameOf(element, root),
    group: groupOf(element, root),
    value: element.tagName === 'textarea' ? typed(element) : (attr(element, 'value') ?? (ticked ? 'on' : '')),
    checked: has(element, 'checked'),
    options: select ? optionsOf(element) : [],
    files: [],
    fixed: isDisabled(element),
  }
}

function optionsOf(select: Element): Option[] {
  const options = all(select, 'option').map(option => ({
    value: attr(option, 'value') ?? fold(textOf(option)),
    text: attr(option, 'label') ?? textOf(option),
    selected: has(option, 'selected'),
    disabled:
      has(option, 'disabled') ||
      around(option).some(parent => parent.tagName === 'optgroup' && has(parent, 'disabled')),
  }))
  if (has(select, 'multiple')) return options
  // A browser shows the last one marked, else the first that can be chosen.
  const shown = options.findLast(option => option.selected) ?? options.find(option => !option.disabled)
  return options.map(option => ({ ...option, selected: option === shown }))
}

function groupOf(element: Element, root: Html['root']): string {
  const group = around(element).find(
    parent => parent.tagName === 'fieldset' || ['group', 'radiogroup'].includes(attr(parent, 'role') ?? ''),
  )
  if (!group) return ''
  const legend = all(group, 'legend')[0]
  return group.tagName === 'fieldset' && legend
    ? textOf(legend)
    : fold(attr(group, 'aria-labelledby') || has(group, 'aria-label') ? nameOf(group, root) : '')
}

function isDisabled(element: Element): boolean {
  if (has(element, 'disabled')) return true
  return around(element).some(parent => {
    const legend = parent.childNodes.find(child => child.nodeName === 'legend')
    const spared = legend && around(element).includes(legend as Element)
    return parent.tagName === 'fieldset' && has(parent, 'disabled') && !spared
  })
}

function ownerOf(element: Element, root: Html['root']): Element | undefined {
  const id = attr(element, 'form')
  return id === undefined
    ? around(element).find(parent => parent.tagName === 'form')
    : all(root, 'form').find(form => attr(form, 'id') === id)
}

const isButton = (element: Element) =>
  element.tagName === 'button' ||
  (element.tagName === 'input' &&
    ['submit', 'button', 'reset', 'image'].includes(attr(element, 'type')?.toLowerCase() ?? ''))

const typed = (area: Element) => area.childNodes.map(child => ('value' in child ? child.value : '')).join('')
