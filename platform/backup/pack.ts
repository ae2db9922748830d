// Streams into and out of the archive's compressed files, measured on the way: what goes in and what comes out again is
// told by its size, its lines and its SHA-256.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline as piped, Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { OperatorError, systemCode } from '../operator-error.ts'
import type { Part } from './manifest.ts'

type Measured = Part & { lines: number }

const newline = 0x0a
const pieceBytes = 128 * 1024
const withChecksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } }

function linesIn(piece: Buffer): number {
  let lines = 0
  for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, at + 1)) lines++
  return lines
}

/** Measures pieces of bytes; `told` hears how many came. */
function meter(told?: (bytes: number) => void): { take(piece: Buffer): void; result(): Measured } {
  const hash = createHash('sha256')
  let [bytes, lines] = [0, 0]
  return {
    take(piece) {
      hash.update(piece)
      bytes += piece.length
      lines += linesIn(piece)
      told?.(piece.length)
    },
    result: () => ({ bytes, lines, sha256: hash.digest('hex') }),
  }
}

/** Compresses a stream into a file, synced to disk when it resolves; answers what went in. */
export async function packInto(
  path: string,
  source: Readable,
  told?: (bytes: number) => void,
): Promise<Measured> {
  const measured = meter(told)
  const measure = new Transform({
    transform(piece: Buffer, _encoding, done) {
      measured.take(piece)
      done(null, piece)
    },
  })
  const out = createWriteStream(path, { mode: 0o600, flush: true })
  await pipeline(source, measure, createZstdCompress(withChecksum), out)
  return measured.result()
}

/**
 * Sends a packed file's content into `sink`, which is ended well only if all was as expected.
 * @throws OperatorError when the file is missing, cut or not what was written
 */
export async function unpackInto(
  path: string,
  expected: Part & { rows?: number },
  sink: Writable,
  told?: (bytes: number) => void,
): Promise<void> {
  await pipeline(Readable.from(contentOf(path, expected, told), { objectMode: false }), sink)
}

/** A packed file's content, piece by piece. @throws OperatorError, at the end too, when it is not what was written */
export async function* contentOf(
  path: string,
  expected: Part & { rows?: number },
  told?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const measured = meter(told)
  for await (const piece of piecesOf(path)) {
    measured.take(piece)
    yield piece
  }
  const { bytes, sha256, lines } = measured.result()
  const same = bytes === expected.bytes && sha256 === expected.sha256 && lines === (expected.rows ?? lines)
  if (!same) throw damaged(path)
}

/** The lines of a packed list. @throws OperatorError, at the end too, when it is not what was written */
export async function* linesOf(path: string, expected: Part): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of contentOf(path, expected)) {
    const lines = (rest + piece.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const plain = piped(
    createReadStream(path),
    createZstdDecompress({ chunkSize: pieceBytes }),
    () => {}, // The error comes out of the iteration below.
  )
  try {
    for await (const piece of plain) yield piece as Buffer
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') throw new OperatorError(`${path} is missing.`, { cause })
    throw systemCode(cause)?.startsWith('E') ? cause : damaged(path, cause)
  }
}

function damaged(path: string, cause?: unknown): OperatorError {
  return new OperatorError(`${path} is damaged: its content is not what was written.`, { cause })
}
