// Builds the pages when their sources changed: a program of its own, so that the builder's memory goes with it.
import { join } from 'node:path'
import { buildWeb } from '#web/build.ts'

const root = join(import.meta.dirname, '../..')
await buildWeb({ root, log: (line) => process.stderr.write(`${line}\n`) })
