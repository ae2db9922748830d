// What a class does not see yet, as it crosses the wire: for those who write it, and for nobody else.
//
//   GET /api/classes/:classId/diary/ahead?from&to&subject → Ahead   (whoever sees the class: what they may write)
import { type Static, Type } from 'typebox'
import { PeriodEntry } from '../history/contract.ts'

/** Entries of later days, each of which the class sees from its `date` on; in the order of time. */
export const Ahead = Type.Object({ entries: Type.Array(PeriodEntry) })
export type Ahead = Static<typeof Ahead>
