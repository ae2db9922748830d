// The web shell that this door hands out: read at start, and anew when a build has written another one.
import { unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '#platform/log'
import type { Security } from '../answer/security.ts'
import { type Asset, type Assets, compressAll, readAssets } from './folder.ts'

export type Shell = {
  /** A file of the folder; also one of the build before, since open pages still ask for its parts. */
  file(path: string): Asset | undefined
  /** The page for every address of the web app; undefined while there is no build. */
  page(): Asset | undefined
  reload(): Promise<void>
  close(): void
}

const pagePath = '/index.html'
const lookEveryMs = 1000
const settleMs = 2000

/** Reads the folder and watches its page, whose content changes with every build. */
export async function openShell(folder: string, security: Security, log: Log): Promise<Shell> {
  let current: Assets = new Map()
  let previous: Assets = new Map()
  let closed = false

  async function reload(): Promise<void> {
    try {
      const next = await readAssets(folder, security, current)
      // A build in progress: what we have is better than half of the next.
      if (!next.has(pagePath) && current.has(pagePath)) return
      const changed = next.get(pagePath)?.etag !== current.get(pagePath)?.etag
      if (changed) previous = current
      current = next
      void compressAll(next, () => closed || current !== next).catch((error) =>
        log.error({ err: error }, 'the web shell could not be compressed further'),
      )
      if (changed) log.info({ files: next.size }, 'the web shell is read')
    } catch (error) {
      log.error({ err: error }, 'the web shell could not be read; the one before stays')
    }
  }

  await reload()
  if (!current.has(pagePath)) log.warn('there is no web shell yet: build it with npm run -s preau -- start')
  const page = join(folder, pagePath)
  let later: NodeJS.Timeout | undefined
  watchFile(page, { interval: lookEveryMs, persistent: false }, () => {
    void reload()
    // Once more, for files that were still being written.
    clearTimeout(later)
    later = setTimeout(() => void reload(), settleMs).unref()
  })
  return {
    file: (path) => current.get(path) ?? (path.startsWith('/assets/') ? previous.get(path) : undefined),
    page: () => current.get(pagePath),
    reload,
    close() {
      closed = true
      clearTimeout(later)
      unwatchFile(page)
    },
  }
}
