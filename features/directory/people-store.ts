// Merges users, their roles and who is whose guardian. What a person loses here ends their passes: the ids are gathered
// in the table "ended" (see enrollment-store).
import type { Tally } from './contract.ts'
import { dropRepeated, holdsAny, linked, type Merge, noteRows, written } from './stage-store.ts'

const resolvedUsers = `
  create temp table r_users on commit drop as
  select i.*, p.id as known, coalesce(p.id, pg_temp.ordered_id($2, row_number() over (order by i.line))) as id,
    lower(i.username) as name, lower(p.username) as old_name
  from in_users i left join person p on p.source = $1 and p.sourced_id = i.sourced_id`

/** People. In a bulk file those missing are disabled who have a role in the file's organisations and in no other. */
export async function mergePeople(merge: Merge, bulk: boolean, version: string): Promise<Tally> {
  const { source, now, client } = merge
  await dropRepeated(merge, 'users')
  if (version === '1.1') await splitRoles(merge)
  await client.query(resolvedUsers, [source, now])
  await client.query('create index on r_users (id); analyze r_users; drop table in_users')
  await refuseNames(merge)
  const first = !(await holdsAny(merge, 'person'))
  const created = await written(
    merge,
    `insert into person (id, source, sourced_id, username, given_name, family_name, preferred_name, identifier, grades,
       email, enabled)
     select id, $1, sourced_id, username, given_name, family_name, preferred_name, identifier, grades, email, enabled
     from r_users where known is null and state = 'a'`,
    [source],
  )
  if (first) return { created, changed: 0, disabled: 0 }
  const changed = await updatePeople(merge)
  const disabled = await written(
    merge,
    `with gone as (
       update person p set disabled_at = $1 where p.source = $2 and p.disabled_at is null and (
         exists (select from r_users r where r.id = p.id and r.state = 'd')
         or ($3 and not exists (select from r_users r where r.id = p.id)
           and exists (select from person_role a where a.person_id = p.id and a.org_id in (select id from in_scope))
           and not exists (select from person_role a join org o on o.id = a.org_id
             where a.person_id = p.id and o.disabled_at is null and a.org_id not in (select id from in_scope))))
       returning p.id)
     insert into ended select id from gone`,
    [now, source, bulk],
  )
  return { created, changed, disabled }
}

/** In 1.1 the roles stand in users.csv: one for each organisation of the row. */
async function splitRoles({ client }: Merge): Promise<void> {
  await client.query(
    `insert into in_roles (line, state, person, type, role, org)
     select line, state, sourced_id, case when n = 1 then 'primary' else 'secondary' end, role, org
     from in_users cross join lateral unnest(string_to_array(org_ids, ',')) with ordinality as x (org, n)
     where state <> 'd' and role is not null;
     analyze in_roles`,
  )
}

/** User names are unique in a deployment: a row that would take somebody else's is left out, the rest goes on. */
async function refuseNames(merge: Merge): Promise<void> {
  const { client } = merge
  const twice = `
    select id, line, row_number() over (partition by name order by (old_name is not distinct from name) desc, line) as nth
    from r_users where state = 'a' and name in (
      select name from r_users where state = 'a' group by 1 having count(*) > 1)`
  const refuse = async (code: 'username-twice' | 'username-taken', rows: string) => {
    const select = `select line, null::text as value from (${rows}) y`
    if ((await noteRows(merge, code, 'users', 'username', select)) === 0) return false
    await client.query(`update r_users r set state = 'b' from (${rows}) y where r.id = y.id`)
    return true
  }
  await refuse('username-twice', `select id, line from (${twice}) t where nth > 1`)
  // A refused row keeps its old name, which may refuse another one: until nothing is refused any more.
  const taken = `
    select r.id, r.line from r_users r join person p on lower(p.username) = r.name and p.id <> r.id
    where r.state = 'a' and r.old_name is distinct from r.name
      and not exists (select from r_users q where q.known = p.id and q.state = 'a' and q.name <> r.name)`
  while (await refuse('username-taken', taken));
}

