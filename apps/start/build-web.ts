// Builds the pages when their sources changed: a program of its own, so that the builder's memory goes with it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const builder = join(root, 'web/build.ts')
if (existsSync(builder)) {
  const { buildWeb } = await import(builder)
  await buildWeb({ root, log: (line: string) => process.stderr.write(`${line}\n`) })
}
