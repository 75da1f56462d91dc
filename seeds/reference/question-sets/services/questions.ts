import { choice, date, heading, number, option, text, under, when, yesNo } from '../question.ts'
import { document, matter, provider, service } from './blanks.ts'

export const headings = [
  heading('provider', 'Identify the service provider', 'Identifiera tjänsteleverantören', {
    da: 'Identificer tjenesteyderen',
    pt: 'Identificar o prestador de serviços',
  }),
  heading('establishment', 'Establishment', 'Etablering', { da: 'Etablering', pt: 'Estabelecimento' }),
  heading('lawful-exercise', 'Lawful exercise of the activity', 'Lagligt utövande av verksamheten', {
    da: 'Lovlig udøvelse af virksomheden',
    pt: 'Exercício legal da atividade',
  }),
  heading('information', 'The service and what is said about it', 'Tjänsten och uppgifterna om den', {
    da: 'Tjenesteydelsen og oplysningerne om den',
    pt: 'O serviço e as informações sobre ele',
  }),
  heading('good-repute', 'Good repute (Article 33)', 'Anseende (artikel 33)', {
    da: 'Hæderlighed (artikel 33)',
    pt: 'Idoneidade (artigo 33.º)',
  }),
  heading('checks', 'Checks and inspections (Article 29)', 'Kontroller och inspektioner (artikel 29)', {
    da: 'Kontrol og inspektion (artikel 29)',
    pt: 'Verificações e inspeções (artigo 29.º)',
  }),
  heading('insurance', 'Insurance', 'Försäkring', { da: 'Forsikring', pt: 'Seguro' }),
]

