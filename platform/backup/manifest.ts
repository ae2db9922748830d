// What a backup says of itself: one page of JSON, written last, that ties all its parts together by one hash.
import { createHash } from 'node:crypto'
import { OperatorError } from '../operator-error.ts'

/** Bytes as they were before they were compressed. */
export type Part = { bytes: number; sha256: string }

export type TableEntry = Part & {
  name: string
  /** In the order of the data; generated ones are left out. */
  columns: string[]
  rows: number
}

export type Sequence = { name: string; value: string; called: boolean }

export type Manifest = {
  /** The version of this form; a reader refuses what it does not know. */
  format: number
  /** When the snapshot was taken, as ISO 8601 in UTC. */
  at: string
  /** The version of the program that wrote it, and of the database that it read. */
  program: string
  postgres: string
  /** The names of the migrations that made these tables, in order. */
  migrations: string[]
  tables: TableEntry[]
  sequences: Sequence[]
  /** The list of files: one line "<sha256> <bytes>" for each, sorted. `missing`: hashes whose bytes nobody had. */
  files: { count: number; bytes: number; list: Part; missing: string[] }
  /** Small files that lie beside the database: keys. */
  secrets: (Part & { name: string })[]
  /** How the installation was set up, for whoever sets up the next one; nothing secret. */
  settings: Record<string, string>
}

export const format = 1

export const hashOf = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/** The manifest as it is written, with its seal. */
export function writeManifest(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, seal: hashOf(JSON.stringify(manifest)) }, null, 1)}\n`
}

/** Reads a manifest. @throws OperatorError when it is damaged or of a form that is not known. `place` is for the sentence. */
export function readManifest(text: string, place: string): Manifest {
  const found = parse(text)
  if (found && found.manifest.format !== format) {
    throw new OperatorError(
      `${place} was written by a newer Préau (form ${found.manifest.format}): update this one to read it.`,
    )
  }
  if (!found || found.seal !== hashOf(JSON.stringify(found.manifest))) {
    throw new OperatorError(`${place} is damaged: its content is not what was written.`)
  }
  return found.manifest
}

function parse(text: string): { manifest: Manifest; seal: unknown } | undefined {
  try {
    const { seal, ...manifest } = JSON.parse(text)
    return typeof manifest.format === 'number' ? { manifest, seal } : undefined
  } catch {
    return undefined
  }
}

/** Bytes of all tables together. */
export function tableBytes({ tables }: Manifest): number {
  return tables.reduce((sum, table) => sum + table.bytes, 0)
}
