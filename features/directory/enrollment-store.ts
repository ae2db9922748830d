// Merges enrollments, the millions of rows of an import, and ends what old passes open: keys of classes that lost a
// member are changed, set by set, instead of revoking every pass.
import type { Tally } from './contract.ts'
import { dropRepeated, linked, type Merge, noteRows, written } from './stage-store.ts'

const resolved = `
  create temp table r_enrollments on commit drop as
  select i.line, i.sourced_id, i.state, c.id as class_id, p.id as person_id, i.role, i.is_primary, i.begin_date,
    i.end_date, i.class, i.person, i.school is not null and o.sourced_id is distinct from i.school as elsewhere
  from in_enrollments i
    left join class c on c.source = $1 and c.sourced_id = i.class
    left join org o on o.id = c.school_id
    left join person p on p.source = $1 and p.sourced_id = i.person`

/**
 * Enrollments. In a bulk file those missing are disabled, in the classes of the file's organisations. `say` hears the
 * share that is done, since a region's millions take minutes.
 */
export async function mergeEnrollments(
  merge: Merge,
  bulk: boolean,
  say: (done: number) => void,
): Promise<Tally> {
  const { client, source } = merge
  await dropRepeated(merge, 'enrollments')
  await client.query(resolved, [source])
  await client.query('drop table in_enrollments; analyze r_enrollments')
  await noteEnrollments(merge)
  await dropSameSeat(merge)
  if (!(await anySeatTaken(merge))) {
    return {
      created: await linked(merge, () => insertPieces(merge, 'r_enrollments', say)),
      changed: 0,
      disabled: 0,
    }
  }
  await client.query(differences)
  await client.query('analyze d_enrollments')
  const disabled = await disableEnrollments(merge, bulk)
  const changed = await updateEnrollments(merge)
  const created = await linked(merge, () => insertPieces(merge, 'd_enrollments', say))
  return { created, changed, disabled }
}

/** Whether anybody is enrolled in a class of this source already, by whomever. */
async function anySeatTaken({ client, source }: Merge): Promise<boolean> {
  const found = await client.query(
    'select from enrollment e where class_id in (select id from class where source = $1) limit 1',
    [source],
  )
  return Boolean(found.rowCount)
}

async function noteEnrollments(merge: Merge): Promise<void> {
  const note = (code: Parameters<typeof noteRows>[1], column: string, value: string, where: string) =>
    noteRows(
      merge,
      code,
      'enrollments',
      column,
      `select line, ${value} as value from r_enrollments r where state = 'a' and ${where}`,
    )
  const deleted = `exists (select from in_classes k where k.sourced_id = class and k.state = 'd')`
  await note('orphan', 'classSourcedId', 'class', `class_id is null and not ${deleted}`)
  await note('class-deleted', 'classSourcedId', 'class', `class_id is null and ${deleted}`)
  await note('orphan', 'userSourcedId', 'null::text', 'person_id is null and class_id is not null')
  await note(
    'enrollment-school-differs',
    'schoolSourcedId',
    'null::text',
    'elsewhere and class_id is not null',
  )
  await note(
    'enrollment-over',
    'endDate',
    'end_date::text',
    `end_date < '${merge.today}' and class_id is not null`,
  )
  await note(
    'enrollment-not-pupil',
    'role',
    'null::text',
    `role = 'student' and class_id is not null and person_id is not null
       and not exists (select from person_role a where a.person_id = r.person_id and a.role = 'student')`,
  )
}

/** The same person in the same class in the same role, under two ids: the first counts. */
async function dropSameSeat(merge: Merge): Promise<void> {
  // By hash first: two rows that differ rarely share one, and grouping eight bytes fits in memory.
  const hash = 'hashtextextended(class_id::text || person_id::text || role, 0)'
  const some = await merge.client.query(
    `create temp table doubled on commit drop as select ${hash} as h from r_enrollments
     where state = 'a' and class_id is not null and person_id is not null group by 1 having count(*) > 1`,
  )
  if (!some.rowCount) return
  const later = `
    select line from (select line, row_number() over (partition by class_id, person_id, role order by line) as nth
      from r_enrollments where state = 'a' and class_id is not null and person_id is not null
        and ${hash} in (select h from doubled)) t where nth > 1`
  await noteRows(
    merge,
    'duplicate-enrollment',
    'enrollments',
    null,
    `select line, null::text as value from (${later}) x`,
  )
  await merge.client.query(`delete from r_enrollments where line in (${later})`)
}

