// Bytes on their way: one upload by tus 1.0, tried once from where the server has got to. Comes with the first file.
import { type DetailedError, Upload } from 'tus-js-client'
import { Refusal } from '#web/api.ts'
import { exactNow } from '#web/clock.svelte.ts'
import { saw } from '#web/connection.svelte.ts'

/** A line that moves nothing for this long is as good as cut. */
const stalledAfter = 45_000

function refusalOf(error: Error | DetailedError): Refusal {
  const answer = 'originalResponse' in error ? error.originalResponse : null
  const status = answer?.getStatus() ?? 0
  if (!answer || status === 0) {
    const asked = 'originalRequest' in error && error.originalRequest
    // Without a request it was the file that could not be read, not the line.
    if (!asked) return new Refusal('file.unreadable', 422)
    saw('offline')
    return new Refusal('offline', 0)
  }
  let code = status >= 500 ? 'workspace.away' : 'unexpected'
  try {
    code = JSON.parse(answer.getBody()).code ?? code
  } catch {}
  const seconds = Number(answer.getHeader('retry-after')) || undefined
  return new Refusal(code, status, { seconds })
}

export type Attempt = {
  /** Where an earlier try put it, if there was one. */
  url: string | null
  forHandIn?: boolean
  onUrl: (url: string) => void
  onBytes: (sent: number, total: number) => void
  signal?: AbortSignal
}

/** Sends what is missing; gives the upload's address. @throws {Refusal} */
export function sendBytes(file: File, attempt: Attempt): Promise<string> {
  return new Promise((resolve, reject) => {
    let moved = exactNow()
    const { signal } = attempt
    const upload = new Upload(file, {
      endpoint: '/api/uploads',
      uploadUrl: attempt.url,
      metadata: { filename: file.name, ...(attempt.forHandIn ? { purpose: 'hand-in' } : {}) },
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => upload.url && attempt.onUrl(upload.url),
      onProgress: (sent, total) => {
        moved = exactNow()
        attempt.onBytes(sent, total ?? file.size)
      },
      onError: (error) => end(() => reject(refusalOf(error))),
      onSuccess: () => end(() => resolve(upload.url ?? '')),
    })
    const watch = setInterval(() => {
      if (exactNow() - moved < stalledAfter) return
      end(() => reject(new Refusal('offline', 0)))
      void upload.abort(false).catch(() => {})
    }, 5_000)
    const stop = () => {
      end(() => reject(signal?.reason))
      void upload.abort(true).catch(() => {})
    }
    const end = (then: () => void) => {
      clearInterval(watch)
      signal?.removeEventListener('abort', stop)
      then()
    }
    signal?.addEventListener('abort', stop)
    upload.start()
  })
}
