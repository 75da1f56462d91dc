import { choice, date, heading, number, option, text, under, when, yesNo } from '../question.ts'
import { person, profession, title } from './blanks.ts'

export const establishmentHeadings = [
  heading(
    'qpe-holder',
    'Permanent establishment: holder of qualifications',
    'Permanent etablering: innehavare av kvalifikationer',
  ),
  heading('qpe-training', 'Permanent establishment: training followed', 'Permanent etablering: genomgången utbildning'),
  heading(
    'qpe-acquired-rights',
    'Permanent establishment: acquired rights',
    'Permanent etablering: förvärvade rättigheter',
  ),
  heading(
    'qpe-documents',
    'Permanent establishment: documents for recognition',
    'Permanent etablering: dokument för erkännande',
  ),
  heading('qpe-pharmacy', 'Permanent establishment: pharmacy', 'Permanent etablering: apoteksverksamhet'),
]

/** Questions concerning permanent establishment (QPE), from the subject matter of Directive 2005/36/EC. */
export const establishmentQuestions = [
  ...under('qpe-holder', [
    yesNo(
      'qualification-held',
      'Does {person} hold the qualification of {title} from your country?',
      'Har {person} kvalifikationen {title} från ert land?',
      person,
      title,
    ),
    when(
      'qualification-held',
      ['yes'],
      date('qualification-date', 'When was the qualification awarded?', 'När fick personen kvalifikationen?'),
    ),
    choice(
      'qualification-level',
      'Which level of Article 11 of Directive 2005/36/EC does the qualification of {title} have?',
      'Vilken nivå enligt artikel 11 i direktiv 2005/36/EG har kvalifikationen {title}?',
      [
        option('a', '(a) attestation of competence', 'a) kompetensbevis'),
        option('b', '(b) certificate', 'b) utbildningsbevis'),
        option('c', '(c) diploma below higher education', 'c) examensbevis under högskolenivå'),
        option(
          'd',
          '(d) diploma of three to four years of higher education',
          'd) examensbevis från tre till fyra års högskoleutbildning',
        ),
        option(
          'e',
          '(e) diploma of at least four years of higher education',
          'e) examensbevis från minst fyra års högskoleutbildning',
        ),
      ],
      title,
    ),
    yesNo(
      'recognised-elsewhere',
      'Did you recognise a qualification that {person} obtained outside the European Union?',
      'Har ni erkänt en kvalifikation som {person} har erhållit utanför Europeiska unionen?',
      person,
    ),
    when(
      'recognised-elsewhere',
      ['yes'],
      number(
        'recognised-elsewhere-years',
        'For how many years has the person exercised the profession in your country since then?',
        'Under hur många år har personen utövat yrket i ert land sedan dess?',
      ),
    ),
  ]),
  ...under('qpe-training', [
    yesNo(
      'training-completed',
      'Did {person} complete the training for {title} in your country?',
      'Har {person} slutfört utbildningen till {title} i ert land?',
      person,
      title,
    ),
    when(
      'training-completed',
      ['yes'],
      date('training-began', 'When did the training begin?', 'När började utbildningen?'),
    ),
    when(
      'training-completed',
      ['yes'],
      date('training-ended', 'When did the training end?', 'När slutade utbildningen?'),
    ),
    number(
      'training-years',
      'How many years of full-time study does the training for {title} take?',
      'Hur många års heltidsstudier omfattar utbildningen till {title}?',
      title,
    ),
    text(
      'training-subjects',
      'Which subjects does the training for {title} include?',
      'Vilka ämnen ingår i utbildningen till {title}?',
      title,
    ),
    yesNo(
      'training-minimum',
      'Does the training for {title} meet the minimum training conditions of Directive 2005/36/EC?',
      'Uppfyller utbildningen till {title} minimikraven på utbildning i direktiv 2005/36/EG?',
      title,
    ),
  ]),
  ...under('qpe-acquired-rights', [
    yesNo(
      'acquired-rights',
      'Has {person} exercised the profession of {profession} effectively and lawfully for at least three consecutive years during the last five years?',
      'Har {person} faktiskt och lagligen utövat yrket {profession} under minst tre på varandra följande år de senaste fem åren?',
      person,
      profession,
    ),
    when(
      'acquired-rights',
      ['yes'],
      date(
        'acquired-rights-from',
        'From which date did the person exercise the profession?',
        'Från vilket datum har personen utövat yrket?',
      ),
    ),
    when(
      'acquired-rights',
      ['yes'],
      date(
        'acquired-rights-to',
        'Until which date did the person exercise the profession?',
        'Till vilket datum har personen utövat yrket?',
      ),
    ),
    yesNo(
      'acquired-rights-certificate',
      'Can you issue a certificate of the acquired rights of {person}?',
      'Kan ni utfärda ett intyg om förvärvade rättigheter för {person}?',
      person,
    ),
    yesNo(
      'earlier-title-equal',
      'Does the earlier title of {title} have the same effect in your country as the one that replaced it?',
      'Har den tidigare titeln {title} samma verkan i ert land som den som har ersatt den?',
      title,
    ),
  ]),
  ...under('qpe-documents', [
    yesNo(
      'documents-good-character',
      'Can you confirm that {person} is of good character and has not been declared bankrupt?',
      'Kan ni bekräfta att {person} har gott anseende och inte har försatts i konkurs?',
      person,
    ),
    yesNo(
      'documents-health',
      'Do you ask for a certificate of physical or mental health for the profession of {profession}?',
      'Kräver ni ett intyg om fysisk eller psykisk hälsa för yrket {profession}?',
      profession,
    ),
    yesNo(
      'documents-insurance',
      'Is {person} insured against professional liability?',
      'Är {person} försäkrad mot skadeståndsansvar i yrket?',
      person,
    ),
  ]),
  ...under('qpe-pharmacy', [
    text(
      'pharmacy-activities',
      'Which activities of a pharmacist may {person} exercise in your country?',
      'Vilka av en farmaceuts verksamheter får {person} utöva i ert land?',
      person,
    ),
    yesNo(
      'pharmacy-new',
      'May {person} manage a pharmacy that has been open for less than three years?',
      'Får {person} förestå ett apotek som har varit öppet i mindre än tre år?',
      person,
    ),
  ]),
]
