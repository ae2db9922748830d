// A school's scales, and what each piece of homework is marked by, as rows.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId, SchoolId } from '#platform/ids'
import { newId } from '#platform/ids'
import type { Marking, Rubric, Scale } from './contract.ts'
import { unmarked, usualScales } from './scale-rules.ts'

/** A school's scales in its order; the usual ones where it has set up none. */
export async function listScales(db: Db, schoolId: SchoolId): Promise<Scale[]> {
  const found = await sql<{ scale: Scale }>`
    select scale from mark_scale where school_id = ${schoolId} order by position`.execute(db)
  return found.rows.length > 0 ? found.rows.map((row) => row.scale) : [...usualScales]
}

/** Which change of a school's scales is the last one; empty where there was none. */
export async function scalesVersion(db: Db, schoolId: SchoolId): Promise<string> {
  const found = await sql<{ id: string }>`
    select id from mark_scale where school_id = ${schoolId} order by position limit 1`.execute(db)
  return found.rows[0]?.id ?? ''
}

/** Lets changes of a school's scales pass one after the other, until the transaction ends. */
export async function lockScales(db: Db, schoolId: SchoolId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`scales ${schoolId}`}, 0))`.execute(db)
}

/** Makes these the school's scales. Homework keeps the one that was chosen for it. */
export async function replaceScales(
  db: Db,
  schoolId: SchoolId,
  scales: readonly Scale[],
  by: PersonId,
  at: Date,
): Promise<void> {
  await db.deleteFrom('mark_scale').where('school_id', '=', schoolId).execute()
  const rows = scales.map((scale, position) => ({
    id: newId(at.getTime()) as string,
    school_id: schoolId,
    position,
    scale: JSON.stringify(scale),
    changed_by: by,
    changed_at: at,
  }))
  await db.insertInto('mark_scale').values(rows).execute()
}

/** What a piece of homework is marked by; `unmarked` where nothing was ever chosen. */
export async function findMarking(db: Db, id: HomeworkId): Promise<Marking> {
  const found = await sql<Marking>`
    select scale, coefficient, counts, rubric from homework_marking where homework_id = ${id}`.execute(db)
  return found.rows[0] ?? unmarked
}

/** Gives new homework the scale that its teacher chose last for the class, else the school's first. */
export async function insertUsualMarking(
  db: Db,
  of: { id: HomeworkId; classId: ClassId; schoolId: SchoolId; by: PersonId },
  at: Date,
): Promise<void> {
  await sql`
    insert into homework_marking (homework_id, scale, counts, chosen_by, chosen_at)
    select ${of.id}, coalesce(last.scale,
        (select s.scale from mark_scale s where s.school_id = ${of.schoolId} order by s.position limit 1),
        ${JSON.stringify(usualScales[0])}::jsonb),
      coalesce(last.counts, 'last'), ${of.by}, ${at}
    from (select 1) one left join lateral (
      select m.scale, m.counts from homework_marking m join homework h on h.id = m.homework_id
      where m.chosen_by = ${of.by} and h.class_id = ${of.classId}
      order by m.chosen_at desc, m.homework_id desc limit 1) last on true`.execute(db)
}

/** Writes what a piece of homework is marked by. */
export async function putMarking(
  db: Db,
  id: HomeworkId,
  { scale, coefficient, counts, rubric }: Marking,
  by: PersonId,
  at: Date,
): Promise<void> {
  const json = rubric && JSON.stringify(rubric)
  await sql`
    insert into homework_marking (homework_id, scale, coefficient, counts, rubric, chosen_by, chosen_at)
    values (${id}, ${JSON.stringify(scale)}, ${coefficient}, ${counts}, ${json}, ${by}, ${at})
    on conflict (homework_id) do update set scale = excluded.scale, coefficient = excluded.coefficient,
      counts = excluded.counts, rubric = excluded.rubric, chosen_by = excluded.chosen_by,
      chosen_at = excluded.chosen_at`.execute(db)
}

/** The rubrics that a teacher made, the last first, of the last homework that had one. */
export async function listRubrics(db: Db, teacher: PersonId): Promise<Rubric[]> {
  const found = await sql<{ rubric: Rubric }>`
    select rubric from homework_marking where chosen_by = ${teacher} and rubric is not null
    order by chosen_at desc limit 200`.execute(db)
  return found.rows.map((row) => row.rubric)
}

/** Whether somebody has seen a filled rubric of this homework. */
export async function hasShownRubric(db: Db, id: HomeworkId): Promise<boolean> {
  const found = await sql`
    select 1 from result where homework_id = ${id} and rubric is not null and given_back_at is not null
    union all select 1 from result_round where homework_id = ${id} and rubric is not null limit 1`.execute(db)
  return found.rows.length > 0
}
