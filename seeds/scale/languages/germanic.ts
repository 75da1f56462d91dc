import { language } from './language.ts'

export const en = language({
  kinds: 'agency|inspectorate|chamber|board|office|council|register|service',
  fields:
    'health|education|labour|trade|crafts|transport|tourism|the environment|building|food safety|social insurance|energy|agriculture|culture|consumer protection|justice',
  name: '{kind} for {field} in {place}',
  first: 'Bally|Kil|Dun|Clon|Glen|Castle|Ash|Oak|Rath|Knock|Inis|Car|Mill|Stone',
  last: 'more|dare|beg|town|ford|bridge|wood|field|bawn|lough',
  given: 'Aoife|Brian|Ciara|Declan|Emma|Fergus|Grace|Hugh|Maeve|Sean',
  family: 'Byrne|Daly|Farrell|Keane|Lynch|Murphy|Nolan|Quinn|Ryan|Walsh',
})

export const sv = language({
  kinds: 'myndigheten|inspektionen|kammaren|nämnden|kontoret|rådet|registret|tjänsten',
  fields:
    'hälsa|utbildning|arbetsmiljö|handel|hantverk|transport|turism|miljö|byggande|livsmedel|socialförsäkring|energi|jordbruk|kultur|konsumentskydd|rättsväsen',
  name: '{kind} för {field} i {place}',
  first: 'Björk|Ek|Lind|Sten|Granö|Norr|Söder|Väster|Öster|Häst|Älv|Åker|Silver|Vinter',
  last: 'by|stad|fors|vik|hamn|köping|torp|berg|sund|åsen',
  given: 'Anna|Björn|Cecilia|David|Eva|Fredrik|Gunilla|Henrik|Ingrid|Åsa',
  family: 'Andersson|Berg|Dahl|Ekström|Forsberg|Lindqvist|Nilsson|Sjöberg|Wallin|Öberg',
})

export const da = language({
  kinds: 'styrelsen|tilsynet|kammeret|nævnet|kontoret|rådet|registret|tjenesten',
  fields:
    'sundhed|uddannelse|arbejdsmiljø|handel|håndværk|transport|turisme|miljø|byggeri|fødevarer|social sikring|energi|landbrug|kultur|forbrugerbeskyttelse|retsvæsen',
  name: '{kind} for {field} i {place}',
  first: 'Birke|Ege|Sten|Nør|Søn|Vester|Øster|Skov|Strand|Bøge|Ålborg|Ring|Møl|Kær',
  last: 'by|sted|strup|lev|havn|borg|sø|lund|rup|bjerg',
  given: 'Anders|Birgit|Christian|Ditte|Erik|Freja|Gitte|Jørgen|Kirsten|Søren',
  family: 'Andersen|Bruun|Christensen|Holm|Jensen|Kjær|Lund|Møller|Nielsen|Østergaard',
})

export const nb = language({
  kinds: 'direktoratet|tilsynet|kammeret|nemnda|kontoret|rådet|registeret|tjenesten',
  fields:
    'helse|utdanning|arbeidsmiljø|handel|håndverk|transport|reiseliv|miljø|bygg|mattrygghet|trygd|energi|landbruk|kultur|forbrukervern|rettsvesen',
  name: '{kind} for {field} i {place}',
  first: 'Bjørk|Eike|Stein|Nord|Sør|Vest|Øst|Skog|Strand|Fjell|Elve|Gull|Høy|Lang',
  last: 'vik|dal|nes|sund|havn|heim|vang|berg|fjord|øya',
  given: 'Arne|Berit|Einar|Hanne|Ingrid|Knut|Liv|Ola|Siri|Øyvind',
  family: 'Bakken|Dahl|Eide|Haugen|Larsen|Moen|Nygård|Solberg|Strand|Ødegård',
})

export const is = language({
  kinds: 'stofnun|eftirlit|ráð|nefnd|skrifstofa|samráð|skrá|þjónusta',
  fields:
    'heilbrigðis|menntunar|vinnu|viðskipta|iðnaðar|samgöngu|ferða|umhverfis|bygginga|matvæla|trygginga|orku|landbúnaðar|menningar|neytenda|dóms',
  name: '{place} – {field}{kind}',
  first: 'Hvíta|Langa|Rauða|Svarta|Breiða|Djúpa|Fagra|Græna|Stóra|Litla|Heiða|Norður|Suður|Vestur',
  last: 'dalur|nes|vík|fjörður|höfn|bær|staður|holt|eyri|tunga',
  given: 'Anna|Birna|Einar|Guðrún|Helgi|Jón|Katrín|Ólafur|Sigríður|Þór',
  family:
    'Arnarson|Björnsdóttir|Einarsson|Gunnarsdóttir|Jónsson|Magnúsdóttir|Ólafsson|Pálsdóttir|Sigurðsson|Þórðardóttir',
})

export const de = language({
  kinds: 'Amt|Aufsichtsstelle|Kammer|Ausschuss|Dienststelle|Beirat|Register|Agentur',
  fields:
    'Gesundheit|Bildung|Arbeitsschutz|Handel|Handwerk|Verkehr|Tourismus|Umwelt|Bauwesen|Lebensmittelsicherheit|Sozialversicherung|Energie|Landwirtschaft|Kultur|Verbraucherschutz|Justiz',
  name: '{kind} für {field} {place}',
  first: 'Birken|Eichen|Stein|Ober|Unter|Wald|Mühl|König|Grün|Neu|Rothen|Schön|Löwen|Weiß',
  last: 'burg|feld|hausen|heim|stadt|brück|bach|tal|dorf|kirchen',
  given: 'Anke|Bernd|Claudia|Dieter|Elke|Frank|Jürgen|Katja|Lukas|Ute',
  family: 'Bauer|Fischer|Große|Hoffmann|Krüger|Müller|Schäfer|Vogel|Weiß|Zimmermann',
})

export const nl = language({
  kinds: 'agentschap|inspectie|kamer|commissie|bureau|raad|register|dienst',
  fields:
    'gezondheid|onderwijs|arbeid|handel|ambachten|vervoer|toerisme|milieu|bouw|voedselveiligheid|sociale verzekeringen|energie|landbouw|cultuur|consumentenbescherming|justitie',
  name: '{kind} voor {field} {place}',
  first: 'Berken|Eiken|Steen|Ooster|Wester|Noorder|Zuider|Molen|Konings|Nieuw|Oude|Hoog|Water|Linde',
  last: 'burg|veld|dam|drecht|wijk|dijk|huizen|kerk|meer|voort',
  given: 'Anouk|Bram|Daan|Els|Femke|Joost|Lotte|Pieter|Sanne|Willem',
  family: 'Bakker|De Boer|De Vries|Dekker|Jansen|Mulder|Peeters|Smit|Van Dijk|Visser',
})
