// Files and folders that were dropped or chosen, as files with the folders around them.
import type { Chosen } from './uploading.svelte.ts'

/** What comes in one go: files, folders with nothing in them (each with those around it), and names that cannot be read. */
export type Brought = { files: Chosen[]; empty: string[][]; unread: string[] }

/** What systems leave behind in folders and nobody means to bring. */
const litter = /^(\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/i

/** Of an input: a folder's files carry their path; of empty folders browsers tell nothing. */
export function fromInput(files: FileList | null): Brought {
  const found = [...(files ?? [])]
    .filter((file) => !litter.test(file.name))
    .map((file) => ({ file, folders: file.webkitRelativePath.split('/').slice(0, -1) }))
  return { files: found, empty: [], unread: [] }
}

/** Of a drop: folders are walked through. Must be called within the event. */
export async function fromDrop(data: DataTransfer): Promise<Brought> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  if (entries.length === 0) return fromInput(data.files)
  const found: Brought = { files: [], empty: [], unread: [] }
  for (const entry of entries) await walk(entry, [], found)
  return found
}

/** What cannot be read is named, and keeps nothing else from coming. */
async function walk(entry: FileSystemEntry, folders: string[], found: Brought): Promise<void> {
  if (litter.test(entry.name)) return
  try {
    if (entry.isFile) {
      found.files.push({ file: await fileOf(entry as FileSystemFileEntry), folders })
      return
    }
    const inside = await listOf((entry as FileSystemDirectoryEntry).createReader())
    const path = [...folders, entry.name]
    if (inside.every(({ name }) => litter.test(name))) found.empty.push(path)
    for (const one of inside) await walk(one, path, found)
  } catch {
    found.unread.push(entry.name)
  }
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject))

async function listOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    // A reader gives a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
