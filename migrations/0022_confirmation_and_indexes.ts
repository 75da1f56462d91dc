import type { Knex } from 'knex'

/**
 * When an authority was last asked by mail to confirm its data (B16). A deletion looks at everything that points at a person:
 * the invitations they sent, submitted, confirmed or decided.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table confirmation_requests (
      authority_id integer primary key references authorities on delete cascade,
      asked_at timestamptz not null
    );
    revoke insert, update, delete, truncate on confirmation_requests from imi_app;

    create index invitations_invited_by on invitations (invited_by);
    create index invitations_decided_by on invitations (decided_by);
    create index invitation_submissions_made_by on invitation_submissions (made_by);
    create index invitation_submissions_confirmed_by on invitation_submissions (confirmed_by);
    create index invitation_submissions_decided_by on invitation_submissions (decided_by);
    create index invitation_submissions_task on invitation_submissions (task_id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index invitation_submissions_task, invitation_submissions_decided_by, invitation_submissions_confirmed_by,
      invitation_submissions_made_by, invitations_decided_by, invitations_invited_by;
    drop table confirmation_requests;
  `)
}
