// What a class or a whole school was set and how it came out, by the directory's own ids, for OneRoster.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, SchoolId } from '#platform/ids'
import type { Item, ItemResult } from './oneroster-rules.ts'

export type Asked = { schoolId: SchoolId; classId: ClassId | null; since: Date; now: Date; zone: string }

const homeworkOf = ({ schoolId, classId, since }: Asked) => sql`h.school_id = ${schoolId}
  and h.withdrawn_at is null and h.publish_at is null and h.due_at >= ${since}
  ${classId ? sql`and h.class_id = ${classId}` : sql``}`

/** The homework, each with the shortest term in which it is due. */
export async function listItems(db: Db, asked: Asked): Promise<Item[]> {
  const found = await sql<Item>`
    select h.id, h.title, h.set_on::text as "setOn", (h.due_at at time zone ${asked.zone})::date::text as "dueOn",
      c.sourced_id as class, o.sourced_id as school, coalesce(t.sourced_id, '') as session, m.scale
    from homework h join class c on c.id = h.class_id join org o on o.id = h.school_id
      left join homework_marking m on m.homework_id = h.id
      left join lateral (
        select s.sourced_id from class_session cs join academic_session own on own.id = cs.session_id
          join academic_session s on s.id = own.id or s.parent_id = own.id
        where cs.class_id = h.class_id and s.disabled_at is null
          and (h.due_at at time zone ${asked.zone})::date between s.start_date and s.end_date
        order by s.end_date - s.start_date limit 1) t on true
    where ${homeworkOf(asked)} order by h.due_at, h.id`.execute(db)
  return found.rows
}

/** What came of it: of everybody who has the homework where something happened or it is due. */
export async function listItemResults(db: Db, asked: Asked): Promise<ItemResult[]> {
  const found = await sql<ItemResult>`
    select h.id as item, p.sourced_id as pupil,
      case when r.given_back_at is not null then
        case when r.earlier_value > coalesce(r.value, -1) then r.earlier_mark else coalesce(r.mark, r.earlier_mark) end
        else r.earlier_mark end as mark,
      (r.given_back_at at time zone ${asked.zone})::date::text as "on",
      s.id is not null or t.at is not null as "handedIn", coalesce(s.late, false) as late,
      h.hand_in and s.id is null and h.due_at < ${asked.now} and coalesce(x.due_at < ${asked.now}, true) as missing
    from homework h
      join assigned e on e.homework_id = h.id and e.disabled_at is null
        and coalesce(e.begin_date <= h.due_at::date, true)
        and coalesce(e.end_date >= h.due_at::date, true)
      join person p on p.id = e.pupil_id
      left join submission s on s.homework_id = h.id and s.pupil_id = p.id and s.replaced_at is null
      left join homework_tick t on t.homework_id = h.id and t.pupil_id = p.id
      left join homework_extension x on x.homework_id = h.id and x.pupil_id = p.id
      left join result r on r.homework_id = h.id and r.pupil_id = p.id
    where ${homeworkOf(asked)} and (s.id is not null or t.at is not null or r.given_back_at is not null or r.round > 1
        or (h.hand_in and h.due_at < ${asked.now}))
    order by h.due_at, h.id, p.sourced_id`.execute(db)
  return found.rows
}
