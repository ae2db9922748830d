// Who counts as what in a school.
import type { Relation } from './contract.ts'

/** OneRoster roles that run a school: they see its classes, look after its accounts, change its timetable. */
export const administratorRoles: readonly string[] = [
  'administrator',
  'siteAdministrator',
  'principal',
  'systemAdministrator',
]

/** OneRoster roles of those who answer for a child. */
export const guardianRoles: readonly string[] = ['guardian', 'parent', 'relative']

const strongest: readonly Relation[] = ['teacher', 'administrator', 'student', 'guardian']

/** The relation that allows most, of all that a person has to a class; null when there is none. */
export function bestRelation(relations: readonly string[]): Relation | null {
  return strongest.find((relation) => relations.includes(relation)) ?? null
}
