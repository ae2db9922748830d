// Homework as rows: what a class was set, with its documents.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, FileId, HomeworkId, PersonId, SchoolId, SlotId } from '#platform/ids'
import { inForce } from '#platform/in-force'
import type { Attachment, Homework } from './contract.ts'
import type { Rubric } from './scales/contract.ts'

/** Homework with what decides about it and never leaves the server. */
export type HomeworkRow = {
  shared: Homework
  schoolId: SchoolId
  school: string
  classId: ClassId
  /** A pass that holds one of these may read what is shared. */
  classKey: string
  schoolKey: string
  author: PersonId | null
  /** Milliseconds since 1970. */
  dueAt: number
  handIn: boolean
  withdrawn: boolean
  /** Milliseconds since 1970: until it is published then, only its class's teachers see it. Null once it is. */
  publishAt: number | null
  /** Only the pupils who are named have it. */
  forSome: boolean
  /** Goes up with every change. */
  version: number
}

/** Whether everybody who sees the class sees this homework, so that it may stand on its sheets. */
export const isShared = (row: Pick<HomeworkRow, 'publishAt' | 'forSome'>): boolean =>
  row.publishAt === null && !row.forSome

type Row = {
  id: HomeworkId
  schoolId: SchoolId
  school: string
  schoolKey: string
  classId: ClassId
  class: string
  classKey: string
  classType: string
  subject: string
  teacher: string | null
  author: PersonId | null
  title: string
  body: string
  setOn: string
  dueAt: Date
  handIn: boolean
  withdrawnAt: Date | null
  publishAt: Date | null
  forSome: boolean
  minutes: number | null
  version: number
  ownDueAt: Date | null
  word: string | null
  rubric: Rubric | null
  attachments: Attachment[]
}

/**
 * The subject of homework `h` of class `c`, with its course `co` and the slot `sl` in which it was set: the lesson's; else
 * what its teacher teaches that class most; else what the directory says of the class.
 */
export const subjectOf = sql`coalesce(sl.title,
  (select t.title from slot t where t.class_id = h.class_id and t.teacher_id = h.author_id
    group by t.title order by sum(cardinality(t.dates)) desc, t.title limit 1),
  c.subject, co.subject, co.title, '')`

/** With the extension of `pupil`, when one is meant. */
const select = (condition: RawBuilder<unknown>, pupil: PersonId | null = null) => sql<Row>`
  select h.id, h.school_id as "schoolId", o.name as school, o.key as "schoolKey", h.class_id as "classId",
    c.title as class, c.key as "classKey", c.type as "classType",
    ${subjectOf} as subject,
    coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as teacher, h.author_id as author, h.title, h.body, h.set_on as "setOn",
    h.due_at as "dueAt", h.hand_in as "handIn", h.withdrawn_at as "withdrawnAt",
    h.publish_at as "publishAt", h.for_some as "forSome", h.minutes, h.version,
    x.due_at as "ownDueAt", x.word,
    (select m.rubric from homework_marking m where m.homework_id = h.id) as rubric,
    (select coalesce(json_agg(json_strip_nulls(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes,
        'sha256', f.sha256, 'view', f.view_sha256 is not null, 'scan', case when f.scan in ('waiting', 'infected', 'unchecked') then f.scan end)) order by a.position), '[]')
      from homework_attachment a join file f on f.id = a.file_id where a.homework_id = h.id) as attachments
  from homework h join class c on c.id = h.class_id join org o on o.id = h.school_id
    left join course co on co.id = c.course_id left join slot sl on sl.id = h.slot_id
    left join person p on p.id = h.author_id
    left join homework_extension x on x.homework_id = h.id and x.pupil_id = ${pupil} and x.due_at > h.due_at
  where ${condition}`

function present(row: Row): HomeworkRow {
  const { id, schoolId, school, classId, classKey, schoolKey, handIn, title, body, setOn } = row
  const dueAt = row.ownDueAt ?? row.dueAt
  const shared: Homework = {
    id,
    classId,
    class: row.class,
    ...(row.classType === 'scheduled' ? { group: { key: classKey, title: row.class } } : {}),
    subject: row.subject,
    ...(row.teacher ? { teacher: row.teacher } : {}),
    title,
    body,
    setOn,
    dueAt: dueAt.toISOString(),
    handIn,
    ...(row.minutes === null ? {} : { minutes: row.minutes }),
    ...(row.rubric ? { rubric: row.rubric } : {}),
    ...(row.ownDueAt ? { extension: { was: row.dueAt.toISOString(), word: row.word ?? '' } } : {}),
    attachments: row.attachments,
  }
  const withdrawn = row.withdrawnAt !== null
  return {
    shared,
    schoolId,
    school,
    classId,
    classKey,
    schoolKey,
    author: row.author,
    dueAt: dueAt.getTime(),
    handIn,
    withdrawn,
    publishAt: row.publishAt?.getTime() ?? null,
    forSome: row.forSome,
    version: row.version,
  }
}

/**
 * One piece of homework, withdrawn or not, seen or still to come; as `pupil` has it, with an extension, when one is
 * named. The caller checks who asks.
 */
