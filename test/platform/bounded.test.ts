// A program on a hostile file ends, also when the process that began it is gone.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a program that never ends does, after its maker was killed', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'preau-bounded-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [endless, maker, number] = ['endless.mjs', 'maker.ts', 'pid'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await writeFile(
    endless,
    "import { writeFileSync } from 'node:fs'\nwriteFileSync(process.argv[2], String(process.pid))\nfor (;;) {}",
  )
  const bounded = pathToFileURL(join(import.meta.dirname, '../../platform/bounded.ts')).href
  await writeFile(
    maker,
    `import { runBounded } from '${bounded}'
    import { Readable } from 'node:stream'
    await runBounded('${endless}', ['${number}'], Readable.from(['x']), { seconds: 1, most: 10 })`,
  )
  const child = spawn(process.execPath, [maker], { stdio: 'ignore' })
  const numberOf = async () => Number(await readFile(number, 'utf8').catch(() => ''))
  await expect.poll(numberOf, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
  child.kill('SIGKILL')
  const pid = await numberOf()
  onTestFinished(() => void (isRunning(pid) && process.kill(pid, 'SIGKILL')))
  await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false)
})
