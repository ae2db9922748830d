// Small schemas that every contract uses.
import { Type } from 'typebox'
import { isLocalDate } from './calendar.ts'
import { type Id, occurrenceIn } from './ids.ts'

/** An identifier, branded in the types. */
export const IdOf = <T extends Id<string>>() =>
  Type.Unsafe<T>(Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }))
// Years of which PostgreSQL and JavaScript think alike, and no more than a school needs.
const day = '(19|20|21)\\d{2}-\\d{2}-\\d{2}'
/** A calendar day, YYYY-MM-DD, that exists: what comes after may count on it. */
export const Day = Type.Refine(Type.String({ pattern: `^${day}$` }), isLocalDate, () => 'no such day')
/** One dated occurrence of something that recurs: "<id>.<day>", on a day that exists. */
export const Occurrence = Type.Refine(
  Type.String({ pattern: `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.${day}$` }),
  (text) => occurrenceIn(text) !== null,
  () => 'no such day',
)
/** A wall-clock time, HH:MM. */
export const Time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
/** An instant, ISO 8601 in UTC. */
export const Instant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?Z$' })