export async function findHomework(
  db: Db,
  id: HomeworkId,
  pupil: PersonId | null = null,
): Promise<HomeworkRow | undefined> {
  const found = await select(sql`h.id = ${id}`, pupil).execute(db)
  return found.rows.map(present)[0]
}

/** All homework of the classes that a pupil attends, latest due first; each with the date that counts for the pupil. */
export async function listForPupil(
  db: Db,
  pupil: PersonId,
  today: string,
  since: Date,
  most: number,
): Promise<HomeworkRow[]> {
  const found = await select(
    sql`h.withdrawn_at is null and h.due_at >= ${since} and c.disabled_at is null and h.publish_at is null
      and h.id in (select a.homework_id from assigned a where a.pupil_id = ${pupil} and ${inForce('a', today)})
    order by h.due_at desc, h.id limit ${most}`,
    pupil,
  ).execute(db)
  return found.rows.map(present)
}

const sharedIn = (classIds: readonly ClassId[]) => sql`h.class_id = any(${[...classIds]}::uuid[])
  and h.withdrawn_at is null and h.publish_at is null and not h.for_some`

/** What several classes share of homework that is due from one instant to another, for their sheets. */
export async function listDue(
  db: Db,
  classIds: readonly ClassId[],
  from: Date,
  to: Date,
): Promise<HomeworkRow[]> {
  const due = sql`h.due_at >= ${from} and h.due_at < ${to} order by h.due_at, h.id`
  return (await select(sql`${sharedIn(classIds)} and ${due}`).execute(db)).rows.map(present)
}

/** What several classes share of homework that was set from one day to another, in that order. */
export async function listSetOn(
  db: Db,
  classIds: readonly ClassId[],
  from: string,
  to: string,
): Promise<HomeworkRow[]> {
  const set = sql`h.set_on between ${from}::date and ${to}::date order by h.set_on, h.due_at, h.id`
  return (await select(sql`${sharedIn(classIds)} and ${set}`).execute(db)).rows.map(present)
}

export type HomeworkValues = {
  title: string
  body: string
  dueAt: number
  handIn: boolean
  slotId: SlotId | null
  setOn: string
  minutes: number | null
  publishAt: Date | null
  forSome: boolean
}

const columns = (v: HomeworkValues, now: number) => ({
  title: v.title,
  body: v.body,
  due_at: new Date(v.dueAt),
  hand_in: v.handIn,
  slot_id: v.slotId,
  set_on: v.setOn,
  minutes: v.minutes,
  publish_at: v.publishAt,
  for_some: v.forSome,
  updated_at: new Date(now),
})

/** Adds homework. */
export async function insertHomework(
  db: Db,
  schoolId: SchoolId,
  of: { id: HomeworkId; classId: ClassId; author: PersonId },
  values: HomeworkValues,
  now: number,
): Promise<void> {
  await db
    .insertInto('homework')
    .values({
      id: of.id,
      school_id: schoolId,
      class_id: of.classId,
      author_id: of.author,
      created_at: new Date(now),
      withdrawn_at: null,
      ...columns(values, now),
    })
    .execute()
}

/** Writes changed homework, which becomes its next version. */
export async function updateHomework(
  db: Db,
  schoolId: SchoolId,
  id: HomeworkId,
  values: HomeworkValues,
  by: PersonId,
  now: number,
): Promise<void> {
  const { slot_id, set_on, ...rest } = columns(values, now)
  const changed = { ...rest, changed_by: by, version: sql<number>`version + 1` }
  // An edit that names no lesson leaves the one in which it was set; the day moves with what is still to come.
  const day = sql<string>`case when publish_at is not null and slot_id is null then ${set_on}::date else set_on end`
  const set = values.slotId ? { ...changed, slot_id, set_on } : { ...changed, set_on: day }
  await db.updateTable('homework').set(set).where('id', '=', id).where('school_id', '=', schoolId).execute()
}

/** Withdraws homework, or brings it back with null. */
export async function setWithdrawn(
  db: Db,
  schoolId: SchoolId,
  id: HomeworkId,
  at: Date | null,
): Promise<void> {
  await db
    .updateTable('homework')
    .set({ withdrawn_at: at })
    .where('id', '=', id)
    .where('school_id', '=', schoolId)
    .execute()
}

/** Makes these files, in this order, the documents of homework. */
export async function setAttachments(db: Db, id: HomeworkId, files: readonly FileId[]): Promise<void> {
  await db.deleteFrom('homework_attachment').where('homework_id', '=', id).execute()
  if (files.length === 0) return
  const rows = files.map((file_id, position) => ({ homework_id: id, file_id, position }))
  await db.insertInto('homework_attachment').values(rows).execute()
}

/**
 * Homework as it is now, held until the transaction ends: `to-change` waits for hand-ins and strokes under way, which
 * hold it `to-hand-in` together, so that nobody hands in what is being withdrawn or given back.
 */
export async function lockHomework(
  db: Db,
  id: HomeworkId,
  purpose: 'to-change' | 'to-hand-in',
  pupil: PersonId | null = null,
): Promise<HomeworkRow | undefined> {
  const strength = purpose === 'to-change' ? sql`for no key update` : sql`for share`
  await sql`select 1 from homework where id = ${id} ${strength}`.execute(db)
  return findHomework(db, id, pupil)
}
