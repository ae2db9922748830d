// Documents as they cross the wire. A *space* is named by its key, "own.<personId>", "class.<classId>" (a group's too) or
// "staff.<schoolId>"; a *place* is a space's key or a folder's id; a *node* is a folder or a file in a space.
//
//   GET    /api/spaces                               → Spaces      those that the sender sees
//   GET    /api/spaces/shared                        → Shared      what others share with the sender
//   GET    /api/spaces/search?q=                     → Found       by name, in all that the sender may read
//   GET    /api/spaces/places/:place                 → Listing
//   GET    /api/spaces/places/:place/trash           → Trash       of the space
//   POST   /api/spaces/places/:place/folders         NewFolder → Node
//   POST   /api/spaces/places/:place/folder-paths    FolderPaths → 204   folders in folders, made where they are missing
//   POST   /api/spaces/places/:place/clashes         Paths → Paths      those of the names that are taken
//   POST   /api/spaces/places/:place/files           NewFile → Placed
//   POST   /api/spaces/move                          Transfer → Nodes
//   POST   /api/spaces/copy                          Transfer → Nodes
//   POST   /api/spaces/trash                         Chosen → 204
//   POST   /api/spaces/restore                       Chosen → Nodes
//   GET    /api/spaces/nodes/:nodeId                 → NodeFacts   where it lies, its versions
//   PUT    /api/spaces/nodes/:nodeId                 NodeDraft → Node   its name; what pupils may do in it
//   POST   /api/spaces/nodes/:nodeId/versions        OlderVersion → Node   makes an older version the latest
//   POST   /api/spaces/nodes/:nodeId/file            → FileRef     as a file of the sender's own, to be attached
//   GET    /api/spaces/nodes/:nodeId/shares          → Shares      (those who lead its space)
//   PUT    /api/spaces/nodes/:nodeId/shares          ShareDraft → Shares
//   DELETE /api/spaces/nodes/:nodeId/shares/:shareId → Shares
//   GET    /api/spaces/nodes/:nodeId/receivers?q=    → Receivers   with whom it may be shared
//   GET    /api/schools/:schoolId/spaces             → Setting     (its administrators)
//   PUT    /api/schools/:schoolId/spaces             Setting → Setting
//   GET    /files/spaces/documents.zip?nodes=a,b&lang=fr|en  → folders and files, as an archive
import { type Static, Type } from 'typebox'
import { IdOf, Instant } from '#platform/contract'
import type { ClassId, FileId, NodeId, PersonId, ShareId, VersionId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** A space's key, or a folder's id. */
export const Place = Type.String({ pattern: `^((own|class|staff)\\.)?${uuid}$` })
const Name = Type.String({ minLength: 1, maxLength: 1000 })

export const SpaceKind = Type.Union([
  Type.Literal('own'),
  Type.Literal('class'),
  Type.Literal('group'),
  Type.Literal('staff'),
])
export type SpaceKind = Static<typeof SpaceKind>

/** What the asker may do: 1 read, 2 add and change what is theirs, 3 change everything, 4 lead: share, open to pupils. */
export const RightLevel = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)])
export type RightLevel = Static<typeof RightLevel>

export const Space = Type.Object({
  key: Type.String(),
  kind: SpaceKind,
  /** The class's, the school's, or the person's name. */
  title: Type.String(),
  school: Type.String(),
  right: RightLevel,
  /** A class that is no more, for those who taught it. */
  past: Type.Optional(Type.Literal(true)),
})
export type Space = Static<typeof Space>
export const Spaces = Type.Object({ spaces: Type.Array(Space), shared: Type.Integer() })
export type Spaces = Static<typeof Spaces>

/** What the pupils of the class may do in a folder: only read, add, or hand something in that only its teachers see. */
export const PupilsMay = Type.Union([Type.Literal('read'), Type.Literal('write'), Type.Literal('drop')])
export type PupilsMay = Static<typeof PupilsMay>

export const NodeFile = Type.Object({
  id: IdOf<FileId>(),
  type: Type.String(),
  bytes: Type.Integer(),
  view: Type.Boolean(),
  /** Being checked for viruses, set aside, or too large to be checked; absent for what is served as usual. */
  scan: Type.Optional(
    Type.Union([Type.Literal('waiting'), Type.Literal('infected'), Type.Literal('unchecked')]),
  ),
  /** What the scanner found in a file that was set aside; `mine`: the asker sent it, and may delete it for good. */
  found: Type.Optional(Type.Object({ finding: Type.String(), mine: Type.Boolean() })),
})

export type NodeFile = Static<typeof NodeFile>

export const Node = Type.Object({
  id: IdOf<NodeId>(),
  name: Type.String(),
  /** None: it is a folder. */
  file: Type.Optional(NodeFile),
  /** Of a folder in a class's space. */
  pupils: Type.Optional(PupilsMay),
  /** Who changed it last. */
  by: Type.String(),
  changedAt: Instant,
  /** The asker made it. */
  mine: Type.Boolean(),
  /** Others see it by a share of its own; told to those who lead. */
  shared: Type.Boolean(),
})
export type Node = Static<typeof Node>
export const Nodes = Type.Array(Node)
export type Nodes = Static<typeof Nodes>

export const Crumb = Type.Object({ id: IdOf<NodeId>(), name: Type.String() })
export type Crumb = Static<typeof Crumb>

