// The one query behind the search: the words and the classes are answered by one index for each kind of thing, so that
// what others' classes hold costs nothing and is not even counted.
import { type RawBuilder, sql } from 'kysely'
import type { LocalDate } from '#platform/calendar'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { inForce, within } from '#platform/in-force'
import type { Term } from './rules.ts'

/** What a reader may see: some classes, and whole schools that they run. */
export type Scope = { classes: readonly ClassId[]; schools: readonly SchoolId[] }

export type Wish = {
  terms: readonly Known[]
  scope: Scope
  subject?: string | undefined
  from?: LocalDate | undefined
  to?: LocalDate | undefined
  /** What was written ahead for a later day than its school's is not found. */
  now: Date
  /** Whose homework for some, and of their children, is found too. */
  account: PersonId
}

type Query = RawBuilder<unknown>
const and = (parts: Query[]) => parts.reduce((all, part) => sql`${all} && ${part}`)
const or = (parts: Query[]) => parts.reduce((all, part) => sql`${all} || ${part}`)

/** A term whose beginning was looked up among the words there are. */
type Known = Exclude<Term, { kind: 'prefix' }> | { kind: 'prefix'; word: string; words: readonly string[] }

/** As the text of a tsquery has it: the parser leaves quotes and backslashes in some words, such as addresses. */
const quoted = (word: string) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** A word as it is written, or by its stem in French or English. */
function term(wanted: Known): Query {
  if (wanted.kind === 'phrase')
    return sql`phraseto_tsquery('pg_catalog.simple', ${wanted.words.join(' ')}::text)`
  const { word } = wanted
  const written = [word, ...(wanted.kind === 'prefix' ? wanted.words : [])].map(quoted).join(' | ')
  return sql`(${written}::tsquery || plainto_tsquery('pg_catalog.french', ${word}::text)
    || plainto_tsquery('pg_catalog.english', ${word}::text))`
}

const wordsQuery = (terms: readonly Known[]) => sql`(${and(terms.map(term))})`

/** Classes, schools and months are words of the same index; "#" is in no other word. */
function scopeQuery({ classes, schools }: Scope, months: readonly number[]): Query {
  const among = (marks: readonly (string | number)[]) =>
    sql`${marks.map((mark) => `'#${mark}'`).join(' | ')}::tsquery`
  const whose = among([...classes, ...schools])
  return months.length > 0 ? sql`${whose} && ${among(months)}` : whose
}

/** Of entry `d`: the day on which its lesson takes place, also when it was moved. */
const heldOn = sql`coalesce(ch.to_date, d.on_date)`
const movedLesson = sql`
  left join lesson_change ch on ch.slot_id = d.slot_id and ch.on_date = d.on_date and ch.kind = 'moved'`

/** Of entry `d`: the day it is at its school, which lies in a zone of its own. Only read for what was written ahead. */
const schoolDayOf = (now: Date) => sql`(select (${now}::timestamptz at time zone o.zone)::date
  from class k join org o on o.id = k.school_id where k.id = d.class_id)`

/** Of homework `h` of class `c`, as its own page says it (`subjectOf` of homework's store, which no other store may use). */
const homeworkSubject = sql`coalesce(sl.title,
  (select t.title from slot t where t.class_id = h.class_id and t.teacher_id = h.author_id
    group by t.title order by sum(cardinality(t.dates)) desc, t.title limit 1),
  c.subject, co.subject, co.title, c.title)`
const ofItsLesson = sql`left join course co on co.id = c.course_id left join slot sl on sl.id = h.slot_id`

/** Of so many of each kind, the latest, it is said which fit best; of the rest only that there are more. */
export const most = 200

export type HitRow = { kind: 'entry' | 'homework'; id: string; total: number }

/**
 * A page of what is found, the best first, then the latest. `total` counts up to {@link most} of each kind. `months`
 * (as the rules number them): only in these; none means all.
 */
export async function findHits(
  db: Db,
  wish: Wish,
  months: readonly number[],
  page: { offset: number; limit: number },
): Promise<HitRow[]> {
  const { terms, scope, subject, from, to, now, account } = wish
  const words = wordsQuery(terms)
  const all = sql`(${scopeQuery(scope, months)} && ${words})`
  const between = (day: Query) =>
    sql`${from ? sql`and ${day} >= ${from}::date` : sql``} ${to ? sql`and ${day} <= ${to}::date` : sql``}`
  const ofSubject = (column: Query) => (subject ? sql`and ${column} = ${subject}` : sql``)
  const found = await sql<HitRow>`
    with hit as materialized (
      (select 'entry' as kind, d.id, d.day, ts_rank(e.search, ${words}) as rank from (
        select d.id, ${heldOn} as day from diary_entry d ${movedLesson}
        where d.search @@ ${all} and d.withdrawn_at is null and not (d.shown_on_day and ${heldOn} > ${schoolDayOf(now)})
          ${between(heldOn)} ${ofSubject(sql`d.subject`)}
        order by 2 desc, d.id limit ${most}) d join diary_entry e on e.id = d.id)
      union all
      (select 'homework', h.id, w.set_on, ts_rank(w.search, ${words}) from (
        select h.id from homework h
          ${subject ? sql`join class c on c.id = h.class_id ${ofItsLesson}` : sql``}
        where h.search @@ ${all} and h.withdrawn_at is null and ${mayRead(account)}
          ${between(sql`h.set_on`)} ${ofSubject(homeworkSubject)}
        order by h.set_on desc, h.id limit ${most}) h join homework w on w.id = h.id))
    select kind, id, (count(*) over ())::int as total from hit
    order by rank desc, day desc, id offset ${page.offset} limit ${page.limit}`.execute(db)
  return found.rows
}

