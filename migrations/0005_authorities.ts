import type { Knex } from 'knex'

/** The bodies that use IMI, their titles and classification, who manages them, and the words they are found by. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table authorities (
      id integer generated always as identity primary key,
      country char(2) not null references countries,
      kind text not null default 'competent' check (kind in ('competent', 'national coordinator', 'commission')),
      status text not null default 'active' check (status in ('to validate', 'active', 'deactivated')),
      official_name text not null,
      official_language text not null,
      street text not null default '',
      postal_number text not null default '',
      city text not null default '',
      telephone text not null default '',
      website text not null default '',
      email text not null,
      languages text[] not null default '{}',
      type text references authority_types,
      level text not null default 'national' check (level in ('national', 'regional', 'local')),
      region text references regions,
      validating_authority_id integer references authorities,
      sort_name text not null,
      name_key text not null,
      website_key text not null default '',
      version integer not null default 1,
      registered_at timestamptz not null,
      deactivated_at timestamptz,
      data_confirmed_at timestamptz,
      check ((status = 'deactivated') = (deactivated_at is not null))
    );
    create unique index authorities_one_national_coordinator on authorities (country) where kind = 'national coordinator';
    create unique index authorities_one_commission on authorities (kind) where kind = 'commission';
    create index authorities_country on authorities (country, sort_name, id);
    create index authorities_sort on authorities (sort_name, id);
    create index authorities_email on authorities (country, lower(email));
    create index authorities_website on authorities (country, website_key) where website_key <> '';
    create index authorities_validating on authorities (validating_authority_id);

    create table authority_names (
      authority_id integer not null references authorities on delete cascade,
      language text not null,
      name text not null,
      primary key (authority_id, language)
    );
    create table authority_titles (
      authority_id integer not null references authorities on delete cascade,
      language text not null,
      title text not null,
      primary key (authority_id, language)
    );
    create table authority_words (
      authority_id integer not null references authorities on delete cascade,
      word text not null,
      sort_name text not null,
      primary key (word, sort_name, authority_id)
    );
    create index authority_words_prefix on authority_words (word text_pattern_ops, sort_name, authority_id);
    create index authority_words_authority on authority_words (authority_id);

    create table authority_access_managers (
      authority_id integer not null references authorities on delete cascade,
      manager_id integer not null references authorities,
      since timestamptz not null,
      primary key (authority_id, manager_id)
    );
    create index authority_access_managers_manager on authority_access_managers (manager_id);

    create table delegations (
      authority_id integer primary key references authorities on delete cascade,
      region text references regions,
      all_modules boolean not null,
      since timestamptz not null
    );
    create table delegation_modules (
      authority_id integer not null references delegations on delete cascade,
      module_id integer not null references modules,
      primary key (authority_id, module_id)
    );

    create table authority_policy_areas (
      authority_id integer not null references authorities on delete cascade,
      policy_area text not null references policy_areas,
      primary key (authority_id, policy_area)
    );
    create table authority_economic_activities (
      authority_id integer not null references authorities on delete cascade,
      economic_activity text not null references economic_activities,
      primary key (authority_id, economic_activity)
    );
    create table authority_keywords (
      authority_id integer not null references authorities on delete cascade,
      keyword_id integer not null references keywords,
      primary key (authority_id, keyword_id)
    );
    create table linked_authorities (
      authority_id integer not null references authorities on delete cascade,
      observer_id integer not null references authorities on delete cascade,
      since timestamptz not null,
      primary key (authority_id, observer_id),
      check (authority_id <> observer_id)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table linked_authorities, authority_keywords, authority_economic_activities, authority_policy_areas,
    delegation_modules, delegations, authority_access_managers, authority_words, authority_titles, authority_names, authorities`)
}
