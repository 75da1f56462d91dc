/** What can be lacking at an authority: a filter of Managed authorities (B8) and a row of the housekeeping overview (G5). */
export const lackings = ['neverSignedIn', 'noCoordinator', 'noModule', 'noTitle'] as const
export type Lacking = (typeof lackings)[number]

/** A grant joined as `g` whose requests and answers no active coordinator looks after. */
export const WITHOUT_COORDINATOR = `g.role = 'authority' and g.status = 'active' and not exists (
  select 1 from grant_coordinators l
    join authorities c on c.id = l.coordinator_id and c.status = 'active'
    join grants o on o.authority_id = c.id and o.module_id = g.module_id and o.role = 'coordinator' and o.status = 'active'
  where l.grant_id = g.id)`

/** A user joined as `u` who was registered and has never come. */
export const NEVER_SIGNED_IN = `u.first_signed_in_at is null and u.deleted_at is null`

/** In SQL, of an authority joined as `a`. An informal title is there in every official language, or one is lacking (B2). */
export const LACKING: Record<Lacking, string> = {
  neverSignedIn: `exists (select 1 from users u where u.authority_id = a.id and ${NEVER_SIGNED_IN})`,
  noCoordinator: `exists (select 1 from grants g where g.authority_id = a.id and ${WITHOUT_COORDINATOR})`,
  noModule: `not exists (select 1 from grants g where g.authority_id = a.id)`,
  noTitle: `(select count(*) from authority_titles t where t.authority_id = a.id)
    < (select count(distinct language) from countries, unnest(languages) language)`,
}
