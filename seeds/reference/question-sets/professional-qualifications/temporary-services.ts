import { choice, date, heading, number, option, text, under, when, yesNo } from '../question.ts'
import { activity, person, profession, title } from './blanks.ts'

export const temporaryHeadings = [
  heading(
    'qtps-establishment',
    'Temporary services: legal establishment in the Union',
    'Tillfälliga tjänster: laglig etablering i unionen',
  ),
  heading('qtps-right', 'Temporary services: right to exercise', 'Tillfälliga tjänster: rätt att utöva yrket'),
  heading(
    'qtps-sanctions',
    'Temporary services: professional sanctions',
    'Tillfälliga tjänster: yrkesmässiga sanktioner',
  ),
  heading('qtps-training', 'Temporary services: training followed', 'Tillfälliga tjänster: genomgången utbildning'),
]

/** Questions concerning the temporary provision of services (QTPS), from Title II of Directive 2005/36/EC. */
export const temporaryQuestions = [
  ...under('qtps-establishment', [
    yesNo(
      'established',
      'Is {person} legally established in your country for the profession of {profession}?',
      'Är {person} lagligen etablerad i ert land för yrket {profession}?',
      person,
      profession,
    ),
    when(
      'established',
      ['yes'],
      date('established-since', 'Since when has the person been established?', 'Sedan när är personen etablerad?'),
    ),
    when(
      'established',
      ['no'],
      yesNo(
        'established-before',
        'Was the person established in your country earlier?',
        'Har personen varit etablerad i ert land tidigare?',
      ),
    ),
    when(
      'established-before',
      ['yes'],
      date('established-until', 'Until when was the person established?', 'Till när var personen etablerad?'),
    ),
    number(
      'exercised-months',
      'For how many months has {person} exercised the profession of {profession} in your country during the last ten years?',
      'Under hur många månader har {person} utövat yrket {profession} i ert land de senaste tio åren?',
      person,
      profession,
    ),
  ]),
  ...under('qtps-right', [
    yesNo(
      'forbidden',
      'Is {person} forbidden to exercise the profession of {profession}, even for a limited time?',
      'Har {person} förbud att utöva yrket {profession}, om så bara för en tid?',
      person,
      profession,
    ),
    when(
      'forbidden',
      ['yes'],
      choice('forbidden-kind', 'What kind of prohibition is it?', 'Vilket slags förbud är det?', [
        option('permanent', 'permanent', 'tills vidare'),
        option('limited', 'for a limited time', 'för en begränsad tid'),
        option('activities', 'for certain activities only', 'bara för vissa verksamheter'),
      ]),
    ),
    when(
      'forbidden-kind',
      ['limited'],
      date('forbidden-until', 'Until which date is it forbidden?', 'Till vilket datum gäller förbudet?'),
    ),
    when(
      'forbidden-kind',
      ['activities'],
      text('forbidden-activities', 'Which activities are forbidden?', 'Vilka verksamheter gäller förbudet?'),
    ),
    yesNo(
      'partial-access',
      'May the activity of {activity} be exercised in your country by somebody who may not exercise the whole profession of {profession}?',
      'Får verksamheten {activity} utövas i ert land av någon som inte får utöva hela yrket {profession}?',
      activity,
      profession,
    ),
  ]),
  ...under('qtps-sanctions', [
    yesNo(
      'disciplinary',
      'Has a disciplinary measure been taken against {person} in connection with the profession?',
      'Har en disciplinåtgärd vidtagits mot {person} i samband med yrket?',
      person,
    ),
    when(
      'disciplinary',
      ['yes'],
      date('disciplinary-date', 'When was the measure decided?', 'När beslutades åtgärden?'),
    ),
    when(
      'disciplinary',
      ['yes'],
      yesNo('disciplinary-final', 'Is the decision final?', 'Har beslutet vunnit laga kraft?'),
    ),
    yesNo(
      'criminal',
      'Has {person} received a criminal sanction that matters for exercising the profession?',
      'Har {person} ådömts en straffrättslig påföljd som har betydelse för utövandet av yrket?',
      person,
    ),
    yesNo(
      'other-circumstances',
      'Do you know of other serious facts that may affect how {person} exercises the profession?',
      'Känner ni till andra allvarliga omständigheter som kan påverka hur {person} utövar yrket?',
      person,
    ),
  ]),
  ...under('qtps-training', [
    yesNo(
      'training-regulated',
      'Is the training for the profession of {profession} regulated in your country?',
      'Är utbildningen till yrket {profession} reglerad i ert land?',
      profession,
    ),
    text(
      'training-institution',
      'Which institution provides the training for {title} in your country?',
      'Vilken institution ger utbildningen till {title} i ert land?',
      title,
    ),
  ]),
]
