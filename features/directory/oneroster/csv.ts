// Reads CSV (RFC 4180) as a stream of bytes and hands over each record with the line on which it starts. A reader of
// our own because it must name the line of every fault, keep to limits, and read ten million rows in seconds: ten times
// what a library reads (docs/decisions/007-an-import-is-one-merge-of-sets.md).
import { isUtf8 } from 'node:buffer'
import { Refused } from '#platform/refusal'

export type CsvLimits = { cell: number; row: number; columns: number }
export const csvLimits: CsvLimits = { cell: 65_536, row: 1_048_576, columns: 256 }

export type CsvReader = {
  push(chunk: Buffer): void
  /** The stream has ended: the last record needs no line end. */
  end(): void
}

type OnRecord = (cells: string[], line: number) => void

/** How far a file is read. */
type Reading = {
  file: string
  onRecord: OnRecord
  limits: CsvLimits
  /** The line on which the next record starts. */
  line: number
  /** Text of a record whose quotes are still open. */
  open: string
  /** Whether its first bytes were seen. */
  started: boolean
}

const quoteMark = 0x22
const comma = 0x2c
const newline = 0x0a
const carriageReturn = 0x0d

/**
 * Calls `onRecord` for every record that is not empty; the array belongs to the callee. `file` is only for refusals.
 * @throws directory.not-utf8, nul-byte, broken-quotes, cell-too-long, row-too-long, too-many-columns, each with file and line
 */
export function csvReader(file: string, onRecord: OnRecord, limits: CsvLimits = csvLimits): CsvReader {
  const reading: Reading = { file, onRecord, limits, line: 1, open: '', started: false }
  let rest: Buffer[] = []
  let restBytes = 0
  return {
    push(chunk) {
      const cut = chunk.lastIndexOf(newline) + 1
      if (cut > 0) {
        const whole = rest.length ? Buffer.concat([...rest, chunk.subarray(0, cut)]) : chunk.subarray(0, cut)
        rest = []
        restBytes = 0
        take(reading, whole, false)
      }
      if (cut === chunk.length) return
      // A copy, since a stream may use its buffer again.
      rest.push(Buffer.from(chunk.subarray(cut)))
      restBytes += chunk.length - cut
      if (restBytes > limits.row) fail(reading, 'row-too-long')
    },
    end: () => take(reading, Buffer.concat(rest), true),
  }
}

function fail({ file, line }: Reading, code: string, at = line): never {
  throw new Refused(`directory.${code}`, { file, line: at })
}

/** Whole lines of bytes: what stands in them is checked before it becomes text. */
function take(r: Reading, bytes: Buffer, last: boolean): void {
  const part = r.started ? bytes : withoutMark(r, bytes)
  refuseWhere(r, part, 'nul-byte', (some) => some.includes(0))
  refuseWhere(r, part, 'not-utf8', (some) => !isUtf8(some))
  const text = r.open + part.toString('utf8')
  r.open = ''
  readRecords(r, text, last)
}

/** The first bytes without the mark of UTF-8; that of UTF-16 is refused. */
function withoutMark(r: Reading, bytes: Buffer): Buffer {
  r.started = bytes.length > 0
  const mark = bytes.subarray(0, 3).toString('hex')
  if (mark.startsWith('fffe') || mark.startsWith('feff')) fail(r, 'not-utf8')
  return mark === 'efbbbf' ? bytes.subarray(3) : bytes
}

/** Refuses lines of which `is` something that must not be, and names the first one. */
function refuseWhere(r: Reading, part: Buffer, code: string, is: (some: Buffer) => boolean): void {
  if (!is(part)) return
  let at = r.line + newlinesIn(r.open)
  for (let from = 0; ; at++) {
    const to = part.indexOf(newline, from)
    if (to < 0 || is(part.subarray(from, to))) return fail(r, code, at)
    from = to + 1
  }
}

function newlinesIn(text: string): number {
  let lines = 0
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lines++
  return lines
}

function readRecords(r: Reading, text: string, last: boolean): void {
  for (let from = 0; from < text.length; ) {
    const next = readRecord(r, text, from, last)
    if (next < 0) {
      r.open = text.slice(from)
      if (r.open.length > r.limits.row) fail(r, 'row-too-long')
      return
    }
    from = next
  }
}

/** Reads the record that starts at `from`; returns where the next one starts, or -1 if it is not whole. */
function readRecord(r: Reading, text: string, from: number, last: boolean): number {
  const cells: string[] = []
  let at = from
  let lines = 1
  for (;;) {
    const quoted = text.charCodeAt(at) === quoteMark
    const cell = quoted ? quotedCell(r, text, at, r.line + lines - 1) : bareCell(r, text, at)
    if (!cell) {
      if (last) fail(r, 'broken-quotes')
      return -1
    }
    if (cell.value.length > r.limits.cell) fail(r, 'cell-too-long')
    cells.push(cell.value)
    lines += cell.lines
    at = cell.end
    if (text.charCodeAt(at) !== comma) break
    at++
  }
  const isEmpty = at === from
  if (text.charCodeAt(at) === carriageReturn) at++
  if (cells.length > r.limits.columns) fail(r, 'too-many-columns')
  if (!isEmpty) r.onRecord(cells, r.line)
  r.line += lines
  return at + 1
}

type Cell = { value: string; end: number; lines: number }

function bareCell(r: Reading, text: string, from: number): Cell {
  let end = from
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === comma || code === newline) break
    if (code === quoteMark) fail(r, 'broken-quotes')
  }
  const endsLine = text.charCodeAt(end) !== comma && end > from
  const cut = endsLine && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end
  return { value: text.slice(from, cut), end: cut, lines: 0 }
}

/** A cell in quotes, the first at `from`; undefined when the last one is not there yet. `at` is its line. */
function quotedCell(r: Reading, text: string, from: number, at: number): Cell | undefined {
  let value = ''
  let start = from + 1
  for (;;) {
    const quote = text.indexOf('"', start)
    if (quote < 0) return undefined
    value += text.slice(start, quote)
    const next = text.charCodeAt(quote + 1)
    if (next === quoteMark) {
      value += '"'
      start = quote + 2
      continue
    }
    const ends = Number.isNaN(next) || next === comma || next === newline
    if (!ends && !(next === carriageReturn && isLineEnd(text, quote + 2))) fail(r, 'broken-quotes', at)
    return { value, end: quote + 1, lines: newlinesIn(value) }
  }
}

const isLineEnd = (text: string, at: number) => at >= text.length || text.charCodeAt(at) === newline