export const Listing = Type.Object({
  space: Type.Omit(Space, ['right', 'past']),
  /** The asker sees the space itself; otherwise only what is shared of it. */
  inside: Type.Boolean(),
  /** From the outermost folder that the asker sees to this one; empty at the top of the space. */
  trail: Type.Array(Crumb),
  right: RightLevel,
  pupils: PupilsMay,
  nodes: Nodes,
})
export type Listing = Static<typeof Listing>

export const Trash = Type.Array(
  Type.Intersect([Node, Type.Object({ trashedAt: Instant, trashedBy: Type.String(), from: Type.String() })]),
)
export type Trash = Static<typeof Trash>

export const Shared = Type.Array(
  Type.Intersect([Node, Type.Object({ sharedBy: Type.String(), right: RightLevel })]),
)
export type Shared = Static<typeof Shared>

export const Found = Type.Array(
  Type.Intersect([
    Node,
    Type.Object({ space: Type.String(), kind: SpaceKind, where: Type.String(), place: Type.String() }),
  ]),
)
export type Found = Static<typeof Found>

export const NewFolder = Type.Object({ name: Name, pupils: Type.Optional(PupilsMay) })
export type NewFolder = Static<typeof NewFolder>

/** Folders below a place, each by its name after those around it: of a folder of the desktop, those with nothing in them. */
export const FolderPaths = Type.Array(Type.Array(Name, { minItems: 1, maxItems: 20 }), {
  minItems: 1,
  maxItems: 500,
})
export type FolderPaths = Static<typeof FolderPaths>

/** What to do where the name is taken. */
export const Clash = Type.Union([Type.Literal('version'), Type.Literal('both'), Type.Literal('skip')])
export type Clash = Static<typeof Clash>

export const NewFile = Type.Object({
  /** One's own, just sent, or one that one may read. */
  fileId: IdOf<FileId>(),
  name: Type.Optional(Name),
  /** Folders below the place, made where they are missing. */
  folders: Type.Optional(Type.Array(Name, { maxItems: 20 })),
  clash: Clash,
  /** Made by the sender; the same one again is the same version, so that a retry after a cut is harmless. */
  id: Type.Optional(IdOf<VersionId>()),
})
export type NewFile = Static<typeof NewFile>

export const Placed = Type.Object({
  node: Node,
  outcome: Type.Union([Type.Literal('new'), Type.Literal('version'), Type.Literal('skipped')]),
})
export type Placed = Static<typeof Placed>

/** Names of files below a place, folders before it with "/" between. */
export const Paths = Type.Array(Type.String({ minLength: 1, maxLength: 4000 }), { maxItems: 5000 })
export type Paths = Static<typeof Paths>

const ChosenIds = Type.Array(IdOf<NodeId>(), { minItems: 1, maxItems: 5000 })
export const Chosen = Type.Object({ nodes: ChosenIds })
export type Chosen = Static<typeof Chosen>
export const Transfer = Type.Object({ nodes: ChosenIds, to: Place })
export type Transfer = Static<typeof Transfer>

export const NodeDraft = Type.Object({ name: Type.Optional(Name), pupils: Type.Optional(PupilsMay) })
export type NodeDraft = Static<typeof NodeDraft>

export const Version = Type.Object({
  id: IdOf<VersionId>(),
  file: NodeFile,
  by: Type.String(),
  at: Instant,
  latest: Type.Boolean(),
})
export type Version = Static<typeof Version>

export const NodeFacts = Type.Object({
  node: Node,
  space: Type.Omit(Space, ['right', 'past']),
  trail: Type.Array(Crumb),
  right: RightLevel,
  /** Latest first; only for those who may change the file. */
  versions: Type.Array(Version),
})
export type NodeFacts = Static<typeof NodeFacts>
export const OlderVersion = Type.Object({ version: IdOf<VersionId>() })

export const Receiver = Type.Object({
  /** person or class. */
  kind: Type.Union([Type.Literal('person'), Type.Literal('class')]),
  id: Type.String(),
  title: Type.String(),
  /** A pupil's classes, a group's subject; nothing for others. */
  hint: Type.String(),
})
export type Receiver = Static<typeof Receiver>
export const Receivers = Type.Array(Receiver)
export type Receivers = Static<typeof Receivers>

export const ShareDraft = Type.Object({
  kind: Receiver.properties.kind,
  id: Type.Unsafe<PersonId | ClassId>(Type.String({ pattern: `^${uuid}$` })),
  write: Type.Boolean(),
})
export type ShareDraft = Static<typeof ShareDraft>

export const Shares = Type.Array(
  Type.Intersect([Receiver, Type.Object({ shareId: IdOf<ShareId>(), write: Type.Boolean() })]),
)
export type Shares = Static<typeof Shares>

export const Setting = Type.Object({ pupilsShare: Type.Boolean() })
export type Setting = Static<typeof Setting>

export const refusals = {
  /** One sees it, and may not change it. */
  'space.read-only': 403,
  'space.name-missing': 422,
  'space.name-taken': 409,
  'space.into-itself': 409,
  'space.too-deep': 422,
  'space.folder-full': 422,
  'space.too-many': 422,
  'space.no-folder': 409,
  /** A drop box takes files alone. */
  'space.files-only': 409,
  /** Only an empty folder becomes a drop box, or stops being one. */
  'space.not-empty': 409,
  'space.not-shareable': 409,
  'space.receiver-unknown': 422,
  'space.version-unknown': 422,
} as const satisfies Refusals
