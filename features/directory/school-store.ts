// Merges organisations, sessions, courses and classes from their staging tables: set by set, never row by row.
import type { Tally } from './contract.ts'
import { dropRepeated, linked, type Merge, noteRows, written } from './stage-store.ts'

/** Organisations. They are disabled only when the file says so: another school's file does not name this one. */
export async function mergeOrgs(merge: Merge): Promise<Tally> {
  const { source, now, client } = merge
  await dropRepeated(merge, 'orgs')
  // A school that was opened by hand, before its directory came, is this one: same UAI code.
  await client.query(
    `update org o set source = $1, sourced_id = x.sourced_id
     from (select distinct on (i.sourced_id) i.sourced_id, h.id
       from in_orgs i join org h on h.source = '' and h.type = 'school' and h.identifier = i.identifier
       where i.type = 'school' and i.state = 'a'
         and not exists (select from org known where known.source = $1 and known.sourced_id = i.sourced_id)
       order by i.sourced_id, h.id) x
     where o.id = x.id`,
    [source],
  )
  const known = `update in_orgs i set id = o.id, fresh = $2 from org o
    where o.source = $1 and o.sourced_id = i.sourced_id and i.id is null`
  await client.query(known, [source, false])
  const created = await written(
    merge,
    `insert into org (source, sourced_id, name, type, identifier)
     select $1, sourced_id, name, type, identifier from in_orgs where id is null and state = 'a' order by line`,
    [source],
  )
  await client.query(known, [source, true])
  const parents = `left join org p on p.source = $1 and p.sourced_id = i.parent and p.id <> i.id`
  await noteRows(
    merge,
    'reference-unknown',
    'orgs',
    'parentSourcedId',
    `select line, parent as value from in_orgs i ${parents} where i.state = 'a' and i.parent is not null and p.id is null`,
    [source],
  )
  await client.query(
    `update org o set parent_id = p.id from in_orgs i ${parents} where o.id = i.id and i.fresh and p.id is not null`,
    [source],
  )
  const changed = await written(
    merge,
    `update org o set name = n.name, type = n.type, identifier = n.identifier, parent_id = n.parent_id, disabled_at = null
     from (select i.id, i.name, i.type, i.identifier,
         case when i.parent is not null then coalesce(p.id, q.parent_id) end as parent_id
       from in_orgs i join org q on q.id = i.id ${parents} where i.state = 'a' and not i.fresh) n
     where o.id = n.id and (o.disabled_at is not null
       or (o.name, o.type, o.identifier, o.parent_id) is distinct from (n.name, n.type, n.identifier, n.parent_id))`,
    [source],
  )
  const disabled = await written(
    merge,
    `update org o set disabled_at = $1 from in_orgs i where o.id = i.id and i.state = 'd' and o.disabled_at is null`,
    [now],
  )
  await noteOrgs(merge)
  await client.query(
    `insert into in_scope select distinct id from in_orgs where id is not null and state <> 'd'`,
  )
  return { created, changed, disabled }
}

/** What no row shows by itself: two schools of one code, and organisations in a ring. */
async function noteOrgs(merge: Merge): Promise<void> {
  await noteRows(
    merge,
    'code-twice',
    'orgs',
    'identifier',
    `select line, identifier as value from in_orgs i where i.state = 'a' and i.type = 'school' and i.identifier is not null
       and exists (select from in_orgs j where j.state = 'a' and j.type = 'school' and j.identifier = i.identifier
         and j.sourced_id <> i.sourced_id)`,
  )
  await noteRows(
    merge,
    'reference-circular',
    'orgs',
    'parentSourcedId',
    `with recursive above as (
       select i.sourced_id as of, i.parent as at, 1 as steps from in_orgs i where i.state = 'a' and i.parent is not null
       union select a.of, p.parent, a.steps + 1 from above a join in_orgs p on p.sourced_id = a.at
         where p.state = 'a' and p.parent is not null and a.at <> a.of and a.steps < 12)
     select i.line, i.parent as value from in_orgs i where i.state = 'a'
       and exists (select from above a where a.of = i.sourced_id and a.at = i.sourced_id)`,
  )
}

