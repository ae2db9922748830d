// What pupils do with homework, and what comes back: ticks, submissions, results, receipts.
import { sql } from 'kysely'
import type pg from 'pg'
import type { Tables } from '#migrations/tables'
import type { Db } from '#platform/ctx'
import type { ClassId, FileId, HomeworkId, PersonId, SchoolId, SubmissionId } from '#platform/ids'
import { inForce, inForceText } from '#platform/in-force'
import type { Copy, Result, Submission, WorkState } from './contract.ts'
import { stateOf } from './rules.ts'
import type { Filled, Marking } from './scales/contract.ts'
import { subjectOf } from './store.ts'

/** All that there is between one pupil and one piece of homework. */
export type Work = {
  /** The pupil is in the class now, and the homework is for the pupil and published. */
  attends: boolean
  /** More time that the pupil was given, while it is more than the class's. */
  extension: { dueAt: string; word: string } | null
  /** What the asker sees as a guardian of the pupil; null for everybody else. */
  guarded: Tables['care']['sees'] | null
  ticked: boolean
  submission: Submission | null
  /** Given back or not. */
  result: Result | null
  /** That result is for an earlier hand-in and not given back. */
  renewed: boolean
  /** Who wrote in the result last, whatever is left of it. */
  saved: Copy['saved']
  round: number
  /** The mark that counts among those the pupil has seen, of all rounds. */
  counting: string | null
  marking: Marking | null
}

/** Of result `r`: the mark that counts among what was given back, of all rounds (see result-store). */
const counting = `case when r.given_back_at is null or r.earlier_value > coalesce(r.value, -1) then r.earlier_mark
  else coalesce(r.mark, r.earlier_mark) end`

const workText = `
  select exists (
      select 1 from assigned e join homework h on h.id = e.homework_id join class c on c.id = h.class_id
      where e.homework_id = $1 and e.pupil_id = $2 and ${inForceText('e', '$4')}
        and c.disabled_at is null and h.publish_at is null) as attends,
    (select json_build_object('dueAt', x.due_at, 'word', x.word)
      from homework_extension x join homework h on h.id = x.homework_id
      where x.homework_id = $1 and x.pupil_id = $2 and x.due_at > h.due_at) as extension,
    (select g.sees from care g join person p on p.id = g.child_id
      where g.child_id = $2 and g.guardian_id = $3 and p.disabled_at is null and p.enabled) as guarded,
    exists (select 1 from homework_tick where homework_id = $1 and pupil_id = $2) as ticked,
    (select json_build_object('id', s.id, 'text', s.body, 'submittedAt', s.submitted_at, 'late', s.late, 'files', (
        select coalesce(json_agg(json_strip_nulls(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes,
          'sha256', f.sha256, 'view', f.view_sha256 is not null, 'scan', case when f.scan in ('waiting', 'infected', 'unchecked') then f.scan end)) order by a.position), '[]')
        from submission_file a join file f on f.id = a.file_id where a.submission_id = s.id))
      from submission s where s.homework_id = $1 and s.pupil_id = $2 and s.replaced_at is null) as submission,
    (select json_build_object('mark', mark, 'feedback', feedback, 'rubric', rubric, 'givenBackAt', given_back_at)
      from result where homework_id = $1 and pupil_id = $2 and saved_at is not null) as result,
    (select json_build_object('version', r.version, 'mine', r.author_id = $3, 'at', r.saved_at,
        'by', coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name)
      from result r left join person p on p.id = r.author_id where r.homework_id = $1 and r.pupil_id = $2) as saved,
    coalesce((select round from result where homework_id = $1 and pupil_id = $2), 1) as round,
    (select ${counting} from result r where r.homework_id = $1 and r.pupil_id = $2) as counting,
    (select json_build_object('scale', scale, 'coefficient', coefficient, 'counts', counts, 'rubric', rubric)
      from homework_marking where homework_id = $1) as marking,
    exists (select 1 from result where homework_id = $1 and pupil_id = $2 and given_back_at is null
      and saved_at is not null and submission_id is distinct from (select s.id from submission s
        where s.homework_id = $1 and s.pupil_id = $2 and s.replaced_at is null)) as renewed`

const utc = (time: string) => new Date(time).toISOString()

