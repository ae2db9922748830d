// What the pages ask of the spaces, and how nodes are ordered and drawn.
import { fileAddress, heaviest, isPicture, kindIcons, kindOf } from '#feature/documents/web/kinds.ts'
import { folder as folderIcon } from '#web/components/icons.ts'
import { language } from '#web/texts/language.svelte.ts'
import type { Node, NodeFile } from '../contract.ts'
import { spaceTexts } from './texts.ts'

export type Sort = 'name' | 'date' | 'size'

/** Folders first; names as French (or English) orders them, numbers by their value. Copies the list. */
export function sorted<N extends Node>(nodes: readonly N[], sort: Sort): N[] {
  const collator = new Intl.Collator(language(), { numeric: true })
  const byName = (a: Node, b: Node) => collator.compare(a.name, b.name)
  const by = {
    name: byName,
    date: (a: Node, b: Node) =>
      a.changedAt < b.changedAt ? 1 : a.changedAt > b.changedAt ? -1 : byName(a, b),
    size: (a: Node, b: Node) => (b.file?.bytes ?? 0) - (a.file?.bytes ?? 0) || byName(a, b),
  }[sort]
  return [...nodes].sort((a, b) => Number(Boolean(a.file)) - Number(Boolean(b.file)) || by(a, b))
}

/** The drawing of a node. */
export function iconOf(node: Node): string {
  return node.file ? kindIcons[kindOf(node.file.type)] : folderIcon
}

/** How a file stands with the virus scanner; of one set aside, what was found. Empty for what is served as usual. */
export function scanText({ scan, found }: NodeFile): string {
  if (!scan) return ''
  return scan === 'infected' ? spaceTexts().setAside(found?.finding ?? '') : spaceTexts().scan[scan]
}

/** Where a small picture of a file is read; empty for what has none. */
export function pictureOf({ file }: Node): string {
  const light = file && !file.scan && isPicture(file) && (file.view || file.bytes < heaviest / 4)
  return light ? fileAddress({ id: file.id, name: 'x' }, file.view) : ''
}

/** Where the bytes of a file are read. */
export function addressOf(node: Node, view = false): string {
  return fileAddress({ id: node.file?.id ?? '', name: node.name }, view)
}

/** Where these come as one archive. */
export function archiveAddress(nodes: readonly Node[]): string {
  return `/files/spaces/documents.zip?nodes=${nodes.map(({ id }) => id).join()}&lang=${language()}`
}

/** More than an address takes; a folder as a whole is always possible. */
export const mostInArchive = 200

/** A file that this device makes when it is to be kept. */
export type MadeHere = { id: string; name: string; make: () => Promise<Blob> }
