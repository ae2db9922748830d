// How folders and files are laid out in an archive. Pure.
import type { NodeId } from '#platform/ids'
import { type ArchivePaths, safeFileName } from '#platform/text'

export type Packed<Kind> = {
  id: NodeId
  parentId: NodeId | null
  name: string
  author: string | null
  file: Kind | null
}

export type ArchiveEntry<Kind> = { path: string; file: Kind | null }

/**
 * What stands in the archive, at paths of its own: folders come before what lies in them, `author` is put before the name
 * of what pupils handed in. What is listed without its folder stands at the top.
 */
export function archiveEntries<Kind>(
  nodes: readonly Packed<Kind>[],
  paths: ArchivePaths,
): ArchiveEntry<Kind>[] {
  const folders = new Map<NodeId | null, string>()
  return nodes.map(({ id, parentId, name, author, file }) => {
    const path = paths.take(folders.get(parentId) ?? '', author ? `${author} - ${name}` : name)
    if (!file) folders.set(id, `${path}/`)
    return { path, file }
  })
}

export type Language = 'fr' | 'en'

const words = {
  fr: {
    name: 'Documents',
    missing: 'Fichiers manquants.txt',
    told: 'Ces fichiers n’ont pas pu être lus et manquent dans cette archive :',
  },
  en: {
    name: 'Documents',
    missing: 'Missing files.txt',
    told: 'These files could not be read and are missing from this archive:',
  },
}

/** What the archive is called: as the one thing in it, else "Documents". */
export function archiveName(names: readonly string[], language: Language): string {
  return `${safeFileName(names.length === 1 ? (names[0] ?? '') : words[language].name)}.zip`
}

/** The text that tells of files that are not there. */
export function missingText(paths: readonly string[], language: Language): { name: string; text: string } {
  const { missing, told } = words[language]
  return { name: missing, text: `${told}\r\n\r\n${paths.map((path) => `- ${path}`).join('\r\n')}\r\n` }
}
