// Documents from one end to the other, by the pages: a teacher brings a folder and makes a drop box, a pupil reads on a
// phone and drops a file, the teacher takes all of it along and throws it away by mistake.
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Spaces } from '#feature/spaces/contract.ts'
import { accessible, fits, openHouse, signIn } from './house.ts'

const house = await openHouse()
let folder: string
let teacher: Page
let pupil: Page
let place = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preau-cours-'))
  await mkdir(join(folder, 'Chapitre 1', 'Fiches'), { recursive: true })
  await writeFile(join(folder, 'Chapitre 1', 'plan.txt'), 'Le plan du chapitre')
  await writeFile(join(folder, 'Chapitre 1', 'Fiches', 'fiche 2.txt'), 'La fiche')
  await writeFile(join(folder, 'devoir.txt'), 'Mon devoir')
  teacher = await signIn(await house.device(1280), house.account('teacher'))
  pupil = await signIn(await house.device(360), house.account('pupil'))
  const spaces = (page: Page) =>
    page.evaluate(async () => (await (await fetch('/api/spaces')).json()) as Spaces)
  const mine = (await spaces(pupil)).spaces.map(({ key }) => key)
  place =
    (await spaces(teacher)).spaces.find(({ key, kind }) => kind !== 'own' && mine.includes(key))?.key ?? ''
  expect(place, 'the demo teacher teaches the demo pupil').not.toBe('')
}, 180_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a teacher brings a folder with all that is in it, and makes a drop box', async () => {
  await teacher.goto(`/documents/${place}`)
  await teacher.getByRole('button', { name: 'Ajouter' }).click()
  await teacher.locator('input[webkitdirectory]').setInputFiles(join(folder, 'Chapitre 1'))
  await teacher.getByText('2 fichiers arrivés').waitFor()
  await teacher.getByRole('button', { name: /^Chapitre 1/ }).click()
  await teacher.getByRole('button', { name: /^Fiches/ }).waitFor()
  await teacher.goto(`/documents/${place}`)
  await teacher.getByRole('button', { name: 'Ajouter' }).click()
  await teacher.locator('input[webkitdirectory]').setInputFiles(join(folder, 'Chapitre 1'))
  await teacher.getByRole('heading', { name: 'fichiers portent un nom déjà pris' }).waitFor()
  await teacher.getByText('Choisir fichier par fichier').click()
  await teacher.getByLabel('Chapitre 1/plan.txt').selectOption('both')
  await accessible(teacher)
  await teacher.getByRole('button', { name: 'Continuer' }).click()
  await teacher.getByText(/2\sfichiers arrivés|1\sfichier arrivé/).waitFor()
  await teacher.getByRole('button', { name: /^Chapitre 1/ }).click()
  await teacher.getByRole('button', { name: /^plan \(2\)\.txt/ }).waitFor()
  await teacher.goto(`/documents/${place}`)
  await teacher.getByRole('button', { name: 'Ajouter' }).click()
  await teacher.getByRole('button', { name: 'Nouveau dossier' }).click()
  await teacher.getByRole('textbox', { name: 'Nom' }).fill('Dépôt')
  await teacher.getByRole('radio', { name: 'déposer (boîte de dépôt)' }).check()
  await teacher.getByRole('button', { name: 'Créer' }).click()
  await teacher.getByRole('button', { name: /^Dépôt/ }).waitFor()
  await accessible(teacher)
  await fits(teacher)
})

test('a pupil reads it on a phone and drops a file', async () => {
  await pupil.goto('/documents')
  await accessible(pupil)
  await pupil.goto(`/documents/${place}`)
  await pupil.getByRole('button', { name: /^Chapitre 1/ }).click()
  await pupil.getByRole('button', { name: /^plan\.txt/ }).click()
  await pupil.getByText('Le plan du chapitre').waitFor()
  await accessible(pupil)
  await fits(pupil)
  await pupil.getByRole('button', { name: 'Fermer' }).click()
  await pupil.goto(`/documents/${place}`)
  await pupil.getByRole('button', { name: /^Dépôt/ }).click()
  await pupil.getByText('Boîte de dépôt : chacun').waitFor()
  await pupil.getByRole('button', { name: 'Ajouter' }).click()
  await pupil.locator('input[type=file]').setInputFiles(join(folder, 'devoir.txt'))
  await pupil.getByRole('button', { name: /^devoir\.txt/ }).waitFor()
  await fits(pupil)
})

