// Who has not connected, by class: counted, sorted by need, and as a table for the call home. Pure.
import { csvTable } from '#platform/csv'
import type { Missing } from '../contract.ts'

type Row = {
  classId: Missing['classes'][number]['id']
  class: string
  missing: boolean
} & Missing['classes'][number]['list'][number]

/** Rows by class, the class with the greatest share missing first; within one, those never seen first. */
export function byNeed(rows: readonly Row[], since: string): Missing {
  const groups = Map.groupBy(rows, ({ classId }) => classId)
  const classes = [...groups].map(([id, all]) => {
    const missing = all.filter((row) => row.missing)
    const never = missing.filter(({ lastSeenOn }) => lastSeenOn === null)
    const list = [...never, ...missing.filter(({ lastSeenOn }) => lastSeenOn !== null)].map(
      ({ classId: _, class: __, missing: ___, ...row }) => row,
    )
    return {
      id,
      title: all[0]?.class ?? '',
      people: all.length,
      missing: missing.length,
      never: never.length,
      list,
    }
  })
  const share = (one: (typeof classes)[number]) => one.missing / one.people
  classes.sort((a, b) => share(b) - share(a) || b.missing - a.missing || a.title.localeCompare(b.title, 'fr'))
  return { since, classes }
}

const heads = {
  fr: ['Classe', 'Nom', 'Prénom', 'Dernière connexion', 'Enfants', 'Responsables', 'Courriel', 'Appelé'],
  en: ['Class', 'Family name', 'Given name', 'Last seen', 'Children', 'Guardians', 'E-mail', 'Called'],
}
const never = { fr: 'jamais', en: 'never' }

/** The list as CSV, for a spreadsheet of the language. */
export function missingCsv({ classes }: Missing, language: 'fr' | 'en'): string {
  const rows = classes.flatMap(({ title, list }) =>
    list.map((one) => [
      title,
      one.familyName,
      one.givenName,
      one.lastSeenOn ?? never[language],
      one.children.join(', '),
      one.contacts.map(({ name }) => name).join(', '),
      one.contacts.flatMap(({ email }) => email ?? []).join(', '),
      one.call ? one.call.note || '✓' : '',
    ]),
  )
  return csvTable([heads[language], ...rows], language)
}
