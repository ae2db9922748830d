// `npm run setup`: installs the packages that package-lock.json names, when they are not those that are there, and says
// how far it is. Plain JavaScript without packages: it runs on the system's Node, before ours is there.
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const lockFile = 'package-lock.json'
const folder = 'node_modules'
// What was installed, written last: an installation that was cut is begun again.
const marker = join(folder, '.preau-lock')
const lookEvery = 250

const screen = process.stderr
const say = (text) => screen.write(`${text}\n`)

/** Folders of the lock's packages that this machine gets; those of other systems are left out, as npm does. */
function packagesHere() {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'))
  const fits = (allowed, own) => !allowed || (allowed.includes(own) && !allowed.includes(`!${own}`))
  const libc = process.report?.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
  return Object.entries(packages ?? {})
    .filter(([path, one]) => path && !one.link)
    .filter(([, { os, cpu }]) => fits(os, process.platform) && fits(cpu, process.arch))
    .filter(([, one]) => fits(one.libc, libc))
    .map(([path]) => path)
}

/** Shows a share: redrawn on a terminal, each tenth elsewhere. */
function showing() {
  let tenth = 0
  return (share) => {
    const full = Math.round(share * 24)
    const bar = `${'█'.repeat(full)}${'░'.repeat(24 - full)}  ${Math.floor(share * 100)} %`
    if (screen.isTTY) screen.write(`\r\x1b[2K  ${bar}`)
    else if (Math.floor(share * 10) > tenth) {
      tenth = Math.floor(share * 10)
      say(`  ${tenth * 10} %`)
    }
  }
}

/** Whether a file was written since this program began: what npm has still to take away does not count. */
function isNew(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.ctimeMs >= performance.timeOrigin
}

/** Runs npm to its end; answers its exit code and what it said. */
function install() {
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const child = npm ? spawn(process.execPath, [npm, ...args]) : spawn('npm', args)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, said: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** @returns whether the packages are there now. */
async function installShown() {
  const first = !existsSync(folder)
  const when = first ? 'only the first time' : 'they changed'
  say(`Installing packages into ${folder}/ (${when}; half a minute on a good line)…`)
  const wanted = packagesHere()
  const show = showing()
  const there = () => wanted.filter((path) => isNew(join(path, 'package.json'))).length
  const watch = setInterval(() => show(there() / Math.max(1, wanted.length)), lookEvery)
  const { code, said } = await install()
  clearInterval(watch)
  // Some that a package could do without are left out by npm.
  if (code === 0) show(1)
  if (screen.isTTY) screen.write('\n')
  if (code !== 0) say(said.trim())
  return code === 0
}

const same = existsSync(marker) && readFileSync(marker, 'utf8') === readFileSync(lockFile, 'utf8')
if (!same && (await installShown())) {
  mkdirSync(folder, { recursive: true })
  copyFileSync(lockFile, marker)
  say('The packages are installed.')
} else if (!same) {
  say(
    'The packages could not be installed; npm says why above. Nothing was started and no data was touched.\n' +
      'If the line was cut, run the same command again.',
  )
  process.exitCode = 1
}
