import type { Block, Document, Worded } from '../platform/documents/document.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import type { ShownModule, ShownRight } from './rights.ts'

type Frame = Pick<Document, 'lang' | 'footer' | 'pageOf'>

/** What somebody may do and who gave it to them (D3), to print and to keep. */
export function rightsDocument(rights: ShownRight[], modules: ShownModule[], t: Translate, frame: Frame): Document {
  return {
    ...frame,
    title: t('profile:rights.title'),
    subtitle: t('profile:rights.printedLead'),
    blocks: [
      heading(2, t('profile:rights.own')),
      { kind: 'facts', rows: rights.map(factOf) },
      heading(2, t('profile:rights.modules')),
      ...(modules.length > 0
        ? modules.flatMap(module => moduleBlocks(module, t))
        : [{ kind: 'paragraph' as const, text: { text: t('home:roles.empty') } }]),
    ],
  }
}

const heading = (level: 2 | 3, text: string): Block => ({ kind: 'heading', level, text: { text } })

const factOf = ({ label, value, note }: ShownRight) => ({ name: label, value: worded(value, note) })

const worded = (...texts: string[]): Worded[] => texts.filter(Boolean).map(text => ({ text }))

function moduleBlocks(
  { name, suspended, role, granted, roles, lacking, coordinators }: ShownModule,
  t: Translate,
): Block[] {
  const none = role === 'coordinator' ? 'help:people.coordinatesItself' : 'profile:module.noCoordinator'
  return [
    heading(3, suspended ? `${name} (${t('home:roles.suspended')})` : name),
    {
      kind: 'facts',
      rows: [
        ...roles.map(factOf),
        ...(lacking.length > 0 ? [{ name: t('profile:module.lacking'), value: worded(...lacking) }] : []),
        { name: t('home:roles.authority'), value: worded(t(`home:grantRole.${role}`), granted) },
        {
          name: t('profile:module.coordinators'),
          value:
            coordinators.length > 0 ? coordinators.map(one => ({ text: one.name, lang: one.lang })) : worded(t(none)),
        },
      ],
    },
  ]
}
