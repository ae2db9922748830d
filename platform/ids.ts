// Identifiers: branded strings, so that a pupil's id never lands where a class's is asked for.
import { isLocalDate, type LocalDate } from './calendar.ts'

declare const brand: unique symbol
export type Id<Kind extends string> = string & { readonly [brand]: Kind }

export type SchoolId = Id<'school'>
export type PersonId = Id<'person'>
export type ClassId = Id<'class'>
export type SlotId = Id<'slot'>
export type AbsenceId = Id<'absence'>
export type CoverId = Id<'cover'>
export type FileId = Id<'file'>
export type HomeworkId = Id<'homework'>
export type DiaryEntryId = Id<'diary entry'>
export type SubmissionId = Id<'submission'>
export type NodeId = Id<'node'>
export type VersionId = Id<'version'>
export type ShareId = Id<'share'>

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text has the form of our identifiers (lower-case UUID). */
export function isId(text: string): boolean {
  return uuidPattern.test(text)
}

/**
 * A new time-ordered identifier: UUID version 7 (RFC 9562 §5.7).
 * `now` is in milliseconds since 1970; the rest is random.
 */
export function newId<T extends Id<string>>(now: number): T {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0, t = now; i < 6; i++, t = Math.floor(t / 256)) bytes[5 - i] = t % 256
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T
}

/**
 * The parts of a dated occurrence's id, "<id>.<day>" (the contracts' `Occurrence`), such as a lesson's: what recurs, and
 * the day on which its plan has it. Null when the text has another form, or no such day exists.
 */
export function occurrenceIn<T extends Id<string>>(text: string): { id: T; date: LocalDate } | null {
  const [id, date] = [text.slice(0, 36), text.slice(37)]
  return text[36] === '.' && isId(id) && isLocalDate(date) ? { id: id as T, date } : null
}

/** When an identifier of version 7 was made, in milliseconds since 1970. */
export function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
