// The benchmarks' front: `npm run -s bench` lists them, `npm run -s bench -- <name>` runs one and prints its table and,
// last, one line of JSON. `--record` writes the table into docs/performance.md.
import { readdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Bench, type Figures, printTable, record } from './support/report.ts'

const folder = new URL('.', import.meta.url)

async function names(): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((f) => f.endsWith('.ts') && f !== 'main.ts')
    .map((f) => f.slice(0, -3))
    .sort()
}

async function load(name: string): Promise<Bench> {
  return (await import(new URL(`${name}.ts`, folder).href)).default
}

async function list(): Promise<void> {
  console.log('npm run -s bench -- <name> [--quick] [--seed N] [--record]\n')
  for (const name of await names()) console.log(`  ${name.padEnd(12)} ${(await load(name)).about}`)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** Undoes what was done, last in, first out. */
async function undo(all: (() => Promise<unknown>)[]): Promise<void> {
  for (const one of all.reverse()) await one().catch((error) => console.error(error))
}

async function run(name: string): Promise<void> {
  if (!(await names()).includes(name)) {
    console.error(`There is no benchmark "${name}". npm run -s bench lists them.`)
    process.exit(1)
  }
  const bench = await load(name)
  const seed = Number(values.seed)
  const cleanUps: (() => Promise<unknown>)[] = []
  let cleaning: Promise<void> | undefined
  const cleanUp = () => {
    // Whoever asks while it is under way waits for it too, or would end the process in the middle.
    cleaning ??= undo(cleanUps)
    return cleaning
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => cleanUp().then(() => process.exit(130)))
  let figures: Figures
  try {
    figures = await bench.run({
      quick: values.quick,
      seed,
      say: (text) => console.error(`  ${text}`),
      afterwards: (undo) => void cleanUps.push(undo),
    })
  } catch (error) {
    console.error(error)
    await cleanUp()
    process.exit(1)
  }
  await cleanUp()
  printTable(bench, figures)
  if (values.record) await record(name, bench, figures, { quick: values.quick, seed })
  console.log(JSON.stringify({ bench: name, seed, quick: values.quick, ...figures }))
  process.exit(0)
}

if (values.help || !positionals[0]) await list()
else await run(positionals[0])
