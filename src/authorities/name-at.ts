/**
 * SQL for the name of the user behind a number at a moment: who stood in the user record then. A person who took a record over
 * has not done what the former one did (D6). `alias` is the joined table users, `at` a column.
 */
export const nameAt = (alias: string, at: string): string => `coalesce(
  (select f.given_name || ' ' || f.family_name from former_people f
    where f.user_id = ${alias}.id and f.until >= ${at} order by f.until limit 1),
  ${alias}.given_name || ' ' || ${alias}.family_name)`
