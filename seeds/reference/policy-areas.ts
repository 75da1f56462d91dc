import type { Names } from './names.ts'

export interface PolicyArea {
  code: string
  names: Names
}

/** Our own list: what an authority deals with, in words that somebody abroad would search by. */
export const policyAreas: PolicyArea[] = [
  { code: 'agriculture-fisheries', names: { en: 'Agriculture and fisheries', sv: 'Jordbruk och fiske' } },
  {
    code: 'company-law',
    names: { en: 'Business registration and company law', sv: 'Företagsregistrering och bolagsrätt' },
  },
  {
    code: 'competition-procurement',
    names: { en: 'Competition and public procurement', sv: 'Konkurrens och offentlig upphandling' },
  },
  { code: 'construction-housing', names: { en: 'Construction and housing', sv: 'Byggande och boende' } },
  { code: 'consumer-protection', names: { en: 'Consumer protection', sv: 'Konsumentskydd' } },
  { code: 'culture-media', names: { en: 'Culture and media', sv: 'Kultur och medier' } },
  { code: 'customs-tax', names: { en: 'Customs and taxation', sv: 'Tull och skatt' } },
  { code: 'data-protection', names: { en: 'Data protection', sv: 'Dataskydd' } },
  {
    code: 'digital-communications',
    names: { en: 'Digital services and communications', sv: 'Digitala tjänster och kommunikation' },
  },
  { code: 'education', names: { en: 'Education', sv: 'Utbildning' } },
  { code: 'employment', names: { en: 'Employment and working conditions', sv: 'Arbetsmarknad och arbetsvillkor' } },
  { code: 'energy', names: { en: 'Energy', sv: 'Energi' } },
  { code: 'environment', names: { en: 'Environment and climate', sv: 'Miljö och klimat' } },
  { code: 'financial-services', names: { en: 'Financial services', sv: 'Finansiella tjänster' } },
  { code: 'food-safety', names: { en: 'Food safety and animal health', sv: 'Livsmedelssäkerhet och djurhälsa' } },
  { code: 'internal-market', names: { en: 'Internal market and trade', sv: 'Inre marknad och handel' } },
  { code: 'justice', names: { en: 'Justice and legal professions', sv: 'Rättsväsen och juridiska yrken' } },
  { code: 'product-safety', names: { en: 'Product and technical safety', sv: 'Produktsäkerhet och teknisk säkerhet' } },
  { code: 'public-health', names: { en: 'Public health and medical care', sv: 'Folkhälsa och hälso- och sjukvård' } },
  { code: 'public-security', names: { en: 'Public order and security', sv: 'Allmän ordning och säkerhet' } },
  {
    code: 'social-security',
    names: { en: 'Social security and social services', sv: 'Social trygghet och socialtjänst' },
  },
  { code: 'tourism', names: { en: 'Tourism', sv: 'Turism' } },
  { code: 'transport', names: { en: 'Transport', sv: 'Transport' } },
]