/**
 * Homework `h` that a reader of its class may find: what all share, their own, and what is for them or for a child of
 * theirs by name. What is to be published later only its author finds.
 */
const mayRead = (
  account: PersonId,
) => sql`(h.author_id = ${account} or h.publish_at is null and (not h.for_some
  or exists (select 1 from assigned a where a.homework_id = h.id and (a.pupil_id = ${account}
    or a.pupil_id in (select child_id from care where guardian_id = ${account})))))`

/**
 * More words than this with a common beginning are not told apart: the shortest are looked for, until another letter is
 * typed. The index is asked for each of them about each entry of the reader's classes: 64 words took 40 ms of a core.
 */
const mostWords = 24

/** The words there are that begin so, anywhere: to search with, never to be shown. */
export async function listWords(db: Db, prefix: string): Promise<string[]> {
  const found = await sql<{ word: string }>`
    select word from search_word where word >= ${prefix} and word < ${`${prefix}\u{10ffff}`}
    order by length(word), word limit ${mostWords}`.execute(db)
  return found.rows.map(({ word }) => word)
}

/** What of these words the database looks for: their stems in both languages. */
export async function stemsOf(db: Db, words: readonly string[]): Promise<string[]> {
  if (words.length === 0) return []
  const found = await sql<{ stems: string[] }>`
    select tsvector_to_array(to_tsvector('pg_catalog.french', w) || to_tsvector('pg_catalog.english', w)) as stems
    from (select ${words.join(' ')}::text as w) w`.execute(db)
  return found.rows[0]?.stems ?? []
}

export type Detail = {
  id: string
  classId: ClassId
  class: string
  subject: string
  teacher: string | null
  date: LocalDate
  title: string | null
  body: string
  documents: number
}

const nameOfTeacher = sql`nullif(concat_ws(' ', coalesce(p.preferred_name, p.given_name), p.family_name), '') as teacher`

/** What a page of hits shows, of both kinds, in no particular order. */
export async function listDetails(db: Db, hits: readonly HitRow[]): Promise<Detail[]> {
  const of = (kind: HitRow['kind']) => hits.filter((hit) => hit.kind === kind).map(({ id }) => id)
  const found = await sql<Detail>`
    select d.id, d.class_id as "classId", c.title as class, coalesce(s.title, d.subject, c.subject, c.title) as subject,
      ${nameOfTeacher}, ${heldOn} as date, null as title, d.body,
      (select count(*)::int from diary_attachment a where a.entry_id = d.id) as documents
    from diary_entry d join class c on c.id = d.class_id left join slot s on s.id = d.slot_id
      left join person p on p.id = d.author_id ${movedLesson}
    where d.id = any(${of('entry')}::uuid[])
    union all
    select h.id, h.class_id, c.title, ${homeworkSubject}, ${nameOfTeacher}, h.set_on, h.title, h.body,
      (select count(*)::int from homework_attachment a where a.homework_id = h.id)
    from homework h join class c on c.id = h.class_id ${ofItsLesson} left join person p on p.id = h.author_id
    where h.id = any(${of('homework')}::uuid[])`.execute(db)
  return found.rows
}

/**
 * What somebody may search: the classes that they attend or teach or in which they have a child (this one alone, when
 * `child` is given), and the schools that they run.
 */
export async function findScope(
  db: Db,
  reader: {
    account: PersonId
    child?: PersonId | undefined
    today: LocalDate
    administratorRoles: readonly string[]
  },
): Promise<Scope & { homerooms: ClassId[] }> {
  const { account, child = null, today, administratorRoles } = reader
  const found = await sql<{ classes: ClassId[]; homerooms: ClassId[]; schools: SchoolId[] }>`
    with mine as (
      select e.class_id, e.role, c.type from enrollment e join class c on c.id = e.class_id join org o on o.id = c.school_id
      where c.disabled_at is null and o.disabled_at is null and ${inForce('e', today)} and (
        (${child}::uuid is null and e.person_id = ${account} and e.role in ('student', 'teacher', 'administrator'))
        or (e.role = 'student' and e.person_id in (select child_id from care
          where guardian_id = ${account} and (${child}::uuid is null or child_id = ${child}::uuid)))))
    select array(select distinct class_id::text from mine) as classes,
      array(select distinct class_id::text from mine where role = 'teacher' and type = 'homeroom') as homerooms,
      array(select distinct r.org_id::text from person_role r join org o on o.id = r.org_id
        where ${child}::uuid is null and r.person_id = ${account} and r.role = any(${[...administratorRoles]})
          and o.type = 'school' and o.disabled_at is null and ${within('r', today)}) as schools`.execute(db)
  return found.rows[0] ?? { classes: [], homerooms: [], schools: [] }
}