async function updatePeople(merge: Merge): Promise<number> {
  const { client } = merge
  await client.query(
    `insert into ended select p.id from r_users r join person p on p.id = r.known
     where r.state = 'a' and p.enabled and not r.enabled`,
  )
  // Names may be exchanged among people: whoever changes theirs first lets go of the old one.
  await client.query(
    `update person p set username = p.id::text from r_users r
     where p.id = r.known and r.state = 'a' and r.old_name <> r.name`,
  )
  const columns = 'username given_name family_name preferred_name identifier grades email enabled'.split(' ')
  const list = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ')
  return written(
    merge,
    `update person p set (${columns.join(', ')}, disabled_at) = (${list('r')}, null) from r_users r
     where p.id = r.known and r.state = 'a' and (p.disabled_at is not null or (${list('p')}) is distinct from (${list('r')}))`,
  )
}

/** In which file the roles of this version stand, and for whom it lists them all. */
export type RoleFile = {
  file: 'users' | 'roles'
  userColumn: string
  orgColumn: string
  /** school: for everybody in the file's organisations; person: for the people it names; nobody: it lists changes. */
  complete: 'school' | 'person' | 'nobody'
}

const resolvedRoles = `
  create temp table r_roles on commit drop as
  select min(i.line) as line, p.id as person_id, o.id as org_id, i.role,
    bool_or(i.type = 'primary') as is_primary, min(i.begin_date) as begin_date, max(i.end_date) as end_date,
    bool_and(i.state = 'd') as gone
  from in_roles i
    join person p on p.source = $1 and p.sourced_id = i.person
    join org o on o.source = $1 and o.sourced_id = i.org
  where i.state <> 'b' and i.role is not null
    and not exists (select from r_users r where r.known is null and r.id = p.id and r.state <> 'a')
  group by 2, 3, 4`

/**
 * Roles. A role carries nothing of its own, so one that is no longer there is taken away, not disabled: by the file's
 * word, or by its absence where the file is `complete`.
 */
export async function mergeRoles(merge: Merge, of: RoleFile): Promise<Tally> {
  const { source, client } = merge
  if (of.file === 'roles') await dropRepeated(merge, 'roles')
  await client.query(resolvedRoles, [source])
  await client.query('create index on r_roles (person_id); analyze r_roles')
  await noteRoles(merge, of)
  const insert = `
    insert into person_role (person_id, org_id, role, is_primary, begin_date, end_date, source)
    select person_id, org_id, role, is_primary, begin_date, end_date, $1 from r_roles where not gone
    on conflict do nothing`
  const first = !(await holdsAny(merge, 'person_role'))
  const created = await linked(merge, () => written(merge, insert, [source]))
  if (first) return { created, changed: 0, disabled: 0 }
  const changed = await written(
    merge,
    `update person_role a set is_primary = r.is_primary, begin_date = r.begin_date, end_date = r.end_date from r_roles r
     where a.person_id = r.person_id and a.org_id = r.org_id and a.role = r.role and a.source = $1 and not r.gone
       and (a.is_primary, a.begin_date, a.end_date) is distinct from (r.is_primary, r.begin_date, r.end_date)`,
    [source],
  )
  const removed = await client.query<{ count: number }>(
    `with bad as materialized (select person from in_roles where state = 'b' and person is not null),
     removed as (delete from person_role a using person p
       where a.person_id = p.id and a.source = $1 and p.source = $1 and p.disabled_at is null and (
         exists (select from r_roles r where r.gone and r.person_id = p.id and r.org_id = a.org_id and r.role = a.role)
         or (case $2 when 'school' then a.org_id in (select id from in_scope)
               when 'person' then exists (select from r_users r where r.id = p.id and r.org_ids is not null) else false end
           and not exists (select from r_roles r where r.person_id = p.id and r.org_id = a.org_id and r.role = a.role)
           and not exists (select from r_users r where r.id = p.id and r.state = 'b')
           and p.sourced_id not in (select person from bad)))
       returning a.person_id, a.role),
     staff as (insert into ended select person_id from removed
       where role not in ('student', 'guardian', 'parent', 'relative'))
     select count(*)::int as count from removed`,
    [source, of.complete],
  )
  return { created, changed, disabled: removed.rows[0]?.count ?? 0 }
}

