// Finds the browsers in which the journeys run, and installs them where that takes no decision: on Debian as root.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { install, isDebianRoot } from './debian.ts'

/** All journeys run in Chromium; the daily ones in Firefox and WebKit too. */
export type BrowserName = 'chromium' | 'firefox' | 'webkit'

type Kind = { title: string; setting: string; programs: string[]; packages: string[]; inside?: string[] }

const kinds: Record<BrowserName, Kind> = {
  chromium: {
    title: 'Chromium',
    setting: 'PREAU_CHROMIUM',
    programs: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    packages: ['chromium'],
  },
  firefox: {
    title: 'Firefox',
    setting: 'PREAU_FIREFOX',
    programs: ['firefox-esr', 'firefox'],
    packages: ['firefox-esr'],
  },
  webkit: {
    title: 'WebKit',
    setting: 'PREAU_WEBKIT',
    // The browser itself is no command: its driver is, and starts it from WebKit's own folder.
    programs: ['MiniBrowser'],
    packages: ['webkit2gtk-driver', 'xvfb'],
    inside: ['webkit2gtk-4.1', 'webkitgtk-6.0'],
  },
}

function libraryFolders(names: string[]): string[] {
  const below = existsSync('/usr/lib') ? readdirSync('/usr/lib') : []
  return below
    .filter((name) => name.endsWith('-linux-gnu'))
    .flatMap((a) => names.map((b) => join('/usr/lib', a, b)))
}

/** The path of a browser on this machine: its setting where given, else the first one on the PATH. */
export function findBrowser(name: BrowserName): string | undefined {
  const { setting, programs, inside = [] } = kinds[name]
  const given = process.env[setting]
  if (given) return existsSync(given) ? given : undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', ...libraryFolders(inside)]
  return folders.flatMap((folder) => programs.map((p) => join(folder, p))).find((path) => existsSync(path))
}

/** The one command that would enable the journeys in a browser that is not here. */
export function toEnable(name: BrowserName): string {
  const { title, setting, packages } = kinds[name]
  return `sudo apt-get install -y ${packages.join(' ')}  (or set ${setting} to a ${title})`
}

/**
 * The browsers that are here once those that are missing were installed, where that is possible: setting and path.
 * Says what it installs, and how to enable what stays missing.
 */
export function browsersOrInstall(say: (line: string) => void): Record<string, string> {
  const names = Object.keys(kinds) as BrowserName[]
  const missing = names.filter((name) => !findBrowser(name) && !process.env[kinds[name].setting])
  if (missing.length && isDebianRoot()) {
    const titles = missing.map((name) => kinds[name].title).join(', ')
    say(`Installing ${titles} for the journeys by apt-get; this takes a minute or two, once.`)
    const trouble = install(missing.flatMap((name) => kinds[name].packages))
    if (trouble) say(trouble)
  }
  const found: Record<string, string> = {}
  for (const name of names) {
    const path = findBrowser(name)
    if (path) found[kinds[name].setting] = path
    else say(`No ${kinds[name].title} here: its journeys are skipped. To run them: ${toEnable(name)}`)
  }
  return found
}
