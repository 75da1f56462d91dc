import type { Knex } from 'knex'

/**
 * The roles that pages (imi_app) and nightly rules (imi_purge) run as. They own nothing: what the owner makes later they may read and
 * write, unless its migration takes that away (the history revokes update and delete).
 * Roles belong to the whole server: another database may have made them already, or be making them now.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create extension if not exists unaccent')
  await knex.raw('create extension if not exists pg_trgm')
  for (const role of ['imi_app', 'imi_purge']) {
    await knex.raw(makeRole(role))
    await knex.raw(`grant usage on schema public to ${role}`)
    await knex.raw(`grant select on knex_migrations to ${role}`)
    await knex.raw(
      `alter default privileges in schema public grant select, insert, update, delete on tables to ${role}`,
    )
    await knex.raw(`alter default privileges in schema public grant usage, select on sequences to ${role}`)
  }
}

/** The roles stay: other databases of the server may use them. */
export async function down(knex: Knex): Promise<void> {
  for (const role of ['imi_app', 'imi_purge']) {
    await knex.raw(
      `alter default privileges in schema public revoke select, insert, update, delete on tables from ${role}`,
    )
    await knex.raw(`alter default privileges in schema public revoke usage, select on sequences from ${role}`)
    await knex.raw(`revoke all on knex_migrations from ${role}`)
    await knex.raw(`revoke usage on schema public from ${role}`)
  }
  await knex.raw('drop extension if exists pg_trgm')
  await knex.raw('drop extension if exists unaccent')
}

/** Another transaction may make the role or the grant at the same moment; the second look finds what it made. */
const makeRole = (role: string) => `
  do $$
  declare
    may_become boolean;
  begin
    for attempt in 1..20 loop
      begin
        if not exists (select from pg_roles where rolname = '${role}') then
          create role ${role} nologin;
        end if;
        -- Since 16 whoever makes a role is its member without the right to become it.
        if current_setting('server_version_num')::int >= 160000 then
          execute $q$ select pg_has_role(current_user, '${role}', 'set') $q$ into may_become;
        else
          may_become := pg_has_role(current_user, '${role}', 'member');
        end if;
        if not may_become then
          execute format('grant ${role} to %I', current_user);
        end if;
        return;
      exception when duplicate_object or unique_violation or internal_error then
        perform pg_sleep(0.05);
      end;
    end loop;
    raise exception 'the role ${role} could not be made';
  end $$`
