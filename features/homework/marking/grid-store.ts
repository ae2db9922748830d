// The columns of a class's grid: what it was set, by its dates, without what only a page of homework shows.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId, SchoolId } from '#platform/ids'
import type { Marking } from '../scales/contract.ts'

export type ColumnRow = {
  id: HomeworkId
  title: string
  dueAt: Date
  handIn: boolean
  author: PersonId | null
  publishAt: Date | null
  marking: Marking | null
  /** Of homework for some, whose it is. */
  pupils: PersonId[] | null
}

/** A class's homework since an instant, latest due first, for its teachers. */
export async function listColumns(
  db: Db,
  schoolId: SchoolId,
  classId: ClassId,
  since: Date,
  most: number,
): Promise<ColumnRow[]> {
  const found = await sql<ColumnRow>`
    select h.id, h.title, h.due_at as "dueAt", h.hand_in as "handIn", h.author_id as author,
      h.publish_at as "publishAt", case when h.for_some then (
        select coalesce(json_agg(n.pupil_id), '[]') from homework_pupil n where n.homework_id = h.id) end as pupils,
      case when m.homework_id is not null then json_build_object('scale', m.scale, 'coefficient', m.coefficient,
        'counts', m.counts, 'rubric', m.rubric) end as marking
    from homework h left join homework_marking m on m.homework_id = h.id
    where h.school_id = ${schoolId} and h.class_id = ${classId} and h.withdrawn_at is null and h.due_at >= ${since}
    order by h.due_at desc, h.id limit ${most}`.execute(db)
  return found.rows
}