/** Academic sessions. They belong to no organisation, so only the file's own word disables one. */
export async function mergeSessions(merge: Merge): Promise<Tally> {
  const { source, now, client } = merge
  await dropRepeated(merge, 'academicSessions')
  const known = `update "in_academicSessions" i set id = s.id, fresh = $2 from academic_session s
    where s.source = $1 and s.sourced_id = i.sourced_id and i.id is null`
  await client.query(known, [source, false])
  const created = await written(
    merge,
    `insert into academic_session (source, sourced_id, title, type, start_date, end_date, school_year)
     select $1, sourced_id, title, type, start_date, end_date, school_year
     from "in_academicSessions" where id is null and state = 'a' order by line`,
    [source],
  )
  await client.query(known, [source, true])
  const parents = `left join academic_session p on p.source = $1 and p.sourced_id = i.parent and p.id <> i.id`
  await noteRows(
    merge,
    'reference-unknown',
    'academicSessions',
    'parentSourcedId',
    `select line, parent as value from "in_academicSessions" i ${parents}
     where i.state = 'a' and i.parent is not null and p.id is null`,
    [source],
  )
  await client.query(
    `update academic_session s set parent_id = p.id from "in_academicSessions" i ${parents}
     where s.id = i.id and i.fresh and p.id is not null`,
    [source],
  )
  await noteRows(
    merge,
    'session-reversed',
    'academicSessions',
    'endDate',
    `select line, end_date::text as value from "in_academicSessions" where state = 'a' and end_date < start_date`,
  )
  const columns = ['title', 'type', 'start_date', 'end_date', 'school_year', 'parent_id']
  const list = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ')
  const changed = await written(
    merge,
    `update academic_session s set (${columns.join(', ')}, disabled_at) = (${list('n')}, null)
     from (select i.id, i.title, i.type, i.start_date, i.end_date, i.school_year,
         case when i.parent is not null then coalesce(p.id, q.parent_id) end as parent_id
       from "in_academicSessions" i join academic_session q on q.id = i.id ${parents}
       where i.state = 'a' and not i.fresh) n
     where s.id = n.id and (s.disabled_at is not null or (${list('s')}) is distinct from (${list('n')}))`,
    [source],
  )
  const disabled = await written(
    merge,
    `update academic_session s set disabled_at = $1 from "in_academicSessions" i
     where s.id = i.id and i.state = 'd' and s.disabled_at is null`,
    [now],
  )
  return { created, changed, disabled }
}

/** Courses. In a bulk file those missing are disabled, in the organisations of the file. */
export async function mergeCourses(merge: Merge, bulk: boolean): Promise<Tally> {
  const { source, now, client } = merge
  await dropRepeated(merge, 'courses')
  await client.query(
    `update in_courses i set id = c.id from course c where c.source = $1 and c.sourced_id = i.sourced_id`,
    [source],
  )
  await client.query('create index on in_courses (sourced_id)')
  const orgs = `left join org o on o.source = $1 and o.sourced_id = i.org`
  await noteRows(
    merge,
    'orphan',
    'courses',
    'orgSourcedId',
    `select line, org as value from in_courses i ${orgs} where i.state = 'a' and o.id is null`,
    [source],
  )
  const created = await written(
    merge,
    `insert into course (source, sourced_id, org_id, title, code, subject)
     select $1, i.sourced_id, o.id, i.title, i.code, i.subject from in_courses i ${orgs}
     where i.id is null and i.state = 'a' and o.id is not null order by line`,
    [source],
  )
  const changed = await written(
    merge,
    `update course c set org_id = o.id, title = i.title, code = i.code, subject = i.subject, disabled_at = null
     from in_courses i ${orgs}
     where c.id = i.id and i.state = 'a' and o.id is not null and (c.disabled_at is not null
       or (c.org_id, c.title, c.code, c.subject) is distinct from (o.id, i.title, i.code, i.subject))`,
    [source],
  )
  const disabled = await written(
    merge,
    `update course c set disabled_at = $1 where c.source = $2 and c.disabled_at is null and (
       exists (select from in_courses i where i.sourced_id = c.sourced_id and i.state = 'd')
       or ($3 and c.org_id in (select id from in_scope)
         and not exists (select from in_courses i where i.sourced_id = c.sourced_id)))`,
    [now, source, bulk],
  )
  return { created, changed, disabled }
}

