import { language } from './language.ts'

export const fr = language({
  kinds: 'agence|inspection|chambre|commission|office|conseil|registre|service',
  fields:
    'de la santé|de l’éducation|du travail|du commerce|des métiers|des transports|du tourisme|de l’environnement|du bâtiment|de la sécurité alimentaire|de la sécurité sociale|de l’énergie|de l’agriculture|de la culture|de la protection des consommateurs|de la justice',
  name: '{kind} {field} de {place}',
  first: 'Beau|Mont|Roche|Ville|Saint-Ro|Pont|Clair|Grand|Fon|Bel|Noir|Vau|Château|Neuf',
  last: 'mont|fort|bourg|court|lieu|vert|tain|rive|sart|val',
  given: 'Amélie|Benoît|Camille|Denis|Élise|François|Hélène|Julien|Noémie|Théo',
  family: 'Bernard|Chevalier|Dubois|Fournier|Girard|Lefèvre|Mercier|Moreau|Petit|Roux',
})

export const es = language({
  kinds: 'agencia|inspección|cámara|comisión|oficina|consejo|registro|servicio',
  fields:
    'de salud|de educación|de trabajo|de comercio|de artesanía|de transportes|de turismo|de medio ambiente|de construcción|de seguridad alimentaria|de seguridad social|de energía|de agricultura|de cultura|de consumo|de justicia',
  name: '{kind} {field} de {place}',
  first: 'Villa|Monte|Fuente|Peña|Torre|Casa|Alca|Vega|Puente|Valle|Río|Campo|Agua|Piedra',
  last: 'nueva|alta|blanca|verde|real|mayor|seca|clara|serena|llana',
  given: 'Álvaro|Begoña|Carmen|Diego|Elena|Íñigo|Javier|Lucía|Nuria|Rafael',
  family: 'Álvarez|Blanco|Castro|Domínguez|Gómez|Ibáñez|Muñoz|Núñez|Ramos|Vidal',
})

export const it = language({
  kinds: 'agenzia|ispettorato|camera|commissione|ufficio|consiglio|registro|servizio',
  fields:
    'della salute|dell’istruzione|del lavoro|del commercio|dell’artigianato|dei trasporti|del turismo|dell’ambiente|dell’edilizia|della sicurezza alimentare|della previdenza sociale|dell’energia|dell’agricoltura|della cultura|dei consumatori|della giustizia',
  name: '{kind} {field} di {place}',
  first: 'Monte|Rocca|Castel|Villa|Campo|Serra|Colle|Borgo|Torre|Fonte|Valle|Ponte|Civita|Pietra',
  last: 'verde|chiara|nuova|lunga|forte|bella|bianca|rossa|alta|secca',
  given: 'Alessia|Bruno|Chiara|Davide|Elisa|Fabio|Giulia|Luca|Niccolò|Sofia',
  family: 'Bianchi|Conti|Esposito|Ferrari|Gallo|Lombardi|Marino|Ricci|Rossi|Villa',
})

export const pt = language({
  kinds: 'agência|inspeção|câmara|comissão|gabinete|conselho|registo|serviço',
  fields:
    'da saúde|da educação|do trabalho|do comércio|do artesanato|dos transportes|do turismo|do ambiente|da construção|da segurança alimentar|da segurança social|da energia|da agricultura|da cultura|do consumidor|da justiça',
  name: '{kind} {field} de {place}',
  first: 'Vila|Monte|Fonte|Pedra|Torre|Casal|Alde|Ribeira|Ponte|Vale|Rio|Campo|Água|Serra',
  last: 'nova|alta|branca|verde|real|longa|seca|clara|serena|chã',
  given: 'Afonso|Beatriz|Catarina|Duarte|Inês|João|Leonor|Nuno|Sofia|Tomás',
  family: 'Almeida|Cardoso|Conceição|Ferreira|Gonçalves|Lopes|Magalhães|Pereira|Simões|Teixeira',
})

export const ro = language({
  kinds: 'agenția|inspectoratul|camera|comisia|oficiul|consiliul|registrul|serviciul',
  fields:
    'pentru sănătate|pentru educație|pentru muncă|pentru comerț|pentru meserii|pentru transporturi|pentru turism|pentru mediu|pentru construcții|pentru siguranța alimentelor|pentru asigurări sociale|pentru energie|pentru agricultură|pentru cultură|pentru protecția consumatorilor|pentru justiție',
  name: '{kind} {field} {place}',
  first: 'Brad|Stejar|Fag|Rad|Mir|Vlad|Dragomir|Bogd|Cost|Petr|Mun|Sul|Câmp|Izvor',
  last: 'ești|eni|ița|ul Mare|oaia|uleț|ăneasa|oșani|inești|iceni',
  given: 'Ana|Bogdan|Corina|Dragoș|Elena|Ioana|Mihai|Răzvan|Ștefan|Țurcan',
  family: 'Albu|Călinescu|Dumitru|Ionescu|Marinescu|Niță|Popescu|Rădulescu|Stănescu|Țepeș',
})

export const mt = language({
  kinds: 'aġenzija|spettorat|kamra|kummissjoni|uffiċċju|kunsill|reġistru|servizz',
  fields:
    'tas-saħħa|tal-edukazzjoni|tax-xogħol|tal-kummerċ|tal-artiġjanat|tat-trasport|tat-turiżmu|tal-ambjent|tal-bini|tas-sikurezza tal-ikel|tas-sigurtà soċjali|tal-enerġija|tal-agrikoltura|tal-kultura|tal-konsumaturi|tal-ġustizzja',
  name: '{kind} {field} – {place}',
  first: 'Ħal |Birk|Għar|Wied |San |Marsa|Xagħ|Żeb|Naxx|Bir |Rab|Qor|Dwej|Ġnien ',
  last: 'bieħ|għaxaq|mija|ara|una|asri|iżen|ħamra|dija|lewża',
  given: 'Ċensu|Doris|Ġorġ|Ħelena|Kurt|Maria|Nazzareno|Rita|Toni|Żaren',
  family: 'Abela|Borg|Camilleri|Debono|Farrugia|Galea|Micallef|Spiteri|Vella|Zammit',
})
