// Which errors mean that the database is away, and whether anything may have come of the query.
import { expect, test } from 'vitest'
import { absenceOf } from './db.ts'

test.each([
  [{ code: '57P03', message: 'the database system is starting up' }, 'unreached'],
  [{ code: '53300', message: 'sorry, too many clients already' }, 'unreached'],
  [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'unreached'],
  [{ code: 'ENOENT', syscall: 'connect' }, 'unreached'],
  [{ code: '57P01', message: 'terminating connection due to administrator command' }, 'broken-off'],
  [{ code: '08006' }, 'broken-off'],
  [{ code: 'ECONNRESET', syscall: 'read' }, 'broken-off'],
  [{ code: 'EPIPE', syscall: 'write' }, 'broken-off'],
  [{ message: 'Connection terminated unexpectedly' }, 'broken-off'],
  [{ code: 'ENOENT', syscall: 'open' }, null],
  [{ code: '23505', message: 'duplicate key value violates unique constraint' }, null],
  [new Error('a bug'), null],
])('%o: %s', (error, absence) => {
  expect(absenceOf(error)).toBe(absence)
})
