// A file waits visibly until a real clamd has seen it, an infected one is served to nobody, and nothing is lost while
// the scanner is away.
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openClamd } from '#platform/clamd'
import { type FileId, newId, type PersonId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { aClamd, eicar, noClamd, type TestClamd } from '#test/clamd'
import { aSchool, type TestSchool } from '#test/world'
import { askForScan } from './scan-store.ts'
import { openScanner, type Scanner } from './scanner.ts'

if (noClamd) console.log(`The virus scanner is not tested: ${noClamd}.`)

describe.skipIf(noClamd)('with a real clamd', async () => {
  const w = await aWorkspace()
  let clamd: TestClamd
  let scanner: Scanner
  let s: TestSchool

  beforeAll(async () => {
    clamd = await aClamd()
    w.ctx.antivirus = openClamd({ path: clamd.path })
    scanner = openScanner(w.ctx)
    s = await aSchool(w.ctx.db)
  })
  afterAll(async () => {
    scanner.close()
    await clamd.close()
  })

  type Person = { id: PersonId }

  /** A pupil's file that waits for the scanner, with the hand-in that holds it and the teacher's address of the copy. */
  async function handedIn(content: string | Buffer) {
    const { sha256, bytes } = await w.ctx.files.put(Readable.from([Buffer.from(content)]))
    const id = newId<FileId>(w.clock.now())
    const of = { school_id: s.school.id, owner_id: s.lea.id, created_at: new Date(w.clock.now()) }
    const file = { id, sha256, bytes, name: 'exposé.txt', type: 'text/plain' }
    const due = { scan: 'waiting', scan_due_at: new Date(0) }
    await w.ctx.db
      .insertInto('file')
      .values({ ...of, ...file, ...due })
      .execute()
    const draft = { title: 'Lire', body: '', dueAt: '2026-11-26T07:00:00Z', handIn: true, attachments: [] }
    const set = await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, draft)
    const homework = set.json().id as string
    const answer = await (await w.as(s.lea)).post(`/api/homework/${homework}/submissions`, {
      text: 'voici',
      files: [id],
    })
    expect(answer.statusCode, 'acknowledged at once').toBe(200)
    expect(answer.json().receipt).toBeDefined()
    return { id, homework, copy: `/api/homework/${homework}/pupils/${s.lea.id}` }
  }

  const read = async (person: Person, id: string) => (await w.as(person)).get(`/files/${id}/x`)
  const shown = async (copy: string) =>
    (await (await w.as(s.mme_diallo)).get(copy)).json().submission.files[0].scan

  test('a copy shows its file as waiting until it is found clean', async () => {
    const { id, copy } = await handedIn('un exposé')
    expect(await shown(copy)).toBe('waiting')
    refused(await read(s.mme_diallo, id), 'file.being-checked')
    expect((await read(s.lea, id)).statusCode, 'their own').toBe(200)
    await scanner.tend()
    expect(await shown(copy)).toBeUndefined()
    expect((await read(s.mme_diallo, id)).body).toBe('un exposé')
  })

  test('an infected file is served to nobody, and its owner and the school are told', async () => {
    const { id, homework, copy } = await handedIn(`${eicar}`)
    await scanner.tend()
    expect(await shown(copy)).toBe('infected')
    for (const person of [s.mme_diallo, s.mme_diop, s.lea]) refused(await read(person, id), 'file.infected')
    const mine = (await (await w.as(s.lea)).get(`/api/homework/${homework}/mine`)).json()
    expect(mine.submission.files[0].scan).toBe('infected')
    const storage = await (await w.as(s.mme_roy)).get(`/api/schools/${s.school.id}/storage`)
    expect(storage.json().setAside).toMatchObject([
      { id, name: 'exposé.txt', finding: expect.stringContaining('Eicar'), ownerId: s.lea.id },
    ])
    const zip = await (await w.as(s.mme_diallo)).get(`/files/homework/${homework}/copies.zip`)
    expect(zip.rawPayload.includes('EICAR')).toBe(false)
    expect(zip.rawPayload.includes('.txt.txt')).toBe(true)
  })

  test('what is larger than the scanner takes is served, and said not to be checked', async () => {
    const { id, copy } = await handedIn(Buffer.alloc(1_500_000, 'a'))
    await scanner.tend()
    expect(await shown(copy)).toBe('unchecked')
    expect((await read(s.mme_diallo, id)).statusCode).toBe(200)
  })

  test('while the scanner is away files wait, and a new process takes them up', async () => {
    await clamd.kill()
    const { id, copy } = await handedIn('pendant la panne')
    await scanner.tend()
    expect(await shown(copy)).toBe('waiting')
    expect((await read(s.lea, id)).statusCode).toBe(200)
    refused(await read(s.mme_diallo, id), 'file.being-checked')
    await clamd.start()
    // What its predecessor had put back is due again.
    await w.ctx.db
      .updateTable('file')
      .set({ scan_due_at: new Date(0) })
      .where('id', '=', id)
      .execute()
    const next = openScanner(w.ctx)
    await next.tend()
    next.close()
    expect(await shown(copy)).toBeUndefined()
  })

  test('another look on demand: files are served meanwhile, and a false alarm is lifted', async () => {
    const { id } = await handedIn('accusé à tort')
    await w.ctx.db
      .updateTable('file')
      .set({ scan: 'infected', finding: 'Wrong', scan_due_at: null })
      .where('id', '=', id)
      .execute()
    expect(await askForScan(w.ctx.db, s.school.id)).toBeGreaterThan(1)
    await scanner.tend()
    expect((await read(s.mme_diallo, id)).statusCode).toBe(200)
  })

  test('many at once are all seen, a few at a time', async () => {
    let now = 0
    let most = 0
    const real = openClamd({ path: clamd.path })
    w.ctx.antivirus = {
      scan: async (bytes) => {
        most = Math.max(most, ++now)
        return real.scan(bytes).finally(() => now--)
      },
    }
    const files = []
    for (let i = 0; i < 10; i++) files.push(await handedIn(`beaucoup ${i}`))
    await scanner.tend()
    for (const { copy } of files) expect(await shown(copy)).toBeUndefined()
    expect(most).toBe(2)
  })

  test('without a scanner, what waited for one is served', async () => {
    const { id } = await handedIn('plus de gardien')
    delete w.ctx.antivirus
    await scanner.tend()
    expect((await read(s.mme_diallo, id)).statusCode).toBe(200)
  })
})
