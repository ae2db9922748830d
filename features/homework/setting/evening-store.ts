// What is due on the days of a class's pupils, in whichever of their classes and groups it was set.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId } from '#platform/ids'
import { inForce } from '#platform/in-force'
import { subjectOf } from '../store.ts'

export type DueRow = {
  day: string
  subject: string
  minutes: number | null
  classId: ClassId
  class: string
}
export type MostRow = { day: string; most: number }

export type Span = { from: string; to: string; zone: string; today: string; usual: number }

/** Published or not, since it will be due all the same; not what only some pupils were set. */
const dueOf = (classId: ClassId, { from, to, zone, today }: Span, except: HomeworkId | null) => sql`
  from enrollment p join enrollment e on e.person_id = p.person_id and e.role = 'student' and ${inForce('e', today)}
    join class c on c.id = e.class_id and c.disabled_at is null
    join homework h on h.class_id = c.id and h.withdrawn_at is null and not h.for_some
      and h.due_at >= (${from}::date)::timestamp at time zone ${zone}
      and h.due_at < (${to}::date + 1)::timestamp at time zone ${zone} and h.id is distinct from ${except}
  where p.class_id = ${classId} and p.role = 'student' and ${inForce('p', today)}`

/** Each piece of homework that any pupil of a class has to do for a day of the span, once. */
export async function listDueFor(
  db: Db,
  classId: ClassId,
  span: Span,
  except: HomeworkId | null,
): Promise<DueRow[]> {
  const found = await sql<DueRow>`
    select (h.due_at at time zone ${span.zone})::date as day, ${subjectOf} as subject, h.minutes,
      c.id as "classId", c.title as class
    from homework h join class c on c.id = h.class_id left join course co on co.id = c.course_id
      left join slot sl on sl.id = h.slot_id
    where h.id in (select h.id ${dueOf(classId, span, except)})
    order by h.due_at, h.id`.execute(db)
  return found.rows
}

/** For each such day, the minutes of the pupil who has most to do. */
export async function listMost(
  db: Db,
  classId: ClassId,
  span: Span,
  except: HomeworkId | null,
): Promise<MostRow[]> {
  const found = await sql<MostRow>`
    select day, max(minutes)::int as most from (
      select p.person_id, (h.due_at at time zone ${span.zone})::date as day,
        sum(coalesce(h.minutes, ${span.usual}::int)) as minutes ${dueOf(classId, span, except)}
      group by 1, 2) per group by day order by day`.execute(db)
  return found.rows
}
