// Files that have not reached the server yet, kept on this device so that a reload (or a phone that closes the page)
// does not lose a photo. Erased with everything else on signing out: see web/keep.ts, which knows the store's name.
import { bulkStore } from '#web/keep.ts'

const largest = 100 * 1024 * 1024
const table = 'files'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(bulkStore, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(table)
    asked.onerror = () => reject(asked.error)
    asked.onsuccess = () => resolve(asked.result)
  })
}

async function use<T>(
  mode: IDBTransactionMode,
  work: (files: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  try {
    const database = await open()
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(table, mode)
      const request = work(transaction.objectStore(table))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    }).finally(() => database.close())
  } catch {
    return null // private windows and full devices: then a reload asks for the file again
  }
}

/** Keeps a file under a name; large ones are not kept. */
export async function keepFile(name: string, file: File): Promise<void> {
  if (file.size <= largest) await use('readwrite', (files) => files.put(file, name))
}

/** The file kept under a name, if it is still there. */
export async function keptFile(name: string): Promise<File | null> {
  const found = await use<unknown>('readonly', (files) => files.get(name))
  return found instanceof File ? found : null
}

/** The names under which files are kept that begin so. */
export async function keptNames(beginning: string): Promise<string[]> {
  const range = IDBKeyRange.bound(beginning, `${beginning}\uffff`)
  return ((await use('readonly', (files) => files.getAllKeys(range))) ?? []).map(String)
}

export async function dropFile(name: string): Promise<void> {
  await use('readwrite', (files) => files.delete(name))
}
