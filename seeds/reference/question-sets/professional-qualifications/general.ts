import { choice, date, heading, number, option, text, under, when, yesNo } from '../question.ts'
import { abbreviation, activity, country, document, person, profession, title } from './blanks.ts'

const recognition = [
  option('automatic', 'automatic', 'automatiskt'),
  option('other', 'not automatic', 'inte automatiskt'),
]

export const generalHeadings = [
  heading('gq-profession', 'General: identify the profession', 'Allmänt: identifiera yrket'),
  heading('gq-title', 'General: the professional title', 'Allmänt: yrkestiteln'),
  heading('gq-professional', 'General: the professional', 'Allmänt: yrkesutövaren'),
  heading('gq-qualification', 'General: identify the qualification', 'Allmänt: identifiera kvalifikationen'),
  heading('gq-experience', 'General: professional experience', 'Allmänt: yrkeserfarenhet'),
  heading('gq-exercise', 'General: exercise of the profession', 'Allmänt: utövande av yrket'),
  heading('gq-attachments', 'General: attachments', 'Allmänt: bilagor'),
]

/** General questions (GQ): the real ones of the official set as far as they are known, with fitting ones beside them. */
export const generalQuestions = [
  ...under('gq-profession', [
    yesNo(
      'profession-regulated',
      'Is the profession of {profession} regulated in your country?',
      'Är yrket {profession} reglerat i ert land?',
      profession,
    ),
    text(
      'profession-activities',
      'Which professional activities does the profession of {profession} include in your country?',
      'Vilka yrkesverksamheter ingår i yrket {profession} i ert land?',
      profession,
    ),
    yesNo(
      'activity-included',
      'Is the professional activity of {activity} part of the profession of {profession} in your country?',
      'Ingår yrkesverksamheten {activity} i yrket {profession} i ert land?',
      activity,
      profession,
    ),
    text(
      'pupils-age',
      'What is the average age of pupils in secondary education?',
      'Vilken är elevernas genomsnittsålder i sekundärutbildningen (högstadiet och gymnasiet)?',
    ),
    text(
      'teacher-subjects',
      'Which subjects may a secondary-school teacher teach?',
      'Vilka ämnen får en lärare i sekundärskolan (högstadiet och gymnasiet) undervisa i?',
    ),
  ]),
  ...under('gq-title', [
    text(
      'title-for-profession',
      'What is the professional title for exercising the profession of {profession} in your country?',
      'Vilken är yrkestiteln för att utöva yrket {profession} i ert land?',
      profession,
    ),
    yesNo(
      'title-abbreviation',
      'Is {abbreviation} the abbreviation of the title of {title} that {person} received in your country for the profession of {profession}?',
      'Är {abbreviation} förkortningen för titeln {title} som {person} har fått i ert land för yrket {profession}?',
      abbreviation,
      title,
      person,
      profession,
    ),
    yesNo(
      'title-regulated',
      'Is the title of {title} for the profession of {profession} regulated in your country?',
      'Är titeln {title} för yrket {profession} reglerad i ert land?',
      title,
      profession,
    ),
  ]),
  ...under('gq-professional', [
    yesNo('national', 'Is {person} a national of your country?', 'Är {person} medborgare i ert land?', person),
    text(
      'qualification-received',
      'Which professional qualification did {person} receive in your country?',
      'Vilken yrkeskvalifikation har {person} fått i ert land?',
      person,
    ),
  ]),
  ...under('gq-qualification', [
    choice(
      'recognised-for',
      'For which profession did you recognise the qualifications that {person} obtained in {country}?',
      'För vilket yrke har ni erkänt de kvalifikationer som {person} har erhållit i {country}?',
      [
        option('doctor', 'doctor', 'läkare'),
        option('dentist', 'dental practitioner', 'tandläkare'),
        option('other', 'another profession', 'ett annat yrke'),
      ],
      person,
      country,
    ),
    when(
      'recognised-for',
      ['doctor'],
      choice('doctor-kind', 'Which kind of doctor?', 'Vilket slags läkare?', [
        option('basic', 'doctor with basic medical training', 'läkare med medicinsk grundutbildning'),
        option('general', 'general practitioner', 'allmänpraktiserande läkare'),
        option('specialist', 'specialist', 'specialistläkare'),
      ]),
    ),
    when(
      'recognised-for',
      ['doctor'],
      choice(
        'doctor-recognition',
        'How was the qualification recognised?',
        'Hur erkändes kvalifikationen?',
        recognition,
      ),
    ),
    when(
      'doctor-recognition',
      ['automatic'],
      text('doctor-speciality', 'For which speciality was it recognised?', 'För vilken specialitet erkändes den?'),
    ),
    when(
      'recognised-for',
      ['dentist'],
      choice('dentist-kind', 'Which kind of dental practitioner?', 'Vilket slags tandläkare?', [
        option('basic', 'dental practitioner with basic training', 'tandläkare med grundutbildning'),
        option('specialist', 'specialised dental practitioner', 'specialisttandläkare'),
      ]),
    ),
    when(
      'recognised-for',
      ['dentist'],
      choice(
        'dentist-recognition',
        'How was the qualification recognised?',
        'Hur erkändes kvalifikationen?',
        recognition,
      ),
    ),
    when(
      'dentist-recognition',
      ['automatic'],
      text('dentist-speciality', 'For which speciality was it recognised?', 'För vilken specialitet erkändes den?'),
    ),
    when('recognised-for', ['other'], text('recognised-other', 'Which profession is it?', 'Vilket yrke är det?')),
  ]),
  ...under('gq-experience', [
    yesNo(
      'experience-attested',
      'Does the attached document ({document}) prove professional experience in your country?',
      'Styrker det bifogade dokumentet ({document}) yrkeserfarenhet i ert land?',
      document,
    ),
    number(
      'experience-years',
      'For how many years has {person} lawfully exercised the profession of {profession} in your country?',
      'Under hur många år har {person} lagligen utövat yrket {profession} i ert land?',
      person,
      profession,
    ),
  ]),
  ...under('gq-exercise', [
    text(
      'may-exercise',
      'Which profession may {person} exercise in your country?',
      'Vilket yrke får {person} utöva i ert land?',
      person,
    ),
    yesNo(
      'registered',
      'Is {person} registered in your country to exercise the profession of {profession}?',
      'Är {person} registrerad i ert land för att utöva yrket {profession}?',
      person,
      profession,
    ),
    when(
      'registered',
      ['yes'],
      date('registered-since', 'Since when has the person been registered?', 'Sedan när är personen registrerad?'),
    ),
    when(
      'registered',
      ['no'],
      text('registered-not', 'Why is the person not registered?', 'Varför är personen inte registrerad?'),
    ),
  ]),
  ...under('gq-attachments', [
    text(
      'title-gives-access',
      'To which profession does the attached title of {title} give access in your country?',
      'Till vilket yrke ger den bifogade titeln {title} tillträde i ert land?',
      title,
    ),
    date(
      'document-issued',
      'When was the attached document ({document}) issued?',
      'När utfärdades det bifogade dokumentet ({document})?',
      document,
    ),
    yesNo(
      'document-holder',
      'Is {person} the rightful holder of the attached document ({document})?',
      'Är {person} rätt innehavare av det bifogade dokumentet ({document})?',
      person,
      document,
    ),
    yesNo(
      'document-authentic',
      'Is the attached document ({document}) authentic?',
      'Är det bifogade dokumentet ({document}) äkta?',
      document,
    ),
    when(
      'document-authentic',
      ['no'],
      text('document-fault', 'What is wrong with the document?', 'Vad är fel med dokumentet?'),
    ),
  ]),
]
