// What people do each day, in the two other families of browsers: sign in, see today, hand in, give back.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type BrowserName, findBrowser } from '../../tools/browser.ts'
import { openHouse, type SignIn } from './house.ts'
import { openFirefox, openWebKit, reads, shows, type Visitor } from './visitors.ts'

const house = await openHouse()

type Work = {
  homework: { id: string; classId: string; title: string; handIn: boolean; dueAt: string }[]
  states: { homeworkId: string }[]
}

/** Asks the API as whoever is signed in on the page; not by fetch, since not every driver waits for a promise. */
const ask = <T>(visitor: Visitor, path: string) =>
  visitor
    .evaluate<string>(
      `(() => { const r = new XMLHttpRequest(); r.open('GET', '${path}', false); r.send(); return r.responseText })()`,
    )
    .then((text) => JSON.parse(text) as T)

async function signIn(visitor: Visitor, { userName, password }: SignIn): Promise<void> {
  await visitor.goTo('/sign-in')
  await visitor.evaluate("document.cookie = 'preau_lang=fr; Path=/'")
  await visitor.goTo('/sign-in')
  await visitor.fill('Identifiant', userName)
  await visitor.fill('Mot de passe', password)
  await visitor.press('Se connecter')
  await expect.poll(visitor.at, { timeout: 30_000 }).toBe('/')
  await shows(visitor, 'main h1')
}

const families: { name: BrowserName; open(program: string, origin: string): Promise<Visitor> }[] = [
  { name: 'firefox', open: openFirefox },
  { name: 'webkit', open: openWebKit },
]

describe.each(families)('in $name', ({ name, open }) => {
  const program = findBrowser(name)
  const opened: Visitor[] = []
  afterAll(async () => {
    for (const visitor of opened) await visitor.close()
  })
  async function visit(who: SignIn): Promise<Visitor> {
    const visitor = await open(program ?? '', house.url)
    opened.push(visitor)
    await signIn(visitor, who)
    return visitor
  }

  test.skipIf(!program)(
    'a pupil sees today and hands in, the teacher gives back, the pupil reads it',
    async () => {
      const pupil = await visit(house.account('pupil'))
      // The greeting goes with the hour; the name does not.
      await reads(pupil, house.account('pupil').name.split(' ')[0] ?? '')
      const me = await ask<{ id: string }>(pupil, '/api/me')
      const { homework, states } = await ask<Work>(pupil, '/api/homework')
      const begun = new Set(states.map((state) => state.homeworkId))
      const teacher = await visit(house.account('teacher'))
      const { classes } = await ask<{ classes: { id: string }[] }>(teacher, '/api/today')
      const taught = new Set(classes.map(({ id }) => id))
      const due = homework.filter((one) => one.handIn && taught.has(one.classId) && !begun.has(one.id))
      const chosen = due.toSorted((a, b) => b.dueAt.localeCompare(a.dueAt))[0]
      if (!chosen) throw new Error('the demo has nothing to hand in')

      await pupil.goTo(`/homework/${chosen.id}`)
      await reads(pupil, chosen.title)
      const answer = `Ma réponse, écrite dans ${name}.`
      await pupil.fill('Ta réponse', answer)
      const file = join(house.data, `brouillon-${name}.txt`)
      await writeFile(file, 'Un brouillon.\n')
      await pupil.choose('.uploads input[type=file]', file)
      await shows(pupil, '.uploads li.sent')
      await pupil.press('Remettre ma copie')
      await shows(pupil, '.seal')

      await teacher.goTo(`/homework/${chosen.id}/pupils/${me.id}`)
      await reads(teacher, answer)
      await reads(teacher, `brouillon-${name}.txt`)
      await teacher.fill('Note', '14')
      await reads(teacher, 'Enregistré')
      await teacher.press('Rendre à l’élève')
      await reads(teacher, 'voit maintenant sa copie corrigée')

      await pupil.goTo(`/homework/${chosen.id}`)
      await reads(pupil, 'Correction')
      await reads(pupil, '14')
    },
    180_000,
  )
})
