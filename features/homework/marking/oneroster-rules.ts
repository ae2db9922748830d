// Marks as OneRoster 1.2 CSV (1EdTech, OneRoster CSV Binding 1.2, gradebook). The columns stand in the order that public
// implementations of the binding have. Ids are those of the school's directory, so that its own system knows them. Pure.

import type { Scale } from '../scales/contract.ts'
import { valueOf, wordOf } from '../scales/scale-rules.ts'

/** One piece of homework with the directory's ids. */
export type Item = {
  id: string
  title: string
  setOn: string
  dueOn: string
  class: string
  school: string
  /** The term in which it is due; empty where the directory has none. */
  session: string
  scale: Scale | null
}
export type ItemResult = {
  item: string
  pupil: string
  /** Given back; null while the pupil has not seen one. */
  mark: string | null
  on: string | null
  handedIn: boolean
  late: boolean
  /** It is due and nothing came. */
  missing: boolean
}

const columns = {
  categories: 'sourcedId,status,dateLastModified,title,weight',
  lineItems:
    'sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId',
  lineItemScoreScales: 'sourcedId,status,dateLastModified,title,lineItemSourcedId,scoreScaleSourcedId',
  results:
    'sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,classSourcedId,inProgress,incomplete,late,missing',
  scoreScales:
    'sourcedId,status,dateLastModified,title,type,orgSourcedId,courseSourcedId,classSourcedId,scoreScaleValue',
} as const

/** All files that a manifest of version 1.2 names. */
const named = [
  ...'academicSessions categories classes classResources courses courseResources demographics enrollments'.split(
    ' ',
  ),
  ...'lineItemLearningObjectiveIds lineItems lineItemScoreScales orgs resources resultLearningObjectiveIds'.split(
    ' ',
  ),
  ...'results resultScoreScales roles scoreScales userProfiles userResources users'.split(' '),
]

/** RFC 4180. A cell that a spreadsheet would compute gets an apostrophe before it; line ends are not allowed in one. */
function cell(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ')
  const plain = /^[=+\-@]/.test(line) ? `'${line}` : line
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
const table = (head: string, rows: readonly (readonly string[])[]) =>
  [head, ...rows.map((row) => row.map(cell).join(','))].map((line) => `${line}\r\n`).join('')

const category = 'preau-homework'
/** Levels as pairs of their share in hundredths and their code: what the binding's scoreScaleValue holds. */
function valuesOf(scale: Scale): string {
  if (scale.kind !== 'levels') return ''
  const last = scale.levels.length - 1
  return scale.levels.map(({ code }, i) => `{${Math.round((i / last) * 100)}:${code}}`).join(',')
}

function resultRow(r: ItemResult, item: Item): string[] {
  const mark = r.mark
  const word = mark && wordOf(mark)
  const value = item.scale && valueOf(item.scale, mark)
  const points =
    value !== null && item.scale?.kind === 'points'
      ? String(Number((value * item.scale.outOf).toFixed(2)))
      : ''
  const missing = r.missing || word === 'missing'
  const status =
    word === 'exempt'
      ? 'exempt'
      : word || missing
        ? 'not submitted'
        : mark !== null
          ? 'fully graded'
          : 'submitted'
  const text = mark !== null && points === '' ? mark : ''
  return [
    `${r.item}.${r.pupil}`,
    '',
    '',
    r.item,
    r.pupil,
    status,
    points,
    r.on ?? item.dueOn,
    '',
    text,
    item.class,
    'false',
    'false',
    String(r.late),
    String(missing),
  ]
}

/**
 * The package's files by name. Results are those that were given back; a copy whose mark the pupil has not seen is
 * "submitted", and homework that was withdrawn is not in it. Feedback stays in Préau.
 */
export function onerosterFiles(
  items: readonly Item[],
  results: readonly ItemResult[],
): Record<string, string> {
  const byId = new Map(items.map((item) => [item.id, item]))
  const scaled = items.filter(({ scale }) => scale?.kind === 'levels')
  const keys = new Map<string, { id: string; item: Item }>()
  for (const item of scaled) {
    const key = `${item.class} ${JSON.stringify(item.scale)}`
    if (!keys.has(key)) keys.set(key, { id: `preau-scale-${keys.size + 1}-${item.class}`, item })
  }
  const scaleOf = (item: Item) => keys.get(`${item.class} ${JSON.stringify(item.scale)}`)?.id ?? ''
  const files: Record<string, string> = {
    categories: table(columns.categories, [[category, '', '', 'Homework', '']]),
    lineItems: table(
      columns.lineItems,
      items.map((i) => [
        i.id,
        '',
        '',
        i.title,
        '',
        i.setOn,
        i.dueOn,
        i.class,
        category,
        i.session,
        i.scale?.kind === 'points' ? '0' : '',
        i.scale?.kind === 'points' ? String(i.scale.outOf) : '',
        i.school,
      ]),
    ),
    results: table(
      columns.results,
      results.flatMap((r) => {
        const item = byId.get(r.item)
        return item ? [resultRow(r, item)] : []
      }),
    ),
  }
  if (keys.size > 0) {
    files.scoreScales = table(
      columns.scoreScales,
      [...keys.values()].map(({ id, item }) => [
        id,
        '',
        '',
        item.scale?.title ?? '',
        'levels',
        item.school,
        '',
        item.class,
        item.scale ? valuesOf(item.scale) : '',
      ]),
    )
    files.lineItemScoreScales = table(
      columns.lineItemScoreScales,
      scaled.map((i) => [`${i.id}.scale`, '', '', i.scale?.title ?? '', i.id, scaleOf(i)]),
    )
  }
  const told = [
    ['manifest.version', '1.0'],
    ['oneroster.version', '1.2'],
    ...named.map((name) => [`file.${name}`, name in files ? 'bulk' : 'absent']),
    ['source.systemName', 'Préau'],
    ['source.systemCode', 'preau'],
  ]
  return Object.fromEntries([
    ['manifest.csv', table('propertyName,value', told)],
    ...Object.entries(files).map(([name, text]) => [`${name}.csv`, text]),
  ])
}