export const questions = [
  ...under('provider', [
    yesNo(
      'provider-known',
      'Is {provider} entered in a register in your country?',
      'Finns {provider} i något register i ert land?',
      provider,
    ),
    when('provider-known', ['yes'], text('register-name', 'Which register is it?', 'Vilket register är det?')),
    when(
      'provider-known',
      ['yes'],
      date(
        'register-since',
        'Since when has the provider been in the register?',
        'Sedan när finns leverantören i registret?',
      ),
    ),
    yesNo(
      'data-correct',
      'Are the name, address and registration number of {provider} in this request correct?',
      'Är namn, adress och registreringsnummer för {provider} i den här förfrågan riktiga?',
      provider,
    ),
    when(
      'data-correct',
      ['no'],
      text(
        'data-right',
        'What are the correct name, address and number?',
        'Vilka är det riktiga namnet, den riktiga adressen och det riktiga numret?',
      ),
    ),
    text('represents', 'Who legally represents {provider}?', 'Vem är rättslig företrädare för {provider}?', provider),
  ]),
  ...under('establishment', [
    yesNo('established', 'Is {provider} established in your country?', 'Är {provider} etablerad i ert land?', provider),
    when(
      'established',
      ['yes'],
      date(
        'established-since',
        'Since when has the provider been established?',
        'Sedan när är leverantören etablerad?',
      ),
    ),
    when(
      'established',
      ['no'],
      yesNo(
        'established-before',
        'Was the provider established in your country earlier?',
        'Har leverantören varit etablerad i ert land tidigare?',
      ),
    ),
    when(
      'established-before',
      ['yes'],
      date('established-until', 'Until when was the provider established?', 'Till när var leverantören etablerad?'),
    ),
    yesNo(
      'really-active',
      'Does {provider} really carry out an economic activity in your country?',
      'Bedriver {provider} faktiskt ekonomisk verksamhet i ert land?',
      provider,
    ),
    number(
      'employees',
      'How many people does {provider} employ in your country?',
      'Hur många personer har {provider} anställda i ert land?',
      provider,
    ),
  ]),
  ...under('lawful-exercise', [
    yesNo(
      'service-regulated',
      'Does somebody need an authorisation to provide the service of {service} in your country?',
      'Krävs det tillstånd för att utföra tjänsten {service} i ert land?',
      service,
    ),
    yesNo(
      'lawful',
      'Does {provider} lawfully provide the service of {service} in your country?',
      'Utför {provider} lagligen tjänsten {service} i ert land?',
      provider,
      service,
    ),
    when(
      'lawful',
      ['no'],
      text(
        'lawful-not',
        'Why is it not lawful to provide the service?',
        'Varför är det inte lagligt att utföra tjänsten?',
      ),
    ),
    choice(
      'authorisation',
      'What authorisation does {provider} have for the service of {service}?',
      'Vilket tillstånd har {provider} för tjänsten {service}?',
      [
        option('valid', 'a valid one', 'ett giltigt'),
        option('expired', 'one that has expired', 'ett som har gått ut'),
        option('withdrawn', 'one that was withdrawn', 'ett som har återkallats'),
        option('never', 'none, and never had one', 'inget, och har aldrig haft något'),
        option('not-needed', 'none, it is not needed', 'inget, det behövs inte'),
      ],
      provider,
      service,
    ),
    when(
      'authorisation',
      ['valid'],
      date('authorisation-until', 'Until when is the authorisation valid?', 'Till när är tillståndet giltigt?'),
    ),
    when(
      'authorisation',
      ['withdrawn'],
      text('authorisation-withdrawn', 'Why was the authorisation withdrawn?', 'Varför återkallades tillståndet?'),
    ),
    yesNo(
      'title-allowed',
      'May {provider} use the title of {service} in your country?',
      'Får {provider} använda titeln {service} i ert land?',
      provider,
      service,
    ),
  ]),
  ...under('information', [
    yesNo(
      'information-correct',
      'Is it correct what {provider} says about {matter}?',
      'Är det riktigt vad {provider} uppger om {matter}?',
      provider,
      matter,
    ),
    when(
      'information-correct',
      ['no'],
      text('information-right', 'What information is correct?', 'Vilka uppgifter är riktiga?'),
    ),
    yesNo(
      'document-genuine',
      'Is the attached document ({document}) genuine?',
      'Är det bifogade dokumentet ({document}) äkta?',
      document,
    ),
    text(
      'service-content',
      'What may somebody do who provides the service of {service} in your country?',
      'Vad får den göra som utför tjänsten {service} i ert land?',
      service,
    ),
    text(
      'service-languages',
      'For which languages or regions is {provider} authorised to provide the service of {service}?',
      'För vilka språk eller regioner har {provider} tillstånd att utföra tjänsten {service}?',
      provider,
      service,
    ),
  ]),
  ...under('good-repute', [
    yesNo(
      'measures',
      'Has a disciplinary, administrative or criminal measure been taken against {provider} that matters for the service?',
      'Har en disciplinär, administrativ eller straffrättslig åtgärd vidtagits mot {provider} som har betydelse för tjänsten?',
      provider,
    ),
    when(
      'measures',
      ['yes'],
      choice('measure-kind', 'What kind of measure was it?', 'Vilket slags åtgärd var det?', [
        option('disciplinary', 'disciplinary', 'disciplinär'),
        option('administrative', 'administrative', 'administrativ'),
        option('criminal', 'criminal', 'straffrättslig'),
      ]),
    ),
    when('measures', ['yes'], date('measure-date', 'When was the measure decided?', 'När beslutades åtgärden?')),
    when('measures', ['yes'], yesNo('measure-final', 'Is the decision final?', 'Har beslutet vunnit laga kraft?')),
    yesNo(
      'insolvency',
      'Has {provider} been declared insolvent or bankrupt because of fraud?',
      'Har {provider} förklarats insolvent eller försatts i konkurs på grund av bedrägeri?',
      provider,
    ),
  ]),
  ...under('checks', [
    yesNo(
      'check-possible',
      'Can you check whether {provider} carries out the activity as described in this request?',
      'Kan ni kontrollera om {provider} bedriver verksamheten så som den beskrivs i den här förfrågan?',
      provider,
    ),
    when(
      'check-possible',
      ['yes'],
      text('check-result', 'What was the result of the check?', 'Vad blev resultatet av kontrollen?'),
    ),
    when('check-possible', ['no'], text('check-obstacle', 'What prevents the check?', 'Vad hindrar kontrollen?')),
    date('last-check', 'When was {provider} last inspected?', 'När inspekterades {provider} senast?', provider),
    number(
      'complaints',
      'How many complaints about {provider} did you receive during the last three years?',
      'Hur många klagomål på {provider} har ni fått de senaste tre åren?',
      provider,
    ),
  ]),
  ...under('insurance', [
    yesNo(
      'insured',
      'Does {provider} have professional liability insurance?',
      'Har {provider} en ansvarsförsäkring för yrket?',
      provider,
    ),
    when(
      'insured',
      ['yes'],
      text('insured-where', 'Which countries does the insurance cover?', 'Vilka länder omfattar försäkringen?'),
    ),
  ]),
]
