// Who of a school waits for a code, counted for a choice of classes; and codes as a table. Pure.
import { csvTable } from '#platform/csv'
import type { ClassId } from '#platform/ids'
import type { CodeList } from '../contract.ts'
import type { CodesPlan } from './contract.ts'

/** Codes made at once: more than a large school's pupils, or their guardians. */
export const mostCodes = 4000

/** Somebody in one of the school's homerooms, whether or not they need a code. */
export type Standing = {
  /** In the order of the classes' titles. */
  classes: { id: ClassId; title: string }[]
  /** No password, and not the record of somebody who signs in elsewhere. */
  waiting: boolean
  works: boolean
  /** When the code was made that they hold and that still works. */
  codeMadeAt: Date | null
}

const later = (a: string | null, b: string | null) => ((a ?? '') > (b ?? '') ? a : b)

/** Whether they are given a code with the others: whoever also works at a school may have more rights than the asker. */
export const getsCode = (one: Standing): boolean => one.waiting && !one.works

/** Those who get a code, each once, in the first of the chosen classes in which they stand; by class. */
export function slipsFor<T extends Standing>(
  all: readonly T[],
  chosen: readonly ClassId[] | null,
): { person: T; class: string }[] {
  return all
    .filter(getsCode)
    .flatMap((person) => {
      const first = person.classes.find(({ id }) => !chosen || chosen.includes(id))
      return first ? [{ person, class: first.title }] : []
    })
    .sort((a, b) => a.class.localeCompare(b.class, 'fr', { numeric: true }))
}

/** What the reader chooses from. */
export function planOf(all: readonly Standing[]): Omit<CodesPlan, 'runs'> {
  const classes = new Map<ClassId, CodesPlan['classes'][number]>()
  const groups = new Map<string, CodesPlan['groups'][number]>()
  for (const one of all) {
    const gets = getsCode(one)
    for (const { id, title } of one.classes) {
      const at = classes.get(id) ?? { id, title, people: 0, waiting: 0 }
      classes.set(id, { ...at, people: at.people + 1, waiting: at.waiting + Number(gets) })
    }
    if (!gets) continue
    const ids = one.classes.map(({ id }) => id)
    const key = ids.join()
    const group = groups.get(key) ?? { classes: ids, people: 0, ending: 0, lastMade: null }
    groups.set(key, {
      ...group,
      people: group.people + 1,
      ending: group.ending + Number(one.codeMadeAt !== null),
      lastMade: later(group.lastMade, one.codeMadeAt?.toISOString() ?? null),
    })
  }
  return {
    classes: [...classes.values()].sort((a, b) => a.title.localeCompare(b.title, 'fr', { numeric: true })),
    groups: [...groups.values()],
    working: all.filter((one) => one.waiting && one.works).length,
  }
}

/** How many codes a choice of classes makes, how many earlier ones it ends, and when the newest of those was made. */
export function countFor(
  { groups }: Pick<CodesPlan, 'groups'>,
  chosen: ReadonlySet<string>,
): { people: number; ending: number; lastMade: string | null } {
  const concerned = groups.filter(({ classes }) => classes.some((id) => chosen.has(id)))
  return {
    people: concerned.reduce((n, group) => n + group.people, 0),
    ending: concerned.reduce((n, group) => n + group.ending, 0),
    lastMade: concerned.reduce<string | null>((last, group) => later(last, group.lastMade), null),
  }
}

const heads = {
  fr: ['Classe', 'Nom', 'Prénom', 'Identifiant', 'Code', 'Enfants'],
  en: ['Class', 'Family name', 'Given name', 'User name', 'Code', 'Children'],
}

/** Codes as CSV, for a spreadsheet of the language; the last column for guardians. */
export function codesCsv({ codes }: Pick<CodeList, 'codes'>, language: 'fr' | 'en'): string {
  const withChildren = codes.some(({ children }) => children)
  const rows = codes.map((one) => [
    one.class ?? '',
    one.familyName,
    one.givenName,
    one.username,
    one.code,
    (one.children ?? []).join(', '),
  ])
  return csvTable(
    [heads[language], ...rows].map((row) => (withChildren ? row : row.slice(0, 5))),
    language,
  )
}
