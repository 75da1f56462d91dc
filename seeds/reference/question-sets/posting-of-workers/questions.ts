import { choice, date, heading, number, option, text, under, when, yesNo } from '../question.ts'
import { document, employer, period, work, worker } from './blanks.ts'

export const headings = [
  heading('establishment', 'Establishment of the employer', 'Arbetsgivarens etablering'),
  heading('posting', 'The posting', 'Utstationeringen'),
  heading('conditions', 'Working conditions and pay', 'Arbetsvillkor och lön'),
  heading('safety', 'Health and safety', 'Hälsa och säkerhet'),
  heading('documents', 'Documents', 'Handlingar'),
  heading('irregularities', 'Checks and irregularities', 'Kontroller och oegentligheter'),
]

export const questions = [
  ...under('establishment', [
    yesNo('established', 'Is {employer} established in your country?', 'Är {employer} etablerad i ert land?', employer),
    when(
      'established',
      ['yes'],
      date(
        'established-since',
        'Since when has the employer been established?',
        'Sedan när är arbetsgivaren etablerad?',
      ),
    ),
    when(
      'established',
      ['yes'],
      choice('substance', 'What does the employer do in your country?', 'Vad gör arbetsgivaren i ert land?', [
        option('substantial', 'carries out a large part of the activity', 'bedriver en stor del av verksamheten'),
        option('administrative', 'only administration', 'bara administration'),
        option('nothing', 'nothing that can be found', 'inget som går att finna'),
      ]),
    ),
    number(
      'employees',
      'How many people does {employer} employ in your country?',
      'Hur många personer har {employer} anställda i ert land?',
      employer,
    ),
    number(
      'turnover-share',
      'What share of its turnover does {employer} make in your country, in per cent?',
      'Hur stor del av omsättningen har {employer} i ert land, i procent?',
      employer,
    ),
    yesNo(
      'licensed',
      'Does {employer} have the licence that the work of {work} needs?',
      'Har {employer} det tillstånd som arbetet {work} kräver?',
      employer,
      work,
    ),
    yesNo(
      'tax',
      'Does {employer} pay taxes and social security contributions in your country?',
      'Betalar {employer} skatt och sociala avgifter i ert land?',
      employer,
    ),
  ]),
  ...under('posting', [
    yesNo('employed', 'Is {worker} employed by {employer}?', 'Är {worker} anställd hos {employer}?', worker, employer),
    when(
      'employed',
      ['yes'],
      date('employed-since', 'Since when has the worker been employed?', 'Sedan när är arbetstagaren anställd?'),
    ),
    when(
      'employed',
      ['no'],
      text('employed-not', 'What do you know about how the worker works?', 'Vad vet ni om hur arbetstagaren arbetar?'),
    ),
    text(
      'usual-country',
      'In which country does {worker} usually work?',
      'I vilket land arbetar {worker} vanligtvis?',
      worker,
    ),
    yesNo(
      'returns',
      'Does {worker} return to work in your country after the posting?',
      'Återgår {worker} till arbete i ert land efter utstationeringen?',
      worker,
    ),
    yesNo(
      'social-security',
      'Was a certificate of social security (A1) issued for {worker} for the period {period}?',
      'Har ett intyg om social trygghet (A1) utfärdats för {worker} för perioden {period}?',
      worker,
      period,
    ),
    when(
      'social-security',
      ['yes'],
      date('social-security-until', 'Until when is the certificate valid?', 'Till när är intyget giltigt?'),
    ),
  ]),
  ...under('conditions', [
    number(
      'pay',
      'What gross pay per month did {worker} receive in the period {period}, in euro?',
      'Vilken bruttolön per månad fick {worker} under perioden {period}, i euro?',
      worker,
      period,
    ),
    number(
      'hours',
      'How many hours per week did {worker} work in the period {period}?',
      'Hur många timmar per vecka arbetade {worker} under perioden {period}?',
      worker,
      period,
    ),
    yesNo('paid-leave', 'Did {worker} receive paid leave?', 'Fick {worker} betald semester?', worker),
    yesNo(
      'allowances',
      'Did {employer} pay for travel, board and lodging?',
      'Betalade {employer} för resa, kost och logi?',
      employer,
    ),
    when(
      'allowances',
      ['yes'],
      choice('allowances-how', 'How were these costs paid?', 'Hur betalades dessa kostnader?', [
        option('beside', 'beside the pay', 'utöver lönen'),
        option('within', 'as part of the pay', 'som en del av lönen'),
      ]),
    ),
  ]),
  ...under('safety', [
    yesNo(
      'safety-training',
      'Was {worker} trained in health and safety for the work of {work}?',
      'Har {worker} fått utbildning i hälsa och säkerhet för arbetet {work}?',
      worker,
      work,
    ),
    yesNo(
      'accidents',
      'Has {employer} reported accidents at work in the last three years?',
      'Har {employer} anmält arbetsolyckor de senaste tre åren?',
      employer,
    ),
    when(
      'accidents',
      ['yes'],
      number('accidents-number', 'How many accidents were reported?', 'Hur många olyckor har anmälts?'),
    ),
    text(
      'safety-measures',
      'Which safety measures must an employer take for the work of {work} in your country?',
      'Vilka skyddsåtgärder måste en arbetsgivare vidta för arbetet {work} i ert land?',
      work,
    ),
  ]),
  ...under('documents', [
    yesNo(
      'document-send',
      'Can you send the following document: {document}?',
      'Kan ni skicka följande handling: {document}?',
      document,
    ),
    when(
      'document-send',
      ['no'],
      text(
        'document-obstacle',
        'What prevents you from sending the document?',
        'Vad hindrar er från att skicka handlingen?',
      ),
    ),
    yesNo(
      'document-genuine',
      'Is the attached document ({document}) genuine?',
      'Är den bifogade handlingen ({document}) äkta?',
      document,
    ),
    date(
      'document-issued',
      'When was the attached document ({document}) issued?',
      'När utfärdades den bifogade handlingen ({document})?',
      document,
    ),
  ]),
  ...under('irregularities', [
    yesNo(
      'penalised',
      'Has {employer} been penalised for breaking rules on posting?',
      'Har {employer} påförts sanktioner för överträdelser av regler om utstationering?',
      employer,
    ),
    when('penalised', ['yes'], date('penalised-date', 'When was the penalty decided?', 'När beslutades sanktionen?')),
    yesNo(
      'inspected',
      'Can you inspect {employer} because of this request?',
      'Kan ni inspektera {employer} med anledning av den här förfrågan?',
      employer,
    ),
    when(
      'inspected',
      ['yes'],
      text('inspected-result', 'What was the result of the inspection?', 'Vad blev resultatet av inspektionen?'),
    ),
  ]),
]
