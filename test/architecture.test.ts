// Holds the house to its rules, and proves on small examples that each rule bites.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { breachesOf } from '../tools/architecture.ts'
import { root, sources } from '../tools/sources.ts'

test('the house keeps its rules', () => {
  expect(breachesOf(sources())).toEqual([])
})

/** Breaches of one file that opens as it should, followed by `code`. */
const said = (path: string, code: string) => breachesOf([{ path, text: `// A file.\n${code}\n` }])
const from = (spec: string) => `import { x } from '${spec}'`
const h = 'features/homework'

const allowed: [path: string, code: string][] = [
  [`${h}/contract.ts`, from('typebox')],
  [`${h}/contract.ts`, from('#platform/ids')],
  [`${h}/rules.ts`, from('./contract.ts')],
  [`${h}/rules.ts`, from('#platform/calendar')],
  [`${h}/store.ts`, from('kysely')],
  [`${h}/actions.ts`, from('#features/people')],
  [`${h}/actions.ts`, from('./store.ts')],
  [`${h}/routes.ts`, from('./actions.ts')],
  [`${h}/web/page.svelte`, "import type { Homework } from '../contract.ts'"],
  [`${h}/web/page.svelte`, from('../rules.ts')],
  [`${h}/homework.test.ts`, from('#feature/people/store.ts')],
  [`${h}/homework.test.ts`, 'const now = Date.now()'],
  ['apps/workspace/main.ts', from('#feature/homework/routes.ts')],
  ['apps/workspace/main.ts', 'process.env.PREAU_DATA'],
  ['apps/door/main.ts', from('#door/sheets/memory')],
  [`${h}/actions.ts`, from('#door/formats/pass')],
  ['platform/ctx.ts', "import type { Tables } from '#migrations/tables'"],
  ['platform/clock.ts', 'Date.now()'],
  [`${h}/store.ts`, 'const at = new Date(instant) // never Date.now()'],
]

test.each(allowed)('%s may say: %s', (path, code) => {
  expect(said(path, code)).toEqual([])
})

const refused: [path: string, code: string, why: RegExp][] = [
  [`${h}/contract.ts`, from('./rules.ts'), /crosses the wire/],
  [`${h}/contract.ts`, from('fastify'), /crosses the wire/],
  [`${h}/rules.ts`, from('node:crypto'), /pure/],
  [`${h}/rules.ts`, from('#platform/clock'), /pure/],
  [`${h}/rules.ts`, from('#features/people'), /pure/],
  [`${h}/rules.ts`, 'export async function f() {}', /no async/],
  [`${h}/store.ts`, from('./actions.ts'), /only SQL/],
  [`${h}/store.ts`, from('#features/people'), /only SQL/],
  [`${h}/actions.ts`, from('kysely'), /SQL stands only/],
  [`${h}/actions.ts`, from('fastify'), /do not know HTTP/],
  [`${h}/actions.ts`, from('#platform/http'), /do not know HTTP/],
  [`${h}/routes.ts`, from('./store.ts'), /go round/],
  [`${h}/routes.ts`, "export * from './store.ts'", /go round/],
  [`${h}/routes.ts`, "const store = await import('./store.ts')", /go round/],
  [`${h}/web/page.svelte`, from('../actions.ts'), /never server code/],
  [`${h}/web/page.svelte`, from('#features/people'), /never server code/],
  [`${h}/web/page.svelte`, from('#platform/db'), /never server code/],
  [`${h}/web/page.svelte`, from('../contract.ts'), /types only/],
  ['web/shell.svelte', from('#feature/homework/store.ts'), /never server code/],
  ['door/sheets/memory.ts', from('#features/homework'), /when the workspace falls/],
  ['apps/door/main.ts', from('#feature/people/rules.ts'), /when the workspace falls/],
  ['watch/status/page.ts', from('#features/people'), /when the workspace falls/],
  [`${h}/actions.ts`, from('#door/sheets/memory'), /only #door\/formats/],
  ['apps/workspace/main.ts', from('#door/sheets/memory'), /only #door\/formats/],
  ['platform/db.ts', from('#features/people'), /no school words/],
  ['platform/db.ts', from('#door/formats/pass'), /no school words/],
  ['platform/db.ts', from('#migrations'), /no school words/],
  ['migrations/0001-people.ts', from('#platform/calendar'), /history/],
  [`${h}/actions.ts`, from('#feature/people/actions.ts'), /only through its index/],
  [`${h}/actions.ts`, from('../people/actions.ts'), /only through its index/],
  [`${h}/actions.ts`, from('#features/homework'), /relative path/],
  [`${h}/actions.ts`, from('../../apps/start/main.ts'), /composition roots/],
  [`${h}/actions.ts`, from('#test/database'), /test code/],
  [`${h}/actions.ts`, 'const t = Date.now()', /reads the time/],
  ['apps/start/main.ts', 'const t = new Date()', /reads the time/],
  ['door/book.ts', 'performance.now()', /reads the time/],
  ['platform/db.ts', 'process.env.DATABASE_URL', /read process\.env/],
  [`${h}/store.ts`, 'select 1 from guardianship g', /ask the view care/],
  [`${h}/store.ts`, 'select 1 from homework_pupil n', /ask the view assigned/],
  [`${h}/homework-helpers.ts`, '', /says nothing/],
]

test.each(refused)('%s may not say: %s', (path, code, why) => {
  expect(said(path, code).join('\n')).toMatch(why)
})

test('an import over several lines is seen', () => {
  expect(said(`${h}/routes.ts`, "import {\n  a,\n  b,\n} from './store.ts'")).toHaveLength(1)
})

test('a cycle is named by its whole way round', () => {
  const files = [
    { path: 'platform/a.ts', text: "// A.\nimport { b } from './b.ts'\n" },
    { path: 'platform/b.ts', text: "// B.\nimport type { c } from '#platform/c'\n" },
    { path: 'platform/c.ts', text: "// C.\nexport { a } from './a.ts'\n" },
  ]
  expect(breachesOf(files)).toEqual([
    'platform/a.ts → platform/b.ts → platform/c.ts → platform/a.ts: a cycle; take out what both need, or turn one import round.',
  ])
})

test('a file that does not say what it is, is told to', () => {
  expect(breachesOf([{ path: 'platform/a.ts', text: 'export {}\n' }])).toHaveLength(1)
})

test('the paths in docs/follow-one-request.md exist', () => {
  const doc = join(root, 'docs/follow-one-request.md')
  const named = [...readFileSync(doc, 'utf8').matchAll(/`([\w.-]+\/[\w./-]+)`/g)].map((m) => m[1] ?? '')
  const paths = named.filter((path) => /\.(ts|svelte|md|json)$|\/$/.test(path))
  expect(paths.length).toBeGreaterThan(5)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
