// What belongs to this installation and has to come back with it: its database, its files, and the keys that lie beside.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Source } from '#platform/backup/back-up'
import type { Config } from '#platform/config'
import { openFiles } from '../ctx.ts'

/** Files at the top of the data folder that are keys: what doors show the workspace, and what may come to it. */
const isSecret = (name: string) => name.endsWith('.secret')

/** All that a backup of this installation holds, with its database at `url`. */
export async function sourceOf(config: Config, url: string): Promise<Source> {
  return {
    url,
    files: await openFiles(config),
    fileTable: 'file',
    secrets: await readSecrets(config.data),
    settings: settingsOf(process.env),
    program: await programVersion(),
  }
}

async function readSecrets(data: string): Promise<Source['secrets']> {
  const entries = await readdir(data, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile() && isSecret(entry.name)).map(({ name }) => name)
  return Promise.all(names.sort().map(async (name) => ({ name, data: await readFile(join(data, name)) })))
}

/** The settings that whoever restores on another machine wants to see again; those that hold secrets are only named. */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (!value || !(name.startsWith('PREAU_') || name === 'DATABASE_URL') || name === 'PREAU_CHILD') continue
    settings[name] = isPrivate(name, value) ? '(kept secret)' : value
  }
  return settings
}

function isPrivate(name: string, value: string): boolean {
  if (name === 'PREAU_TLS_KEY') return false // the path of a file
  return /SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL/.test(name) || /\/\/[^/]*@/.test(value)
}

async function programVersion(): Promise<string> {
  const page = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(page) as { version: string }).version
}
