// A pupil's work over the years, as rows: of classes that the pupil attends or attended when it was due, and whatever
// the pupil did or got back.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId } from '#platform/ids'
import { type PupilWorkState, presentState, type StateRow, stateColumns, stateJoins } from '../work-store.ts'
import type { Term } from './history-rules.ts'

/** Whose work, of whom: all that the pupil has, or what one teacher set in one class. */
export type Asked = { pupil: PersonId; of: { teacher: PersonId; classId: ClassId } | null }

export type HistoryRow = PupilWorkState & {
  title: string
  subject: string
  class: string
  handIn: boolean
  dueAt: Date
  outOf: number | null
  coefficient: number | null
  earlier: string[] | null
}

/** Homework `h` that the pupil has or had. The enrollment may be over: it counts for what was due while it held. */
const hadBy = ({ pupil, of }: Asked) => sql`
  h.withdrawn_at is null and h.publish_at is null
  ${of ? sql`and h.author_id = ${of.teacher} and h.class_id = ${of.classId}` : sql``}
  and exists (select 1 from assigned e where e.homework_id = h.id and e.pupil_id = ${pupil} and (
    coalesce(e.begin_date <= h.due_at::date, true)
      and coalesce(e.end_date >= h.due_at::date, true) and coalesce(e.disabled_at >= h.due_at, true)
    or exists (select 1 from submission s where s.homework_id = h.id and s.pupil_id = ${pupil})
    or exists (select 1 from result r where r.homework_id = h.id and r.pupil_id = ${pupil})))`

/** The classes in which the pupil ever was: a list short enough to look each one's homework up by its date. */
const classesOf = (pupil: PersonId) => sql`
  array(select distinct e.class_id from enrollment e where e.person_id = ${pupil} and e.role = 'student')`

/** Work due from one instant to another, what was due last first, at most `most` of it. */
export async function listHistory(
  db: Db,
  asked: Asked,
  from: Date,
  to: Date,
  most: number,
): Promise<HistoryRow[]> {
  type Row = StateRow & Omit<HistoryRow, keyof PupilWorkState>
  const found = await sql<Row>`
    with mine as materialized (
      select h.* from homework h where h.class_id = any(${classesOf(asked.pupil)})
        and h.due_at >= ${from} and h.due_at < ${to} and ${hadBy(asked)}
      order by h.due_at desc, h.id limit ${most}),
    slots as (
      select t.class_id, t.teacher_id, t.title, row_number() over (partition by t.class_id, t.teacher_id
          order by sum(cardinality(t.dates)) desc, t.title) as rank
      from slot t where t.class_id in (select class_id from mine) group by t.class_id, t.teacher_id, t.title)
    select p.id as "pupilId", ${stateColumns}, h.title, h.due_at as "dueAt", c.title as class,
      coalesce(sl.title, st.title, c.subject, co.subject, co.title, '') as subject,
      (m.scale->>'outOf')::float as "outOf", m.coefficient,
      case when r.round > 1 then (select json_agg(e.mark order by e.round) filter (where e.mark is not null)
        from result_round e where e.homework_id = h.id and e.pupil_id = p.id) end as earlier
    from mine h join class c on c.id = h.class_id cross join (select ${asked.pupil}::uuid as id) p
      left join course co on co.id = c.course_id left join slot sl on sl.id = h.slot_id
      left join slots st on st.class_id = h.class_id and st.teacher_id = h.author_id and st.rank = 1
      left join homework_marking m on m.homework_id = h.id ${stateJoins('p.id')}
    order by h.due_at desc, h.id`.execute(db)
  return found.rows.map((row) => {
    const { title, subject, dueAt, outOf, coefficient, earlier } = row
    const { handIn } = row
    return {
      ...presentState(row),
      title,
      subject,
      class: row.class,
      handIn,
      dueAt,
      outOf,
      coefficient,
      earlier,
    }
  })
}

/** The school years (as they begin) in which the pupil has work, the last first. */
export async function listYears(db: Db, asked: Asked, zone: string): Promise<number[]> {
  const found = await sql<{ year: number }>`
    select distinct extract(year from (h.due_at at time zone ${zone}) - interval '7 months')::int as year
    from homework h where h.class_id = any(${classesOf(asked.pupil)}) and ${hadBy(asked)}
    order by 1 desc`.execute(db)
  return found.rows.map((row) => row.year)
}

/** Terms of the pupil's classes that touch some days: what is shorter than the year. */
export async function listTerms(db: Db, pupil: PersonId, from: string, to: string): Promise<Term[]> {
  const found = await sql<Term>`
    select distinct s.title, s.start_date as "from", s.end_date as "to"
    from class_session cs join academic_session own on own.id = cs.session_id
      join academic_session s on s.id = own.id or s.parent_id = own.id or s.parent_id = own.parent_id
    where cs.class_id = any(${classesOf(pupil)}) and s.type <> 'schoolYear' and s.disabled_at is null
      and s.start_date <= ${to}::date and s.end_date >= ${from}::date
    order by 2, 3`.execute(db)
  return found.rows
}

/** A person's own name, for the head of their history, and the zone of the school that they were in last. */
export async function findName(
  db: Db,
  pupil: PersonId,
): Promise<{ id: PersonId; givenName: string; familyName: string; zone: string | null } | undefined> {
  const found = await sql<{ id: PersonId; givenName: string; familyName: string; zone: string | null }>`
    select id, coalesce(preferred_name, given_name) as "givenName", family_name as "familyName",
      (select o.zone from enrollment e join class c on c.id = e.class_id join org o on o.id = c.school_id
        where e.person_id = person.id and e.role = 'student' order by e.end_date desc nulls first, e.class_id limit 1) as zone
    from person where id = ${pupil}`.execute(db)
  return found.rows[0]
}
