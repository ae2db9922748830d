// Sends one file, whatever happens to the line: known bytes are not sent twice, a cut is waited out, and a reload goes
// on where the server has got to.
import { api, askToSignIn, Refusal } from '#web/api.ts'
import { exactNow } from '#web/clock.svelte.ts'
import { keep, kept } from '#web/keep.ts'
import type { Claim, FileRef, Known } from '../contract.ts'
import { sha256Of } from './hash.ts'
import { untilDone } from './patience.ts'

/** The server forgets an unfinished upload after 48 hours. */
const lifetime = 47 * 3_600_000

export type Progress = {
  sent: number
  total: number
  /** The line is cut or the workspace away: it goes on by itself. */
  waiting: boolean
}

export type UploadOptions = {
  onProgress?: (progress: Progress) => void
  /** Aborting also makes the server forget what it has got. */
  signal?: AbortSignal
  /** Names this file across a reload; by default its name, size and date. */
  fingerprint?: string
  /** It is for a hand-in, which has room of its own. */
  forHandIn?: boolean
}

type Begun = Record<string, { url: string; at: number }>

function begun(): Begun {
  const list = Object.entries(kept<Begun>('uploads') ?? {})
  return Object.fromEntries(list.filter(([, { at }]) => exactNow() - at < lifetime))
}

function note(fingerprint: string, url: string | null): void {
  const { [fingerprint]: _, ...others } = begun()
  keep('uploads', url ? { ...others, [fingerprint]: { url, at: exactNow() } } : others)
}

async function knownAlready(file: File, forHandIn: boolean): Promise<FileRef | null> {
  const sha256 = await sha256Of(file)
  if (!sha256) return null
  try {
    const known = { sha256, name: file.name, forHandIn } satisfies Known
    return (await api<FileRef | undefined>('POST', '/api/files/known', known)) ?? null
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) throw error
    return null // unknown, or no line to ask: then it is sent
  }
}

/**
 * Sends a file and answers with what it became. Never gives up for want of a line. @throws {Refusal} of the documents'
 * contract, `file.unreadable`, or the signal's reason.
 */
export async function uploadFile(file: File, options: UploadOptions = {}): Promise<FileRef> {
  const { onProgress, signal, forHandIn = false } = options
  const fingerprint = options.fingerprint ?? `${file.name} ${file.size} ${file.lastModified}`
  if (file.size === 0) throw new Refusal('file.empty', 422)
  let sent = 0
  const tell = (waiting: boolean) => onProgress?.({ sent, total: file.size, waiting })
  const known = begun()[fingerprint] ? null : await knownAlready(file, forHandIn)
  signal?.throwIfAborted()
  if (known) return known
  const { sendBytes } = await untilDone(() => import('./tus.ts').catch(missing), { signal })
  try {
    const fileRef = await untilDone(
      async (moved) => {
        const url = await sendBytes(file, {
          forHandIn,
          url: begun()[fingerprint]?.url ?? null,
          onUrl: (address) => note(fingerprint, address),
          onBytes: (bytes) => {
            if (bytes > sent) moved()
            sent = bytes
            tell(false)
          },
          signal,
        })
        return await claimed(url, fingerprint, signal)
      },
      { signal, waiting: () => tell(true) },
    )
    note(fingerprint, null)
    return fileRef
  } catch (error) {
    if (error instanceof Refusal && error.code === 'session.needed') askToSignIn()
    else note(fingerprint, null)
    throw error
  }
}

async function claimed(url: string, fingerprint: string, signal?: AbortSignal): Promise<FileRef> {
  const claim: Claim = { upload: decodeURIComponent(url.split('/').at(-1) ?? '') }
  try {
    return await api<FileRef>('POST', '/api/files', claim, { signal })
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 404)) throw error
    // The server has let go of the bytes meanwhile: they are sent once more.
    note(fingerprint, null)
    throw new Refusal('offline', 0)
  }
}

/** The sending code itself could not be fetched: that is a cut line, too. */
function missing(): never {
  throw new Refusal('offline', 0)
}
