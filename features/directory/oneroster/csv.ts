// Reads CSV (RFC 4180) as a stream of bytes and hands over each record with the line on which it starts. A reader of
// our own because it must name the line of every fault, keep to limits, and read ten million rows in seconds: most rows
// hold no quote and are split in one go.
import { isUtf8 } from 'node:buffer'
import { Refused } from '#platform/refusal'

export type CsvLimits = { cell: number; row: number; columns: number }
export const csvLimits: CsvLimits = { cell: 65_536, row: 1_048_576, columns: 256 }

export type CsvReader = {
  push(chunk: Buffer): void
  /** The stream has ended: the last record needs no line end. */
  end(): void
}

const newline = 0x0a

/**
 * Calls `onRecord` for every record that is not empty; the array belongs to the callee. `file` is only for refusals.
 * @throws directory.not-utf8, nul-byte, broken-quotes, cell-too-long, row-too-long, too-many-columns, each with file and line
 */
export function csvReader(
  file: string,
  onRecord: (cells: string[], line: number) => void,
  limits: CsvLimits = csvLimits,
): CsvReader {
  let rest: Buffer[] = []
  let restBytes = 0
  /** Text of a record whose quotes are still open. */
  let open = ''
  let line = 1
  let started = false

  const fail = (code: string, at: number): never => {
    throw new Refused(`directory.${code}`, { file, line: at })
  }

  function emit(cells: string[], at: number): void {
    if (cells.length > limits.columns) fail('too-many-columns', at)
    onRecord(cells, at)
  }

  function plainRecord(text: string, from: number, to: number): void {
    const end = text.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to
    if (end === from) return
    const cells = text.slice(from, end).split(',')
    if (end - from > limits.cell && cells.some((cell) => cell.length > limits.cell))
      fail('cell-too-long', line)
    emit(cells, line)
  }

  /** Reads a record with quotes that starts at `from`; returns where the next one starts, or -1 if it is not whole. */
  function quotedRecord(text: string, from: number, last: boolean): number {
    const cells: string[] = []
    let at = from
    let lines = 1
    for (;;) {
      const cell = text.charCodeAt(at) === 34 ? quotedCell(text, at, line + lines - 1) : bareCell(text, at)
      if (!cell) {
        if (last) fail('broken-quotes', line)
        return -1
      }
      if (cell.value.length > limits.cell) fail('cell-too-long', line)
      cells.push(cell.value)
      lines += cell.lines
      at = cell.end
      if (text.charCodeAt(at) === 44) {
        at++
        continue
      }
      if (text.charCodeAt(at) === 13) at++
      emit(cells, line)
      line += lines
      return at + 1
    }
  }

  function bareCell(text: string, from: number) {
    let end = from
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (code === 44 || code === newline) break
      if (code === 34) fail('broken-quotes', line)
    }
    const cut = text.charCodeAt(end - 1) === 13 && text.charCodeAt(end) !== 44 && end > from ? end - 1 : end
    return { value: text.slice(from, cut), end: cut, lines: 0 }
  }

  function quotedCell(text: string, from: number, at: number) {
    let value = ''
    let start = from + 1
    for (;;) {
      const quote = text.indexOf('"', start)
      if (quote < 0) return undefined
      value += text.slice(start, quote)
      const next = text.charCodeAt(quote + 1)
      if (next === 34) {
        value += '"'
        start = quote + 2
        continue
      }
      const ends = Number.isNaN(next) || next === 44 || next === newline
      if (!ends && !(next === 13 && isLineEnd(text, quote + 2))) fail('broken-quotes', at)
      let lines = 0
      for (let i = value.indexOf('\n'); i >= 0; i = value.indexOf('\n', i + 1)) lines++
      return { value, end: quote + 1, lines }
    }
  }

  const isLineEnd = (text: string, at: number) => at >= text.length || text.charCodeAt(at) === newline

  function records(text: string, last: boolean): void {
    let from = 0
    let quote = text.indexOf('"')
    while (from < text.length) {
      const found = text.indexOf('\n', from)
      const to = found < 0 ? text.length : found
      if (quote >= 0 && quote < to) {
        const next = quotedRecord(text, from, last)
        if (next < 0) {
          open = text.slice(from)
          if (open.length > limits.row) fail('row-too-long', line)
          return
        }
        from = next
        if (quote < from) quote = text.indexOf('"', from)
        continue
      }
      plainRecord(text, from, to)
      line++
      from = to + 1
    }
  }

  /** Whole lines of bytes: what stands in them is checked before it becomes text. */
  function take(bytes: Buffer, last: boolean): void {
    let part = bytes
    if (!started && part.length > 0) {
      started = true
      if ((part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff))
        fail('not-utf8', 1)
      if (part[0] === 0xef && part[1] === 0xbb && part[2] === 0xbf) part = part.subarray(3)
    }
    const broken = part.includes(0) ? 'nul-byte' : isUtf8(part) ? '' : 'not-utf8'
    if (broken)
      fail(broken, lineOf(part, broken === 'nul-byte' ? (bytes) => bytes.includes(0) : (b) => !isUtf8(b)))
    const text = open + part.toString('utf8')
    open = ''
    records(text, last)
  }

  function lineOf(part: Buffer, is: (line: Buffer) => boolean): number {
    let at = line
    for (let i = 0; i < open.length; i++) if (open.charCodeAt(i) === newline) at++
    for (let from = 0; ; at++) {
      const to = part.indexOf(newline, from)
      if (to < 0 || is(part.subarray(from, to))) return at
      from = to + 1
    }
  }

  return {
    push(chunk) {
      const cut = chunk.lastIndexOf(newline) + 1
      if (cut > 0) {
        const whole = rest.length ? Buffer.concat([...rest, chunk.subarray(0, cut)]) : chunk.subarray(0, cut)
        rest = []
        restBytes = 0
        take(whole, false)
      }
      if (cut === chunk.length) return
      // A copy, since a stream may use its buffer again.
      rest.push(Buffer.from(chunk.subarray(cut)))
      restBytes += chunk.length - cut
      if (restBytes > limits.row) fail('row-too-long', line)
    },
    end: () => take(Buffer.concat(rest), true),
  }
}
