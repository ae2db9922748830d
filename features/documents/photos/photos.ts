// Makes upright views of photos in a child process with bounded memory and time, one at a time: a hostile image costs
// its sender the view, and nobody anything else.
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { LRUCache } from 'lru-cache'
import { runBounded } from '#platform/bounded'

const program = fileURLToPath(new URL('./upright.ts', import.meta.url))
const secondsPerPhoto = 20
const largestView = 40 * 1024 * 1024
const mostWaiting = 60
const mostWaitingOfOne = 20

export type Photo = {
  kind: 'jpeg' | 'heic'
  sha256: string
  /** Whoever sends many waits for them alone: between two of theirs comes one of everybody else's. */
  sender: string
  bytes: () => Readable
}

export type Photos = {
  /** The upright JPEG of a photo, or null when it cannot be made: damaged, hostile, too large, or too many wait. */
  upright(photo: Photo): Promise<Buffer | null>
}

type Waiting = { photo: Photo; done: (view: Buffer | null) => void }

/** Photos that wait for their turn: each sender's in order, the senders by turns. */
function openLine() {
  const lines = new Map<string, Waiting[]>()
  let size = 0
  return {
    /** Whether there was room. */
    join(one: Waiting): boolean {
      const line = lines.get(one.photo.sender) ?? []
      if (size >= mostWaiting || line.length >= mostWaitingOfOne) return false
      lines.set(one.photo.sender, line)
      line.push(one)
      size++
      return true
    },
    next(): Waiting | undefined {
      const [first] = lines
      if (!first) return undefined
      const [sender, line] = first
      lines.delete(sender)
      const one = line.shift()
      if (line.length > 0) lines.set(sender, line)
      size--
      return one
    },
  }
}

/** The maker of upright views. */
export function openPhotos(): Photos {
  const line = openLine()
  const making = new Map<string, Promise<Buffer | null>>()
  // What could not be made is not tried again at every claim.
  const hopeless = new LRUCache<string, true>({ max: 1000, ttl: 3_600_000 })
  let working = false

  async function make({ kind, sha256, bytes }: Photo): Promise<Buffer | null> {
    const view = await runBounded(program, [kind], bytes(), { seconds: secondsPerPhoto, most: largestView })
    if (!view) hopeless.set(sha256, true)
    return view
  }

  async function work(): Promise<void> {
    if (working) return
    working = true
    // A process that cannot even be started costs this one photo its view, not those that wait behind it.
    for (let one = line.next(); one; one = line.next()) one.done(await make(one.photo).catch(() => null))
    working = false
  }

  return {
    upright(photo) {
      const { sha256 } = photo
      if (hopeless.has(sha256)) return Promise.resolve(null)
      const same = making.get(sha256)
      if (same) return same
      const { promise, resolve } = Promise.withResolvers<Buffer | null>()
      if (!line.join({ photo, done: resolve })) return Promise.resolve(null)
      making.set(sha256, promise)
      void promise.then(() => making.delete(sha256))
      void work()
      return promise
    },
  }
}
