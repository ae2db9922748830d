// `npm run check`: format, lint, types, pages, architecture, rule tables and budgets, beside each other, under a minute.
import { listFiles } from './sources.ts'
import { type Outcome, program, runStep, type Step } from './steps.ts'

function steps(): Step[] {
  const files = listFiles()
  const all: Step[] = [
    { name: 'format and lint', args: [program('@biomejs/biome/bin/biome'), 'check', '.'] },
    { name: 'types', args: [program('typescript-7/bin/tsc'), '--noEmit'] },
    {
      name: 'architecture and rule tables',
      args: [program('vitest/vitest.mjs'), 'run', '--project', 'rules'],
      tell: (output) => `  ${/Tests\s+(.*)/.exec(output)?.[1]?.trim() ?? ''}`,
    },
    {
      name: 'budgets',
      args: ['tools/budgets.ts'],
      tell: (output) => (output ? `\n  ${output.trim().replaceAll('\n', '\n  ')}` : ''),
    },
  ]
  if (files.some((path) => path.endsWith('.svelte'))) {
    const args = [program('svelte-check/bin/svelte-check'), '--threshold', 'error', '--output', 'human']
    all.push({ name: 'pages (svelte-check)', args: [...args, '--tsconfig', './tsconfig.json'] })
  }
  return all
}

/** Runs the whole check and prints it. */
export function check(): Promise<Outcome[]> {
  return Promise.all(steps().map(runStep))
}

if (import.meta.main) {
  const failed = (await check()).filter((step) => !step.passed)
  if (failed.length) console.log(`\nFailed: ${failed.map((step) => step.name).join(', ')}.`)
  process.exitCode = failed.length ? 1 : 0
}
