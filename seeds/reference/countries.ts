/** The 24 official languages of the Union, in the order in which the Union writes them. */
export const unionLanguages: string[] = 'bg es cs da de et el en fr ga hr it lv lt hu mt nl pl pt ro sk sl fi sv'.split(
  ' ',
)

export interface Country {
  /** ISO 3166 (Greece is GR); 'EU' stands for the Commission. Names come from Intl. */
  code: string
  /** Official languages that an authority may be named in: those of the Union, and Icelandic and Norwegian. */
  languages: string[]
}

/** The 27 Member States, then Iceland, Liechtenstein and Norway, then the Commission. */
export const countries: Country[] = [
  { code: 'BE', languages: ['nl', 'fr', 'de'] },
  { code: 'BG', languages: ['bg'] },
  { code: 'CZ', languages: ['cs'] },
  { code: 'DK', languages: ['da'] },
  { code: 'DE', languages: ['de'] },
  { code: 'EE', languages: ['et'] },
  { code: 'IE', languages: ['en', 'ga'] },
  { code: 'GR', languages: ['el'] },
  { code: 'ES', languages: ['es'] },
  { code: 'FR', languages: ['fr'] },
  { code: 'HR', languages: ['hr'] },
  { code: 'IT', languages: ['it'] },
  { code: 'CY', languages: ['el'] },
  { code: 'LV', languages: ['lv'] },
  { code: 'LT', languages: ['lt'] },
  { code: 'LU', languages: ['fr', 'de'] },
  { code: 'HU', languages: ['hu'] },
  { code: 'MT', languages: ['mt', 'en'] },
  { code: 'NL', languages: ['nl'] },
  { code: 'AT', languages: ['de'] },
  { code: 'PL', languages: ['pl'] },
  { code: 'PT', languages: ['pt'] },
  { code: 'RO', languages: ['ro'] },
  { code: 'SI', languages: ['sl'] },
  { code: 'SK', languages: ['sk'] },
  { code: 'FI', languages: ['fi', 'sv'] },
  { code: 'SE', languages: ['sv'] },
  { code: 'IS', languages: ['is'] },
  { code: 'LI', languages: ['de'] },
  { code: 'NO', languages: ['nb'] },
  { code: 'EU', languages: unionLanguages },
]
