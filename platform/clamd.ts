// A client of ClamAV's clamd: bytes are sent to it as a stream (INSTREAM, clamd(8)), so that it needs no access to the
// store and may stand on another machine.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

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
      let trouble: Error | null = null
      try {
        await sendStream(socket, bytes)
        await ended
      } catch (error) {
        trouble = error as Error
      } finally {
        socket.destroy()
        bytes.destroy()
      }
      if (said !== '') return verdictOf(said)
      // Leaving off in the middle aborts the reader, which is no failure of its own.
      if (bytes.errored && bytes.errored.name !== 'AbortError') throw bytes.errored
      // It hangs up in the middle of what is too large for it; why it did so is often lost with the connection.
      if (socket.bytesWritten > pieceBytes && (await lives(address))) return { kind: 'too-large' }
      throw new ScannerAway(trouble?.message ?? 'clamd hung up without an answer', { cause: trouble })
    },
  }
}

/** Whether it answers at all. */
async function lives(address: ClamdAddress): Promise<boolean> {
  const socket = connect(address)
  try {
    socket.setTimeout(5_000, () => socket.destroy())
    socket.end('zPING\0')
    return (await text(socket)).startsWith('PONG')
  } catch {
    return false
  } finally {
    socket.destroy()
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
  const said = answer.replace(/\0/g, '').trim()
  if (said === 'stream: OK') return { kind: 'clean' }
  const [, finding] = /^stream: (.+) FOUND$/.exec(said) ?? []
  if (finding) return { kind: 'infected', finding }
  if (/size limit exceeded/i.test(said)) return { kind: 'too-large' }
  throw new ScannerAway(said)
}
