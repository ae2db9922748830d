// Finds the browser in which the journeys run, and installs it where that takes no decision: on Debian as root.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The path of a Chromium on this machine: PREAU_CHROMIUM where set, else the first one on the PATH. */
export function findBrowser(): string | undefined {
  const given = process.env.PREAU_CHROMIUM
  if (given) return existsSync(given) ? given : undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path))
}

function isDebianRoot(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** The one command that would enable the journeys here. */
export const toEnable = 'sudo apt-get install -y chromium  (or set PREAU_CHROMIUM to a Chromium)'

/** A browser, installed if need be and possible; undefined when the journeys have to be skipped. */
export function browserOrInstall(say: (line: string) => void): string | undefined {
  const found = findBrowser()
  if (found || process.env.PREAU_CHROMIUM || !isDebianRoot()) return found
  say('Installing Chromium for the journeys (apt-get install chromium); this takes a minute, once.')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '--no-install-recommends', 'chromium']
  for (const args of [['update'], install]) {
    const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' })
    if (status !== 0) {
      say(`apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1) ?? ''}`)
      return undefined
    }
  }
  return findBrowser()
}
