import type { Names } from './names.ts'

export interface Keyword {
  /** Unique over all areas: the area's letters stand in front. */
  code: string
  /** Code of the legislative area. */
  area: string
  names: Names
}

type Word = [code: string, en: string, sv: string]

const professions: Word[] = [
  ['pq-doctor', 'Doctor (basic medical training)', 'Läkare (grundutbildning)'],
  ['pq-general-practitioner', 'General practitioner', 'Allmänpraktiserande läkare'],
  ['pq-specialist-doctor', 'Specialist doctor', 'Specialistläkare'],
  ['pq-nurse', 'Nurse responsible for general care', 'Sjuksköterska med ansvar för allmän hälso- och sjukvård'],
  ['pq-midwife', 'Midwife', 'Barnmorska'],
  ['pq-dentist', 'Dentist', 'Tandläkare'],
  ['pq-dental-hygienist', 'Dental hygienist', 'Tandhygienist'],
  ['pq-pharmacist', 'Pharmacist', 'Apotekare'],
  ['pq-veterinary-surgeon', 'Veterinary surgeon', 'Veterinär'],
  ['pq-physiotherapist', 'Physiotherapist', 'Fysioterapeut'],
  ['pq-occupational-therapist', 'Occupational therapist', 'Arbetsterapeut'],
  ['pq-psychologist', 'Psychologist', 'Psykolog'],
  ['pq-psychotherapist', 'Psychotherapist', 'Psykoterapeut'],
  ['pq-speech-therapist', 'Speech and language therapist', 'Logoped'],
  ['pq-dietitian', 'Dietitian', 'Dietist'],
  ['pq-radiographer', 'Radiographer', 'Röntgensjuksköterska'],
  ['pq-biomedical-scientist', 'Biomedical scientist', 'Biomedicinsk analytiker'],
  ['pq-optometrist', 'Optometrist', 'Optiker'],
  ['pq-social-worker', 'Social worker', 'Socialarbetare'],
  ['pq-preschool-teacher', 'Pre-school teacher', 'Förskollärare'],
  ['pq-primary-teacher', 'Primary school teacher', 'Lärare i grundskolan'],
  ['pq-secondary-teacher', 'Secondary school teacher', 'Lärare i gymnasieskolan'],
  ['pq-lawyer', 'Lawyer', 'Advokat'],
  ['pq-auditor', 'Auditor', 'Revisor'],
  ['pq-architect', 'Architect', 'Arkitekt'],
  ['pq-engineer', 'Engineer', 'Ingenjör'],
  ['pq-surveyor', 'Land surveyor', 'Lantmätare'],
  ['pq-electrician', 'Electrician', 'Elinstallatör'],
  ['pq-plumber', 'Plumber and gas fitter', 'Rörmokare och gasinstallatör'],
  ['pq-estate-agent', 'Estate agent', 'Fastighetsmäklare'],
  ['pq-tourist-guide', 'Tourist guide', 'Turistguide'],
  ['pq-driving-instructor', 'Driving instructor', 'Trafiklärare'],
  ['pq-ski-instructor', 'Ski instructor', 'Skidlärare'],
  ['pq-hairdresser', 'Hairdresser', 'Frisör'],
  ['pq-security-guard', 'Security guard', 'Väktare'],
]

