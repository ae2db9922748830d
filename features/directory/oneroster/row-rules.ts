// From a row of a OneRoster file to a line for the database's COPY: values are checked and normalised here, and what is
// wrong with them is noted by line and column. Whether references lead anywhere is the database's to find out.
import { isLocalDate } from '#platform/calendar'
import { Refused } from '#platform/refusal'
import type { Problems } from '../problem-rules.ts'
import type { FileSpec, Mode, Read, Version } from './column-rules.ts'

const longestId = 255
const longestText = 2000

/**
 * Turns a row into its COPY line (with the line end). A row that is left out still gets one, marked, since whoever is in
 * the file is not missing from it; '' only when it does not say whom it is about.
 */
export type RowReader = (cells: string[], line: number) => string

type Place = { file: string; problems: Problems }
/** Undefined: the row is left out. Null: there is no value. */
type Value = string | null | undefined
type Convert = (value: string, line: number) => Value

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const special = /[\\\t\n\r]/
const escaped = (value: string) =>
  special.test(value) ? value.replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c) : value

/** Without the blanks around it; most values have none. */
function bare(value: string): string {
  const first = value.charCodeAt(0)
  const last = value.charCodeAt(value.length - 1)
  return first <= 32 || last <= 32 || first === 160 || last === 160 ? value.trim() : value
}

/** A list inside a cell: identifiers with commas between, without blanks, empty ones and repetitions. */
export function listOf(value: string): string[] {
  return [...new Set(value.split(',').map((part) => part.trim()))].filter(Boolean)
}

function missing({ column, need, otherwise }: Read, { file, problems }: Place): (line: number) => Value {
  return (line) => {
    if (need === 'may') return otherwise ?? null
    problems.note(need === 'must' ? 'value-missing' : 'value-assumed', file, column, line)
    return need === 'must' ? undefined : (otherwise ?? null)
  }
}

const converters: Record<Read['as'], (read: Read, place: Place) => Convert> = {
  id: ({ column, need }, { file, problems }) => {
    return (value, line) => {
      if (value.length <= longestId) return value
      problems.note('value-too-long', file, column, line)
      return need === 'must' ? undefined : null
    }
  },
  ids: ({ column }, { file, problems }) => {
    return (value, line) => {
      if (!value.includes(',') && value.length <= longestId) return value
      const list = listOf(value)
      const fit = list.filter((one) => one.length <= longestId)
      if (fit.length < list.length) problems.note('value-cut', file, column, line)
      return fit.length ? fit.join(',') : null
    }
  },
  text: ({ column }, { file, problems }) => {
    return (value, line) => {
      if (value.length <= longestText) return value
      problems.note('value-cut', file, column, line)
      return value.slice(0, longestText).toWellFormed()
    }
  },
  date: dateConverter,
  boolean: ({ column, otherwise }, { file, problems }) => {
    return (value, line) => {
      const word = value.toLowerCase()
      if (word === 'true' || word === '1') return 'true'
      if (word === 'false' || word === '0') return 'false'
      problems.note('value-assumed', file, column, line)
      return otherwise ?? null
    }
  },
  word: wordConverter,
}

function dateConverter({ column, need }: Read, { file, problems }: Place): Convert {
  const known = new Map<string, string>()
  return (value, line) => {
    const found = known.get(value)
    if (found !== undefined) return found
    const day = /^\d{4}-\d\d-\d\dT/.test(value) ? value.slice(0, 10) : value
    if (isLocalDate(day) && day >= '1900' && day < '2200') {
      if (known.size < 5000) known.set(value, day)
      return day
    }
    problems.note(need === 'must' ? 'date-invalid' : 'date-dropped', file, column, line)
    return need === 'must' ? undefined : null
  }
}

function wordConverter({ column, words = [], need }: Read, { file, problems }: Place): Convert {
  const exact = new Set(words)
  const byLowerCase = new Map(words.map((word) => [word.toLowerCase(), word]))
  return (value, line) => {
    if (exact.has(value)) return value
    const meant = byLowerCase.get(value.toLowerCase())
    if (meant) return meant
    if (value.length > 60) {
      problems.note('value-too-long', file, column, line)
      return need === 'must' ? undefined : null
    }
    problems.note('value-unknown', file, column, line, value)
    return value
  }
}

