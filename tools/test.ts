// `npm test`: the check, then every test there is; CI runs just this. Ends with the plain line "N passed, N failed,
// N skipped".
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browsersOrInstall } from './browser.ts'
import { check } from './check.ts'
import { serversOrInstall } from './debian.ts'
import { listFiles, root } from './sources.ts'
import { program } from './steps.ts'

type Count = { passed: number; failed: number; skipped: number }

const scratch = mkdtempSync(join(tmpdir(), 'preau-tests-'))

/** Runs vitest on some projects, shown as it goes, and counts what happened. */
async function vitest(projects: string[], env: Record<string, string> = {}): Promise<Count> {
  const report = join(scratch, `${projects.join('-')}.json`)
  const args = [
    'run',
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  for (const project of projects) args.push('--project', project)
  const code = await node([program('vitest/vitest.mjs'), ...args], env)
  const count = readReport(report)
  // A file that does not load, or a set-up that fails, is a failure without a test to its name.
  if (code !== 0 && count.failed === 0) count.failed = 1
  return count
}

function node(args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function readReport(path: string): Count {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>
    return {
      passed: found.numPassedTests ?? 0,
      failed: found.numFailedTests ?? 0,
      skipped: (found.numPendingTests ?? 0) + (found.numTodoTests ?? 0),
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

/** The journeys that are written, counted in their text: without a browser their files cannot be loaded. */
function writtenJourneys(): number {
  return listFiles()
    .filter((path) => /^test\/e2e\/.*\.test\.ts$/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8').match(/^\s*(test|it)(\.\w+)*\(/gm)?.length ?? 0)
    .reduce((sum, n) => sum + n, 0)
}

async function journeys(): Promise<Count> {
  const browsers = browsersOrInstall(console.log)
  if (browsers.PREAU_CHROMIUM) return vitest(['journeys'], browsers)
  return { passed: 0, failed: 0, skipped: writtenJourneys() }
}

console.log('The check: format, lint, types, pages, architecture, rule tables, budgets.\n')
// The rule tables run again below, where they are counted.
const broken = (await check()).filter((step) => !step.passed && !step.name.includes('rule tables'))
console.log('\nRule tables, whole requests on a throwaway PostgreSQL, whole processes.')
serversOrInstall(console.log)
const counts = [await vitest(['rules', 'whole'])]
console.log('\nJourneys in real browsers, one after the other.')
counts.push(await journeys())
rmSync(scratch, { recursive: true, force: true })

const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0)
const failed = sum('failed') + broken.length
if (broken.length)
  console.log(`\nThe check failed: ${broken.map((step) => step.name).join(', ')} (see above).`)
console.log(`\n${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`)
process.exitCode = failed ? 1 : 0