test('the teacher takes it along, throws it away and brings it back', async () => {
  await teacher.goto(`/documents/${place}`)
  await teacher.getByLabel('Choisir Chapitre 1').check()
  await teacher.getByLabel('Choisir Dépôt').check()
  const download = teacher.waitForEvent('download')
  await teacher.getByRole('group', { name: '2 choisis' }).getByRole('link', { name: 'Télécharger' }).click()
  const zip = await download
  expect(zip.suggestedFilename()).toBe('Documents.zip')
  expect((await stat(await zip.path())).size).toBeGreaterThan(200)
  await teacher.getByRole('group').getByRole('button', { name: 'Mettre à la corbeille' }).click()
  await expect.poll(() => teacher.getByRole('button', { name: /^Dépôt/ }).count()).toBe(0)
  await teacher.getByRole('button', { name: 'Annuler' }).click()
  await teacher.getByRole('button', { name: /^Dépôt/ }).waitFor()
})

test('the teacher drags a file into a folder and takes it back, and keeps an attachment', async () => {
  const five = [1, 2, 3, 4, 5].map((n) => ({
    name: `page ${n}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(`page ${n}`),
  }))
  await teacher.getByRole('button', { name: 'Ajouter' }).click()
  await teacher.locator('input[type=file]').first().setInputFiles(five)
  await teacher.getByText('5 fichiers arrivés').waitFor()
  const row = (name: RegExp) => teacher.getByRole('button', { name })
  await row(/^page 1/).dragTo(row(/^Chapitre 1/))
  await expect.poll(() => row(/^page 1/).count()).toBe(0)
  await teacher.getByRole('button', { name: 'Annuler' }).click()
  await row(/^page 1/).waitFor()
  await row(/^Chapitre 1/).click()
  await row(/^plan\.txt/).dragTo(
    teacher.getByRole('navigation', { name: 'Documents' }).getByRole('link').nth(1),
  )
  await teacher.getByText('Déplacé.').waitFor()

  const id = await teacher.evaluate(async (classKey) => {
    const send = async (path: string, body: object) =>
      (
        await fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).json()
    const { nodes } = await (await fetch(`/api/spaces/places/${classKey}`)).json()
    const node = nodes.find(({ name }: { name: string }) => name === 'plan.txt')
    const file = await send(`/api/spaces/nodes/${node.id}/file`, {})
    const again = { fileId: file.id, name: 'notes.txt', clash: 'both' }
    const notes = (await send(`/api/spaces/places/${classKey}/files`, again)).node
    const second = await send(`/api/spaces/nodes/${notes.id}/file`, {})
    const dueAt = new Date(Date.now() + 86_400_000 * 3).toISOString()
    const draft = { title: 'Lire le plan', body: '', dueAt, handIn: false, attachments: [file.id, second.id] }
    return (await send(`/api/classes/${classKey.split('.')[1]}/homework`, draft)).id as string
  }, place)
  await pupil.goto(`/homework/${id}`)
  await pupil.getByRole('button', { name: 'Garder dans mes documents' }).click()
  await pupil.getByRole('checkbox', { name: 'notes.txt' }).uncheck()
  await accessible(pupil)
  await pupil.getByRole('button', { name: 'Garder dans mes documents' }).click()
  await pupil.getByRole('status').getByRole('link', { name: 'Mes documents' }).click()
  await pupil.getByRole('button', { name: /^plan\.txt/ }).waitFor()
  expect(await pupil.getByRole('button', { name: /^notes\.txt/ }).count()).toBe(0)
  await fits(pupil)
})
