// Homework that a teacher may take over: what they set themselves, in whatever year and class, and what colleagues of
// their school set in the same subject. Nothing of what pupils did with it.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { FileId, HomeworkId, PersonId } from '#platform/ids'
import { inForce } from '#platform/in-force'
import { subjectOf } from '../store.ts'

export type EarlierRow = {
  id: HomeworkId
  title: string
  body: string
  subject: string
  teacher: string | null
  mine: boolean
  class: string
  setOn: string
  handIn: boolean
  minutes: number | null
  files: FileId[]
}

/** What a teacher teaches now: by the timetable, or by the class. */
const subjectsOf = (teacher: PersonId, today: string) => sql`
  select lower(t.title) from slot t where t.teacher_id = ${teacher}
  union select lower(coalesce(k.subject, q.subject, q.title)) from enrollment e join class k on k.id = e.class_id
    left join course q on q.id = k.course_id
  where e.person_id = ${teacher} and e.role = 'teacher' and ${inForce('e', today)}`

/** The schools in which somebody teaches now. */
const schoolsOf = (teacher: PersonId, today: string) => sql`
  select k.school_id from enrollment e join class k on k.id = e.class_id
  where e.person_id = ${teacher} and e.role = 'teacher' and k.disabled_at is null and ${inForce('e', today)}`

export type Wanted = {
  whose: 'mine' | 'colleagues' | 'all'
  /** Each in the title or the text, in lower case without accents. */
  words: readonly string[]
  id?: HomeworkId
}

/** Colleagues' homework is looked for so far back, and words in so many of the latest: a press of a key reads no archive. */
const colleaguesDays = 4 * 366
const mostLookedAt = 3_000

/** The homework that a teacher may take over, latest first. */
export async function listReusable(
  db: Db,
  teacher: PersonId,
  today: string,
  { whose, words, id }: Wanted,
  most: number,
): Promise<EarlierRow[]> {
  const mine = sql`h.author_id = ${teacher}`
  const colleagues = sql`(h.author_id is distinct from ${teacher} and h.publish_at is null and not h.for_some
    and h.school_id in (${schoolsOf(teacher, today)}) and h.set_on >= ${today}::date - ${colleaguesDays}::int
    and lower(${subjectOf}) in (${subjectsOf(teacher, today)}))`
  const of = { mine, colleagues, all: sql`(${mine} or ${colleagues})` }[whose]
  const text = sql`folded(h.title || ' ' || regexp_replace(h.body, '<[^>]*>', ' ', 'g'))`
  const matching = words.map((word) => sql`and position(${word} in ${text}) > 0`)
  const found = await sql<EarlierRow>`
    select h.id, h.title, h.body, h.subject, h.author_id is not distinct from ${teacher} as mine,
      coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as teacher, h.class,
      h.set_on as "setOn", h.hand_in as "handIn", h.minutes,
      array(select a.file_id from homework_attachment a where a.homework_id = h.id order by a.position) as files
    from (
      select h.*, ${subjectOf} as subject, c.title as class
      from homework h join class c on c.id = h.class_id left join course co on co.id = c.course_id
        left join slot sl on sl.id = h.slot_id
      where h.withdrawn_at is null and ${of} ${id ? sql`and h.id = ${id}` : sql``}
      order by h.set_on desc, h.id limit ${mostLookedAt}) h left join person p on p.id = h.author_id
    where true ${sql.join(matching, sql` `)}
    order by h.set_on desc, h.id limit ${most}`.execute(db)
  return found.rows
}
