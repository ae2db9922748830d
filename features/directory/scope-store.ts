// Narrows an import to what belongs to some schools, before anything is merged: a school's administrator imports for
// schools that they run and for no other. Rows of others leave the staging tables, and are told.
import { Refused } from '#platform/refusal'
import { type Merge, noteRows } from './stage-store.ts'

/** Whose rows are taken: the school for which a file is imported, and all that its administrator runs. */
export type Within = { school: string; schools: readonly string[] }

type SchoolRow = { source: string; identifier: string | null; name: string }

/**
 * The source under which a school's own file is imported: that of the school, or one of its own where it has none, so
 * that two schools whose programs have the same name never meet.
 * @throws directory.other-source
 */
export async function sourceWithin(
  { client }: Pick<Merge, 'client'>,
  within: Within,
  system: string,
): Promise<string> {
  const found = await client.query<SchoolRow>('select source, identifier, name from org where id = $1', [
    within.school,
  ])
  const { source = '', identifier = null } = found.rows[0] ?? {}
  const own = `${system || 'OneRoster'} · ${identifier ?? within.school.slice(0, 8)}`
  if (source === '') return own
  if (source === system || source === own) return source
  throw new Refused('directory.other-source', { source, found: system })
}

/** Takes out of the staging tables whatever is not of these schools. @throws directory.other-school */
export async function narrow(merge: Merge, within: Within): Promise<void> {
  await adopt(merge, within)
  await narrowOrgs(merge, within)
  await narrowTeaching(merge, within)
  await findTies(merge, within)
  await narrowPeople(merge)
  await narrowLinks(merge, within)
}

/** A school that was opened by hand becomes the file's, if it is this one: same code, or none to tell them apart. */
async function adopt({ client, source }: Merge, { school }: Within): Promise<void> {
  const found = await client.query<SchoolRow & { known: boolean; rows: number }>(
    `select o.source, o.identifier, o.name, (select count(*)::int from in_orgs) as rows,
       exists (select from in_orgs i where i.sourced_id = o.sourced_id and o.source = $2) as known
     from org o where o.id = $1`,
    [school, source],
  )
  const row = found.rows[0]
  if (row && row.source === source && (row.known || row.rows === 0)) return
  const adopted =
    row?.source === ''
      ? await client.query(
          `update org set source = $2, sourced_id = i.sourced_id from in_orgs i
           where org.id = $1 and i.state = 'a' and i.type = 'school'
             and (upper(i.identifier) = upper(org.identifier) or ((i.identifier is null or org.identifier is null)
               and (select count(*) from in_orgs j where j.type = 'school') = 1))
             and not exists (select from org o where o.source = $2 and o.sourced_id = i.sourced_id)`,
          [school, source],
        )
      : null
  if (!adopted?.rowCount)
    throw new Refused('directory.other-school', { school: row?.identifier ?? row?.name ?? '' })
}

/** Notes the rows that a condition finds and takes them out. */
async function takeOut(
  merge: Merge,
  file: string,
  column: string,
  where: string,
  values: unknown[],
  value = 'null::text',
): Promise<void> {
  const from = `from pg_temp."in_${file}" i where ${where}`
  const noted = await noteRows(
    merge,
    'outside-school',
    file,
    column,
    `select line, ${value} as value ${from}`,
    values,
  )
  if (noted > 0) await merge.client.query(`delete ${from}`, values)
}

async function narrowOrgs(merge: Merge, { schools }: Within): Promise<void> {
  const { client, source } = merge
  const mine = `exists (select from org o where o.id = any($2::uuid[]) and (o.source = $1 and o.sourced_id = i.sourced_id
    or o.source = '' and o.type = 'school' and i.state = 'a' and upper(o.identifier) = upper(i.identifier)))`
  const where = `not ${mine} or i.state = 'd' or i.type is distinct from 'school'`
  await takeOut(merge, 'orgs', 'sourcedId', where, [source, schools], 'i.sourced_id')
  await client.query(
    `create temp table my_orgs on commit drop as select sourced_id from in_orgs
     union select sourced_id from org where source = $1 and id = any($2::uuid[])`,
    [source, schools],
  )
}

async function narrowTeaching(merge: Merge, { school, schools }: Within): Promise<void> {
  const { client, source } = merge
  const values = [source, schools]
  // A period is everybody's of the source: one that classes of others lie in, or that nobody's do, is not ours to change.
  await takeOut(
    merge,
    'academicSessions',
    'sourcedId',
    `exists (select from academic_session s where s.source = $1 and s.sourced_id = i.sourced_id and (
       exists (select from class_session x join class c on c.id = x.class_id
         where x.session_id = s.id and c.school_id <> all($2::uuid[]))
       or (exists (select from org o where o.source = $1 and o.id <> all($2::uuid[]))
         and not exists (select from class_session x where x.session_id = s.id))))`,
    values,
  )
  // Directories often keep courses at the district: here they are the school's.
  await client.query(
    `update in_courses i set org = (select sourced_id from org where id = $2)
     where org not in (select sourced_id from my_orgs)
       and not exists (select from org o where o.source = $1 and o.sourced_id = i.org)`,
    [source, school],
  )
  const others = (table: string, column: string) =>
    `exists (select from ${table} t where t.source = $1 and t.sourced_id = i.sourced_id and t.${column} <> all($2::uuid[]))`
  await takeOut(
    merge,
    'courses',
    'orgSourcedId',
    `i.org not in (select sourced_id from my_orgs) or ${others('course', 'org_id')}`,
    values,
  )
  await takeOut(
    merge,
    'classes',
    'schoolSourcedId',
    `i.school not in (select sourced_id from my_orgs) or ${others('class', 'school_id')}`,
    values,
  )
}

