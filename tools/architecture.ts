// The house's rules as one table: which kind of file may import what, and what else it must not do. Each breach is a
// sentence that says why. docs/principles.md tells the same in prose.
import { cyclesOf, type Import, importsOf, type SourceFile, withoutComments } from './read-imports.ts'

type Place = {
  /** The top folder. */
  top: string
  /** The feature's name, inside features/. */
  feature?: string
  /** In a feature: contract, rules, store, actions, routes, index, web, test or other. Elsewhere: test, web or other. */
  kind: string
}

const roles = ['contract', 'rules', 'store', 'actions', 'routes', 'index', 'live']
/** Parts of the platform that run in a browser too. */
const everywhere = ['bus', 'calendar', 'clock', 'contract', 'csv', 'ids', 'refusal', 'text'].map(
  (n) => `platform/${n}.ts`,
)
const database = /^(kysely|pg|pg-copy-streams)(\/|$)/
const http = /^(fastify|@fastify\/)/

/** Where a file stands in the house. */
export function placeOf(path: string): Place {
  const [top = '', feature, ...rest] = path.split('/')
  const name = path.split('/').at(-1) ?? ''
  if (/\.test\.ts$/.test(name))
    return { top, feature: top === 'features' ? feature : undefined, kind: 'test' }
  if (top === 'web')
    return { top, kind: /^(build|vite|font|size|first-screen|lean-svelte)\b/.test(name) ? 'build' : 'web' }
  if (top !== 'features') return { top, kind: 'other' }
  if (rest[0] === 'web') return { top, feature, kind: 'web' }
  // Rules that fill a folder of their own.
  if (rest[0] === 'rules') return { top, feature, kind: 'rules' }
  const base = name.replace(/\.ts$/, '')
  const role = roles.find((r) => base === r || base.endsWith(`-${r}`))
  return { top, feature, kind: role ?? 'other' }
}

type Rule = { why: string; broken(from: Place, path: string, imported: Import, to: Place): boolean }

const isServerCode = (to: Place) => ['actions', 'store', 'routes', 'index', 'live'].includes(to.kind)
const free = (from: Place) => from.kind === 'test' || ['test', 'bench', 'tools'].includes(from.top)
const inFeature = (from: Place, kind: string) => from.top === 'features' && from.kind === kind
const sameFeature = (from: Place, to: Place) => to.top === 'features' && to.feature === from.feature
const isOf = (top: string) => (path?: string) => Boolean(path?.startsWith(`${top}/`))
const inFormats = isOf('door/formats')

const rules: Rule[] = [
  {
    why: 'a contract is everything that crosses the wire and nothing else: it may import typebox, #platform/ids, #platform/contract, #platform/calendar, #platform/refusal and its own feature’s contracts',
    broken: (from, _path, { spec, file }, to) =>
      inFeature(from, 'contract') &&
      (file
        ? !everywhere.includes(file) && !(sameFeature(from, to) && to.kind === 'contract')
        : spec !== 'typebox'),
  },
  {
    why: 'rules are pure and run in the browser too: they may import their own contract and rules, ids, calendar, text, csv and refusal, and no package',
    broken: (from, _path, { file }, to) =>
      inFeature(from, 'rules') &&
      !(file && everywhere.includes(file) && !/(clock|bus)\.ts$/.test(file)) &&
      !(sameFeature(from, to) && ['contract', 'rules'].includes(to.kind)),
  },
  {
    why: 'a store is only SQL: it may import the query builder, its own contract, rules and stores, the platform and #migrations/tables',
    broken: (from, _path, { spec, file }, to) =>
      inFeature(from, 'store') &&
      (file
        ? !(sameFeature(from, to) && ['contract', 'rules', 'store'].includes(to.kind)) &&
          to.top !== 'platform' &&
          file !== 'migrations/tables.ts'
        : !database.test(spec) && !spec.startsWith('node:')),
  },
  {
    why: 'SQL stands only in store.ts (or *-store.ts), so that one place shows what is read and written',
    broken: (from, _path, { spec }) =>
      from.top === 'features' && !['store', 'test'].includes(from.kind) && database.test(spec),
  },
  {
    why: 'actions are called by routes, jobs and the command line alike: they do not know HTTP',
    broken: (from, _path, { spec, file }, to) =>
      inFeature(from, 'actions') &&
      (http.test(spec) || file === 'platform/http.ts' || (to.kind === 'routes' && to.top === 'features')),
  },
  {
    why: 'routes parse and present; what is allowed is decided in actions, and a route that reads the store would go round it',
    broken: (from, _path, _imported, to) => inFeature(from, 'routes') && to.kind === 'store',
  },
  {
    why: 'pages run in the browser: of a feature they may import contract, rules and web, never server code',
    broken: (from, _path, { spec, file }, to) =>
      from.kind === 'web' &&
      (spec.startsWith('node:') ||
        database.test(spec) ||
        http.test(spec) ||
        (to.top === 'features' && isServerCode(to)) ||
        (to.top === 'platform' && !everywhere.includes(file ?? '')) ||
        ['migrations', 'apps'].includes(to.top)),
  },
  {
    why: 'pages import contracts as types only ("import type"), or the schema library would be sent to every phone',
    broken: (from, _path, { spec, typeOnly }, to) =>
      from.kind === 'web' &&
      !typeOnly &&
      ((to.top === 'features' && to.kind === 'contract') || spec === 'typebox'),
  },
  {
    why: 'the door and the status page must stand when the workspace falls: they import no feature and no migration',
    broken: (from, path, _imported, to) =>
      (from.top === 'door' || path.startsWith('apps/door/') || path.startsWith('watch/status')) &&
      ['features', 'migrations'].includes(to.top),
  },
  {
    why: 'of the door, others import only #door/formats: the rest belongs to its own process',
    broken: (from, path, { file }, to) =>
      to.top === 'door' &&
      !inFormats(file) &&
      from.top !== 'door' &&
      !path.startsWith('apps/door/') &&
      !free(from),
  },
  {
    why: 'the platform knows no school words: it imports no feature, no door and no app (of the migrations only the table types)',
    broken: (from, _path, { file, typeOnly }, to) =>
      from.top === 'platform' &&
      (['features', 'door', 'apps', 'web', 'watch'].includes(to.top) ||
        (to.top === 'migrations' && !(typeOnly && file === 'migrations/tables.ts'))),
  },
  {
    why: 'migrations are history: they import the query builder and nothing of ours that may change',
    broken: (from, path, _imported, to) =>
      from.top === 'migrations' && /\/\d{4}-/.test(path) && to.top !== '' && to.top !== 'migrations',
  },
  {
    why: 'a feature uses another one only through its index (#features/<name>), which says what it promises',
    broken: (from, _path, _imported, to) =>
      to.top === 'features' &&
      !sameFeature(from, to) &&
      !['index', 'web'].includes(to.kind) &&
      !['apps', 'web'].includes(from.top) &&
      from.kind !== 'web' &&
      !free(from),
  },
  {
    why: 'inside its own folder a feature imports by relative path; its index is for the others',
    broken: (from, _path, { spec }, to) =>
      from.top === 'features' &&
      from.kind !== 'test' &&
      sameFeature(from, to) &&
      spec.startsWith('#features/'),
  },
  {
    why: 'apps are composition roots: they import everything and nothing imports them',
    broken: (from, _path, _imported, to) => to.top === 'apps' && from.top !== 'apps' && !free(from),
  },
  {
    why: 'test code stays out of the program',
    broken: (from, _path, _imported, to) => (to.top === 'test' || to.kind === 'test') && !free(from),
  },
]

