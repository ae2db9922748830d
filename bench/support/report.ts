// What a benchmark is and how its figures are shown: a table for people, and the record in docs/performance.md.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'

export type Figure = number | boolean | string | null
export type Figures = Record<string, Figure>

export type BenchOptions = {
  quick: boolean
  seed: number
  /** Tells a person what goes on, on standard error. */
  say(text: string): void
  /** Registers what must be undone, also after Ctrl-C; last in, first out. */
  afterwards(undo: () => Promise<unknown>): void
}

export type Bench = {
  /** The claim, in one sentence. */
  about: string
  /** What is wanted of a key, as shown beside it: "≤ 1.6". */
  goals: Record<string, string>
  run(options: BenchOptions): Promise<Figures>
}

function rows(bench: Bench, figures: Figures): [string, string, string][] {
  return Object.entries(figures).map(([key, value]) => [key, String(value ?? '–'), bench.goals[key] ?? ''])
}

/** Prints the figures beside their goals. */
export function printTable(bench: Bench, figures: Figures): void {
  console.log(`\n${bench.about}\n`)
  for (const [key, value, goal] of rows(bench, figures)) {
    console.log(`  ${key.padEnd(32)} ${value.padStart(14)}   ${goal ? `goal ${goal}` : ''}`)
  }
  console.log('')
}

/** A Markdown table whose columns stand in line. */
function aligned(lines: [string, string, string][]): string[] {
  const all: [string, string, string][] = [['key', 'measured', 'goal'], ...lines]
  const [a = 0, b = 0, c = 0] = [0, 1, 2].map((i) => Math.max(...all.map((line) => line[i]?.length ?? 0)))
  const [head = '', ...rest] = all.map(
    ([key, value, goal]) => `| ${key.padEnd(a)} | ${value.padStart(b)} | ${goal.padEnd(c)} |`,
  )
  return [head, `| ${'-'.repeat(a)} | ${'-'.repeat(b - 1)}: | ${'-'.repeat(c)} |`, ...rest]
}

const page = new URL('../../docs/performance.md', import.meta.url)

/** Puts the table in place of this benchmark's last one. */
export async function record(
  name: string,
  bench: Bench,
  figures: Figures,
  run: { quick: boolean; seed: number },
): Promise<void> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`
  const table = [
    `<!-- ${name} -->`,
    `## ${name}`,
    '',
    bench.about,
    '',
    `Commit ${commit}, seed ${run.seed}${run.quick ? ', quick' : ''}; ${machine}.`,
    '',
    ...aligned(rows(bench, figures)),
    '',
    `<!-- /${name} -->`,
  ].join('\n')
  const before = await readFile(page, 'utf8')
  const old = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`)
  await writeFile(
    page,
    old.test(before) ? before.replace(old, () => table) : `${before.trimEnd()}\n\n${table}\n`,
  )
}

/** The value below which `share` (0 to 1) of the sorted samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Rounded to `digits` decimals. */
export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits))
}
