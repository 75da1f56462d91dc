import type { Knex } from 'knex'

/** A grant gives an authority one module in one role, with its settings and its linked coordinators. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table grants (
      id integer generated always as identity primary key,
      authority_id integer not null references authorities on delete cascade,
      module_id integer not null references modules,
      role text not null check (role in ('authority', 'coordinator')),
      status text not null default 'active' check (status in ('active', 'suspended')),
      approves_requests boolean not null default false,
      approves_replies boolean not null default false,
      takes_part_in_referrals boolean not null default true,
      approves_alerts boolean not null default false,
      may_refuse boolean not null default false,
      uses_allocation boolean not null default false,
      coordinator_sees_details boolean not null default false,
      granted_by integer references authorities,
      granted_at timestamptz not null,
      suspended_at timestamptz,
      version integer not null default 1,
      unique (authority_id, module_id),
      check ((status = 'suspended') = (suspended_at is not null))
    );
    create index grants_module on grants (module_id, role, status, authority_id);

    create table grant_coordinators (
      grant_id integer not null references grants on delete cascade,
      coordinator_id integer not null references authorities on delete cascade,
      primary key (grant_id, coordinator_id)
    );
    create index grant_coordinators_coordinator on grant_coordinators (coordinator_id);
    create table grant_keywords (
      grant_id integer not null references grants on delete cascade,
      keyword_id integer not null references keywords,
      primary key (grant_id, keyword_id)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table grant_keywords, grant_coordinators, grants')
}