/** One prepared query, since every look at a piece of homework asks it. `asker` may be the pupil. */
export async function findWork(
  pool: Pick<pg.Pool, 'query'>,
  id: HomeworkId,
  pupil: PersonId,
  asker: PersonId,
  today: string,
): Promise<Work> {
  const values = [id, pupil, asker, today]
  const found = await pool.query<Work>({ name: 'homework work', text: workText, values })
  const { submission, result, extension, saved, ...rest } = found.rows[0] as Work
  return {
    ...rest,
    saved: saved
      ? { ...saved, mine: saved.mine ?? false, at: saved.at && utc(saved.at) }
      : { version: 0, by: null, mine: false, at: null },
    extension: extension && { ...extension, dueAt: utc(extension.dueAt) },
    submission: submission && { ...submission, submittedAt: utc(submission.submittedAt) },
    result: result && { ...result, givenBackAt: result.givenBackAt && utc(result.givenBackAt) },
  }
}

/** Ticks homework off, or takes the tick away. */
export async function setTick(db: Db, id: HomeworkId, pupil: PersonId, at: Date | null): Promise<void> {
  if (at) {
    const tick = { homework_id: id, pupil_id: pupil, at }
    await db
      .insertInto('homework_tick')
      .values(tick)
      .onConflict((c) => c.doNothing())
      .execute()
  } else {
    await db.deleteFrom('homework_tick').where('homework_id', '=', id).where('pupil_id', '=', pupil).execute()
  }
}

/** Lets a pupil's hand-ins of one piece of homework follow each other: two tabs, or a retry that overtakes. */
export async function lockWork(db: Db, id: HomeworkId, pupil: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${id} ${pupil}`}, 0))`.execute(db)
}

/** Whose a hand-in is, replaced or not. */
export async function findSubmission(
  db: Db,
  id: SubmissionId,
): Promise<{ homeworkId: HomeworkId; pupil: PersonId } | undefined> {
  const found = await sql<{ homeworkId: HomeworkId; pupil: PersonId }>`
    select homework_id as "homeworkId", pupil_id as pupil from submission where id = ${id}`.execute(db)
  return found.rows[0]
}

/** Whether a pupil has handed in, and whether it was given back; in the round that is open. */
export async function findProgress(
  db: Db,
  id: HomeworkId,
  pupil: PersonId,
): Promise<{ handedIn: boolean; givenBack: boolean }> {
  const found = await sql<{ handedIn: boolean; givenBack: boolean }>`
    select exists (select 1 from submission where homework_id = ${id} and pupil_id = ${pupil} and replaced_at is null)
        as "handedIn",
      exists (select 1 from result where homework_id = ${id} and pupil_id = ${pupil} and given_back_at is not null)
        as "givenBack"`.execute(db)
  return found.rows[0] ?? { handedIn: false, givenBack: false }
}

