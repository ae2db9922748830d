// An import's report in sentences for a school's administrator, in French and English: what happened to whom, what was
// wrong and where, and what to do about it.
import type { Disabling, ImportKind, ImportRefusal, ImportReport, Problem, ProblemCode } from './contract.ts'
import { importKinds, problemEffects } from './contract.ts'
import { disablingTexts, problemTexts, refusalTexts } from './sentence-texts.ts'

export type Language = 'fr' | 'en'

const kindNames: Record<Language, Record<ImportKind, string>> = {
  fr: {
    org: 'Établissements et collectivités',
    academicSession: 'Périodes',
    course: 'Enseignements',
    class: 'Classes et groupes',
    person: 'Personnes',
    role: 'Fonctions',
    guardianship: 'Liens responsable – enfant',
    enrollment: 'Inscriptions',
  },
  en: {
    org: 'Schools and organisations',
    academicSession: 'Terms and years',
    course: 'Courses',
    class: 'Classes and groups',
    person: 'People',
    role: 'Roles',
    guardianship: 'Guardian – child links',
    enrollment: 'Enrollments',
  },
}

/** What an import is doing, from the name that it gives the step: a file that is read, or a kind of things. */
export function stepName(step: string, language: Language): string {
  return kindNames[language][step as ImportKind] ?? step
}

const words = {
  fr: {
    done: (source: string, version: string) => `Import de « ${source} » (OneRoster ${version}) terminé.`,
    dry: (source: string, version: string) =>
      `Essai d’import de « ${source} » (OneRoster ${version}) : rien n’a été modifié.`,
    columns: ['créés', 'modifiés', 'désactivés'],
    nothing: 'Rien de nouveau : tout était déjà à jour.',
    effects: {
      skipped: 'Lignes laissées de côté',
      kept: 'Lignes prises, avec une réserve',
      note: 'À savoir',
    },
    none: 'Aucun problème dans les fichiers.',
    lines: (count: string, shown: string, more: boolean, one: boolean) =>
      one ? `ligne ${shown}` : `${count} fois ; lignes ${shown}${more ? '…' : ''}`,
    keys: (n: string) => `Classes dont un membre est parti (les anciens accès sont fermés) : ${n}`,
    passes: (n: string) => `Comptes déconnectés partout : ${n}`,
    leftOut: (n: string) => `Et ${n} autres problèmes, trop divers pour être listés.`,
    apply: 'Pour appliquer, relancez la commande sans --dry-run.',
  },
  en: {
    done: (source: string, version: string) => `Import of “${source}” (OneRoster ${version}) done.`,
    dry: (source: string, version: string) =>
      `Trial import of “${source}” (OneRoster ${version}): nothing was changed.`,
    columns: ['created', 'changed', 'disabled'],
    nothing: 'Nothing new: everything was up to date.',
    effects: { skipped: 'Rows left out', kept: 'Rows taken, with a reservation', note: 'Good to know' },
    none: 'No problem in the files.',
    lines: (count: string, shown: string, more: boolean, one: boolean) =>
      one ? `line ${shown}` : `${count} times; lines ${shown}${more ? '…' : ''}`,
    keys: (n: string) => `Classes that lost a member (older access is closed): ${n}`,
    passes: (n: string) => `Accounts signed out everywhere: ${n}`,
    leftOut: (n: string) => `And ${n} more problems, too various to list.`,
    apply: 'To apply it, run the command without --dry-run.',
  },
}

/** The report as text of a few dozen lines. `command`: with what one types to go on. */
export function reportText(report: ImportReport, language: Language, command = true): string {
  const say = words[language]
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format
  const lines = [(report.applied ? say.done : say.dry)(report.source, report.version), '']
  lines.push(...table(report, language, number))
  if (report.classKeysChanged || report.passesEnded) lines.push('')
  if (report.classKeysChanged) lines.push(say.keys(number(report.classKeysChanged)))
  if (report.passesEnded) lines.push(say.passes(number(report.passesEnded)))
  if (report.problems.length === 0) lines.push('', say.none)
  for (const effect of ['skipped', 'kept', 'note'] as const) {
    const found = report.problems.filter((p) => problemEffects[p.code] === effect)
    if (found.length === 0) continue
    lines.push('', say.effects[effect], ...found.map((p) => `  ${problemSentence(p, language)}`))
  }
  if (report.problemsLeftOut) lines.push('', say.leftOut(number(report.problemsLeftOut)))
  for (const one of report.disabling) lines.push('', disablingSentence(one, language))
  if (!report.applied && command) lines.push('', say.apply)
  return lines.join('\n')
}

function table(report: ImportReport, language: Language, number: (n: number) => string): string[] {
  const { columns, nothing } = words[language]
  const changed = importKinds.filter((kind) => Object.values(report.kinds[kind]).some((n) => n > 0))
  if (changed.length === 0) return [nothing]
  const names = kindNames[language]
  const width = Math.max(...changed.map((kind) => names[kind].length))
  const row = (name: string, cells: string[]) =>
    `  ${name.padEnd(width)} ${cells.map((cell) => cell.padStart(12)).join('')}`
  return [
    row('', columns),
    ...changed.map((kind) => {
      const { created, changed, disabled } = report.kinds[kind]
      return row(names[kind], [created, changed, disabled].map(number))
    }),
  ]
}

/** One problem as a sentence that begins with its place. */
export function problemSentence(problem: Problem, language: Language): string {
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format
  const { count, lines, file, column } = problem
  const colon = language === 'fr' ? ' :' : ':'
  const sentence = problemTexts[problem.code as ProblemCode][language](problem.value ?? '')
  const place = column ? `${file}, ${column}` : file
  const where = lines.length
    ? ` (${words[language].lines(number(count), lines.join(', '), count > lines.length, count === 1)})`
    : ''
  return `${place}${colon} ${sentence}${where}`
}

/** How much of a school an import would disable. */
export const disablingSentence = (one: Disabling, language: Language): string => disablingTexts[language](one)

/** Why an import was refused, and what to do, in one or two sentences. */
export function refusalSentence(
  code: string,
  facts: Readonly<Record<string, string | number>>,
  language: Language,
): string {
  const known = refusalTexts[code as ImportRefusal]
  return known ? known[language](facts) : code
}
