import { choice, date, heading, number, option, text, under, when, yesNo } from '../question.ts'
import { person, profession, provider, treatment } from './blanks.ts'

export const headings = [
  heading('professional', 'Identify the health professional', 'Identifiera hälso- och sjukvårdspersonen'),
  heading('right-to-practise', 'Right to practise', 'Rätt att utöva yrket'),
  heading('restrictions', 'Restrictions and measures', 'Begränsningar och åtgärder'),
  heading('provider', 'The healthcare provider', 'Vårdgivaren'),
  heading('invoices', 'Invoices', 'Fakturor'),
  heading('prescriptions', 'Prescriptions', 'Recept'),
]

export const questions = [
  ...under('professional', [
    yesNo(
      'known',
      'Is {person} entered in a register of health professionals in your country?',
      'Finns {person} i ett register över hälso- och sjukvårdspersonal i ert land?',
      person,
    ),
    when(
      'known',
      ['yes'],
      date('known-since', 'Since when has the person been in the register?', 'Sedan när finns personen i registret?'),
    ),
    when(
      'known',
      ['no'],
      yesNo('known-before', 'Was the person in the register earlier?', 'Har personen funnits i registret tidigare?'),
    ),
    text(
      'specialities',
      'Which specialities of {person} are registered?',
      'Vilka specialiteter är registrerade för {person}?',
      person,
    ),
  ]),
  ...under('right-to-practise', [
    yesNo(
      'may-practise',
      'May {person} practise the profession of {profession} in your country?',
      'Får {person} utöva yrket {profession} i ert land?',
      person,
      profession,
    ),
    when(
      'may-practise',
      ['yes'],
      choice('practise-kind', 'What kind of right is it?', 'Vilket slags rätt är det?', [
        option('full', 'full', 'full'),
        option('limited', 'limited', 'begränsad'),
        option('temporary', 'for a limited time', 'för en begränsad tid'),
      ]),
    ),
    when(
      'practise-kind',
      ['limited'],
      text('practise-limits', 'How is the right limited?', 'Hur är rätten begränsad?'),
    ),
    when(
      'practise-kind',
      ['temporary'],
      date('practise-until', 'Until when may the person practise?', 'Till när får personen utöva yrket?'),
    ),
    when(
      'may-practise',
      ['no'],
      date(
        'practise-ended',
        'Since when has the person not been allowed to practise?',
        'Sedan när får personen inte utöva yrket?',
      ),
    ),
    number(
      'practise-years',
      'For how many years has {person} practised the profession of {profession} in your country?',
      'Under hur många år har {person} utövat yrket {profession} i ert land?',
      person,
      profession,
    ),
    yesNo(
      'treatment-allowed',
      'May {person} give the treatment of {treatment}?',
      'Får {person} ge behandlingen {treatment}?',
      person,
      treatment,
    ),
  ]),
  ...under('restrictions', [
    yesNo(
      'measures',
      'Has a measure been taken that restricts how {person} may practise?',
      'Har en åtgärd vidtagits som begränsar hur {person} får utöva yrket?',
      person,
    ),
    when(
      'measures',
      ['yes'],
      date('measures-since', 'Since when has the measure applied?', 'Sedan när gäller åtgärden?'),
    ),
    when(
      'measures',
      ['yes'],
      text('measures-content', 'What does the measure mean for the person?', 'Vad innebär åtgärden för personen?'),
    ),
    yesNo(
      'pending',
      'Is an investigation open in which the right of {person} to practise may be restricted?',
      'Pågår en utredning där rätten för {person} att utöva yrket kan begränsas?',
      person,
    ),
    yesNo(
      'supervised',
      'Must {person} work under the supervision of somebody else?',
      'Måste {person} arbeta under någon annans tillsyn?',
      person,
    ),
  ]),
  ...under('provider', [
    yesNo(
      'provider-authorised',
      'Is {provider} authorised to give the treatment of {treatment}?',
      'Har {provider} tillstånd att ge behandlingen {treatment}?',
      provider,
      treatment,
    ),
    yesNo(
      'provider-insured',
      'Does {provider} have liability insurance or a similar guarantee?',
      'Har {provider} en ansvarsförsäkring eller en liknande garanti?',
      provider,
    ),
    text(
      'standards',
      'Which standards of quality and safety apply to the treatment of {treatment} in your country?',
      'Vilka kvalitets- och säkerhetsnormer gäller för behandlingen {treatment} i ert land?',
      treatment,
    ),
    text(
      'complaints',
      'Where can a patient complain about {provider}?',
      'Var kan en patient klaga på {provider}?',
      provider,
    ),
  ]),
  ...under('invoices', [
    yesNo(
      'invoice-genuine',
      'Did {provider} issue the attached invoice?',
      'Har {provider} utfärdat den bifogade fakturan?',
      provider,
    ),
    text(
      'invoice-content',
      'Which healthcare does the attached invoice cover?',
      'Vilken vård omfattar den bifogade fakturan?',
    ),
    number(
      'usual-price',
      'What does the treatment of {treatment} usually cost in your country, in euro?',
      'Vad kostar behandlingen {treatment} vanligtvis i ert land, i euro?',
      treatment,
    ),
  ]),
  ...under('prescriptions', [
    yesNo(
      'prescription-genuine',
      'Did {person} issue the attached prescription?',
      'Har {person} utfärdat det bifogade receptet?',
      person,
    ),
    yesNo(
      'may-prescribe',
      'May {person} prescribe medicines or medical devices?',
      'Får {person} förskriva läkemedel eller medicintekniska produkter?',
      person,
    ),
    when(
      'may-prescribe',
      ['yes'],
      text('may-prescribe-which', 'Which ones may the person prescribe?', 'Vilka får personen förskriva?'),
    ),
  ]),
]
