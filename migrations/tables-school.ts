// The tables of what a school decides for itself, as tables.ts has the rest.
import type { ColumnType, Generated } from 'kysely'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'

type Made<T> = Generated<T>
type Json = ColumnType<unknown, string, string>

export type SchoolTables = {
  school_setting: {
    school_id: SchoolId
    section: string
    value: Json
    changed_by: PersonId | null
    changed_at: Date
  }
  remote_period: {
    id: string
    school_id: SchoolId
    from_on: string
    to_on: string
    class_ids: ClassId[] | null
    word: string
    made_by: PersonId | null
    made_at: Date
    ended_by: PersonId | null
    ended_at: Date | null
    ended_on: string | null
  }
  call_note: {
    school_id: SchoolId
    person_id: PersonId
    week_on: string
    note: string
    by_person_id: PersonId | null
    at: Date
  }
  code_run: {
    id: Made<string>
    made_by: PersonId
    wish_hash: Buffer
    salt: Buffer
    at: Date
    school_id: SchoolId | null
    audience: string
    title: string | null
    classes: number | null
    made: number
    ended: number
  }
  school_import: {
    id: string
    school_id: SchoolId
    by_person_id: PersonId | null
    kind: string
    name: string
    bytes: string
    upload: string | null
    state: string
    confirmed: Made<boolean>
    step: string | null
    done: Made<number>
    made_at: Date
    changed_at: Date
    report: Json | null
    refusal: Json | null
  }
  calendar_feed: {
    id: string
    person_id: PersonId
    child_id: PersonId | null
    secret_hash: Buffer
    homework: string
    language: string
    made_at: Date
    last_used_on: string | null
  }
}
