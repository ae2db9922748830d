// On which days a row counts that carries dates of its own: one condition for every query that must not forget a part
// of it. `alias` names the table in the query; its first and its last day both count, and a missing one is no limit.
import { type RawBuilder, sql } from 'kysely'

/** The day lies between the row's begin_date and end_date. */
export function within(alias: string, today: string): RawBuilder<boolean> {
  return sql`coalesce(${sql.ref(`${alias}.begin_date`)} <= ${today}::date, true) and ${notEnded(alias, today)}`
}

/** The row's end_date has not passed; it may begin later. */
export function notEnded(alias: string, today: string): RawBuilder<boolean> {
  return sql`coalesce(${sql.ref(`${alias}.end_date`)} >= ${today}::date, true)`
}

/** Within its dates and not disabled (disabled_at). */
export function inForce(alias: string, today: string): RawBuilder<boolean> {
  return sql`${sql.ref(`${alias}.disabled_at`)} is null and ${within(alias, today)}`
}

/** The same as text for a prepared query; `day` is its parameter, such as "$4". Neither argument comes from outside. */
export function inForceText(alias: string, day: string): string {
  return `${alias}.disabled_at is null and coalesce(${alias}.begin_date <= ${day}::date, true)
    and coalesce(${alias}.end_date >= ${day}::date, true)`
}
