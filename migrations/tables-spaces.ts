// The tables of documents in spaces: see tables.ts.

import type { Generated } from 'kysely'
import type { ClassId, FileId, NodeId, PersonId, SchoolId, ShareId, VersionId } from '#platform/ids'

export type SpaceTables = {
  space_node: {
    id: NodeId
    school_id: SchoolId
    person_id: PersonId | null
    class_id: ClassId | null
    parent_id: NodeId | null
    path: NodeId[]
    name: string
    name_key: string
    name_fold: string
    file_id: FileId | null
    pupils: Generated<string>
    sender_id: PersonId | null
    author_id: PersonId | null
    changed_by: PersonId | null
    changed_at: Date
    trashed_at: Date | null
    trashed_by: PersonId | null
  }
  space_version: {
    id: VersionId
    node_id: NodeId
    file_id: FileId
    author_id: PersonId | null
    at: Date
  }
  space_share: {
    id: ShareId
    node_id: NodeId
    by_id: PersonId | null
    person_id: PersonId | null
    class_id: ClassId | null
    may_write: boolean
    among_pupils: boolean
    at: Date
  }
  space_setting: { school_id: SchoolId; pupils_share: boolean }
}
