import type { Knex } from 'knex'

/** What the Commission keeps for everybody: countries, regions, areas, modules, keywords. Names by language in jsonb. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table countries (
      code char(2) primary key,
      languages text[] not null
    );
    create table regions (
      code text primary key,
      country char(2) not null references countries,
      name text not null
    );
    create index regions_country on regions (country);
    create table authority_types (code text primary key, names jsonb not null);
    create table policy_areas (code text primary key, names jsonb not null);
    create table economic_activities (
      code text primary key,
      parent text references economic_activities,
      names jsonb not null
    );
    create table legislative_areas (
      id integer generated always as identity primary key,
      code text not null unique,
      act text not null,
      names jsonb not null
    );
    create table keywords (
      id integer generated always as identity primary key,
      legislative_area_id integer not null references legislative_areas,
      code text not null,
      names jsonb not null,
      unique (legislative_area_id, code)
    );
    create table modules (
      id integer generated always as identity primary key,
      code text not null unique,
      legislative_area_id integer not null references legislative_areas,
      workflow text not null check (workflow in ('requests', 'alerts')),
      names jsonb not null,
      own_country boolean not null default false
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table modules, keywords, legislative_areas, economic_activities, policy_areas, authority_types, regions, countries',
  )
}
