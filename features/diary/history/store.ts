// How much a class's diary holds: by week and by subject.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId } from '#platform/ids'
import type { Year } from './contract.ts'

/** The weeks and the subjects of some classes' entries, without those written ahead for a day after `today`. */
export async function countEntries(
  db: Db,
  classes: readonly ClassId[],
  today: LocalDate,
): Promise<Pick<Year, 'weeks' | 'subjects'>> {
  const found = await sql<{ monday: LocalDate; subject: string; count: number }>`
    with e as (
      select coalesce(ch.to_date, d.on_date) as date, coalesce(s.title, d.subject, c.subject, c.title) as subject, d.shown_on_day
      from diary_entry d join class c on c.id = d.class_id left join slot s on s.id = d.slot_id
        left join lesson_change ch on ch.slot_id = d.slot_id and ch.on_date = d.on_date and ch.kind = 'moved'
      where d.class_id = any(${[...classes]}::uuid[]) and d.withdrawn_at is null)
    select date - (extract(isodow from date)::int - 1) as monday, subject, count(*)::int as count
    from e where not (shown_on_day and date > ${today}::date) group by 1, 2 order by 1, 2`.execute(db)
  const sum = (key: 'monday' | 'subject') => {
    const counts = new Map<string, number>()
    for (const row of found.rows) counts.set(row[key], (counts.get(row[key]) ?? 0) + row.count)
    return [...counts]
  }
  return {
    weeks: sum('monday').map(([monday, count]) => ({ monday, count })),
    subjects: sum('subject')
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
  }
}
