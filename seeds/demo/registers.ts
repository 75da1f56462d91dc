import type { RegisterData } from '../../src/registers/index.ts'

const qualifications = 'professional-qualifications-requests'
const services = 'services-requests'
const posting = 'posting-of-workers-requests'
const patients = 'patients-rights-requests'

/** A public register as an authority of the demo world lists it, so many days ago. */
export interface DemoRegister extends RegisterData {
  /** Key of the authority. */
  by: string
  ago: number
}

type Written = Partial<DemoRegister> & {
  by: string
  ago: number
  /** The authority's own language first. */
  names: Record<string, string>
  titles: Record<string, string>
  address: string
  contents: string[]
  modules: string[]
}

const HEALTH = ['pq-doctor', 'pq-specialist-doctor', 'pq-nurse', 'pq-midwife', 'pq-dentist', 'pq-dental-hygienist']
const THERAPY = ['pq-physiotherapist', 'pq-occupational-therapist', 'pq-radiographer', 'pq-dietitian', 'pq-optometrist']

const written: Written[] = [
  {
    by: 'patientsikkerhed',
    ago: 300,
    names: { da: 'Autorisationsregistret' },
    titles: {
      de: 'Register der zugelassenen Gesundheitsfachkräfte',
      en: 'Register of authorised health professionals',
      sv: 'Register över legitimerad hälso- och sjukvårdspersonal',
    },
    address: 'https://autregweb.sst.dk/',
    contents: ['right', 'restrictions', 'qualifications', 'dates'],
    note: 'Søg på navn, fødselsdato eller autorisations-ID.',
    modules: [qualifications, patients],
    keywords: [...HEALTH, ...THERAPY, 'pr-right-to-practise'],
  },
  {
    by: 'sikkerhedsstyrelsen',
    ago: 180,
    names: { da: 'Registre hos Sikkerhedsstyrelsen' },
    titles: {
      en: 'Registers of authorised electricians, plumbers and gas fitters',
      sv: 'Register över auktoriserade elektriker, rörmokare och gasinstallatörer',
    },
    address: 'https://www.sik.dk/registre',
    contents: ['right', 'establishment'],
    modules: [qualifications, services],
    keywords: ['pq-electrician', 'pq-plumber', 'sv-electrical-work'],
  },
  {
    by: 'erhvervsstyrelsen',
    ago: 260,
    names: { da: 'CVR – Det Centrale Virksomhedsregister' },
    titles: { en: 'Central Business Register: every Danish company', sv: 'Danmarks företagsregister' },
    address: 'https://datacvr.virk.dk/',
    languages: ['da', 'en'],
    contents: ['establishment', 'representatives', 'dates'],
    modules: [services, posting],
  },
  {
    // Not in the directory any more: its authority is deactivated.
    by: 'advokatsamfundet',
    ago: 250,
    names: { da: 'Advokatnøglen' },
    titles: { en: 'Register of Danish lawyers', sv: 'Register över Danmarks advokater' },
    address: 'https://www.advokatnoeglen.dk/',
    contents: ['right', 'establishment'],
    modules: [qualifications],
    keywords: ['pq-lawyer'],
  },
  {
    by: 'fastighetsmaklarinspektionen',
    ago: 220,
    names: { sv: 'Fastighetsmäklarregistret' },
    titles: {
      da: 'Register over ejendomsmæglere i Sverige',
      en: 'Register of estate agents and their companies',
      hu: 'Svéd ingatlanközvetítők nyilvántartása',
    },
    address: 'https://fmi.se/',
    contents: ['right', 'establishment'],
    note: 'Använd tjänsterna ”Sök mäklare” och ”Sök mäklarföretag”.',
    modules: [qualifications, services],
    keywords: ['pq-estate-agent', 'sv-estate-agency'],
  },
  {
    by: 'okfo',
    ago: 210,
    names: { hu: 'Egészségügyi dolgozók nyilvántartása' },
    titles: {
      da: 'Register over sundhedspersoner i Ungarn',
      en: 'Register of health professionals: qualifications and right to practise',
      sv: 'Register över hälso- och sjukvårdspersonal i Ungern',
    },
    address: 'https://kereso.enkk.hu/',
    contents: ['right', 'qualifications', 'dates'],
    modules: [qualifications, patients],
    keywords: [...HEALTH, 'pq-pharmacist', 'pq-physiotherapist', 'pr-right-to-practise'],
  },
  {
    by: 'igazsagugyi-miniszterium',
    ago: 190,
    names: { hu: 'Elektronikus cégjegyzék' },
    titles: { en: 'Register of companies of Hungary', sv: 'Ungerns företagsregister' },
    address: 'https://www.e-cegjegyzek.hu/',
    contents: ['establishment', 'representatives'],
    modules: [services, posting],
  },
  {
    by: 'veselibas-inspekcija',
    ago: 170,
    names: { lv: 'Ārstniecības personu un ārstniecības atbalsta personu reģistrs' },
    titles: {
      en: 'Register of health professionals: registration and its dates',
      hu: 'Lett egészségügyi dolgozók nyilvántartása',
      sv: 'Register över hälso- och sjukvårdspersonal i Lettland',
    },
    address: 'https://registri.vi.gov.lv/',
    contents: ['right', 'dates'],
    modules: [qualifications, patients],
    keywords: [...HEALTH, 'pq-physiotherapist', 'pq-optometrist', 'pr-right-to-practise'],
  },
  {
    by: 'ekonomikas-ministrija',
    ago: 165,
    names: { lv: 'Būvniecības informācijas sistēma' },
    titles: {
      en: 'Construction register: companies and certified specialists',
      sv: 'Byggregister: företag och sakkunniga',
    },
    address: 'https://bis.gov.lv/',
    contents: ['right', 'qualifications', 'establishment'],
    modules: [services, posting],
    keywords: ['sv-building', 'pw-construction'],
    economicActivities: ['F'],
  },
  {
    by: 'turismo-de-portugal',
    ago: 240,
    names: { pt: 'Registo Nacional de Turismo (RNT)' },
    titles: {
      da: 'Register over turistvirksomheder i Portugal',
      en: 'National register of tourism: travel agencies, tourist activities, accommodation',
      sv: 'Turismregister: resebyråer, turistaktiviteter och boende',
    },
    address: 'https://rnt.turismodeportugal.pt/',
    contents: ['right', 'establishment', 'insurance'],
    note: 'Os guias turísticos não se inscrevem neste registo; as empresas de animação turística, sim.',
    modules: [services],
    keywords: ['sv-travel-agencies', 'sv-accommodation', 'sv-leisure', 'sv-tourist-guides'],
  },
  {
    by: 'medical-council',
    ago: 230,
    names: { en: 'Register of Medical Practitioners' },
    titles: { hu: 'Írországi orvosok nyilvántartása', sv: 'Register över läkare i Irland' },
    address: 'https://www.medicalcouncil.ie/public-information/check-the-register/',
    contents: ['right', 'restrictions', 'qualifications'],
    modules: [qualifications],
    keywords: ['pq-doctor', 'pq-general-practitioner', 'pq-specialist-doctor'],
  },
  {
    by: 'tukes',
    ago: 150,
    names: { fi: 'Tukesin rekisterit', sv: 'Tukes register' },
    titles: { en: 'Registers of electrical contractors and certified firms' },
    address: 'https://rekisterit.tukes.fi/',
    languages: ['fi', 'sv'],
    contents: ['right', 'establishment'],
    modules: [services],
    keywords: ['sv-electrical-work', 'sv-certification'],
  },
  {
    by: 'bundesverwaltungsamt',
    ago: 140,
    names: { de: 'Gemeinsames Registerportal der Länder' },
    titles: {
      en: 'Common register portal: companies, cooperatives, associations',
      sv: 'Tysklands gemensamma företagsregister',
    },
    address: 'https://www.handelsregister.de/',
    languages: ['de', 'en'],
    contents: ['establishment', 'representatives'],
    modules: [services, posting],
  },
]

/** Registers that are public in truth; who lists them and what is said of them is made up. */
export const demoRegisters: DemoRegister[] = written.map(register => {
  const [language = 'en'] = Object.keys(register.names)
  return {
    languages: [language],
    note: '',
    noteLanguage: language,
    access: 'open',
    keywords: [],
    economicActivities: [],
    ...register,
  }
})
