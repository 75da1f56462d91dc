import { naceEnglish } from './nace-english.ts'
import { naceSwedish } from './nace-swedish.ts'
import type { Names } from './names.ts'

export interface EconomicActivity {
  /** A letter for a section, two digits for a division. */
  code: string
  /** The section that a division belongs to. */
  parent?: string
  names: Names
}

const sections: Record<string, string[]> = {
  A: ['01', '02', '03'],
  B: ['05', '06', '07', '08', '09'],
  C: [
    '10',
    '11',
    '12',
    '13',
    '14',
    '15',
    '16',
    '17',
    '18',
    '19',
    '20',
    '21',
    '22',
    '23',
    '24',
    '25',
    '26',
    '27',
    '28',
    '29',
    '30',
    '31',
    '32',
    '33',
  ],
  D: ['35'],
  E: ['36', '37', '38', '39'],
  F: ['41', '42', '43'],
  G: ['46', '47'],
  H: ['49', '50', '51', '52', '53'],
  I: ['55', '56'],
  J: ['58', '59', '60'],
  K: ['61', '62', '63'],
  L: ['64', '65', '66'],
  M: ['68'],
  N: ['69', '70', '71', '72', '73', '74', '75'],
  O: ['77', '78', '79', '80', '81', '82'],
  P: ['84'],
  Q: ['85'],
  R: ['86', '87', '88'],
  S: ['90', '91', '92', '93'],
  T: ['94', '95', '96'],
  U: ['97', '98'],
  V: ['99'],
}

/** NACE Rev. 2.1: each section followed by its divisions (B3). */
export const economicActivities: EconomicActivity[] = Object.entries(sections).flatMap(([section, divisions]) => [
  { code: section, names: namesOf(section) },
  ...divisions.map(division => ({ code: division, parent: section, names: namesOf(division) })),
])

function namesOf(code: string): Names {
  const [en, sv] = [naceEnglish[code], naceSwedish[code]]
  if (!en || !sv) throw new Error(`NACE ${code} has no title`)
  return { en, sv }
}
