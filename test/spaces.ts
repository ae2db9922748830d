// Files in spaces for tests: put there by the same requests that a page sends.
import { Readable } from 'node:stream'
import type { Placed } from '#feature/spaces/contract.ts'
import { type FileId, newId } from '#platform/ids'
import type { Sender, TestWorkspace } from './app.ts'
import type { TestPerson, TestSchool } from './world.ts'

/** A file of somebody's, with its bytes in the store, as if it had just been sent. */
export async function aFile(
  w: TestWorkspace,
  s: TestSchool,
  owner: TestPerson,
  over: { name?: string; text?: string; type?: string } = {},
): Promise<FileId> {
  const { name = 'carte.txt', text = `file of ${name}`, type = 'text/plain' } = over
  const id = newId<FileId>(w.clock.now())
  const stored = await w.ctx.files.put(Readable.from([Buffer.from(text)]))
  await w.ctx.db
    .insertInto('file')
    .values({
      id,
      school_id: s.school.id,
      owner_id: owner.id,
      ...stored,
      name,
      type,
      view_sha256: null,
      created_at: new Date(w.clock.now()),
    })
    .execute()
  return id
}

/** Makes a folder and gives its id. */
export async function aFolder(sender: Sender, place: string, name: string, pupils = 'read'): Promise<string> {
  const answer = await sender.post(`/api/spaces/places/${place}/folders`, { name, pupils })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json().id
}

/** Puts a file of one's own into a place. */
export async function place(
  sender: Sender,
  where: string,
  fileId: FileId,
  over: { clash?: string; folders?: string[]; name?: string; id?: string } = {},
): Promise<Placed> {
  const answer = await sender.post(`/api/spaces/places/${where}/files`, { fileId, clash: 'both', ...over })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json()
}

/** Nodes of a teacher's for trying every address of the spaces: one for each that changes or deletes. */
export async function someNodes(w: TestWorkspace, s: TestSchool) {
  const teacher = await w.as(s.mme_diallo)
  const own = `own.${s.mme_diallo.id}`
  const folder = await aFolder(teacher, own, 'Cours')
  const placed = async (name: string) =>
    (await place(teacher, own, await aFile(w, s, s.mme_diallo, { name }))).node.id as string
  const file = await placed('a.txt')
  const facts = (await teacher.get(`/api/spaces/nodes/${file}`)).json()
  const gone = await placed('b.txt')
  await teacher.post('/api/spaces/trash', { nodes: [gone] })
  const shared = await teacher.put(`/api/spaces/nodes/${file}/shares`, {
    kind: 'person',
    id: s.m_benali.id,
    write: false,
  })
  const shareId = shared.json()[0].shareId as string
  return { own, folder, file, gone, toTrash: await placed('c.txt'), version: facts.versions[0].id, shareId }
}