const services: Word[] = [
  ['sv-accommodation', 'Hotels and accommodation', 'Hotell och logi'],
  ['sv-architecture', 'Architecture and engineering services', 'Arkitekt- och ingenjörstjänster'],
  ['sv-building', 'Building and renovation', 'Byggande och renovering'],
  ['sv-business-consulting', 'Business and management consulting', 'Företags- och organisationskonsulter'],
  ['sv-certification', 'Certification and testing', 'Certifiering och provning'],
  ['sv-cleaning', 'Cleaning', 'Städning'],
  ['sv-driving-schools', 'Driving schools', 'Trafikskolor'],
  ['sv-electrical-work', 'Electrical installation work', 'Elinstallationsarbete'],
  ['sv-estate-agency', 'Estate agency', 'Fastighetsmäkling'],
  ['sv-events', 'Trade fairs and events', 'Mässor och evenemang'],
  ['sv-funerals', 'Funeral services', 'Begravningstjänster'],
  ['sv-gardening', 'Gardening and landscaping', 'Trädgård och landskapsvård'],
  ['sv-hairdressing-beauty', 'Hairdressing and beauty care', 'Frisörer och skönhetsvård'],
  ['sv-it-services', 'IT services', 'IT-tjänster'],
  ['sv-leisure', 'Sport and leisure services', 'Idrotts- och fritidstjänster'],
  ['sv-legal-tax-advice', 'Legal and tax advice', 'Juridisk rådgivning och skatterådgivning'],
  ['sv-private-education', 'Private education and training', 'Privat utbildning'],
  ['sv-rental', 'Rental and leasing', 'Uthyrning och leasing'],
  ['sv-repair', 'Repair of vehicles and goods', 'Reparation av fordon och varor'],
  ['sv-restaurants', 'Restaurants and catering', 'Restauranger och catering'],
  ['sv-retail', 'Retail trade', 'Detaljhandel'],
  ['sv-tourist-guides', 'Tourist guides', 'Turistguider'],
  ['sv-travel-agencies', 'Travel agencies and tour operators', 'Resebyråer och researrangörer'],
  ['sv-waste', 'Waste collection and treatment', 'Insamling och behandling av avfall'],
  ['sv-wholesale', 'Wholesale trade', 'Partihandel'],
]

const posting: Word[] = [
  ['pw-administrative-fines', 'Administrative fines and penalties', 'Sanktionsavgifter och böter'],
  ['pw-agriculture', 'Seasonal work in agriculture', 'Säsongsarbete i jordbruket'],
  ['pw-collective-agreements', 'Collective agreements', 'Kollektivavtal'],
  ['pw-construction', 'Posting in construction', 'Utstationering i byggbranschen'],
  ['pw-declarations', 'Posting declarations', 'Anmälan av utstationering'],
  ['pw-establishment', 'Establishment of the employer', 'Arbetsgivarens etablering'],
  ['pw-health-safety', 'Health and safety at work', 'Arbetsmiljö'],
  ['pw-industry', 'Posting in industry and assembly', 'Utstationering i industri och montage'],
  ['pw-remuneration', 'Remuneration', 'Lön och ersättning'],
  ['pw-social-security', 'Social security of posted workers', 'Social trygghet för utstationerade'],
  ['pw-temporary-agencies', 'Temporary-work agencies', 'Bemanningsföretag'],
  ['pw-transport', 'Posting in road transport', 'Utstationering i vägtransporter'],
  ['pw-working-time', 'Working time and leave', 'Arbetstid och ledighet'],
]

const patients: Word[] = [
  ['pr-complaints', 'Complaints about care', 'Klagomål på vården'],
  [
    'pr-contact-point',
    'National contact point for cross-border care',
    'Nationell kontaktpunkt för gränsöverskridande vård',
  ],
  ['pr-dental-care', 'Dental care', 'Tandvård'],
  ['pr-hospitals', 'Hospitals', 'Sjukhus'],
  ['pr-medical-devices', 'Medical devices on prescription', 'Medicintekniska produkter på recept'],
  ['pr-medical-records', 'Medical records', 'Patientjournaler'],
  ['pr-patient-injury', 'Compensation for patient injury', 'Ersättning för patientskada'],
  ['pr-pharmacies', 'Pharmacies', 'Apotek'],
  ['pr-prescriptions', 'Prescriptions from another country', 'Recept från annat land'],
  ['pr-prior-authorisation', 'Prior authorisation', 'Förhandstillstånd'],
  ['pr-private-clinics', 'Private clinics', 'Privata kliniker'],
  ['pr-rare-diseases', 'Rare diseases', 'Sällsynta sjukdomar'],
  ['pr-reimbursement', 'Reimbursement of costs', 'Ersättning för kostnader'],
  ['pr-right-to-practise', 'Right to practise of health professionals', 'Hälso- och sjukvårdspersonals behörighet'],
]

/** Keywords per legislative area, for those who search an authority from abroad (B3). */
export const keywords: Keyword[] = [
  ...ofArea('professional-qualifications', professions),
  ...ofArea('services', services),
  ...ofArea('posting-of-workers', posting),
  ...ofArea('patients-rights', patients),
]

function ofArea(area: string, words: Word[]): Keyword[] {
  return words.map(([code, en, sv]) => ({ code, area, names: { en, sv } }))
}
