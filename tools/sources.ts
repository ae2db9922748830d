// The repository's own source files, as git sees them (new ones included, ignored ones not).
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from './read-imports.ts'

export const root = join(import.meta.dirname, '..')

/** The paths of all files that are or would be committed. */
export function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\n'))].filter((path) => path && existsSync(join(root, path)))
}

/** All TypeScript and Svelte files with their text. */
export function sources(): SourceFile[] {
  return listFiles()
    .filter((path) => /\.(ts|svelte)$/.test(path) && !/\/generated\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
