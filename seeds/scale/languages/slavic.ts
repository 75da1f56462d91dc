import { language } from './language.ts'

export const bg = language({
  kinds: 'агенция|инспекция|камара|комисия|служба|съвет|регистър|дирекция',
  fields:
    'здравеопазване|образование|труд|търговия|занаяти|транспорт|туризъм|околна среда|строителство|храни|социално осигуряване|енергетика|земеделие|култура|защита на потребителите|правосъдие',
  name: '{kind} по {field} – {place}',
  first: 'Слав|Бор|Рад|Мир|Кал|Доб|Драг|Злат|Вел|Яс|Черн|Бял|Стан|Твърд',
  last: 'ово|ино|ец|оград|ник|яне|ица|евци|ишор|ища',
  given: 'Ани|Борис|Васил|Галина|Димитър|Елена|Йордан|Красимира|Петър|Цветан',
  family: 'Ангелов|Василев|Георгиев|Димитров|Йорданов|Колев|Петров|Стоянов|Тодоров|Христов',
})

export const cs = language({
  kinds: 'úřad|inspekce|komora|výbor|kancelář|rada|rejstřík|služba',
  fields:
    'zdravotnictví|vzdělávání|práci|obchod|řemesla|dopravu|cestovní ruch|životní prostředí|stavebnictví|bezpečnost potravin|sociální zabezpečení|energetiku|zemědělství|kulturu|ochranu spotřebitele|spravedlnost',
  name: '{kind} pro {field} {place}',
  first: 'Bor|Dub|Kamen|Nov|Star|Král|Hor|Dol|Lip|Jabl|Vys|Žel|Chrást|Říč',
  last: 'ovice|ná|ec|ov|any|iště|ín|ětice|ůvka|ava',
  given: 'Alena|Bohumil|Dana|František|Jiří|Kateřina|Lukáš|Martina|Ondřej|Zdeňka',
  family: 'Bartoš|Černý|Dvořák|Horák|Krejčí|Němec|Novotný|Procházka|Růžička|Šťastný',
})

export const sk = language({
  kinds: 'úrad|inšpekcia|komora|výbor|kancelária|rada|register|služba',
  fields:
    'zdravotníctvo|vzdelávanie|prácu|obchod|remeslá|dopravu|cestovný ruch|životné prostredie|stavebníctvo|bezpečnosť potravín|sociálne poistenie|energetiku|poľnohospodárstvo|kultúru|ochranu spotrebiteľa|spravodlivosť',
  name: '{kind} pre {field} {place}',
  first: 'Bor|Dub|Kamen|Nov|Star|Kráľ|Hor|Dol|Lip|Jabl|Vys|Žel|Brez|Ľub',
  last: 'ovce|ná|ec|ov|any|ište|ín|ica|ôvka|ava',
  given: 'Alena|Branislav|Dana|Ján|Ľubica|Marek|Peter|Soňa|Štefan|Zuzana',
  family: 'Baláž|Ďurica|Horváth|Hudák|Kováč|Kráľ|Ľupták|Novák|Šimko|Tóth',
})

export const pl = language({
  kinds: 'agencja|inspekcja|izba|komisja|urząd|rada|rejestr|służba',
  fields:
    'zdrowia|edukacji|pracy|handlu|rzemiosła|transportu|turystyki|ochrony środowiska|budownictwa|bezpieczeństwa żywności|ubezpieczeń społecznych|energetyki|rolnictwa|kultury|ochrony konsumentów|sprawiedliwości',
  name: '{kind} {field} – {place}',
  first: 'Brzoz|Dąb|Kamien|Now|Star|Król|Gór|Doln|Lip|Jabłon|Wysok|Żelaz|Święt|Zielon',
  last: 'owo|ice|iec|ów|ana|ka|ino|owiec|ówka|yn',
  given: 'Agnieszka|Bartosz|Grażyna|Jacek|Katarzyna|Łukasz|Małgorzata|Paweł|Stanisław|Żaneta',
  family: 'Dąbrowski|Jabłoński|Kaczmarek|Lewandowski|Mazur|Nowak|Pawłowski|Wójcik|Zając|Żak',
})

export const hr = language({
  kinds: 'agencija|inspektorat|komora|povjerenstvo|ured|vijeće|registar|služba',
  fields:
    'zdravstvo|obrazovanje|rad|trgovinu|obrt|promet|turizam|okoliš|graditeljstvo|sigurnost hrane|socijalno osiguranje|energetiku|poljoprivredu|kulturu|zaštitu potrošača|pravosuđe',
  name: '{kind} za {field} {place}',
  first: 'Bor|Hrast|Kamen|Nov|Star|Kralj|Gor|Dol|Lip|Jabl|Vis|Želj|Zlat|Brez',
  last: 'ovac|ica|ec|grad|ani|ište|in|evac|ovci|ava',
  given: 'Ana|Branko|Davor|Đurđa|Ivana|Josip|Marija|Stjepan|Šime|Željka',
  family: 'Babić|Đurić|Horvat|Jurić|Knežević|Marić|Novak|Pavić|Šarić|Žuljević',
})

export const sl = language({
  kinds: 'agencija|inšpektorat|zbornica|komisija|urad|svet|register|služba',
  fields:
    'zdravje|izobraževanje|delo|trgovino|obrt|promet|turizem|okolje|gradbeništvo|varnost hrane|socialno zavarovanje|energetiko|kmetijstvo|kulturo|varstvo potrošnikov|pravosodje',
  name: '{kind} za {field} {place}',
  first: 'Bor|Hrast|Kamn|Nov|Star|Kralj|Gor|Dol|Lip|Jabl|Viš|Želez|Zlat|Brez',
  last: 'ovec|ica|ek|grad|ani|išče|nik|evci|ovlje|ava',
  given: 'Andrej|Barbara|Franc|Irena|Jože|Katja|Matjaž|Nataša|Špela|Žiga',
  family: 'Božič|Golob|Hočevar|Kovačič|Kralj|Novak|Potočnik|Turk|Zupančič|Žagar',
})
