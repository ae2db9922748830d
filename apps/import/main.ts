// The process of one import that a school began in the browser: low priority, little memory, gone when it is done.
import { setPriority } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runImport } from '#features/school'
import { readConfig } from '#platform/config'
import { openLog } from '#platform/log'
import { openCtx } from '../ctx.ts'
import { needed } from '../part.ts'

async function main(): Promise<void> {
  // Rows live for a moment only (see apps/cli/import.ts).
  setFlagsFromString('--semi-space-growth-factor=1')
  setPriority(10)
  const config = readConfig(process.env)
  const program = { name: 'import', logLevel: config.logLevel, connections: 3 }
  const { ctx, close } = await openCtx(config, needed('workspace', 'DATABASE_URL'), program)
  await runImport(ctx, process.argv[2] ?? '')
  await close()
}

// The workspace holds our standard input: without it nobody waits for us.
process.stdin.on('end', () => process.exit(1)).resume()
main().then(
  () => process.exit(0),
  (error) => {
    openLog('import').fatal({ err: error }, 'an import ended')
    process.exit(1)
  },
)
