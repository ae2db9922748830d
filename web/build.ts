// Builds the web when what it is made of has changed; otherwise it takes some milliseconds. `npm start` calls it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const stamp = '.inputs'
const madeHere = new Set(['dist', 'generated', 'node_modules'])

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const lists = entries.map((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return madeHere.has(entry.name) ? [] : filesBelow(path)
    return entry.name.endsWith('.test.ts') || entry.name.startsWith('.') ? [] : [path]
  })
  return (await Promise.all(lists)).flat()
}

/** The files that the web is made of: the shell, the features' pages with their rules, and what these import. */
async function inputs(root: string): Promise<string[]> {
  const mine = (path: string) => path.includes('/web/') || /(contract|rules)\.ts$/.test(path)
  const features = (await filesBelow(join(root, 'features'))).filter(mine)
  const shared = await filesBelow(join(root, 'platform'))
  const own = await filesBelow(join(root, 'web'))
  return [...own, ...features, ...shared, join(root, 'package-lock.json')].sort()
}

async function hashOf(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of await inputs(root)) {
    hash.update(relative(root, path)).update('\0')
    hash.update(await readFile(path)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * Makes web/dist current and says whether it had to build. The folder is replaced in one step, so that a door
 * which reads it meanwhile finds the old or the new one. @throws if a page does not compile.
 */
export async function buildWeb(options: {
  root: string
  log: (line: string) => void
}): Promise<{ built: boolean; folder: string }> {
  const web = join(options.root, 'web')
  const folder = join(web, 'dist')
  const hash = await hashOf(options.root)
  const before = await readFile(join(folder, stamp), 'utf8').catch(() => '')
  if (before === hash) return { built: false, folder }
  options.log('Building the pages, once and after each update (some ten seconds)…')
  const fresh = join(web, `generated/dist-${process.pid}`)
  await compile(options.root, fresh)
  await writeFile(join(fresh, stamp), hash)
  await replace(folder, fresh)
  return { built: true, folder }
}

/** Runs the bundler in a process of its own, as for production whatever this process is for. */
async function compile(root: string, folder: string): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'web/build-pages.ts'), folder], {
    cwd: root,
    env: { NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => said.push(piece))
  child.stderr.on('data', (piece: Buffer) => said.push(piece))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the web does not compile:\n${Buffer.concat(said).toString()}`)
}

async function replace(folder: string, fresh: string): Promise<void> {
  const old = `${fresh}-old`
  if (existsSync(folder)) await rename(folder, old)
  await rename(fresh, folder)
  await rm(old, { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const { built, folder } = await buildWeb({ root, log: console.log })
  console.log(built ? `Built into ${relative(root, folder)}.` : 'Nothing has changed since the last build.')
}
