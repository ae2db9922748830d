// Installs packages that tests need, where that takes no decision: on Debian as root.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Whether packages can be installed here without asking anybody. */
export function isDebianRoot(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** Installs packages by apt-get; gives the trouble in a sentence, or null. */
export function install(packages: string[]): string | null {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' })
    if (status !== 0) return `apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1) ?? ''}`
  }
  return null
}

const servers = [
  {
    title: 'OpenStack Swift, for the object storage',
    program: '/usr/bin/swift-proxy-server',
    packages: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object'],
  },
  { title: 'ClamAV, for the virus scanner', program: '/usr/sbin/clamd', packages: ['clamav-daemon'] },
]

/** Installs the real servers on which parts of the platform are tried; says what it does, and what stays missing. */
export function serversOrInstall(say: (line: string) => void): void {
  const missing = servers.filter(({ program }) => !existsSync(program))
  if (missing.length && isDebianRoot()) {
    say(
      `Installing by apt-get, once, in less than a minute: ${missing.map(({ title }) => title).join('; ')}.`,
    )
    const trouble = install(missing.flatMap(({ packages }) => packages))
    if (trouble) say(trouble)
  }
  for (const { title, packages } of servers.filter(({ program }) => !existsSync(program)))
    say(`No ${title}: its tests are skipped. To run them: sudo apt-get install -y ${packages.join(' ')}`)
}
