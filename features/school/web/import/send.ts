// Sends an import's file by the resumable upload, whatever happens to the line; it does not become a document.

import { untilDone } from '#feature/documents/web/patience.ts'
import { sendBytes } from '#feature/documents/web/tus.ts'

/** The upload's id once all bytes are there. `tell` hears the share that was sent. @throws {Refusal} */
export async function sendImport(file: File, tell: (share: number) => void): Promise<string> {
  let url: string | null = null
  let sent = 0
  const address = await untilDone(
    (moved) =>
      sendBytes(file, {
        url,
        onUrl: (at) => {
          url = at
        },
        onBytes: (bytes, total) => {
          if (bytes > sent) moved()
          sent = bytes
          tell(bytes / total)
        },
      }),
    {},
  )
  return decodeURIComponent(address.split('/').at(-1) ?? '')
}
