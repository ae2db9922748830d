// The pages that are being photographed: kept on this device with their corners, so that a reload loses nothing.
import { newId } from '#platform/ids'
import { exactNow } from '#web/clock.svelte.ts'
import { keep, kept } from '#web/keep.ts'
import type { Look } from '../../scanning/cleaning-rules.ts'
import type { Quad } from '../../scanning/geometry-rules.ts'
import { pdfOf } from '../../scanning/pdf-rules.ts'
import { dropFile, keepFile, keptFile } from '../kept-files.ts'
import { type Made, makePage, takeIn } from './workshop.ts'

type Setting = { quad: Quad; turn: number; look: Look }
export type ScannedPage = Setting & {
  id: string
  photo: File
  made: (Made & { url: string }) | null
  failed?: boolean
}
type Kept = Setting & { id: string }

const nameOf = (id: string) => `scan.${id}`

/** The pages of one hand-in. */
export function openPages(keepAs: string) {
  let pages = $state.raw<readonly ScannedPage[]>([])
  let busy = $state(0)

  function save(): void {
    const list = pages.map(({ id, quad, turn, look }): Kept => ({ id, quad, turn, look }))
    keep(`scan.${keepAs}`, list.length ? list : null)
  }
  function change(id: string, by: Partial<ScannedPage>): void {
    pages = pages.map((page) => (page.id === id ? { ...page, ...by } : page))
  }

  async function make(id: string): Promise<void> {
    const page = pages.find((one) => one.id === id)
    if (!page) return
    const { quad, turn, look } = page
    busy++
    try {
      const made = await makePage(page.photo, { quad, turn, look })
      const now = pages.find((one) => one.id === id)
      // Meanwhile it may have been changed again, or removed.
      if (!now || now.quad !== quad || now.turn !== turn || now.look !== look) return
      if (now.made) URL.revokeObjectURL(now.made.url)
      change(id, { made: { ...made, url: URL.createObjectURL(made.blob) }, failed: false })
    } catch {
      change(id, { failed: true })
    } finally {
      busy--
    }
  }

  function forget(page: ScannedPage): void {
    if (page.made) URL.revokeObjectURL(page.made.url)
    void dropFile(nameOf(page.id))
  }

  return {
    get pages() {
      return pages
    },
    /** Whether something is being made. */
    get busy() {
      return busy > 0
    },
    /** Takes photos in, in their order; `instead` of a page when it is retaken. Answers with the names it cannot read. */
    async add(photos: readonly File[], instead?: string): Promise<string[]> {
      const unreadable: string[] = []
      for (const source of photos) {
        busy++
        try {
          const { photo, quad } = await takeIn(source)
          const file = new File([photo], 'page.jpg', { type: 'image/jpeg' })
          const before = pages.find(({ id }) => id === instead)
          const id = newId<never>(exactNow()) as string
          const page: ScannedPage = {
            id,
            photo: file,
            quad,
            turn: 0,
            look: before?.look ?? 'grey',
            made: null,
          }
          await keepFile(nameOf(id), file)
          pages = before ? pages.map((one) => (one.id === before.id ? page : one)) : [...pages, page]
          if (before) forget(before)
          save()
          void make(id)
        } catch {
          unreadable.push(source.name)
        } finally {
          busy--
        }
      }
      return unreadable
    },
    set(id: string, setting: Partial<Setting>): void {
      change(id, setting)
      save()
      void make(id)
    },
    move(id: string, by: number): void {
      const from = pages.findIndex((page) => page.id === id)
      const to = from + by
      const page = pages[from]
      if (!page || to < 0 || to >= pages.length) return
      const rest = pages.filter((one) => one.id !== id)
      pages = [...rest.slice(0, to), page, ...rest.slice(to)]
      save()
    },
    /** Takes a page out; the returned function puts it back. */
    remove(id: string): () => void {
      const at = pages.findIndex((page) => page.id === id)
      const page = pages[at]
      if (!page) return () => undefined
      pages = pages.filter((one) => one.id !== id)
      save()
      void dropFile(nameOf(id))
      return () => {
        void keepFile(nameOf(id), page.photo)
        pages = [...pages.slice(0, at), page, ...pages.slice(at)]
        save()
      }
    },
    /** Takes up what an earlier visit left. */
    async restore(): Promise<void> {
      for (const setting of kept<Kept[]>(`scan.${keepAs}`) ?? []) {
        const photo = await keptFile(nameOf(setting.id))
        if (!photo || pages.some(({ id }) => id === setting.id)) continue
        pages = [...pages, { ...setting, photo, made: null }]
        void make(setting.id)
      }
    },
    /** All pages as one PDF. @throws when one of them could not be made */
    async toPdf(name: string): Promise<File> {
      const ready: { jpeg: Uint8Array; width: number; height: number }[] = []
      for (const page of pages) {
        const { blob, width, height } = page.made ?? (await makePage(page.photo, page))
        ready.push({ jpeg: new Uint8Array(await blob.arrayBuffer()), width, height })
      }
      return new File([pdfOf(ready) as Uint8Array<ArrayBuffer>], name, { type: 'application/pdf' })
    },
    /** Forgets them all: they were handed on. */
    clear(): void {
      for (const page of pages) forget(page)
      pages = []
      save()
    },
    /** Frees what the screen held; what is kept stays. */
    close(): void {
      for (const { made } of pages) if (made) URL.revokeObjectURL(made.url)
    },
  }
}