const resolvedClasses = `
  create temp table r_classes on commit drop as
  select i.line, i.sourced_id, i.state, i.title, i.grades, i.code, i.type, i.location, i.subject, i.terms,
    i.school, i.course, c.id as known, coalesce(c.id, pg_temp.ordered_id($2, row_number() over (order by i.line))) as id,
    o.id as school_id, o.type as school_type,
    case when i.course is not null then coalesce(k.id, c.course_id) end as course_id, k.id is null as course_unknown
  from in_classes i
    left join class c on c.source = $1 and c.sourced_id = i.sourced_id
    left join org o on o.source = $1 and o.sourced_id = i.school
    left join course k on k.source = $1 and k.sourced_id = i.course`

/** Classes and their sessions. In a bulk file those missing are disabled, in the organisations of the file. */
export async function mergeClasses(merge: Merge, bulk: boolean): Promise<Tally> {
  const { source, now, client } = merge
  await dropRepeated(merge, 'classes')
  await client.query(resolvedClasses, [source, now])
  await client.query('create index on r_classes (sourced_id); analyze r_classes')
  await noteClasses(merge)
  const created = await written(
    merge,
    `insert into class (id, source, sourced_id, school_id, course_id, title, code, type, grades, location, subject)
     select id, $1, sourced_id, school_id, course_id, title, code, type, grades, location, subject from r_classes
     where known is null and state = 'a' and school_id is not null order by line`,
    [source],
  )
  const columns = ['school_id', 'course_id', 'title', 'code', 'type', 'grades', 'location', 'subject']
  const list = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ')
  const terms = await mergeTerms(merge)
  const changed = await written(
    merge,
    `update class c set (${columns.join(', ')}, disabled_at) = (${list('r')}, null) from r_classes r
     where c.id = r.known and r.state = 'a' and r.school_id is not null and (c.disabled_at is not null
       or (${list('c')}) is distinct from (${list('r')}) or c.id = any($1::uuid[]))`,
    [terms],
  )
  const disabled = await written(
    merge,
    `update class c set disabled_at = $1 where c.source = $2 and c.disabled_at is null and (
       exists (select from r_classes r where r.sourced_id = c.sourced_id and r.state = 'd')
       or ($3 and c.school_id in (select id from in_scope)
         and not exists (select from r_classes r where r.sourced_id = c.sourced_id)))`,
    [now, source, bulk],
  )
  return { created, changed, disabled }
}

async function noteClasses(merge: Merge): Promise<void> {
  const note = (code: Parameters<typeof noteRows>[1], column: string, value: string, where: string) =>
    noteRows(
      merge,
      code,
      'classes',
      column,
      `select line, ${value} as value from r_classes where state = 'a' and ${where}`,
    )
  await note('orphan', 'schoolSourcedId', 'school', 'school_id is null')
  await note('class-outside-school', 'schoolSourcedId', 'school_type', `school_type <> 'school'`)
  await note('reference-unknown', 'courseSourcedId', 'course', 'course is not null and course_unknown')
  await noteRows(
    merge,
    'reference-unknown',
    'classes',
    'termSourcedIds',
    `select line, t as value from r_classes cross join lateral unnest(string_to_array(terms, ',')) t
     where state = 'a' and not exists (select from academic_session s where s.source = $1 and s.sourced_id = t)`,
    [merge.source],
  )
}

/** Brings the terms of the file's classes up to date; returns the classes, known before, whose terms differ. */
async function mergeTerms(merge: Merge): Promise<string[]> {
  const { client, source } = merge
  const wanted = `
    select r.id as class_id, s.id as session_id from r_classes r
      cross join lateral unnest(string_to_array(r.terms, ',')) t
      join academic_session s on s.source = $1 and s.sourced_id = t
    where r.state = 'a' and r.school_id is not null`
  const found = await linked(merge, () =>
    client.query<{ class_id: string }>(
      `with wanted as materialized (${wanted}),
       added as (insert into class_session select * from wanted on conflict do nothing returning class_id),
       removed as (delete from class_session c using r_classes r
         where c.class_id = r.known and r.state = 'a' and r.terms is not null
           and not exists (select from wanted w where w.class_id = c.class_id and w.session_id = c.session_id)
         returning c.class_id)
     select distinct x.class_id from (select * from added union all select * from removed) x
       join r_classes r on r.known = x.class_id`,
      [source],
    ),
  )
  return found.rows.map((row) => row.class_id)
}