/** What of the file is not yet so in the database. */
const differences = `
  create temp table d_enrollments on commit drop as
  select r.*, e.class_id is not null as known
  from r_enrollments r left join enrollment e using (class_id, person_id, role)
  where r.state = 'a' and r.class_id is not null and r.person_id is not null and (e.class_id is null
    or e.disabled_at is not null or (e.sourced_id, e.is_primary, e.begin_date, e.end_date)
      is distinct from (r.sourced_id, r.is_primary, r.begin_date, r.end_date))`

const pagesAtOnce = 8000

/** Inserts what is new in pieces, so that PostgreSQL's list of pending checks stays small. */
async function insertPieces(
  { client, source }: Merge,
  table: string,
  say: (done: number) => void,
): Promise<number> {
  const size = await client.query<{ pages: number }>(
    `select (pg_relation_size('pg_temp.${table}') / current_setting('block_size')::int)::int as pages`,
  )
  const pages = size.rows[0]?.pages ?? 0
  const known = table === 'd_enrollments' ? 'and not known' : ''
  let created = 0
  for (let page = 0; page < pages; page += pagesAtOnce) {
    const result = await client.query(
      `insert into enrollment (class_id, person_id, role, source, sourced_id, is_primary, begin_date, end_date)
       select class_id, person_id, role, $1, sourced_id, is_primary, begin_date, end_date from ${table}
       where ctid >= '(${page},0)'::tid and ctid < '(${page + pagesAtOnce},0)'::tid
         and state = 'a' and class_id is not null and person_id is not null ${known}`,
      [source],
    )
    created += result.rowCount ?? 0
    say(Math.min(1, (page + pagesAtOnce) / pages))
  }
  return created
}

// By the file's word, by absence from a bulk file, or because the same id now names another seat. Joins only: millions of
// rows on both sides would not bear a question per row.
const missing = `
  create temp table m_enrollments on commit drop as
  select e.class_id, e.person_id, e.role
  from enrollment e
    join class c on c.id = e.class_id
    left join (select class_id, person_id, role from r_enrollments where state <> 'd') x using (class_id, person_id, role)
    left join (select sourced_id from r_enrollments where state = 'b' group by 1) b on b.sourced_id = e.sourced_id
    left join (select sourced_id from r_enrollments where state = 'd'
      union select sourced_id from d_enrollments where not known) d on d.sourced_id = e.sourced_id
  where e.source = $1 and e.disabled_at is null and x.class_id is null and b.sourced_id is null
    and (d.sourced_id is not null or ($2 and c.school_id in (select id from in_scope)))`

async function disableEnrollments(merge: Merge, bulk: boolean): Promise<number> {
  const { source, now, client } = merge
  await client.query(missing, [source, bulk])
  await client.query('insert into lost select distinct class_id from m_enrollments')
  return written(
    merge,
    `update enrollment e set disabled_at = $1 from m_enrollments m
     where m.class_id = e.class_id and m.person_id = e.person_id and m.role = e.role`,
    [now],
  )
}

async function updateEnrollments(merge: Merge): Promise<number> {
  const { source, client, today } = merge
  await client.query(
    `insert into lost select e.class_id from enrollment e join d_enrollments d using (class_id, person_id, role)
     where d.known and e.disabled_at is null and coalesce(e.end_date >= $1::date, true) and d.end_date < $1::date`,
    [today],
  )
  return written(
    merge,
    `update enrollment e set source = $1, sourced_id = d.sourced_id, is_primary = d.is_primary, begin_date = d.begin_date,
       end_date = d.end_date, disabled_at = null
     from d_enrollments d
     where d.known and e.class_id = d.class_id and e.person_id = d.person_id and e.role = d.role`,
    [source],
  )
}

/** Changes the keys of classes that lost a member and ends the passes of those who lost more than a class. */
export async function endPasses(merge: Merge): Promise<{ classKeysChanged: number; passesEnded: number }> {
  const classKeysChanged = await written(
    merge,
    `update class set key = new_key() where id in (
       select class_id from lost
       union select e.class_id from enrollment e join person p on p.id = e.person_id
         where p.id in (select person_id from ended) and p.disabled_at is not null and e.disabled_at is null)`,
  )
  const passesEnded = await written(
    merge,
    `update credential set passes_from = $1 where person_id in (select person_id from ended)
       and (passes_from is null or passes_from < $1)`,
    [merge.now],
  )
  return { classKeysChanged, passesEnded }
}
