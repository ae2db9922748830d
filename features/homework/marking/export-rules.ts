// A class's work as files: how copies are named in the archive, and marks as a table for a spreadsheet. Pure.
import { csvTable } from '#platform/csv'
import { type ArchivePaths, safeFileName } from '#platform/text'
import type { Submission } from '../contract.ts'
import type { WorkFacts } from '../rules.ts'

export type ExportedCopy = {
  givenName: string
  familyName: string
  /** What was handed in, and when on the school's clock ("24/11/2026 18:02"); null when nothing was. */
  submission:
    | (Pick<Submission, 'text' | 'late'> & {
        at: string
        /** `drawn`: corrected upon. */
        files: readonly (Submission['files'][number] & { drawn?: boolean })[]
      })
    | null
  work: WorkFacts
  /** Saved or given back; the remarks as plain text. */
  mark: string
  feedback: string
  /** Of the rubric's criteria: the chosen level and its points; null where none is chosen. */
  levels: readonly ({ title: string; points: number } | null)[]
  /** From the second on: it was to be done again. */
  round: number
}

/** `corrected`: with what was drawn upon it; `otherwise` stands beside it as a text when it cannot be read or made. */
export type Entry = { path: string; fileId?: string; text?: string; corrected?: boolean; otherwise?: string }

/**
 * What stands in the archive, at paths of its own: a folder for each pupil who handed in, with the text and the files as
 * they called them, which come before what is put beside them.
 */
export function archiveEntries(
  copies: readonly ExportedCopy[],
  textName: string,
  paths: ArchivePaths,
  language: Language = 'fr',
): Entry[] {
  const said = saidOfFiles[language]
  return copies.flatMap(({ familyName, givenName, submission }) => {
    if (!submission) return []
    const folder = `${paths.take('', `${familyName} ${givenName}`)}/`
    const text: Entry[] = submission.text
      ? [{ path: paths.take(folder, textName), text: submission.text }]
      : []
    const files = submission.files.map((file) => ({ file, path: paths.take(folder, file.name) }))
    const entries = files.flatMap(({ file, path }): Entry[] => {
      if (file.scan === 'waiting' || file.scan === 'infected')
        return [{ path: paths.note(path), text: said[file.scan] }]
      const original = { path, fileId: file.id, otherwise: said.missing }
      if (!file.drawn) return [original]
      const name = `${file.name.replace(/\.[^.]{1,5}$/, '')} ${said.corrected}.pdf`
      const drawn = { path: paths.take(folder, name), fileId: file.id, corrected: true }
      return [original, { ...drawn, otherwise: said.notCorrected }]
    })
    return [...text, ...entries]
  })
}

export type Language = 'fr' | 'en'

/** What stands in the place of a file that is not served, and how a corrected one is called. */
const saidOfFiles = {
  fr: {
    corrected: 'corrigé',
    notCorrected:
      'Les corrections de cette copie n’ont pas pu être mises dans un PDF : elle est trop lourde, abîmée ou protégée. Elles se voient sur la page de la copie.',
    missing:
      'Ce fichier n’a pas pu être lu sur le serveur, il manque dans cette archive. Signalez-le à l’administration : il se trouve peut-être dans une sauvegarde.',
    waiting: 'Ce fichier est encore en cours de vérification. Il sera lisible ensuite.',
    infected: 'Un virus a été trouvé dans ce fichier : il est mis à l’écart. À demander à l’élève à nouveau.',
  },
  en: {
    corrected: 'corrected',
    notCorrected:
      'The corrections of this copy could not be put into a PDF: it is too large, damaged or protected. They are seen on the copy’s page.',
    missing:
      'This file could not be read on the server, it is missing from this archive. Tell your administrators: it may be in a backup.',
    waiting: 'This file is still being checked. It can be read afterwards.',
    infected: 'A virus was found in this file: it was set aside. Ask the pupil for it again.',
  },
}

const words = {
  fr: {
    head: [
      'Nom',
      'Prénom',
      'Remis',
      'Remis le',
      'En retard',
      'Note',
      'Appréciation',
      'Rendu à l’élève',
      'Remise n°',
      'Barème',
    ],
    yes: 'oui',
    no: 'non',
  },
  en: {
    head: [
      'Family name',
      'Given name',
      'Handed in',
      'Handed in at',
      'Late',
      'Mark',
      'Feedback',
      'Given back',
      'Hand-in no.',
      'Scale',
    ],
    yes: 'yes',
    no: 'no',
  },
} as const

/** What the whole table is about; `criteria` are the rubric's, none without one. */
export type MarkedBy = { scale: string; criteria: readonly string[] }

/**
 * Marks of a class as a CSV with a byte order mark, so that spreadsheets read its accents; of each criterion stand the
 * level ("Atteint") and its points in two columns.
 */
export function marksTable(
  copies: readonly ExportedCopy[],
  language: Language,
  { scale, criteria }: MarkedBy = { scale: '', criteria: [] },
): string {
  const { head, yes, no } = words[language]
  const said = (is: boolean) => (is ? yes : no)
  const number = (value: number) => (language === 'fr' ? String(value).replace('.', ',') : String(value))
  const rows = copies.map(({ familyName, givenName, submission, work, mark, feedback, levels, round }) => [
    familyName,
    givenName,
    said(submission !== null || work.ticked),
    submission?.at ?? '',
    submission ? said(submission.late) : '',
    mark,
    feedback,
    said(work.givenBack),
    String(round),
    scale,
    ...criteria.flatMap((_, i) => [levels[i]?.title ?? '', levels[i] ? number(levels[i].points) : '']),
  ])
  const titles = [...head, ...criteria.flatMap((title) => [title, `${title} (points)`])]
  return csvTable([titles, ...rows], language)
}

/** The name under which a download of some homework is saved: "3e B, Lire le chapitre 2.zip". */
export function downloadName(of: { class: string; title: string }, ending: string): string {
  return `${safeFileName(`${of.class}, ${of.title}`)}.${ending}`
}
