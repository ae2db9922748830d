// The manifest of a OneRoster export: which version it speaks, which files it brings and how, and who made it.
import { Refused } from '#platform/refusal'
import type { Problems } from '../problem-rules.ts'
import { type ImportedFile, importedFiles, type Mode, otherFiles, type Version } from './column-rules.ts'

export type Manifest = {
  version: Version
  /** The system that made the export (source.systemName). */
  source: string
  modes: Record<ImportedFile, Mode>
}

/** The name under which the people of an export are kept that does not say who made it. */
export const unnamedSource = 'oneroster'

const modeOf = (text: string | undefined): Mode | undefined =>
  text && ['bulk', 'delta', 'absent'].includes(text.toLowerCase()) ? (text.toLowerCase() as Mode) : undefined

/** Properties by name, lower case; the first one counts. The header row is not among them. */
export function propertiesOf(rows: readonly string[][]): Map<string, string> {
  const properties = new Map<string, string>()
  for (const [name = '', value = ''] of rows) {
    const key = name.trim().toLowerCase()
    if (key && key !== 'propertyname' && !properties.has(key)) properties.set(key, value.trim())
  }
  return properties
}

function versionOf(properties: Map<string, string>): Version {
  const version = properties.get('oneroster.version') ?? ''
  const known = /^v?(1\.[12])(\.\d+)?$/i.exec(version)?.[1]
  if (!known)
    throw new Refused('directory.version-unknown', { file: 'manifest.csv', value: version.slice(0, 20) })
  return known as Version
}

/**
 * What the manifest says, held against the files that are there (their names without ".csv"). `named` overrides the
 * name of the source.
 * @throws directory.version-unknown, manifest-invalid, file-missing
 */
export function readManifest(
  rows: readonly string[][],
  present: ReadonlySet<string>,
  problems: Problems,
  named?: string,
): Manifest {
  const properties = propertiesOf(rows)
  if (properties.size === 0) throw new Refused('directory.manifest-invalid', { file: 'manifest.csv' })
  const version = versionOf(properties)
  const modes = {} as Record<ImportedFile, Mode>
  for (const file of importedFiles) {
    modes[file] = 'absent'
    if (file === 'roles' && version === '1.1') continue
    modes[file] = modeFor(file, properties, present, problems)
  }
  if (Object.values(modes).every((mode) => mode === 'absent')) {
    throw new Refused('directory.file-missing', { file: 'users.csv' })
  }
  for (const file of present) noteOther(file, version, properties, problems)
  return { version, source: named ?? sourceOf(properties, problems), modes }
}

function modeFor(
  file: string,
  properties: Map<string, string>,
  present: ReadonlySet<string>,
  problems: Problems,
): Mode {
  const said = properties.get(`file.${file.toLowerCase()}`)
  const mode = modeOf(said)
  if (said && !mode) {
    throw new Refused('directory.manifest-invalid', { file: 'manifest.csv', column: `file.${file}` })
  }
  const here = present.has(file)
  if (mode && mode !== 'absent' && !here) throw new Refused('directory.file-missing', { file: `${file}.csv` })
  if ((!mode || mode === 'absent') && here) problems.note('file-undeclared', `${file}.csv`)
  return mode ?? 'absent'
}

function noteOther(
  file: string,
  version: Version,
  properties: Map<string, string>,
  problems: Problems,
): void {
  if (file === 'manifest' || (importedFiles as readonly string[]).includes(file)) {
    if (file === 'roles' && version === '1.1') problems.note('file-not-ours', 'roles.csv')
    return
  }
  if (file === 'demographics') return problems.note('demographics-ignored', 'demographics.csv')
  const known = otherFiles.includes(file) || properties.has(`file.${file.toLowerCase()}`)
  problems.note(known ? 'file-not-imported' : 'file-not-ours', `${file}.csv`)
}

function sourceOf(properties: Map<string, string>, problems: Problems): string {
  const name = (properties.get('source.systemname') ?? '').slice(0, 255)
  // Some exporters write "absent" here as they do for files.
  if (name && name.toLowerCase() !== 'absent') return name
  problems.note('source-unnamed', 'manifest.csv', 'source.systemName', undefined, unnamedSource)
  return unnamedSource
}