/** Where each column of the file stands; -1 for one that is missing. */
function positionsOf(header: string[], spec: FileSpec, version: Version, place: Place): Map<string, number> {
  const known = new Map(spec.all[version].map((column) => [column.toLowerCase(), column]))
  const positions = new Map<string, number>()
  header.forEach((cell, index) => {
    const column = known.get(cell.trim().toLowerCase())
    if (!column) {
      if (cell.trim()) place.problems.note('column-unknown', place.file, null, 1, cell.trim().slice(0, 60))
    } else if (positions.has(column)) place.problems.note('column-twice', place.file, column, 1)
    else positions.set(column, index)
  })
  return positions
}

function checkHeader(header: string[], positions: Map<string, number>, reads: Read[], place: Place): void {
  if (header.length === 1 && header[0]?.includes(';')) {
    throw new Refused('directory.separator', { file: place.file, line: 1 })
  }
  for (const { column, need } of reads) {
    if (positions.has(column)) continue
    if (need === 'must') throw new Refused('directory.column-missing', { file: place.file, line: 1, column })
    place.problems.note('column-missing', place.file, column, 1)
  }
}

function statusReader(at: number | undefined, mode: Mode, { file, problems }: Place) {
  return (cells: string[], line: number): boolean => {
    const status = at === undefined ? '' : bare(cells[at] ?? '')
    if (status === 'active') return false
    if (status === '') {
      if (mode === 'delta' && at !== undefined) problems.note('status-empty', file, 'status', line)
      return false
    }
    const word = status.toLowerCase()
    if (word === 'tobedeleted') return true
    if (word === 'active') return false
    // OneRoster 1.0 had "inactive" for what 1.1 calls tobedeleted.
    if (word === 'inactive') problems.note('status-inactive', file, 'status', line)
    else problems.note('value-unknown', file, 'status', line, status.slice(0, 60))
    return word === 'inactive'
  }
}

/**
 * A reader for the rows under this header. Each COPY line holds the line number, the sourcedId, the row's state (a:
 * active, d: to be disabled, b: left out as bad), and the columns of the specification in its order.
 * @throws directory.column-missing, separator
 */
export function rowReader(
  file: string,
  spec: FileSpec,
  version: Version,
  mode: Mode,
  header: string[],
  problems: Problems,
): RowReader {
  const place = { file, problems }
  const positions = positionsOf(header, spec, version, place)
  const sourcedId: Read = { column: 'sourcedId', as: 'id', need: 'must' }
  checkHeader(header, positions, [sourcedId, ...spec.read[version]], place)
  if (mode === 'delta' && !positions.has('status')) problems.note('delta-status-column', file, 'status', 1)
  const isGone = statusReader(positions.get('status'), mode, place)
  const fields = [sourcedId, ...spec.read[version]].map((read) => ({
    at: positions.get(read.column) ?? -1,
    convert: converters[read.as](read, place),
    absent: positions.has(read.column) ? missing(read, place) : () => read.otherwise ?? null,
    lenient: read.as === 'boolean' ? 'false' : null,
  }))
  const passwords = positions.get('password') ?? -1
  const width = header.length

  return (cells, line) => {
    let state = cells.length === width || fits(cells, width, line, place) ? 'a' : 'b'
    if (state === 'a' && isGone(cells, line)) state = 'd'
    let subject = ''
    let rest = ''
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as (typeof fields)[number]
      const cell = field.at < 0 ? '' : bare(cells[field.at] ?? '')
      let value =
        cell !== ''
          ? field.convert(cell, line)
          : state === 'a' || i === 0
            ? field.absent(line)
            : field.lenient
      if (value === undefined) {
        if (i === 0) return ''
        state = 'b'
        value = null
      }
      if (i === 0) subject = escaped(value ?? '')
      else rest += value === null ? '\t\\N' : `\t${escaped(value)}`
    }
    if (passwords >= 0 && cells[passwords]) problems.note('passwords-not-read', file, 'password', line)
    return `${line}\t${subject}\t${state}${rest}\n`
  }
}

/** Whether a row of another width than the header may be read: empty cells too many or missing at its end do no harm. */
function fits(cells: string[], width: number, line: number, { file, problems }: Place): boolean {
  if (cells.length < width) {
    problems.note('cells-too-few', file, null, line)
    return false
  }
  if (cells.slice(width).every((cell) => cell.trim() === '')) return true
  problems.note('cells-too-many', file, null, line)
  return false
}
