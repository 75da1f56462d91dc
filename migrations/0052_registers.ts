import type { Knex } from 'knex'

/**
 * The directory of registers: public online registers that an authority lists, and what each covers. One without a profession, service
 * or economic activity covers all that its modules are about. Texts are found by words that the application has folded.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table registers (
      id integer generated always as identity primary key,
      authority_id integer not null references authorities on delete cascade,
      address text not null check (address like 'https://%' or address like 'http://%'),
      languages text[] not null check (cardinality(languages) > 0),
      contents text[] not null check (
        contents <@ array['right', 'restrictions', 'qualifications', 'dates', 'establishment', 'representatives', 'insurance']),
      note text not null,
      note_language text not null,
      access text not null check (access in ('open', 'login', 'fee')),
      sort_name text not null,
      words tsvector not null,
      version integer not null default 1,
      changed_at timestamptz not null,
      unique (authority_id, address)
    );
    create index registers_words on registers using gin (words) with (fastupdate = off);

    create table register_names (
      register_id integer not null references registers on delete cascade,
      language text not null,
      name text not null,
      primary key (register_id, language)
    );
    create table register_titles (
      register_id integer not null references registers on delete cascade,
      language text not null,
      title text not null,
      primary key (register_id, language)
    );
    create table register_modules (
      register_id integer not null references registers on delete cascade,
      module_id integer not null references modules,
      primary key (module_id, register_id)
    );
    create index register_modules_register on register_modules (register_id);
    create table register_keywords (
      register_id integer not null references registers on delete cascade,
      keyword_id integer not null references keywords,
      primary key (register_id, keyword_id)
    );
    create index register_keywords_keyword on register_keywords (keyword_id);
    create table register_economic_activities (
      register_id integer not null references registers on delete cascade,
      economic_activity text not null references economic_activities,
      primary key (register_id, economic_activity)
    );
    create index register_economic_activities_activity on register_economic_activities (economic_activity);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    `drop table register_economic_activities, register_keywords, register_modules, register_titles, register_names, registers`,
  )
}
