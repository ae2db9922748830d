// For whom homework is, until when for whom, and what is to be published, as rows.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId, SchoolId, SlotId } from '#platform/ids'
import { inForce } from '#platform/in-force'

/** The pupils who are named in homework for some. */
export async function listNamed(db: Db, id: HomeworkId): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select pupil_id as id from homework_pupil where homework_id = ${id} order by pupil_id`.execute(db)
  return found.rows.map((row) => row.id)
}

/** Those who handed in, or for whom a result was written. */
export async function listWorking(db: Db, id: HomeworkId): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select pupil_id as id from submission where homework_id = ${id}
    union select pupil_id from result where homework_id = ${id} and (saved_at is not null or round > 1)`.execute(
    db,
  )
  return found.rows.map((row) => row.id)
}

/** Makes these the pupils who have homework for some. */
export async function setNamed(db: Db, id: HomeworkId, pupils: readonly PersonId[]): Promise<void> {
  await db.deleteFrom('homework_pupil').where('homework_id', '=', id).execute()
  if (pupils.length === 0) return
  const rows = pupils.map((pupil_id) => ({ homework_id: id, pupil_id }))
  await db.insertInto('homework_pupil').values(rows).execute()
}

/** Whether homework for some is for this person, or for a child of theirs. */
export async function isNamed(db: Db, id: HomeworkId, person: PersonId): Promise<boolean> {
  const found = await sql`
    select 1 from assigned a where a.homework_id = ${id} and (a.pupil_id = ${person}
      or a.pupil_id in (select child_id from care where guardian_id = ${person})) limit 1`.execute(db)
  return found.rows.length > 0
}

/** Of a person and their children those who have homework today, or did or got something back of it. */
export async function listHaving(
  db: Db,
  id: HomeworkId,
  person: PersonId,
  today: string,
): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select p.id from person p
    where (p.id = ${person} or p.disabled_at is null and p.enabled
        and p.id in (select child_id from care where guardian_id = ${person}))
      and (exists (select 1 from assigned a join homework h on h.id = a.homework_id join class c on c.id = h.class_id
          where a.homework_id = ${id} and a.pupil_id = p.id and ${inForce('a', today)}
            and c.disabled_at is null and h.publish_at is null)
        or exists (select 1 from submission s where s.homework_id = ${id} and s.pupil_id = p.id and s.replaced_at is null)
        or exists (select 1 from result r where r.homework_id = ${id} and r.pupil_id = p.id and r.round > 1))
    order by p.id`.execute(db)
  return found.rows.map((row) => row.id)
}

export type ExtensionRow = { homeworkId: HomeworkId; pupilId: PersonId; dueAt: Date; word: string }

/** Who has more time than the class, for several pieces of homework. */
export async function listExtensions(db: Db, homework: readonly HomeworkId[]): Promise<ExtensionRow[]> {
  const found = await sql<ExtensionRow>`
    select x.homework_id as "homeworkId", x.pupil_id as "pupilId", x.due_at as "dueAt", x.word
    from homework_extension x join homework h on h.id = x.homework_id
    where x.homework_id = any(${[...homework]}::uuid[]) and x.due_at > h.due_at
    order by x.due_at, x.pupil_id`.execute(db)
  return found.rows
}

/** Gives pupils more time. A copy that came before the new date is not late any more. */
export async function putExtensions(
  db: Db,
  id: HomeworkId,
  pupils: readonly PersonId[],
  of: { dueAt: Date; word: string; by: PersonId; at: Date },
): Promise<void> {
  const rows = pupils.map((pupil_id) => ({
    homework_id: id,
    pupil_id,
    due_at: of.dueAt,
    word: of.word,
    given_by: of.by,
    given_at: of.at,
  }))
  await db
    .insertInto('homework_extension')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['homework_id', 'pupil_id']).doUpdateSet((row) => ({
        due_at: row.ref('excluded.due_at'),
        word: row.ref('excluded.word'),
        given_by: row.ref('excluded.given_by'),
      })),
    )
    .execute()
  await sql`update submission set late = false
    where homework_id = ${id} and pupil_id = any(${[...pupils]}::uuid[]) and replaced_at is null
      and late and submitted_at <= ${of.dueAt}`.execute(db)
}

/** Takes more time back. What came while it was given stays in time; what had come late before is late again. */
export async function removeExtensions(db: Db, id: HomeworkId, pupils: readonly PersonId[]): Promise<void> {
  const among = sql`any(${[...pupils]}::uuid[])`
  await sql`update submission s set late = true
    from homework_extension x join homework h on h.id = x.homework_id
    where x.homework_id = ${id} and x.pupil_id = ${among} and s.homework_id = x.homework_id
      and s.pupil_id = x.pupil_id and s.replaced_at is null
      and s.submitted_at > h.due_at and s.submitted_at <= x.given_at`.execute(db)
  await sql`delete from homework_extension where homework_id = ${id} and pupil_id = ${among}`.execute(db)
}

/** The version of homework and who changed it last: what a second editor is told. */
export async function findLastChange(
  db: Db,
  id: HomeworkId,
): Promise<{ version: number; changedBy: string | null }> {
  const found = await sql<{ version: number; changedBy: string | null }>`
    select h.version, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as "changedBy"
    from homework h left join person p on p.id = h.changed_by where h.id = ${id}`.execute(db)
  return found.rows[0] ?? { version: 0, changedBy: null }
}

/** Moves the moment at which homework is published; null publishes it, on that day. It becomes its next version. */
export async function setPublication(
  db: Db,
  schoolId: SchoolId,
  id: HomeworkId,
  of: { at: Date | null; day: string; by: PersonId; now: Date },
): Promise<void> {
  await sql`update homework set publish_at = ${of.at}, version = version + 1, changed_by = ${of.by},
      updated_at = ${of.now}, set_on = case when slot_id is null then ${of.day}::date else set_on end
    where id = ${id} and school_id = ${schoolId}`.execute(db)
}

export type Published = { id: HomeworkId; classId: ClassId; pupils: PersonId[] }

/** Publishes what is due to be: each once, however many processes ask. `pupils`: of homework for some, whose it is. */
export async function publishDue(db: Db, now: Date): Promise<Published[]> {
  const found = await sql<Published>`
    update homework h set publish_at = null where publish_at <= ${now}
    returning h.id, h.class_id as "classId",
      array(select n.pupil_id from homework_pupil n where n.homework_id = h.id) as pupils`.execute(db)
  return found.rows
}

/** The slot, if the class has it on that day. */
export async function findSlot(
  db: Db,
  classId: ClassId,
  slotId: SlotId,
  date: string,
): Promise<SlotId | undefined> {
  const found = await sql<{ id: SlotId }>`
    select id from slot where id = ${slotId} and class_id = ${classId} and dates @> array[${date}::date]`.execute(
    db,
  )
  return found.rows[0]?.id
}
