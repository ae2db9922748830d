// A client of ClamAV's clamd: bytes are sent to it as a stream (INSTREAM, clamd(8)), so that it needs no access to the
// store and may stand on another machine.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'

export type ClamdAddress = { path: string } | { host: string; port: number }

/** What a scanner says: nothing found, what it found in its own words, or that it does not take files of this size. */
export type Verdict = { kind: 'clean' } | { kind: 'infected'; finding: string } | { kind: 'too-large' }

export type Antivirus = {
  /** @throws ScannerAway when there is no answer that can be used; the reader's own error when the bytes cannot be read. */
  scan(bytes: Readable): Promise<Verdict>
}

/** The scanner does not answer, or answers that it is not able to. */
export class ScannerAway extends Error {}

// A large archive takes clamd up to its own MaxScanTime, two minutes by default.
const silence = 180_000
const pieceBytes = 64 * 1024

/** The scanner at an address. Nothing is opened until there is something to scan. */
export function openClamd(address: ClamdAddress): Antivirus {
  return {
    async scan(bytes) {
      const socket = connect(address)
      let said = ''
      const ended = new Promise<void>((resolve, reject) => {
        socket.setTimeout(silence, () => socket.destroy(new Error(`silent for ${silence / 1000} s`)))
        socket.on('data', (piece) => {
          said += piece
        })
        socket.once('error', reject).once('close', () => resolve())
      })
      ended.catch(() => {})
      try {
        await sendStream(socket, bytes)
        await ended
      } catch (error) {
        // It hangs up in the middle of what it does not want, having said why.
        if (said === '') throw bytes.errored ?? new ScannerAway((error as Error).message, { cause: error })
      } finally {
        socket.destroy()
        bytes.destroy()
      }
      return verdictOf(said)
    },
  }
}

/** Each piece with its length before it, and an empty one at the end. */
async function sendStream(socket: Socket, bytes: Readable): Promise<void> {
  await once(socket, 'connect')
  socket.write('zINSTREAM\0')
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      const piece = chunk.subarray(at, at + pieceBytes)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.length)
      socket.write(length)
      if (!socket.write(piece) && !socket.destroyed)
        await Promise.race([once(socket, 'drain'), once(socket, 'close')])
      if (socket.destroyed || socket.readableEnded) return
    }
  }
  socket.write(Buffer.alloc(4))
}

/** What clamd's answer says. @throws ScannerAway */
export function verdictOf(answer: string): Verdict {
  const text = answer.replace(/\0/g, '').trim()
  if (text === 'stream: OK') return { kind: 'clean' }
  const [, finding] = /^stream: (.+) FOUND$/.exec(text) ?? []
  if (finding) return { kind: 'infected', finding }
  if (/size limit exceeded/i.test(text)) return { kind: 'too-large' }
  throw new ScannerAway(text || 'clamd hung up without an answer')
}
