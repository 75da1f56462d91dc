import type { Knex } from 'knex'

/**
 * What the lists of requests are read from. `late_at` is the moment from which a part is late: not accepted in time, or not answered by
 * the agreed date. `request_overviews` holds, for each coordinator of a side and each authority that a side has linked, the parts it
 * has the overview of: so a coordinator of thousands of authorities finds a page of their requests as fast as an authority finds its
 * own. The database keeps both by itself, so that no change of a status, a coordinator or a link can be forgotten.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES)
  await knex.raw(LATE)
  await knex.raw(OVERVIEWS)
  await knex.raw(FOLLOWED)
  await knex.raw(`
    update request_parts set late_at = late_at;
    select refresh_request_overviews(array(select id from request_parts));
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger request_parts_late on request_parts;
    drop trigger request_parts_overviews_insert on request_parts;
    drop trigger request_parts_overviews_update on request_parts;
    drop trigger requests_overviews on requests;
    drop trigger grant_coordinators_overviews_insert on grant_coordinators;
    drop trigger grant_coordinators_overviews_delete on grant_coordinators;
    drop trigger grants_overviews_delete on grants;
    drop trigger linked_authorities_overviews_insert on linked_authorities;
    drop trigger linked_authorities_overviews_delete on linked_authorities;
    drop function request_part_late(), request_parts_changed(), request_coordinator_changed(), coordinators_linked(), grants_ended(),
      authorities_linked(), refresh_request_overviews(integer[]), request_parts_of(integer[]);
    drop table request_overviews;
    drop index requests_requester_late, request_parts_responder_late, request_parts_requests;
    alter table requests drop column late_at;
    alter table request_parts drop column late_at;
  `)
}

// Nothing is awaited: far away, so that a list by dates has an end.
const TABLES = `
  alter table requests add column late_at timestamptz not null default '2999-01-01T00:00:00Z';
  alter table request_parts add column late_at timestamptz not null default '2999-01-01T00:00:00Z';
  create index requests_requester_late on requests (requester_id, late_at, id);
  create index request_parts_responder_late on request_parts (responder_id, late_at, request_id, id);
  create index request_parts_requests on request_parts (responder_id, request_id desc, id desc);

  create table request_overviews (
    viewer_id integer not null,
    kind text not null check (kind in ('coordinator', 'linked')),
    request_id integer not null,
    part_id integer not null references request_parts on delete cascade,
    status text not null,
    late_at timestamptz not null,
    primary key (viewer_id, kind, request_id, part_id)
  );
  create index request_overviews_part on request_overviews (part_id);
  create index request_overviews_status on request_overviews (viewer_id, kind, status, request_id, part_id);
  create index request_overviews_late on request_overviews (viewer_id, kind, late_at, request_id, part_id);
`

// Acceptance is expected within 7 days, of what is urgent within 2 [001]; an agreed date is over when its day is, in Brussels.
const LATE = `
  create function request_part_late() returns trigger language plpgsql as $$
  begin
    new.late_at := coalesce(case
      when new.status = 'sent' then
        new.arrived_at + case when (select urgent from requests where id = new.request_id) then interval '2 days' else interval '7 days' end
      when new.status in ('accepted', 'partly answered', 'additional accepted', 'reply awaiting approval') then
        (new.due_date + 1)::timestamp at time zone 'Europe/Brussels'
      end, '2999-01-01T00:00:00Z');
    return new;
  end $$;
  create trigger request_parts_late before insert or update on request_parts for each row execute function request_part_late();
`

const OVERVIEWS = `
  create function refresh_request_overviews(ids integer[]) returns void language plpgsql as $$
  begin
    -- Two changes at once follow one another, so that the second sees what the first has done.
    perform 1 from requests where id in (select request_id from request_parts where id = any(ids)) order by id for no key update;
    delete from request_overviews where part_id = any(ids);
    insert into request_overviews (viewer_id, kind, request_id, part_id, status, late_at)
      select v.viewer_id, v.kind, p.request_id, p.id, p.status, p.late_at
      from request_parts p join requests r on r.id = p.request_id
      cross join lateral (
        select r.requester_coordinator_id as viewer_id, 'coordinator' as kind
        union
        select l.coordinator_id, 'coordinator' from grants g join grant_coordinators l on l.grant_id = g.id
          where g.authority_id = r.requester_id and g.module_id = r.module_id
        union
        select h.viewer_id, h.kind from (
          select p.coordinator_id as viewer_id, 'coordinator' as kind
          union all
          select l.coordinator_id, 'coordinator' from grants g join grant_coordinators l on l.grant_id = g.id
            where g.authority_id = p.responder_id and g.module_id = r.module_id
          union all
          select o.observer_id, 'linked' from linked_authorities o where o.authority_id in (r.requester_id, p.responder_id)) h
        where p.status <> 'awaiting approval') v
      where p.id = any(ids) and p.status <> 'draft' and v.viewer_id is not null
        and (v.kind = 'linked' or v.viewer_id is distinct from r.requester_id and v.viewer_id is distinct from p.responder_id);
  end $$;

  create function request_parts_of(authorities integer[]) returns integer[] language sql stable as $$
    select array(
      select p.id from requests r join request_parts p on p.request_id = r.id where r.requester_id = any(authorities)
      union
      select p.id from request_parts p where p.responder_id = any(authorities))
  $$;
`

const FOLLOWED = `
  create function request_parts_changed() returns trigger language plpgsql as $$
  declare
    ids integer[];
  begin
    select array_agg(id order by id) from changed into ids;
    if ids is null then return null; end if;
    update requests r set late_at = m.late_at
      from (select request_id, min(late_at) as late_at from request_parts
        where request_id in (select request_id from changed) group by request_id) m
      where r.id = m.request_id and r.late_at <> m.late_at;
    perform refresh_request_overviews(ids);
    return null;
  end $$;
  create trigger request_parts_overviews_insert after insert on request_parts
    referencing new table as changed for each statement execute function request_parts_changed();
  create trigger request_parts_overviews_update after update on request_parts
    referencing new table as changed for each statement execute function request_parts_changed();

  create function request_coordinator_changed() returns trigger language plpgsql as $$
  begin
    perform refresh_request_overviews(array(select id from request_parts where request_id = new.id));
    return null;
  end $$;
  create trigger requests_overviews after update of requester_coordinator_id on requests
    for each row when (old.requester_coordinator_id is distinct from new.requester_coordinator_id)
    execute function request_coordinator_changed();

  create function coordinators_linked() returns trigger language plpgsql as $$
  begin
    perform refresh_request_overviews(request_parts_of(array(
      select distinct g.authority_id from changed c join grants g on g.id = c.grant_id)));
    return null;
  end $$;
  create trigger grant_coordinators_overviews_insert after insert on grant_coordinators
    referencing new table as changed for each statement execute function coordinators_linked();
  create trigger grant_coordinators_overviews_delete after delete on grant_coordinators
    referencing old table as changed for each statement execute function coordinators_linked();

  create function grants_ended() returns trigger language plpgsql as $$
  begin
    perform refresh_request_overviews(request_parts_of(array(select distinct authority_id from changed)));
    return null;
  end $$;
  create trigger grants_overviews_delete after delete on grants
    referencing old table as changed for each statement execute function grants_ended();

  create function authorities_linked() returns trigger language plpgsql as $$
  begin
    perform refresh_request_overviews(request_parts_of(array(select distinct authority_id from changed)));
    return null;
  end $$;
  create trigger linked_authorities_overviews_insert after insert on linked_authorities
    referencing new table as changed for each statement execute function authorities_linked();
  create trigger linked_authorities_overviews_delete after delete on linked_authorities
    referencing old table as changed for each statement execute function authorities_linked();
`
