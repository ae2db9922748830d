// What moving and copying ask of the database, and that each of many comes to where it belongs.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aWorkspace } from '#test/app'
import { aFile, aFolder } from '#test/spaces'
import { aSchool, type TestSchool } from '#test/world'
import type { Listing, Nodes } from '../contract.ts'

const w = await aWorkspace()

/** A folder of a teacher's with so many files in so many folders in it. */
async function aTree(s: TestSchool, name: string, folders: number, each: number): Promise<string> {
  const sender = await w.as(s.mme_diallo)
  const top = await aFolder(sender, `own.${s.mme_diallo.id}`, name)
  const file = await aFile(w, s, s.mme_diallo, { name: `${name}.txt` })
  const columns = sql`insert into space_node (id, school_id, person_id, parent_id, path, name, name_key, name_fold, file_id,
    author_id, changed_by, changed_at)`
  const me = s.mme_diallo.id
  await sql`${columns} select gen_random_uuid(), ${s.school.id}, ${me}, ${top}, array[${top}::uuid], 'D' || i, 'd' || i,
    'd' || i, null, ${me}, ${me}, now() from generate_series(1, ${folders}) i`.execute(w.ctx.db)
  await sql`${columns} select gen_random_uuid(), ${s.school.id}, ${me}, d.id, d.path || d.id, 'f' || i, 'f' || i, 'f' || i,
    ${file}, ${me}, ${me}, now() from space_node d, generate_series(1, ${each}) i
    where d.parent_id = ${top}`.execute(w.ctx.db)
  await sql`insert into space_version (id, node_id, file_id, author_id, at)
    select gen_random_uuid(), id, file_id, author_id, now() from space_node where file_id = ${file}`.execute(
    w.ctx.db,
  )
  return top
}

const below = async (id: string) =>
  (
    await sql<{ nodes: number; versions: number; owners: number }>`
      select count(*)::int as nodes, count(v.id)::int as versions, count(distinct n.class_id)::int as owners
      from space_node n left join space_version v on v.node_id = n.id and v.file_id = n.file_id
      where n.path @> array[${id}::uuid]`.execute(w.ctx.db)
  ).rows[0]

test('a copy of thousands holds its space for a few statements, not for one each', async () => {
  const s = await aSchool(w.ctx.db)
  const sender = await w.as(s.mme_diallo)
  const to = `class.${s.class3B.id}`
  const copied = async (nodes: string[]) => {
    let made: Nodes = []
    const statements = await w.countStatements(async () => {
      made = (await sender.post('/api/spaces/copy', { nodes, to })).json()
    })
    return { statements, made }
  }
  const few = await copied([await aTree(s, 'Peu', 1, 1)])
  const many = await copied([await aTree(s, 'Beaucoup', 30, 165)])
  expect(many.made).toMatchObject([{ name: 'Beaucoup' }])
  expect(await below(many.made[0]?.id ?? '')).toEqual({ nodes: 4980, versions: 4950, owners: 1 })
  // Nodes and versions a thousand at a time.
  expect(many.statements).toBe(few.statements + 4 + 4)
  const lea = await w.as(s.lea)
  const top = ((await lea.get(`/api/spaces/places/${many.made[0]?.id}`)).json() as Listing).nodes
  expect(top).toHaveLength(30)
  const inside = await lea.get(`/api/spaces/places/${top[0]?.id}`)
  expect((inside.json() as Listing).trail.map(({ name }) => name)).toEqual(['Beaucoup', top[0]?.name])
})

test('moving many asks as often as moving one, and takes along what lies in them', async () => {
  const s = await aSchool(w.ctx.db)
  const sender = await w.as(s.mme_diallo)
  const to = `class.${s.class3B.id}`
  const trees = await Promise.all([1, 2, 3, 4].map((n) => aTree(s, `T${n}`, 3, 5)))
  await sender.put(`/api/spaces/nodes/${trees[0]}/shares`, {
    kind: 'person',
    id: s.m_benali.id,
    write: false,
  })
  const moved = (nodes: string[]) =>
    w.countStatements(async () => {
      const answer = await sender.post('/api/spaces/move', { nodes, to })
      expect(answer.statusCode, answer.body).toBe(200)
    })
  const one = await moved(trees.slice(0, 1))
  expect(await moved(trees.slice(1))).toBe(one)
  for (const tree of trees) expect(await below(tree)).toEqual({ nodes: 18, versions: 15, owners: 1 })
  const shares = sql<{ n: number }>`select count(*)::int as n from space_share where node_id = ${trees[0]}`
  expect((await shares.execute(w.ctx.db)).rows[0]?.n, 'a share ends where it leaves its space').toBe(0)
  const copies = (await sender.post('/api/spaces/copy', { nodes: trees, to })).json() as Nodes
  expect(copies.map(({ name }) => name).sort()).toEqual(['T1 (2)', 'T2 (2)', 'T3 (2)', 'T4 (2)'])
})

test('the list of one’s spaces asks as often with many classes as with one', async () => {
  const s = await aSchool(w.ctx.db)
  const sender = await w.as(s.mme_diallo)
  const listed = async () => {
    let spaces = 0
    const queries = await w.countStatements(async () => {
      spaces = (await sender.get('/api/spaces')).json().spaces.length
    })
    return { spaces, queries }
  }
  const few = await listed()
  await sql`with made as (
      insert into class (id, school_id, type, title, source, sourced_id)
      select gen_random_uuid(), ${s.school.id}, 'homeroom', 'C' || i, 'test', 'c' || i
      from generate_series(1, 30) i returning id)
    insert into enrollment (source, sourced_id, class_id, person_id, role) select 'test', id, id, ${s.mme_diallo.id}, 'teacher' from made`.execute(
    w.ctx.db,
  )
  const many = await listed()
  expect(many.spaces).toBe(few.spaces + 30)
  expect(many.queries).toBe(few.queries)
})
