// What of work that was given back can be kept beside its files: the copies with their corrections, made on this device.
import type { MadeHere } from '#feature/spaces/web/nodes.ts'
import { api } from '#web/api.ts'
import { canBeAnnotated } from '../../annotating/annotating-rules.ts'
import type { Corrections } from '../../annotating/contract.ts'
import type { Submission } from '../../contract.ts'
import { annotatingTexts } from './texts-annotating.ts'

/** The corrected copies of a hand-in; each PDF is made when it is asked for. @throws what the server refuses */
export async function correctedCopies({ id, files }: Submission): Promise<MadeHere[]> {
  const corrections = await api<Corrections>('GET', `/api/submissions/${id}/corrections`)
  return files.flatMap((file) => {
    const items = corrections.files.find(({ fileId }) => fileId === file.id)?.items ?? []
    if (!items.length || !canBeAnnotated(file)) return []
    const make = async () => (await import('./corrected.ts')).correctedPdf(file, items)
    return [{ id: `${file.id} corrected`, name: annotatingTexts().correctedName(file.name), make }]
  })
}
