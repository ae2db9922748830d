// How homework is marked, as it crosses the wire: the school's scales, and what one piece of homework is marked by.
//
//   GET  /api/schools/:schoolId/scales            → Scales                     (its administrators)
//   PUT  /api/schools/:schoolId/scales     Scales → Scales                     (its administrators)
//   GET  /api/homework/:homeworkId/marking        → MarkingView                (its class's teachers)
//   PUT  /api/homework/:homeworkId/marking Marking → MarkingView
//   GET  /api/remarks                             → Remarks                    one's own (teachers)
//   POST /api/remarks                 RemarkDraft → Remark
//   PUT  /api/remarks/:remarkId       RemarkDraft → Remark
//   DELETE /api/remarks/:remarkId                 → 204
import { type Static, Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { Id } from '#platform/ids'
import type { Refusals } from '#platform/refusal'

const title = Type.String({ minLength: 1, maxLength: 60 })

/** Points out of a total; `steps`: a mark is a whole multiple of one of them. */
export const PointScale = Type.Object({
  kind: Type.Literal('points'),
  title,
  outOf: Type.Number({ minimum: 1, maximum: 1000 }),
  steps: Type.Array(Type.Number({ minimum: 0.01, maximum: 1 }), { minItems: 1, maxItems: 3 }),
})
/** Letters or competences, the lowest first. */
export const LevelScale = Type.Object({
  kind: Type.Literal('levels'),
  title,
  levels: Type.Array(
    Type.Object({
      code: Type.String({ minLength: 1, maxLength: 20 }),
      label: Type.String({ maxLength: 60 }),
    }),
    { minItems: 2, maxItems: 12 },
  ),
})
/** Feedback alone. */
export const NoScale = Type.Object({ kind: Type.Literal('none'), title })
export const Scale = Type.Union([PointScale, LevelScale, NoScale])
export type Scale = Static<typeof Scale>

/** In the order in which they are offered: the first is the school's usual one. A change names the version it was made from. */
export const Scales = Type.Object({
  scales: Type.Array(Scale, { minItems: 1, maxItems: 20 }),
  version: Type.String({ maxLength: 40 }),
})
export type Scales = Static<typeof Scales>

/** What is looked at, and how well it can be done; levels have points, the lowest first. */
export const Rubric = Type.Object({
  title: Type.String({ maxLength: 120 }),
  criteria: Type.Array(
    Type.Object({
      id: Type.String({ minLength: 1, maxLength: 40 }),
      title: Type.String({ minLength: 1, maxLength: 160 }),
      levels: Type.Array(
        Type.Object({
          title: Type.String({ minLength: 1, maxLength: 200 }),
          points: Type.Number({ minimum: 0, maximum: 100 }),
        }),
        { minItems: 2, maxItems: 6 },
      ),
    }),
    { minItems: 1, maxItems: 12 },
  ),
})
export type Rubric = Static<typeof Rubric>

/** The number of the chosen level, from 0, for each criterion that is filled. */
export const Filled = Type.Record(
  Type.String({ pattern: '^.{1,40}$' }),
  Type.Integer({ minimum: 0, maximum: 5 }),
)
export type Filled = Static<typeof Filled>

export const Marking = Type.Object({
  scale: Scale,
  coefficient: Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()]),
  /** Which mark counts when a pupil was asked to do it again. */
  counts: Type.Union([Type.Literal('last'), Type.Literal('best')]),
  rubric: Type.Union([Rubric, Type.Null()]),
})
export type Marking = Static<typeof Marking>

export const MarkingView = Type.Object({
  marking: Marking,
  /** The school's scales. */
  scales: Type.Array(Scale),
  /** Rubrics of one's own earlier homework, the last first, each once. */
  rubrics: Type.Array(Rubric),
  /** Somebody has seen a filled rubric: it stays as it is. */
  rubricFixed: Type.Boolean(),
})
export type MarkingView = Static<typeof MarkingView>

export type RemarkId = Id<'remark'>
export const RemarkDraft = Type.Object({
  subject: Type.String({ maxLength: 60 }),
  words: Type.String({ minLength: 1, maxLength: 2000 }),
})
export type RemarkDraft = Static<typeof RemarkDraft>
export const Remark = Type.Object({
  id: IdOf<RemarkId>(),
  subject: Type.String(),
  words: Type.String(),
})
export type Remark = Static<typeof Remark>
export const Remarks = Type.Object({ remarks: Type.Array(Remark) })
export type Remarks = Static<typeof Remarks>

export const markRefusals = {
  'mark.too-high': 422,
  'mark.unreadable': 422,
  'mark.too-fine': 422,
  'mark.no-level': 422,
  'mark.not-asked': 422,
  'scale.changed-meanwhile': 409,
  'scale.level-twice': 422,
  'scale.title-twice': 422,
  'scale.level-named-as-word': 422,
  'rubric.level-unknown': 422,
  'rubric.criterion-twice': 422,
  'rubric.given-back': 409,
  'remark.too-many': 409,
  'remark.empty': 422,
} as const satisfies Refusals