/** How many pupils have handed in. */
export async function countSubmissions(db: Db, id: HomeworkId): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(distinct pupil_id)::int as n from submission where homework_id = ${id}`.execute(db)
  return found.rows[0]?.n ?? 0
}

export type NewSubmission = {
  id: SubmissionId
  homeworkId: HomeworkId
  pupil: PersonId
  text: string
  files: readonly FileId[]
  at: Date
  late: boolean
}

/** Adds a hand-in in the place of the one before, which is kept. */
export async function insertSubmission(db: Db, schoolId: SchoolId, s: NewSubmission): Promise<void> {
  await sql`update submission set replaced_at = ${s.at}
    where homework_id = ${s.homeworkId} and pupil_id = ${s.pupil} and replaced_at is null`.execute(db)
  await db
    .insertInto('submission')
    .values({
      id: s.id,
      school_id: schoolId,
      homework_id: s.homeworkId,
      pupil_id: s.pupil,
      body: s.text,
      submitted_at: s.at,
      late: s.late,
      replaced_at: null,
    })
    .execute()
  if (s.files.length === 0) return
  const rows = s.files.map((file_id, position) => ({ submission_id: s.id, file_id, position }))
  await db.insertInto('submission_file').values(rows).execute()
}

export type StateRow = {
  pupilId: PersonId
  homeworkId: HomeworkId
  handIn: boolean
  ticked: boolean
  submissionId: SubmissionId | null
  submittedAt: Date | null
  late: boolean | null
  mark: string | null
  counting: string | null
  savedAt: Date | null
  givenBackAt: Date | null
  round: number | null
  version: number | null
  filled: Filled | null
  /** The result belongs to the current hand-in. */
  current: boolean
}

/** What `presentState` needs of homework `h` and what the joins found. */
export const stateColumns = sql`h.id as "homeworkId", h.hand_in as "handIn", t.at is not null as ticked,
  s.id as "submissionId", s.submitted_at as "submittedAt", s.late, r.mark, ${sql.raw(counting)} as counting,
  r.saved_at as "savedAt", r.given_back_at as "givenBackAt", r.round, r.version, r.rubric as filled,
  r.submission_id is not distinct from s.id as current`
/** Joins what pupil `pupil` did with homework `h`. */
export const stateJoins = (pupil: string) => sql`
  left join homework_tick t on t.homework_id = h.id and t.pupil_id = ${sql.ref(pupil)}
  left join submission s on s.homework_id = h.id and s.pupil_id = ${sql.ref(pupil)} and s.replaced_at is null
  left join result r on r.homework_id = h.id and r.pupil_id = ${sql.ref(pupil)}`

export type PupilWorkState = WorkState & { pupilId: PersonId }

/** A row as the pupil's state. */
export function presentState(r: StateRow): PupilWorkState {
  const givenBack = r.givenBackAt !== null
  const facts = { ticked: r.ticked, handedIn: r.submittedAt !== null, givenBack }
  return {
    pupilId: r.pupilId,
    homeworkId: r.homeworkId,
    state: stateOf(r.handIn, facts),
    ...(r.late ? { late: true } : {}),
    ...(r.submittedAt ? { submittedAt: r.submittedAt.toISOString() } : {}),
    ...(r.counting === null ? {} : { mark: r.counting }),
    ...(r.round !== null && r.round > 1 ? { round: r.round } : {}),
  }
}

/** What a class's sheet does not tell: work for this pupil alone, or with a date of the pupil's own. */
export type OwnWork = {
  id: HomeworkId
  subject: string
  title: string
  teacher?: string
  setOn: string
  /** The date that counts for the pupil. */
  dueAt: string
  handIn: boolean
  documents: number
  minutes?: number
  /** The class's date, and a word of the teacher's. */
  extension?: { was: string; word: string }
}

/** Where one pupil stands with one piece of homework; `touched`: something happened, else it is only told what it is. */
export type PupilStanding = PupilWorkState & { touched: boolean; own: OwnWork | null }

const ownWork = sql`case when h.for_some or x.due_at is not null then (
  select json_strip_nulls(json_build_object('id', h.id, 'subject', ${subjectOf}, 'title', h.title,
    'teacher', coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name, 'setOn', h.set_on,
    'dueAt', coalesce(x.due_at, h.due_at), 'handIn', h.hand_in, 'minutes', h.minutes,
    'documents', (select count(*) from homework_attachment a where a.homework_id = h.id),
    'extension', case when x.due_at is not null then json_build_object('was', h.due_at, 'word', x.word) end))
  from class c left join course co on co.id = c.course_id left join slot sl on sl.id = h.slot_id
    left join person p on p.id = h.author_id
  where c.id = h.class_id) end`

function presentOwn(own: OwnWork): OwnWork {
  const { extension, dueAt, ...rest } = own
  const told = extension && { extension: { ...extension, was: utc(extension.was) } }
  return { ...rest, dueAt: utc(dueAt), ...told }
}

/**
 * Where pupils stand with the homework of their classes that is due from `from` (inclusive) to `to`, by the class's date
 * or by their own, in one query for any number of pupils. Only where something happened or where the class's sheet does
 * not tell; for the rest everything is still to do.
 */
export async function listWorkStates(
  db: Db,
  pupils: readonly PersonId[],
  today: string,
  from: Date,
  to: Date,
): Promise<PupilStanding[]> {
  const among = sql`any(${[...pupils]}::uuid[])`
  const found = await sql<StateRow & { own: OwnWork | null }>`
    with reached as (
      select e.pupil_id as pupil, h.id from assigned e join homework h on h.id = e.homework_id
      where e.pupil_id = ${among} and ${inForce('e', today)} and h.due_at >= ${from} and h.due_at < ${to}
      union
      select e.pupil_id, e.homework_id from homework_extension x
        join assigned e on e.homework_id = x.homework_id and e.pupil_id = x.pupil_id
      where x.pupil_id = ${among} and ${inForce('e', today)} and x.due_at >= ${from} and x.due_at < ${to})
    select e.pupil as "pupilId", ${stateColumns}, ${ownWork} as own
    from reached e join homework h on h.id = e.id ${stateJoins('e.pupil')}
      left join homework_extension x on x.homework_id = h.id and x.pupil_id = e.pupil and x.due_at > h.due_at
    where h.withdrawn_at is null and h.publish_at is null
      and (t.at is not null or s.id is not null or r.given_back_at is not null or r.round > 1
        or h.for_some or x.due_at is not null)`.execute(db)
  return found.rows.map((r) => ({
    ...presentState(r),
    touched: r.ticked || r.submittedAt !== null || r.givenBackAt !== null || (r.round ?? 1) > 1,
    own: r.own && presentOwn(r.own),
  }))
}
