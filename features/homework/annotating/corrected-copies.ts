// Copies with their corrections for a class's archive: one after the other, however many archives are under way, since
// each is held in memory while it is made.
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { runBounded } from '#platform/bounded'
import type { Ctx } from '#platform/ctx'
import type { FileId, SubmissionId } from '#platform/ids'
import { findDrawn } from './annotating-store.ts'

/** A larger original is not opened: the archive says so, and its page in Préau shows the corrections. */
export const largestCorrected = 30 * 1024 * 1024
const largestMade = 60 * 1024 * 1024
const secondsPerCopy = 30

const program = fileURLToPath(new URL('./corrected-program.ts', import.meta.url))
let before: Promise<unknown> = Promise.resolve()

/** What is opened for it: the upright view of a photo, where there is one. */
type Original = { id: FileId; type: string; bytes: number; sha256: string }

/** The PDF with what was drawn upon a file, or null when it cannot be made: too large, damaged, locked. */
export function correctedCopy(ctx: Ctx, submission: SubmissionId, file: Original): Promise<Buffer | null> {
  const make = async () => {
    if (file.bytes > largestCorrected) return null
    const items = await findDrawn(ctx.db, submission, file.id)
    const kind = file.type === 'application/pdf' ? 'pdf' : 'photo'
    const input = Readable.from(lineAndBytes(JSON.stringify(items), () => ctx.files.read(file.sha256)))
    return runBounded(program, [kind], input, { seconds: secondsPerCopy, most: largestMade })
  }
  const turn = before.then(make)
  before = turn.catch(() => null)
  return turn
}

/** The bytes are opened when their turn comes: an error before anybody listens would end this process. */
async function* lineAndBytes(line: string, bytes: () => Readable) {
  yield Buffer.from(`${line}\n`)
  yield* bytes()
}
