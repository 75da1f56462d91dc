import type { Knex } from 'knex'

/**
 * What authorities and people are looked for by, in one row each. The words are written by whoever changes a name, since they are
 * folded in the application; all else the database keeps by itself, so that no change of a grant or a region can be forgotten.
 * Every combination of words and facets is one look into one GIN index; fastupdate is off, since on it makes searches slow and
 * some change pay for all.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES)
  await knex.raw(REFRESH)
  for (const [table, events] of Object.entries(FOLLOWED))
    for (const event of events) await knex.raw(follow(table, event))
  await knex.raw(CHANGES)
  await knex.raw(PEOPLE)
  await knex.raw(`
    select refresh_search(array(select id from authorities));
    update authority_search s set words = w.words from (
      select authority_id, array_to_tsvector(array_agg(word) || array_agg('^' || left(word, 1)) || array_agg('^' || left(word, 2))) as words
      from authority_words group by authority_id) w
    where w.authority_id = s.authority_id;
    update authority_changes c set at = e.at from (
      select authority_id, max(at) as at from audit_events where subject_type in ('authority', 'grant') group by authority_id) e
    where e.authority_id = c.authority_id;
    update users set given_name = given_name;
    drop table authority_words;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    create table authority_words (
      authority_id integer not null references authorities on delete cascade,
      word text not null,
      sort_name text not null,
      primary key (word, sort_name, authority_id)
    );
    insert into authority_words (authority_id, word, sort_name)
      select s.authority_id, w.lexeme, s.sort_name from authority_search s, unnest(s.words) w where w.lexeme not like '^%';
    create index authority_words_prefix on authority_words (word text_pattern_ops, sort_name, authority_id);
    create index authority_words_of on authority_words (authority_id, word text_pattern_ops);
    drop trigger users_words on users;
    drop trigger users_administrators_insert on users;
    drop trigger users_administrators_update on users;
    drop trigger users_administrators_delete on users;
    drop trigger audit_events_change on audit_events;
  `)
  for (const [table, events] of Object.entries(FOLLOWED))
    for (const event of events) await knex.raw(`drop trigger ${table}_search_${event} on ${table}`)
  await knex.raw(`
    drop index users_blocked, users_passwords;
    alter table users drop column words;
    drop function users_words(), administrators_changed(), fold_people(text), authority_changed(), follow_search(), refresh_search(integer[]);
    drop table authority_changes, authority_search;
  `)
}

// A facet is a letter for its kind and a code: country, region, v for level, s for whatever is not active, language, policy area, economic activity (its section
// too); m for an active module, alone and with the role, k for a role in any of them; h and j for those held, suspended ones too.
// "Findable" is what the general search shows (B10).
const TABLES = `
  create table authority_search (
    authority_id integer primary key references authorities on delete cascade,
    country char(2) not null,
    sort_name text not null,
    status text not null,
    findable boolean not null,
    administrators integer not null,
    facets text[] not null,
    words tsvector not null default ''
  );
  create index authority_search_all on authority_search using gin (words, facets) with (fastupdate = off);
  create index authority_search_names on authority_search (sort_name, authority_id) where findable;
  create index authority_search_country on authority_search (country, sort_name, authority_id) where findable;
  create index authority_search_status on authority_search (country, status, sort_name, authority_id);
  create table authority_changes (
    authority_id integer primary key references authorities on delete cascade,
    country char(2) not null,
    at timestamptz not null
  );
  create index authority_changes_at on authority_changes (country, at, authority_id);
`

const REFRESH = `
  create function refresh_search(ids integer[]) returns void language sql as $$
    insert into authority_changes (authority_id, country, at)
      select id, country, registered_at from authorities where id = any(ids) on conflict do nothing;
    insert into authority_search as s (authority_id, country, sort_name, status, findable, administrators, facets)
      select a.id, a.country, a.sort_name,
        case a.status when 'to validate' then 'toValidate' when 'active' then case when held.suspended then 'suspended' else 'active' end
          else a.status end,
        a.status = 'active' and coalesce(held.findable, false),
        (select count(*) from users u where u.authority_id = a.id and u.administrator and u.deleted_at is null),
        array['c:' || a.country, 'v:' || a.level]
          || case when a.status <> 'active' or held.suspended then array['s:hindered'] else '{}' end || coalesce(array['r:' || a.region], '{}')
          || array(select 'l:' || language from unnest(a.languages) language)
          || array(select 'p:' || policy_area from authority_policy_areas where authority_id = a.id)
          || array(select distinct 'e:' || unnest(array[e.code, coalesce(e.parent, e.code)])
               from authority_economic_activities x join economic_activities e on e.code = x.economic_activity where x.authority_id = a.id)
          || coalesce(held.facets, '{}')
      from authorities a
      left join lateral (
        select bool_and(g.status = 'suspended') as suspended, bool_or(g.status = 'active') as findable,
          array_agg('m:' || g.module_id) filter (where g.status = 'active')
            || array_agg('m:' || g.module_id || ':' || g.role) filter (where g.status = 'active')
            || array_agg(distinct 'k:' || g.role) filter (where g.status = 'active')
            || array_agg('h:' || g.module_id) || array_agg('h:' || g.module_id || ':' || g.role)
            || array_agg(distinct 'j:' || g.role) as facets
        from grants g where g.authority_id = a.id) held on true
      where a.id = any(ids)
    on conflict (authority_id) do update
      set sort_name = excluded.sort_name, status = excluded.status, findable = excluded.findable,
        administrators = excluded.administrators, facets = excluded.facets
      where (s.sort_name, s.status, s.findable, s.administrators, s.facets)
        is distinct from (excluded.sort_name, excluded.status, excluded.findable, excluded.administrators, excluded.facets);
  $$;
  create function follow_search() returns trigger language plpgsql as $$
  declare
    ids integer[];
    id_column text := case tg_table_name when 'authorities' then 'id' else 'authority_id' end;
  begin
    execute format('select array_agg(distinct %I) from changed', id_column) into ids;
    if ids is not null then
      perform refresh_search(ids);
    end if;
    return null;
  end $$;
`

const FOLLOWED = {
  authorities: ['insert', 'update'],
  grants: ['insert', 'update', 'delete'],
  authority_policy_areas: ['insert', 'delete'],
  authority_economic_activities: ['insert', 'delete'],
} as const

const follow = (table: string, event: 'insert' | 'update' | 'delete'): string => `
  create trigger ${table}_search_${event} after ${event} on ${table}
    referencing ${event === 'delete' ? 'old' : 'new'} table as changed for each statement execute function follow_search()`

// The last change is the last entry in the history of the authority itself or of its grants.
const CHANGES = `
  create function authority_changed() returns trigger language plpgsql as $$
  begin
    update authority_changes set at = new.at where authority_id = new.authority_id and at < new.at;
    return null;
  end $$;
  create trigger audit_events_change after insert on audit_events for each row
    when (new.subject_type in ('authority', 'grant')) execute function authority_changed();
`

// People are looked for within one country, so the country stands before each word: a name that is common in Europe costs nothing
// more. An address stands there whole, and its first half word by word. Problems with passwords are read
// from indexes alone.
const PEOPLE = `
  alter table users add column words tsvector not null default '';
  create index users_words on users using gin (words) with (fastupdate = off);
  create index users_blocked on users (authority_id) where blocked_at is not null and deleted_at is null;
  create index users_passwords on users (password_temporary, password_set_at, authority_id)
    where blocked_at is null and deleted_at is null;
  create function fold_people(given text) returns text[] language sql as $$
    select array(
      select distinct left(translate(part, '''\\"', ''), 60)
      from regexp_split_to_table(lower(unaccent(normalize(given, NFC)) collate "und-x-icu"), '\\s+') as token,
        regexp_split_to_table(token,
          case when position('@' in token) > 0 then '\\s+' else '[\\x01-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7f]+' end) as part
      where translate(part, '''\\"', '') <> '')
  $$;
  create function users_words() returns trigger language plpgsql as $$
  begin
    new.words := case when new.deleted_at is null then array_to_tsvector(array(
      select a.country || ':' || part from authorities a,
        unnest(fold_people(concat_ws(' ', new.given_name, new.family_name, new.username, new.email, split_part(new.email, '@', 1)))) part
      where a.id = new.authority_id)) else '' end;
    return new;
  end $$;
  create function administrators_changed() returns trigger language plpgsql as $$
  begin
    perform refresh_search(array(select distinct id from unnest(array[
      case when tg_op <> 'INSERT' then old.authority_id end, case when tg_op <> 'DELETE' then new.authority_id end]) id where id is not null));
    return null;
  end $$;
  create trigger users_administrators_insert after insert on users for each row
    when (new.administrator) execute function administrators_changed();
  create trigger users_administrators_delete after delete on users for each row
    when (old.administrator) execute function administrators_changed();
  create trigger users_administrators_update after update on users for each row
    when ((old.administrator, old.deleted_at, old.authority_id) is distinct from (new.administrator, new.deleted_at, new.authority_id))
    execute function administrators_changed();
  create trigger users_words before insert or update of given_name, family_name, username, email, authority_id, deleted_at on users
    for each row execute function users_words();
`
