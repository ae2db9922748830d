// How files are read, before any database: the CSV reader, the rows, the manifest, the list of problems.
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refused } from '#platform/refusal'
import { collectProblems } from '../problem-rules.ts'
import { fileSpecs } from './column-rules.ts'
import { type CsvLimits, csvReader } from './csv.ts'
import { readManifest } from './manifest-rules.ts'
import { rowReader } from './row-rules.ts'

type Rows = { cells: string[]; line: number }[]

function read(input: string | Buffer, chunk = 1 << 20, limits?: CsvLimits): Rows {
  const rows: Rows = []
  const reader = csvReader('users.csv', (cells, line) => rows.push({ cells, line }), limits)
  const bytes = Buffer.from(input)
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk))
  reader.end()
  return rows
}

function refusalOf(work: () => unknown): { code: string; line?: unknown; column?: unknown } {
  try {
    work()
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, ...error.facts }
    throw error
  }
  return { code: 'none' }
}

describe('the reader', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '漢', '😀', ',', '"', '\n', '\r\n', ' ', ';', '\\', '\t'),
    maxLength: 8,
  })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 8 })

  test('gives back what was written, in pieces of any size, with the line of each record', () => {
    const written = fc.tuple(
      table,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
    )
    fc.assert(
      fc.property(written, ([rows, end, quoteAll, chunk, bom]) => {
        const quoted = (c: string) => (quoteAll || /[",\n\r]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)
        const text = rows.map((cells) => cells.map(quoted).join(',') + end).join('')
        let line = 1
        const expected = rows.map((cells) => {
          const at = line
          line += 1 + (cells.join('').match(/\n/g)?.length ?? 0)
          return { cells, line: at }
        })
        expect(read((bom ? '\uFEFF' : '') + text, chunk)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('agrees with csv-parse on anything, also on what is broken', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '"', '\n', 'é'), maxLength: 30 })
    const theirs = (input: string) => {
      try {
        return parse(input, { relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n' })
      } catch {
        return 'broken'
      }
    }
    const ours = (input: string, chunk: number) => {
      try {
        return read(input, chunk).map(({ cells }) => cells)
      } catch {
        return 'broken'
      }
    }
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (input, chunk) => {
        expect(ours(input, chunk)).toEqual(theirs(input))
      }),
      { numRuns: 2000 },
    )
  })

  const limits = { cell: 20, row: 60, columns: 4 }
  const faults: [name: string, input: string | Buffer, code: string, line: number][] = [
    ['a quote that never closes', 'a,b\n1,2\n3,"4\n5,6\n', 'broken-quotes', 3],
    ['a quote inside a cell', 'a,b\n1,x"y\n', 'broken-quotes', 2],
    ['text behind a quoted cell', 'a,b\n"1"x,2\n', 'broken-quotes', 2],
    ['Latin-1', Buffer.from('a,b\n1,2\nL\u00e9a,3\n', 'latin1'), 'not-utf8', 3],
    ['Latin-1 on a last line without end', Buffer.from('a,b\nL\u00e9a', 'latin1'), 'not-utf8', 2],
    ['UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), 'not-utf8', 1],
    ['a NUL byte', 'a,b\n1,\0\n', 'nul-byte', 2],
    ['a huge cell', `a,b\n1,2\n3,${'x'.repeat(30)}\n`, 'cell-too-long', 3],
    ['a huge quoted cell', `a,b\n1,"${'x'.repeat(30)}"\n`, 'cell-too-long', 2],
    ['a huge row', `a,b\n${'x,'.repeat(50)}`, 'row-too-long', 2],
    ['a quote open over megabytes', `a,b\n"${'x\n'.repeat(100)}`, 'row-too-long', 2],
    ['too many columns', 'a,b\n1,2,3,4,5\n', 'too-many-columns', 2],
  ]
  test.each(faults)('refuses %s and names its line', (_, input, code, line) => {
    for (const chunk of [7, 1 << 20]) {
      const refusal = refusalOf(() => read(input, chunk, limits))
      // In one piece a record that is too long may be seen as quotes that never close.
      const codes = [
        `directory.${code}`,
        ...(code === 'row-too-long'
          ? ['directory.cell-too-long', 'directory.too-many-columns', 'directory.broken-quotes']
          : []),
      ]
      expect(codes).toContain(refusal.code)
      expect(refusal.line).toBe(line)
    }
  })
})

describe('a row', () => {
  const header = [
    'sourcedId',
    'status',
    'dateLastModified',
    ...'classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate'.split(','),
  ]
  function staged(row: string, given: { header?: string[]; mode?: 'bulk' | 'delta' } = {}) {
    const problems = collectProblems()
    const reader = rowReader(
      'enrollments.csv',
      fileSpecs.enrollments,
      '1.2',
      given.mode ?? 'bulk',
      given.header ?? header,
      problems,
    )
    return { out: reader(row.split(','), 7), problems: problems.list().problems }
  }

  test('becomes a line for COPY', () => {
    expect(staged('e1,,,c1,s1,u1,student,TRUE,2026-09-01,').out).toBe(
      '7\te1\ta\tc1\ts1\tu1\tstudent\ttrue\t2026-09-01\t\\N\n',
    )
  })
  test('cannot break out of its line', () => {
    expect(staged('e\\1,,,c\t1,s\n1,u1,student,,,').out).toBe(
      '7\te\\\\1\ta\tc\\t1\ts\\n1\tu1\tstudent\tfalse\t\\N\t\\N\n',
    )
  })

  const cases: [name: string, row: string, state: string, codes: string[]][] = [
    ['other case of a known word', 'e1,,,c1,s1,u1,Student,,,', 'a', []],
    ['an extension word is kept and said', 'e1,,,c1,s1,u1,tutor,,,', 'a', ['value-unknown']],
    ['a missing class', 'e1,,,,s1,u1,student,,,', 'b', ['value-missing']],
    ['a missing school', 'e1,,,c1,,u1,student,,,', 'a', ['value-assumed']],
    ['a date that does not exist', 'e1,,,c1,s1,u1,student,,2026-02-30,', 'a', ['date-dropped']],
    ['a date with a time', 'e1,,,c1,s1,u1,student,,2026-09-01T00:00:00Z,', 'a', []],
    ['a flag that is none', 'e1,,,c1,s1,u1,student,peut-être,,', 'a', ['value-assumed']],
    ['tobedeleted needs no more than the id', 'e1,ToBeDeleted,2026-09-01,,,,,,,', 'd', []],
    ['inactive, as in 1.0', 'e1,inactive,,c1,s1,u1,student,,,', 'd', ['status-inactive']],
    ['another status', 'e1,pending,,c1,s1,u1,student,,,', 'a', ['value-unknown']],
    ['too few cells', 'e1,,,c1', 'b', ['cells-too-few']],
    ['too many cells', 'e1,,,c1,s1,u1,student,,,,x', 'b', ['cells-too-many']],
    ['empty cells too many', 'e1,,,c1,s1,u1,student,,,,,', 'a', []],
    ['an id longer than any', `e1,,,${'c'.repeat(300)},s1,u1,student,,,`, 'b', ['value-too-long']],
  ]
  test.each(cases)('%s', (_, row, state, codes) => {
    const { out, problems } = staged(row)
    expect(out.split('\t')[2]).toBe(state)
    expect(problems.map((p) => p.code)).toEqual(codes)
    for (const problem of problems) expect(problem).toMatchObject({ count: 1, lines: [7] })
  })

  test('without a sourcedId is nobody', () => expect(staged(',,,c1,s1,u1,student,,,').out).toBe(''))
  test('in a delta needs a status', () => {
    expect(staged('e1,,,c1,s1,u1,student,,,', { mode: 'delta' }).problems[0]?.code).toBe('status-empty')
  })
  test('of a file whose columns are in another order, case, or unknown', () => {
    const shuffled = ['Role', 'SOURCEDID', 'userSourcedId', 'classSourcedId', 'nickname', 'status']
    const { out, problems } = staged('student,e1,u1,c1,Kiki,', { header: shuffled })
    expect(out).toBe('7\te1\ta\tc1\t\\N\tu1\tstudent\tfalse\t\\N\t\\N\n')
    expect(problems.map((p) => [p.code, p.column ?? p.value])).toEqual([
      ['column-unknown', 'nickname'],
      ['column-missing', 'schoolSourcedId'],
      ['column-missing', 'primary'],
      ['column-missing', 'beginDate'],
      ['column-missing', 'endDate'],
    ])
  })
  test('of a file without a column that is needed is refused, with the column', () => {
    const without = header.filter((name) => name !== 'userSourcedId')
    expect(refusalOf(() => staged('', { header: without }))).toMatchObject({
      code: 'directory.column-missing',
      column: 'userSourcedId',
    })
  })
  test('with semicolons is refused as such', () => {
    expect(refusalOf(() => staged('', { header: [header.join(';')] })).code).toBe('directory.separator')
  })
})

describe('the manifest', () => {
  const read = (text: string, present: string[]) => {
    const problems = collectProblems()
    const rows = text.split(' ').map((line) => line.split('='))
    return {
      ...readManifest(rows, new Set(present), problems),
      problems: problems.list().problems.map((p) => `${p.code} ${p.file}`),
    }
  }
  test('says version, source and files', () => {
    const found = read(
      'oneroster.version=1.1 file.users=bulk file.orgs=Delta file.classes=absent source.systemName=Pronote',
      ['manifest', 'users', 'orgs', 'demographics', 'results', 'menus', 'classes'],
    )
    expect(found).toMatchObject({
      version: '1.1',
      source: 'Pronote',
      modes: { users: 'bulk', orgs: 'delta', classes: 'absent', roles: 'absent' },
    })
    expect(found.problems).toEqual([
      'file-undeclared classes.csv',
      'demographics-ignored demographics.csv',
      'file-not-imported results.csv',
      'file-not-ours menus.csv',
    ])
  })
  test('a source named "absent" has no name', () => {
    expect(read('oneroster.version=1.2 file.users=bulk source.systemName=absent', ['users'])).toMatchObject({
      source: 'oneroster',
      problems: ['source-unnamed manifest.csv'],
    })
  })
  const refusals: [text: string, present: string[], code: string][] = [
    ['oneroster.version=2.0 file.users=bulk', ['users'], 'directory.version-unknown'],
    ['file.users=bulk', ['users'], 'directory.version-unknown'],
    ['oneroster.version=1.2 file.users=bulk', ['orgs'], 'directory.file-missing'],
    ['oneroster.version=1.2 file.users=some', ['users'], 'directory.manifest-invalid'],
    ['oneroster.version=1.2 file.users=absent', [], 'directory.file-missing'],
  ]
  test.each(refusals)('%s is refused', (text, present, code) => {
    expect(refusalOf(() => read(text, present)).code).toBe(code)
  })
})

test('a million problems make a short list', () => {
  const problems = collectProblems()
  for (let i = 0; i < 100_000; i++) problems.note('value-unknown', 'users.csv', 'role', i, `word${i % 1000}`)
  const { problems: list } = problems.list()
  expect(list).toHaveLength(21)
  expect(list.reduce((sum, p) => sum + p.count, 0)).toBe(100_000)
  expect(list.every((p) => p.lines.length <= 5)).toBe(true)
})