type WordRule = { why: string; words: RegExp; applies(from: Place, path: string): boolean }

const wordRules: WordRule[] = [
  {
    why: 'only platform/clock reads the time; everybody else is handed a clock or the time itself, so that tests can feed it',
    words: /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bprocess\.hrtime\b/,
    applies: (from, path) => path !== 'platform/clock.ts' && !free(from),
  },
  {
    why: 'only apps read process.env, once; everybody else is handed what they need',
    words: /\bprocess\.env\b/,
    applies: (from, path) => from.top !== 'apps' && !free(from) && path.includes('/'),
  },
  {
    why: 'what a guardian sees of a child is the school’s decision: ask the view care; guardianship is only what the directory says',
    words: /\b(from|join) guardianship\b/,
    applies: (from) =>
      from.top === 'features' &&
      from.kind === 'store' &&
      !['accounts', 'directory', 'guardians', 'people'].includes(from.feature ?? ''),
  },
  {
    why: 'which pupils have homework is one question: ask the view assigned; homework_pupil is only what its teacher named',
    words: /\bhomework_pupil\b/,
    applies: (from, path) =>
      from.top === 'features' &&
      from.kind === 'store' &&
      !['setting/setting-store.ts', 'marking/grid-store.ts'].some(
        (name) => path === `features/homework/${name}`,
      ),
  },
  {
    why: 'rules are pure: no async, no promise, no randomness',
    words: /\basync\b|\bawait\b|\bPromise\b|\bMath\.random\b|\bcrypto\b/,
    applies: (from) => inFeature(from, 'rules'),
  },
]

const vagueName = /(manager|helper|service|utils?)s?(\.[a-z.]+)?$/i

/** Every breach of the house's rules, as sentences that begin with the place. */
export function breachesOf(files: SourceFile[]): string[] {
  const breaches: string[] = []
  const graph = new Map<string, string[]>()
  for (const file of files) {
    const imports = importsOf(file)
    graph.set(
      file.path,
      imports.flatMap((i) => (i.file ? [i.file] : [])),
    )
    breaches.push(...importBreaches(file.path, imports), ...wordBreaches(file), ...nameBreaches(file))
  }
  for (const cycle of cyclesOf(graph)) {
    breaches.push(`${cycle.join(' → ')}: a cycle; take out what both need, or turn one import round.`)
  }
  return breaches
}

function importBreaches(path: string, imports: Import[]): string[] {
  const from = placeOf(path)
  return imports.flatMap((imported) => {
    const to = imported.file ? placeOf(imported.file) : { top: '', kind: 'package' }
    return rules
      .filter((rule) => rule.broken(from, path, imported, to))
      .map(({ why }) => `${path}:${imported.line} imports ${imported.spec}: ${why}.`)
  })
}

function wordBreaches({ path, text }: SourceFile): string[] {
  const from = placeOf(path)
  const active = wordRules.filter((rule) => rule.applies(from, path))
  if (active.length === 0) return []
  return withoutComments(text)
    .split('\n')
    .flatMap((line, index) =>
      active.flatMap(({ words, why }) => {
        const word = words.exec(line)?.[0]
        return word ? [`${path}:${index + 1} says ${word}: ${why}.`] : []
      }),
    )
}

function nameBreaches({ path, text }: SourceFile): string[] {
  const breaches: string[] = []
  const vague = path.split('/').find((part) => vagueName.test(part))
  if (vague) breaches.push(`${path}: "${vague}" says nothing; name it by what it does for the school.`)
  if (!/^(#!.*\n)?(\/\/|\/\*|<!--)/.test(text)) {
    breaches.push(`${path}: opens without a comment; one to three lines say what it is and why it exists.`)
  }
  return breaches
}