/**
 * What people of the source are to these schools: "ties" lists those who stand in other schools too (elsewhere), or in
 * none of these (stranger).
 */
async function findTies({ client, source }: Merge, { schools }: Within): Promise<void> {
  const tie = (yes: string) => `(
    exists (select from person_role r where r.person_id = p.id and r.org_id ${yes})
    or exists (select from enrollment e join class c on c.id = e.class_id
      where e.person_id = p.id and e.disabled_at is null and c.school_id ${yes})
    or exists (select from guardianship g join person_role r on r.person_id = g.child_id
      where g.guardian_id = p.id and r.org_id ${yes}))`
  await client.query(
    `create temp table ties on commit drop as
     select id, sourced_id, elsewhere, not here as stranger from (
       select p.id, p.sourced_id, ${tie('<> all($2::uuid[])')} as elsewhere, ${tie('= any($2::uuid[])')} as here
       from person p where p.source = $1) x
     where elsewhere or not here`,
    [source, schools],
  )
  await client.query('create index on ties (sourced_id); analyze ties')
}

/** Nobody's own data are touched who stands in another school; nobody comes without a role in these. */
async function narrowPeople(merge: Merge): Promise<void> {
  const { client } = merge
  const leave = async (column: string, where: string) => {
    const from = `from in_users i where i.state in ('a', 'd') and ${where}`
    const noted = await noteRows(
      merge,
      'outside-school',
      'users',
      column,
      `select line, null::text as value ${from}`,
    )
    // In the file, hence not missing; but nothing of the row is taken.
    if (noted > 0)
      await client.query(`update in_users i set state = 'b' where i.state in ('a', 'd') and ${where}`)
  }
  await leave('sourcedId', 'exists (select from ties t where t.sourced_id = i.sourced_id)')
  const mine = `array(select x from unnest(string_to_array(i.org_ids, ',')) x where x in (select sourced_id from my_orgs))`
  await leave('orgSourcedIds', `i.org_ids is not null and cardinality(${mine}) = 0`)
  await client.query(
    `update in_users i set org_ids = array_to_string(${mine}, ',') where i.state = 'a' and org_ids is not null`,
  )
  await takeOut(merge, 'roles', 'orgSourcedId', 'i.org not in (select sourced_id from my_orgs)', [], 'i.role')
  await leave(
    'sourcedId',
    `i.org_ids is null and not exists (select from person p where p.source = '${merge.source.replaceAll("'", "''")}'
       and p.sourced_id = i.sourced_id)
     and not exists (select from in_roles r where r.person = i.sourced_id and r.state = 'a')`,
  )
  // Who stands elsewhere by a class alone is not missing here.
  await client.query(
    `insert into in_users (line, sourced_id, state) select 0, t.sourced_id, 'b' from ties t where t.elsewhere
       and not exists (select from in_users i where i.sourced_id = t.sourced_id)
       and not exists (select from person_role r where r.person_id = t.id)`,
  )
}

/** Roles, seats and guardians bind only people of these schools. */
async function narrowLinks(merge: Merge, { schools }: Within): Promise<void> {
  const { source } = merge
  const stranger = 'exists (select from ties t where t.stranger and t.sourced_id = i.person)'
  await takeOut(merge, 'roles', 'userSourcedId', stranger, [])
  const values = [source, schools]
  await takeOut(
    merge,
    'enrollments',
    'classSourcedId',
    `exists (select from class c where c.source = $1 and c.sourced_id = i.class and c.school_id <> all($2::uuid[]))
     or exists (select from enrollment e join class c on c.id = e.class_id
       where e.source = $1 and e.sourced_id = i.sourced_id and c.school_id <> all($2::uuid[]))`,
    values,
  )
  await takeOut(merge, 'enrollments', 'userSourcedId', stranger, [])
  await narrowAgents(merge)
}

/** A new guardian's link never reaches a person who stands elsewhere; one that is there already stays. */
async function narrowAgents(merge: Merge): Promise<void> {
  const { client, source } = merge
  const kept = `
    select i.line, i.sourced_id, i.agents, array_to_string(array(select a from unnest(string_to_array(i.agents, ',')) a
      where not exists (select from ties t where t.sourced_id = a)
        or exists (select from ties t join person u on u.source = $1 and u.sourced_id = i.sourced_id
          join guardianship g on (g.guardian_id, g.child_id) in ((t.id, u.id), (u.id, t.id)) where t.sourced_id = a)), ',') as mine
    from in_users i where i.state = 'a' and i.agents is not null`
  const noted = await noteRows(
    merge,
    'outside-school',
    'users',
    'agentSourcedIds',
    `select line, null::text as value from (${kept}) k where mine <> agents`,
    [source],
  )
  if (noted > 0)
    await client.query(
      `update in_users i set agents = nullif(k.mine, '') from (${kept}) k where k.sourced_id = i.sourced_id and k.mine <> k.agents`,
      [source],
    )
}
