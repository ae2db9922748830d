// Makes the folder of a new feature after the house's pattern: `node tools/new-feature.ts <school word>`. What it
// writes passes the check and does nothing yet; copy from features/homework what the feature needs.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './sources.ts'

/** The files of a new feature, by name. */
export function newFeature(name: string): Record<string, string> {
  const title = name.replaceAll('-', ' ')
  return {
    'README.md': `# ${title[0]?.toUpperCase()}${title.slice(1)}\n\nWhat it is in school words; who may do what; what is always true. Ten to twenty lines.\n`,
    'contract.ts': `// What crosses the wire of ${title}: schemas, and the codes that it may refuse with.
import type { Refusals } from '#platform/refusal'

export const refusals = {} as const satisfies Refusals
`,
    'rules.ts': `// The decisions of ${title}: pure, so that the browser asks the same questions. Time is an argument.

export {}
`,
    'store.ts': `// The SQL of ${title}. The school is the first argument wherever one is concerned.

export {}
`,
    'actions.ts': `// What can be done with ${title}, one verb each: load, decide by the rules, store, announce.

export {}
`,
    'routes.ts': `// The addresses of ${title}: parse, act, present.
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'

/** Adds the routes of ${title}. */
export function routes(_ctx: Ctx): Routes {
  return (_app) => {}
}
`,
    'index.ts': `// What other features may use of ${title}.
export { routes } from './routes.ts'
`,
  }
}

if (import.meta.main) {
  const name = process.argv[2] ?? ''
  const folder = join(root, 'features', name)
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) {
    console.error(
      'Say which: node tools/new-feature.ts <school word in small letters, such as "report-cards">',
    )
    process.exitCode = 1
  } else if (existsSync(folder)) {
    console.error(`features/${name} exists already; nothing was written.`)
    process.exitCode = 1
  } else {
    mkdirSync(folder, { recursive: true })
    for (const [file, text] of Object.entries(newFeature(name))) writeFileSync(join(folder, file), text)
    console.log(
      `features/${name} is made. Add its routes and refusals to apps/workspace/app.ts, its tables to migrations/.`,
    )
  }
}
