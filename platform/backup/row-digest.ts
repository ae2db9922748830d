// A digest of a table's rows that does not depend on their order: the sum of the rows' hashes. A database hands rows out
// in whatever order it has them, so that only this can compare what was restored with what was kept.
import { createHash, hash } from 'node:crypto'

const newline = 0x0a

export type RowDigest = { rows: number; digest: string }

/** The digest of rows that come as lines, cut into pieces anywhere. */
export async function digestRows(pieces: AsyncIterable<Buffer>): Promise<RowDigest> {
  const sum = new Uint32Array(8)
  let rows = 0
  let rest: Buffer[] = []
  for await (const piece of pieces) {
    let from = 0
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, from)) {
      rest.push(piece.subarray(from, at))
      add(sum, rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest))
      rest = []
      rows++
      from = at + 1
    }
    // Copied, since who sends may use the piece again.
    if (from < piece.length) rest.push(Buffer.from(piece.subarray(from)))
  }
  return {
    rows,
    digest: createHash('sha256')
      .update(`${rows} ${sum.join(' ')}`)
      .digest('hex'),
  }
}

/** Adds a row's hash: in eight parts, each modulo 2³². */
function add(sum: Uint32Array, row: Buffer): void {
  const h = hash('sha256', row, 'buffer')
  for (let i = 0; i < 8; i++) sum[i] = (sum[i] as number) + h.readUInt32LE(i * 4)
}
