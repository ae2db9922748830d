// Which class diaries a person may open from here: one's own class, each child's, those one teaches.

import type { Me } from '#feature/people/contract.ts'
import { loadPersonal, personal } from '#feature/today/web/personal.svelte.ts'
import { api } from '#web/api.ts'
import { whenForgotten } from '#web/keep.ts'

export type Shelf = {
  classId: string
  /** Who attends it, for a guardian: a given name. */
  name?: string
  child?: string
  title: string
  own: boolean
}

let me: Promise<Me> | null = null
whenForgotten(() => {
  me = null
})

function askMe(): Promise<Me> {
  me ??= api<Me>('GET', '/api/me').catch((error) => {
    me = null
    throw error
  })
  return me
}

/** The homerooms of oneself and one's children, then the classes one teaches. @throws {Refusal} */
export async function shelves(): Promise<Shelf[]> {
  const [{ attends, children }] = await Promise.all([askMe(), loadPersonal()])
  const homeroom = (list: Me['attends']) => list.find((c) => c.type === 'homeroom') ?? list[0]
  const own = homeroom(attends)
  return [
    ...(own ? [{ classId: own.id as string, title: own.title, own: true }] : []),
    ...children.flatMap(({ id, givenName, classes }) => {
      const theirs = homeroom(classes)
      return theirs
        ? [
            {
              classId: theirs.id as string,
              title: theirs.title,
              name: givenName,
              child: id as string,
              own: false,
            },
          ]
        : []
    }),
    ...(personal()?.classes ?? []).map(({ id, title }) => ({ classId: id, title, own: false })),
  ]
}
