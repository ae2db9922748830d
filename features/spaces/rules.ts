// Pure decisions about documents: names, places, who may change what. The pages grey out with the same.
import { isId, type NodeId } from '#platform/ids'
import { cleanLine, folded } from '#platform/text'
import type { RightLevel } from './contract.ts'

/** Folders in folders, at most. */
export const deepest = 20
/** Nodes in one folder, at most: what a list shows without being searched. */
export const mostInFolder = 5_000
/** Nodes that one copy or one archive holds, at most. */
export const mostAtOnce = 5_000
/** Days in the trash before something is deleted for good. */
export const daysInTrash = 30

/** Folders that are made in one request, at most: as the contract's `FolderPaths`. */
export const mostFolders = 500

const longestName = 200

/**
 * A name as it is kept: one line, composed (NFC), without separators of paths; longer ones are cut before their ending.
 * Empty when nothing is left of it.
 */
export function nodeName(given: string): string {
  const clean = cleanLine(given.normalize('NFC')).replaceAll(/[/\\]/g, '-')
  if (/^\.*$/.test(clean)) return ''
  const letters = Array.from(clean)
  if (letters.length <= longestName) return clean
  const ending = /\.[^.\s]{1,10}$/u.exec(clean)?.[0] ?? ''
  return letters.slice(0, longestName - ending.length).join('') + ending
}

/** Two names with the same key are one name: those that differ by case alone would meet on the computers they go to. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** What a search compares: without case and accents. */
export function nameFold(text: string): string {
  return folded(text.normalize('NFKD')).replaceAll(/[’‘]/g, "'")
}

/** The name itself, or with the first free number before its ending; `taken` are keys. */
export function nameBeside(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.\s]{1,10})?$/su.exec(name) ?? []
  let found = name
  for (let n = 2; taken.has(nameKey(found)); n++) found = `${stem} (${n})${ending}`
  return found
}

export type SpaceName = { kind: 'own' | 'class' | 'staff'; id: string }

/** What a place names: a space by its key, or a folder by its id. */
export function readPlace(place: string): SpaceName | { folder: NodeId } | null {
  if (isId(place)) return { folder: place as NodeId }
  const [kind = '', id = '', ...more] = place.split('.')
  if (more.length > 0) return null
  return (kind === 'own' || kind === 'class' || kind === 'staff') && isId(id) ? { kind, id } : null
}

/** What somebody may do with a node, and with what it lies in (see `rightOn`). */
export type Rights = { right: number; around: number; mine: boolean }

/** Renaming, moving and putting into the trash ask for a right where the node lies: a shared folder stays where it is. */
export function mayChange({ right, around, mine }: Rights): boolean {
  return around >= 3 || (right >= 2 && around >= 2 && mine)
}

/** Taking it out of its space takes it from whoever has it there. */
export function mayTakeAway(rights: Rights): boolean {
  return rights.around === 4 || (mayChange(rights) && rights.mine)
}

/** A new version of a file, or an older one again. */
export function mayWrite({ right, mine }: Pick<Rights, 'right' | 'mine'>): boolean {
  return right >= 3 || (right >= 2 && mine)
}

/** Adding something to a folder or a space. */
export function mayAdd(right: number): boolean {
  return right >= 2
}

export type PlaceFacts = {
  id: NodeId | null
  path: readonly NodeId[]
  isDropBox: boolean
  /** Nodes in it. */
  size: number
}

/** Why nodes cannot come into a place, or null. `height`: folders in folders that one of them holds, itself included. */
export function obstacleToComing(
  to: PlaceFacts,
  coming: readonly { id: NodeId; isFolder: boolean; height: number }[],
): 'space.into-itself' | 'space.too-deep' | 'space.files-only' | 'space.folder-full' | null {
  const around = to.id ? [...to.path, to.id] : []
  if (coming.some(({ id }) => around.includes(id))) return 'space.into-itself'
  if (to.isDropBox && coming.some(({ isFolder }) => isFolder)) return 'space.files-only'
  const height = Math.max(0, ...coming.map((node) => node.height))
  if (around.length + height > deepest) return 'space.too-deep'
  return to.size + coming.length > mostInFolder ? 'space.folder-full' : null
}

/** A right as the wire has it. */
export const rightLevel = (right: number): RightLevel => Math.min(4, Math.max(1, right)) as RightLevel
