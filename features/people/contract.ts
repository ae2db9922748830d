// People and classes as they cross the wire.
//
//   GET /api/me                          → Me
//   GET /api/classes/:classId            → ClassView   (whoever is in it, guards a child in it, or runs its school)
//   GET /api/classes/:classId/pupils     → Pupils      (its teachers, its school's administrators)
//   GET /api/schools/:schoolId/classes   → SchoolClasses (its administrators)
import { type Static, Type } from 'typebox'
import { IdOf } from '#platform/contract'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'

export const Relation = Type.Union([
  Type.Literal('student'),
  Type.Literal('teacher'),
  Type.Literal('guardian'),
  Type.Literal('administrator'),
])
export type Relation = Static<typeof Relation>

export const Name = Type.Object({
  id: IdOf<PersonId>(),
  givenName: Type.String(),
  familyName: Type.String(),
})
export type Name = Static<typeof Name>

export const ClassBrief = Type.Object({
  id: IdOf<ClassId>(),
  schoolId: IdOf<SchoolId>(),
  title: Type.String(),
  /** homeroom, or scheduled: a group or a course's class. */
  type: Type.String(),
  subject: Type.Union([Type.String(), Type.Null()]),
})
export type ClassBrief = Static<typeof ClassBrief>

export const ClassView = Type.Intersect([
  ClassBrief,
  Type.Object({ school: Type.String(), relation: Relation, pupils: Type.Integer() }),
])
export type ClassView = Static<typeof ClassView>

export const SchoolBrief = Type.Object({ id: IdOf<SchoolId>(), name: Type.String(), relation: Relation })
export type SchoolBrief = Static<typeof SchoolBrief>

/**
 * What a school lets a guardian see of a child: everything; or the school day alone (timetable, diary, homework and
 * whether it was handed in), without copies, marks and feedback. Who may see nothing does not have the child.
 */
export const Sees = Type.Union([Type.Literal('all'), Type.Literal('day')])
export type Sees = Static<typeof Sees>

export const Child = Type.Intersect([Name, Type.Object({ classes: Type.Array(ClassBrief), sees: Sees })])
export type Child = Static<typeof Child>

export const Me = Type.Intersect([
  Name,
  Type.Object({
    username: Type.String(),
    schools: Type.Array(SchoolBrief),
    attends: Type.Array(ClassBrief),
    teaches: Type.Array(ClassBrief),
    children: Type.Array(Child),
  }),
])
export type Me = Static<typeof Me>

/** Sorted by family name, as the school's list is. */
export const Pupils = Type.Array(Name)
export type Pupils = Static<typeof Pupils>

export const SchoolClasses = Type.Array(
  Type.Intersect([
    ClassBrief,
    Type.Object({
      pupils: Type.Integer(),
      /** Pupils who cannot sign in yet. */
      withoutPassword: Type.Integer(),
      teachers: Type.Array(Type.String()),
    }),
  ]),
)
export type SchoolClasses = Static<typeof SchoolClasses>
