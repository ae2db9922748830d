// Files and folders that were dropped or chosen, as files with the folders around them.
import type { Chosen } from './uploading.svelte.ts'

/** What systems leave behind in folders and nobody means to bring. */
const litter = /^(\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/i

/** Of an input: a folder's files carry their path. */
export function fromInput(files: FileList | null): Chosen[] {
  return [...(files ?? [])]
    .filter((file) => !litter.test(file.name))
    .map((file) => ({ file, folders: file.webkitRelativePath.split('/').slice(0, -1) }))
}

/** Of a drop: folders are walked through. Must be called within the event. */
export async function fromDrop(data: DataTransfer): Promise<Chosen[]> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  if (entries.length === 0) return fromInput(data.files)
  const found: Chosen[] = []
  for (const entry of entries) await walk(entry, [], found)
  return found
}

async function walk(entry: FileSystemEntry, folders: string[], found: Chosen[]): Promise<void> {
  if (litter.test(entry.name)) return
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    )
    found.push({ file, folders })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  for (;;) {
    // A reader gives a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return
    for (const one of some) await walk(one, [...folders, entry.name], found)
  }
}
