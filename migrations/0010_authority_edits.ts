import type { Knex } from 'knex'

/**
 * Two people edit one authority: its data and its classification each have a version. A link between authorities has a number,
 * so that it has a page. Proposals for keywords that the Commission's lists lack.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table authorities add column classification_version integer not null default 1;
    alter table linked_authorities add column id integer generated always as identity unique;
    create index linked_authorities_observer on linked_authorities (observer_id);

    create table keyword_proposals (
      id integer generated always as identity primary key,
      authority_id integer not null references authorities on delete cascade,
      legislative_area_id integer not null references legislative_areas,
      word text not null,
      language text not null,
      reason text not null default '',
      state text not null check (state in ('proposed', 'passed on', 'accepted', 'answered')),
      proposed_by integer references users on delete set null,
      proposed_at timestamptz not null,
      decided_at timestamptz,
      answer text not null default '',
      keyword_id integer references keywords on delete set null
    );
    create index keyword_proposals_authority on keyword_proposals (authority_id, id);
    create index keyword_proposals_state on keyword_proposals (state, id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table keyword_proposals;
    drop index linked_authorities_observer;
    alter table linked_authorities drop column id;
    alter table authorities drop column classification_version;
  `)
}