async function noteRoles(merge: Merge, { file, userColumn, orgColumn }: RoleFile): Promise<void> {
  const values = [merge.source]
  const orphans = (value: string, table: string, key: string) =>
    `select i.line, ${value} as value from in_roles i where i.state = 'a' and i.${key} is not null
     and not exists (select from ${table} t where t.source = $1 and t.sourced_id = i.${key})`
  // In 1.1 the person is the row itself; a row left out has been noted already.
  if (file === 'roles') {
    await noteRows(merge, 'orphan', file, userColumn, orphans('null::text', 'person', 'person'), values)
  }
  await noteRows(
    merge,
    file === 'roles' ? 'orphan' : 'reference-unknown',
    file,
    orgColumn,
    orphans('i.org', 'org', 'org'),
    values,
  )
  await noteRows(
    merge,
    'user-without-role',
    'users',
    null,
    `select line, null::text as value from r_users u where u.state = 'a'
       and not exists (select from r_roles r where r.person_id = u.id and not r.gone)
       and not exists (select from person_role a where a.person_id = u.id)`,
  )
}

const pairs = `
  create temp table r_pairs on commit drop as
  with named as (
    select r.line, r.id as user_id, a.id as agent_id, x as agent
    from r_users r cross join lateral unnest(string_to_array(r.agents, ',')) x
      left join person a on a.source = $1 and a.sourced_id = x
    where r.state = 'a' and r.agents is not null),
  whose as (select person_id, bool_or(role = 'student') as pupil,
      bool_or(role in ('guardian', 'parent', 'relative')) as guardian
    from person_role where person_id in (select user_id from named union select agent_id from named) group by 1)
  select n.line, n.user_id, n.agent_id, case
      when u.pupil and a.guardian then n.agent_id when u.guardian and a.pupil then n.user_id end as guardian_id,
    case when u.pupil and a.guardian then n.user_id when u.guardian and a.pupil then n.agent_id end as child_id
  from named n left join whose u on u.person_id = n.user_id left join whose a on a.person_id = n.agent_id`

/**
 * Who is whose guardian, from either side's list: the roles of the two say which is the child. A link that is no longer
 * listed is taken away at once: in a bulk file for the children it names, in a delta for those whose lists it brings.
 */
export async function mergeGuardianships(merge: Merge, bulk: boolean): Promise<Tally> {
  const { source, client } = merge
  await client.query(pairs, [source])
  await client.query('create index on r_pairs (child_id, guardian_id); analyze r_pairs')
  const column = 'agentSourcedIds'
  const note = (code: 'reference-unknown' | 'agent-unrelated', where: string) =>
    noteRows(merge, code, 'users', column, `select line, null::text as value from r_pairs where ${where}`)
  await note('reference-unknown', 'agent_id is null')
  await note('agent-unrelated', 'agent_id is not null and guardian_id is null')
  const insert = `
    insert into guardianship (guardian_id, child_id, source)
    select distinct guardian_id, child_id, $1 from r_pairs where guardian_id is not null on conflict do nothing`
  const first = !(await holdsAny(merge, 'guardianship'))
  const created = await linked(merge, () => written(merge, insert, [source]))
  if (first) return { created, changed: 0, disabled: 0 }
  const listed = bulk
    ? `exists (select from r_users u where u.id = g.child_id and u.state = 'a')`
    : `(exists (select from r_pairs x where x.user_id = g.child_id and x.child_id = g.child_id)
        or exists (select from r_pairs x where x.user_id = g.guardian_id and x.guardian_id = g.guardian_id))`
  const removed = await client.query<{ count: number }>(
    `with removed as (delete from guardianship g where g.source = $1 and ${listed}
       and not exists (select from r_pairs x where x.child_id = g.child_id and x.guardian_id = g.guardian_id)
       returning guardian_id),
     passes as (insert into ended select guardian_id from removed)
     select count(*)::int as count from removed`,
    [source],
  )
  return { created, changed: 0, disabled: removed.rows[0]?.count ?? 0 }
}
