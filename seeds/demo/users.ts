import { asUsers, type DemoPerson, type DemoRole, type DemoRoles, type DemoUser } from './user.ts'

const qualifications = 'professional-qualifications-requests'
const services = 'services-requests'
const posting = 'posting-of-workers-requests'
const patients = 'patients-rights-requests'

const people: DemoPerson[] = [
  ['eu-admin', 'commission', 'Clara', 'Moreau', 'administrator'],
  ['k7wq3hzn', 'commission', 'Stefan', 'Vermeulen', 'administrator'],

  ['se-nimic', 'kommerskollegium', 'Ingrid', 'Lindqvist', 'administrator'],
  ['vx4m9tke', 'kommerskollegium', 'Johan', 'Ekdahl', 'administrator'],
  ['h2rpy6cd', 'kommerskollegium', 'Sara', 'Björk', as('handler', services, patients)],
  ['se-uhr', 'uhr', 'Mats', 'Öberg', 'administrator'],
  ['t8gnw5xa', 'uhr', 'Annika', 'Sjögren', 'administrator'],
  ['p3zkd7vy', 'uhr', 'Leila', 'Karimi', as('approver', qualifications), 'new'],
  ['se-admin', 'socialstyrelsen', 'Birgitta', 'Holm', 'administrator'],
  ['se-handler', 'socialstyrelsen', 'Erik', 'Nyström', as('handler', qualifications)],
  ['se-allocator', 'socialstyrelsen', 'Karin', 'Wallin', as('allocator', qualifications)],
  ['se-basic', 'socialstyrelsen', 'Oskar', 'Dahl', 'basic user'],
  ['m6cyx2hb', 'socialstyrelsen', 'Frida', 'Åkesson', as('handler', qualifications), 'blocked'],
  ['w9tad4qk', 'socialstyrelsen', 'Per', 'Hedlund', as('handler', qualifications), 'expired'],
  ['r5kvn8ez', 'fastighetsmaklarinspektionen', 'Camilla', 'Ström', 'administrator'],
  [
    'd7xhm3wp',
    'fastighetsmaklarinspektionen',
    'Nils',
    'Forsberg',
    as('handler', qualifications, services),
    'temporary',
  ],
  ['y4bqz6ct', 'skolverket', 'Helena', 'Lundmark', 'administrator'],
  ['g8wne2ra', 'skolverket', 'Amir', 'Haddad', as('handler', qualifications), 'temporary-expired'],
  ['z3mtk9vd', 'arbetsmiljoverket', 'Lars', 'Granberg', 'administrator', 'blocked'],
  ['c6pxy5hg', 'arbetsmiljoverket', 'Emma', 'Rask', as('allocator', posting)],
  ['n2vdw7kb', 'arbetsmiljoverket', 'Tomas', 'Viklund', as('handler', posting)],
  ['x8rzq4mt', 'forsakringskassan', 'Maria', 'Selin', 'administrator'],
  ['e5hkc9yn', 'forsakringskassan', 'Gustav', 'Palm', 'administrator', 'expiring'],
  ['b7wtg3xp', 'lansstyrelsen-stockholm', 'Åsa', 'Kjellberg', 'administrator', 'expired'],
  ['q4nmv6zd', 'malmo-kommun', 'Jonas', 'Persson', 'administrator'],
  ['a9ykr2ce', 'malmo-kommun', 'Elif', 'Demir', as('handler', services), 'new'],
  ['k5xhw8tb', 'konsumentverket', 'Ulla', 'Bergman', 'administrator'],
  ['v3gzp7qd', 'revisorsinspektionen', 'Anders', 'Falk', 'administrator'],

  ['dk-nimic', 'erhvervsstyrelsen', 'Mette', 'Sørensen', 'administrator'],
  ['h6tcn4wy', 'erhvervsstyrelsen', 'Jens', 'Bøgh', 'administrator'],
  ['dk-ufs', 'ufs', 'Kirsten', 'Dam', 'administrator'],
  ['m8kxe3rz', 'ufs', 'Rasmus', 'Lauritsen', as('approver', qualifications)],
  ['dk-admin', 'patientsikkerhed', 'Henrik', 'Kjær', 'administrator'],
  ['t2vqb9hd', 'patientsikkerhed', 'Louise', 'Winther', as('handler', qualifications)],
  ['p7wgy5mk', 'kobenhavns-kommune', 'Anne', 'Thorup', 'administrator'],
  ['dk-guide', 'kobenhavns-kommune', 'Søren', 'Vestergaard', as('handler', services)],
  ['d4nzx6ca', 'sikkerhedsstyrelsen', 'Bo', 'Æbelø', 'administrator'],
  ['r9htk2ve', 'arbejdstilsynet', 'Pia', 'Mortensen', 'administrator'],
  ['w3cmq8yb', 'arbejdstilsynet', 'Ole', 'Krogh', as('handler', posting), 'temporary'],
  ['z6xpd4gn', 'patientklager', 'Lene', 'Høj', 'administrator', 'new'],
  ['y8kvr5tw', 'advokatsamfundet', 'Klaus', 'Bang', 'administrator'],

  ['hu-nimic', 'igazsagugyi-miniszterium', 'Katalin', 'Szabó', 'administrator'],
  ['c2hnz7qx', 'igazsagugyi-miniszterium', 'Gábor', 'Németh', 'administrator'],
  ['hu-oh', 'oktatasi-hivatal', 'Zsuzsanna', 'Farkas', 'administrator'],
  ['g5wyd9mb', 'oktatasi-hivatal', 'Péter', 'Lakatos', as('referee', qualifications)],
  ['b4tkx3re', 'okfo', 'Ildikó', 'Varga', 'administrator'],
  ['hu-handler', 'okfo', 'Ágnes', 'Kovács', as('handler', qualifications)],
  ['n7zvc6hp', 'neak', 'László', 'Tóth', 'administrator', 'expired'],
  ['q9gmw2dk', 'bfkh', 'Eszter', 'Balogh', 'administrator'],
  ['x3ryt8ea', 'bfkh', 'András', 'Sipos', as('handler', services, posting)],

  ['lv-nimic', 'ekonomikas-ministrija', 'Ilze', 'Kalniņa', 'administrator'],
  ['k6bhq4zv', 'ekonomikas-ministrija', 'Mārtiņš', 'Ozols', 'administrator'],
  ['lv-aic', 'aic', 'Baiba', 'Liepiņa', 'administrator'],
  ['e8nxd5wt', 'veselibas-inspekcija', 'Jānis', 'Krūmiņš', 'administrator'],
  ['lv-handler', 'veselibas-inspekcija', 'Dace', 'Bērziņa', as('handler', qualifications, patients)],
  ['a2cpk7yg', 'darba-inspekcija', 'Andris', 'Zariņš', 'administrator'],
  ['m4tvr9hx', 'darba-inspekcija', 'Līga', 'Eglīte', as('handler', posting), 'blocked'],
  ['d6wzn3qb', 'ptac', 'Kristīne', 'Vītola', 'administrator'],

  ['ie-nimic', 'department-of-enterprise', 'Aoife', 'Brennan', 'administrator'],
  ['t9hky2mc', 'department-of-enterprise', 'Conor', 'Walsh', 'administrator'],
  ['p5xgv8ez', 'kings-inns', 'Niamh', 'Gallagher', 'administrator'],
  ['ie-handler', 'kings-inns', 'Declan', 'Kearney', as('handler', qualifications)],
  ['r3qnw6db', 'medical-council', 'Sinéad', 'Doyle', 'administrator'],
  ['h8zct4kx', 'hse', 'Fergal', 'Quinn', 'administrator'],
  ['w7myp2va', 'hse', 'Orla', 'Byrne', as('handler', patients)],
  ['v5ekg9rh', 'workplace-relations', 'Brian', 'Nolan', 'administrator', 'temporary-expired'],

  ['pt-nimic', 'dgae', 'Teresa', 'Almeida', 'administrator'],
  ['y2dxt6qn', 'dgae', 'Rui', 'Carvalho', 'administrator'],
  ['c8vbh4zw', 'turismo-de-portugal', 'Inês', 'Marques', 'administrator'],
  ['pt-handler', 'turismo-de-portugal', 'João', 'Nogueira', as('handler', services)],
  ['g3pmk7ye', 'ordem-dos-medicos', 'Luísa', 'Fonseca', 'administrator'],
  ['n9rcx5td', 'act', 'Nuno', 'Teixeira', 'administrator'],
  ['b6hqz8wv', 'act', 'Sofia', 'Conceição', 'administrator'],

  ['de-nimic', 'bundesverwaltungsamt', 'Sabine', 'Köhler', 'administrator'],
  ['q2kty4gm', 'bundesverwaltungsamt', 'Thomas', 'Weiß', 'administrator'],
  ['de-berlin', 'senatsverwaltung-wirtschaft', 'Anja', 'Richter', 'administrator'],
  ['z7nev3hd', 'lageso', 'Murat', 'Yıldız', 'administrator'],
  ['x5wpc9ra', 'lageso', 'Heike', 'Schäfer', as('handler', qualifications), 'new'],
  ['k3gbm8ty', 'hwk-muenchen', 'Josef', 'Huber', 'administrator'],
  ['e6xdq2zv', 'generalzolldirektion', 'Claudia', 'Brandt', 'administrator'],
  ['a4hrn7wk', 'generalzolldirektion', 'Ralf', 'Petersen', as('allocator', posting)],

  ['fi-nimic', 'tyo-ja-elinkeinoministerio', 'Pekka', 'Virtanen', 'administrator'],
  ['m9cyt5xp', 'tyo-ja-elinkeinoministerio', 'Satu', 'Mäkinen', 'administrator'],
  ['d8vgz3eb', 'opetushallitus', 'Riikka', 'Lehtonen', 'administrator'],
  ['t4qkh6nw', 'tukes', 'Jukka', 'Hämäläinen', 'administrator'],
  ['r7mxd9yc', 'kela', 'Elina', 'Salonen', 'administrator'],
  ['p2wbv5gz', 'kela', 'Mikael', 'Holmström', as('handler', patients), 'expired'],
]

/** Made-up people of the demo's authorities. The usernames with a country in front are told to visitors (README). */
export const demoUsers: DemoUser[] = asUsers(people)

function as(role: DemoRole, ...codes: string[]): DemoRoles[] {
  return codes.map(module => ({ module, roles: [role] }))
}
