// A class's work to take along: its copies as an archive, its marks as a table.
import { Readable } from 'node:stream'
import { pupilsOf, type Who } from '#features/people'
import { wallClock } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { FileId, HomeworkId } from '#platform/ids'
import { plainText } from '#platform/rich-text'
import { archivePaths } from '#platform/text'
import { type Zip, zipStream } from '#platform/zip'
import { taughtHomework } from '../actions.ts'
import { correctedCopy } from '../annotating/corrected-copies.ts'
import type { Rubric } from '../scales/contract.ts'
import { findMarking } from '../scales/scale-store.ts'
import { listNamed } from '../setting/setting-store.ts'
import {
  archiveEntries,
  downloadName,
  type Entry,
  type ExportedCopy,
  type Language,
  marksTable,
} from './export-rules.ts'
import { type CopyRow, listCopies } from './export-store.ts'

function exported(row: CopyRow, zone: string, rubric: Rubric | null): ExportedCopy {
  const { givenName, familyName, ticked, submittedAt, givenBack, files } = row
  const at = submittedAt && wallClock(submittedAt.getTime(), zone)
  return {
    givenName,
    familyName,
    submission: at && {
      text: row.text ?? '',
      files,
      late: row.late ?? false,
      at: `${at.date.split('-').reverse().join('/')} ${at.time}`,
    },
    work: { ticked, handedIn: at !== null, givenBack },
    mark: row.mark ?? '',
    feedback: plainText(row.feedback ?? ''),
    levels: (rubric?.criteria ?? []).map(({ id, levels }) => levels[row.rubric?.[id] ?? -1] ?? null),
    round: row.round,
  }
}

async function copiesOf(ctx: Ctx, who: Who, id: HomeworkId) {
  const { homework, taught } = await taughtHomework(ctx, who, id)
  const attending = (await pupilsOf(ctx, taught)).map((pupil) => pupil.id)
  const named = homework.forSome ? new Set(await listNamed(ctx.db, id)) : null
  const rows = await listCopies(
    ctx.db,
    id,
    attending.filter((pupil) => !named || named.has(pupil)),
  )
  const marking = await findMarking(ctx.db, id)
  const copies = rows.map((row) => exported(row, taught.zone, marking.rubric))
  return { shared: homework.shared, rows, copies, marking }
}

const textNames = { fr: 'texte.txt', en: 'text.txt' }

type Row = { row: CopyRow; file: CopyRow['files'][number] }

/** Opens a file's bytes, or those of its copy with the corrections; null when they are gone, or these cannot be made. */
async function bytesOf(ctx: Ctx, { row, file }: Row, corrected: boolean): Promise<(() => Readable) | null> {
  const { sha256 } = file
  if (!sha256) return null
  if (!corrected) return (await ctx.files.size(sha256)) === file.bytes ? () => ctx.files.read(sha256) : null
  if (!row.submissionId) return null
  const original = { ...file, id: file.id as FileId, sha256: file.viewSha256 ?? sha256 }
  const made = await correctedCopy(ctx, row.submissionId, original)
  return made && (() => Readable.from([made]))
}

/**
 * Every copy that was handed in, as a zip that is made while it is sent: one file after the other is read, or made with
 * its corrections, and nothing is kept. Photos, films and PDF are packed as they are. @throws `absent`
 */
export async function copiesArchive(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  language: Language,
): Promise<{ name: string; bytes: Readable }> {
  const { shared, rows, copies } = await copiesOf(ctx, who, id)
  const files = new Map(rows.flatMap((row) => row.files.map((file) => [file.id as string, { row, file }])))
  const paths = archivePaths()

  async function add(zip: Zip, { path, fileId, corrected = false, otherwise }: Entry): Promise<void> {
    const file = files.get(fileId ?? '')
    const open = file ? await bytesOf(ctx, file, corrected) : null
    if (zip.left) return
    if (file && open) await zip.file(path, open, corrected ? { type: 'application/pdf' } : file.file)
    else if (otherwise) zip.text(paths.note(path), otherwise)
  }
  const bytes = zipStream(async (zip) => {
    for (const entry of archiveEntries(copies, textNames[language], paths, language)) {
      if (zip.left) return
      if (entry.text !== undefined) zip.text(entry.path, entry.text)
      else await add(zip, entry)
    }
  })
  return { name: downloadName(shared, 'zip'), bytes }
}

/** Marks and remarks of the class, saved or given back, as a CSV. @throws `absent` */
export async function marksFile(
  ctx: Ctx,
  who: Who,
  id: HomeworkId,
  language: Language,
): Promise<{ name: string; text: string }> {
  const { shared, copies, marking } = await copiesOf(ctx, who, id)
  const criteria = marking.rubric?.criteria.map(({ title }) => title) ?? []
  const text = marksTable(copies, language, { scale: marking.scale.title, criteria })
  return { name: downloadName(shared, 'csv'), text }
}
