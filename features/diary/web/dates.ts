// School years as the diary's pages need them.
import type { LocalDate } from '#platform/calendar'

/** The first of the August before a day: no school year begins earlier in the countries that we know. */
export function schoolYearBegins(day: LocalDate): LocalDate {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '08-01' ? 1 : 0)
  return `${year}-08-01`
}
