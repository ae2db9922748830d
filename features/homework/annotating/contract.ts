// What a teacher draws on a copy, and says about it, as it crosses the wire.
//
//   GET    /api/submissions/:submissionId/corrections                     → Corrections   its class's teachers; pupil and
//                                                                           guardians once it was given back
//   PUT    /api/submissions/:submissionId/files/:fileId/annotations  AnnotationsDraft → Saved   (its class's teachers)
//   PUT    /api/submissions/:submissionId/voice/:fileId                   → Corrections   a recording of one's own is added
//   DELETE /api/submissions/:submissionId/voice/:fileId                   → Corrections
//
// Coordinates are ten-thousandths of the page's width, from its upper left corner, the page standing as it is shown: a
// PDF's with its own rotation, a photo's upright view.
import { type Static, Type } from 'typebox'
import { IdOf, Instant } from '#platform/contract'
import type { FileId } from '#platform/ids'
import { Attachment } from '../contract.ts'

export const Colour = Type.Union([
  Type.Literal('red'),
  Type.Literal('blue'),
  Type.Literal('green'),
  Type.Literal('yellow'),
  Type.Literal('ink'),
])
export type Colour = Static<typeof Colour>

// A page may be much higher than wide; what is drawn past its edge is kept.
const Coordinate = Type.Integer({ minimum: -20_000, maximum: 400_000 })
const common = {
  /** Made by whoever draws it; by it two versions are brought together. */
  id: Type.String({ pattern: '^[a-z0-9]{8,16}$' }),
  /** From 1; a photo is one page. */
  page: Type.Integer({ minimum: 1, maximum: 5_000 }),
  colour: Colour,
}

export const Stroke = Type.Object({
  ...common,
  kind: Type.Union([Type.Literal('pen'), Type.Literal('highlighter')]),
  width: Type.Integer({ minimum: 5, maximum: 1_000 }),
  /** x, y, x, y … */
  points: Type.Array(Coordinate, { minItems: 2, maxItems: 8_000 }),
  /** Of a pen that feels it, one for each point: 0 to 100. */
  pressures: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), { maxItems: 4_000 })),
})
export type Stroke = Static<typeof Stroke>

export const Note = Type.Object({
  ...common,
  kind: Type.Literal('text'),
  x: Coordinate,
  y: Coordinate,
  /** Height of a line. */
  size: Type.Integer({ minimum: 50, maximum: 2_000 }),
  text: Type.String({ minLength: 1, maxLength: 1_000 }),
})
export type Note = Static<typeof Note>

export const Stamp = Type.Object({
  ...common,
  kind: Type.Union([Type.Literal('tick'), Type.Literal('cross')]),
  /** Its middle. */
  x: Coordinate,
  y: Coordinate,
  size: Type.Integer({ minimum: 50, maximum: 2_000 }),
})
export type Stamp = Static<typeof Stamp>

export const Item = Type.Union([Stroke, Note, Stamp])
export type Item = Static<typeof Item>

/** `version`: the one that was read, 0 for none. When another one is there by now, nothing is overwritten. */
export const AnnotationsDraft = Type.Object({
  version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
  items: Type.Array(Item, { maxItems: 5_000 }),
})
export type AnnotationsDraft = Static<typeof AnnotationsDraft>

export const Saved = Type.Object({ version: Type.Integer() })
export type Saved = Static<typeof Saved>

export const Corrections = Type.Object({
  files: Type.Array(
    Type.Object({ fileId: IdOf<FileId>(), version: Type.Integer(), items: Type.Array(Item) }),
  ),
  voice: Type.Array(
    Type.Intersect([Attachment, Type.Object({ by: Type.Optional(Type.String()), saidAt: Instant })]),
  ),
})
export type Corrections = Static<typeof Corrections>
