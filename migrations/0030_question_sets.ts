import type { Knex } from 'knex'

/**
 * Question sets: what a request in a module says of its subject, and the questions it chooses from, in versions; texts by language.
 * A published version stays word for word, since requests refer to it; all that may come is a language that was missing.
 * Pages only read: the sets come with the reference data.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table question_sets (
      id integer generated always as identity primary key,
      module_id integer not null references modules,
      version integer not null check (version > 0),
      published_at timestamptz,
      unique (module_id, version)
    );
    create table question_set_subject_fields (
      question_set_id integer not null references question_sets,
      position smallint not null,
      code text not null,
      label jsonb not null check (coalesce(label->>'en', '') <> ''),
      hint jsonb check (hint is null or coalesce(hint->>'en', '') <> ''),
      kind text not null check (kind in ('text', 'long text', 'date', 'country', 'choice')),
      options jsonb not null default '[]',
      required boolean not null,
      personal boolean not null,
      competence boolean not null,
      primary key (question_set_id, code),
      unique (question_set_id, position),
      check (not (personal and competence))
    );
    create table question_set_headings (
      question_set_id integer not null references question_sets,
      position smallint not null,
      code text not null,
      text jsonb not null check (coalesce(text->>'en', '') <> ''),
      primary key (question_set_id, code),
      unique (question_set_id, position)
    );
    create table questions (
      question_set_id integer not null references question_sets,
      position smallint not null,
      code text not null,
      heading text not null,
      text jsonb not null check (coalesce(text->>'en', '') <> ''),
      variables jsonb not null default '[]',
      answer text not null check (answer in ('yes-no', 'choice', 'text', 'date', 'number')),
      parent text,
      parent_answers text[] not null default '{}',
      primary key (question_set_id, code),
      unique (question_set_id, position),
      foreign key (question_set_id, heading) references question_set_headings (question_set_id, code),
      foreign key (question_set_id, parent) references questions (question_set_id, code),
      check ((parent is null) = (parent_answers = '{}'))
    );
    create table question_choices (
      question_set_id integer not null,
      question text not null,
      position smallint not null,
      code text not null,
      text jsonb not null check (coalesce(text->>'en', '') <> ''),
      primary key (question_set_id, question, code),
      unique (question_set_id, question, position),
      foreign key (question_set_id, question) references questions (question_set_id, code)
    );
  `)
  await knex.raw(KEEP_PUBLISHED)
  await knex.raw(`
    create trigger keep_published before update or delete on question_sets
      for each row execute function keep_published_set();
    ${PARTS.map(
      table => `create trigger keep_published before insert or update or delete on ${table}
        for each row execute function keep_published_part();`,
    ).join('\n')}
    revoke insert, update, delete, truncate on question_sets, ${PARTS.join(', ')} from imi_app, imi_purge;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table question_choices, questions, question_set_headings, question_set_subject_fields, question_sets;
    drop function keep_published_set, keep_published_part, only_languages_came;
  `)
}

const PARTS = ['question_set_subject_fields', 'question_set_headings', 'questions', 'question_choices']

/** The trigger holds for the owner too: whoever loads the sets cannot change by mistake what requests refer to. */
const KEEP_PUBLISHED = `
  create function keep_published_set() returns trigger language plpgsql as $$
  begin
    if old.published_at is not null then
      raise exception 'question set % is published and stays as it is', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return coalesce(new, old);
  end $$;

  -- Every text that was there is still there; objects may have become larger, lists may not.
  create function only_languages_came(was jsonb, becomes jsonb) returns boolean language sql immutable as $$
    select case jsonb_typeof(was)
      when 'object' then jsonb_typeof(becomes) = 'object' and not exists (
        select from jsonb_each(was) o where not coalesce(only_languages_came(o.value, becomes->o.key), false))
      when 'array' then jsonb_typeof(becomes) = 'array' and jsonb_array_length(was) = jsonb_array_length(becomes) and not exists (
        select from jsonb_array_elements(was) with ordinality o(value, at)
        where not only_languages_came(o.value, becomes->(o.at - 1)::integer))
      else was = becomes
    end
  $$;

  create function keep_published_part() returns trigger language plpgsql as $$
  begin
    if exists (select from question_sets s where s.id in (new.question_set_id, old.question_set_id) and s.published_at is not null)
      and not (tg_op = 'UPDATE' and only_languages_came(to_jsonb(old), to_jsonb(new)))
    then
      raise exception 'question set % is published and stays as it is', coalesce(old.question_set_id, new.question_set_id)
        using errcode = 'integrity_constraint_violation';
    end if;
    return coalesce(new, old);
  end $$;
`
