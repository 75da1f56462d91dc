/**
 * SQL for the name of the user behind a number at a moment: who stood in the user record then. A person who took a record over
 * has not done what the former one did (D6); one who went with the authority is named for three more years. `alias` is the
 * joined table users, `at` a column, `id` the number that may be of nobody any more.
 */
export const nameAt = (alias: string, at: string, id = `${alias}.id`): string => `coalesce(
  (select f.given_name || ' ' || f.family_name from former_people f
    where f.user_id = ${alias}.id and f.until >= ${at} order by f.until limit 1),
  ${alias}.given_name || ' ' || ${alias}.family_name,
  (select d.given_name || ' ' || d.family_name from deleted_people d where d.user_id = ${id}))`
