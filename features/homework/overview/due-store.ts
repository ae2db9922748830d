// The homework that stands on sheets: of many classes and teachers at once, without what only its own page shows.
import { sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { subjectOf } from '../store.ts'

export type WorkRow = {
  id: HomeworkId
  classId: ClassId
  class: string
  authorId: PersonId | null
  subject: string
  title: string
  teacher: string | null
  setOn: LocalDate
  dueAt: Date
  /** The school's, in which `dueAt` is a day. */
  zone: string
  handIn: boolean
  minutes: number | null
  documents: number
}

/**
 * The homework of some classes, and what some teachers have set anywhere, due in a span of time; soonest first. Only
 * what the whole class sees: sheets are read by all of it.
 */
export async function listWork(
  db: Db,
  of: { classes: readonly ClassId[]; teachers: readonly PersonId[] },
  from: number,
  to: number,
): Promise<WorkRow[]> {
  const found = await sql<WorkRow>`
    select h.id, h.class_id as "classId", c.title as class, h.author_id as "authorId",
      ${subjectOf} as subject, h.title,
      case when p.id is not null then coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name end as teacher,
      h.set_on as "setOn", h.due_at as "dueAt", o.zone, h.hand_in as "handIn", h.minutes,
      (select count(*)::int from homework_attachment a where a.homework_id = h.id) as documents
    from homework h join class c on c.id = h.class_id and c.disabled_at is null join org o on o.id = c.school_id
      left join course co on co.id = c.course_id left join slot sl on sl.id = h.slot_id
      left join person p on p.id = h.author_id
    where (h.class_id = any(${[...of.classes]}::uuid[]) or h.author_id = any(${[...of.teachers]}::uuid[]))
      and h.withdrawn_at is null and h.publish_at is null and not h.for_some
      and h.due_at >= ${new Date(from)} and h.due_at < ${new Date(to)}
    order by h.due_at, h.id`.execute(db)
  return found.rows
}
