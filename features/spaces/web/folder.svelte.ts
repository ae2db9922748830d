// What the page of a folder holds and does: what one does shows at once, and goes back where the server says no.
import { api, Refusal } from '#web/api.ts'
import { explain } from '#web/explain.ts'
import { say } from '#web/toasts.svelte.ts'
import type { Listing, Node, Nodes, PupilsMay, Shared } from '../contract.ts'
import { spaceSentences, spaceTexts } from './texts.ts'

/** What Ctrl+X took, across pages: ids and where they were. */
let cut = $state.raw<{ ids: string[]; from: string } | null>(null)

/** The page of one place. */
export function openFolder() {
  let place = ''
  let listing = $state.raw<Listing | null>(null)
  let shared = $state.raw<Shared | null>(null)
  let problem = $state.raw<unknown>(null)
  const t = spaceTexts

  const fail = (error: unknown) => say(explain(error, spaceSentences()), { tone: 'late' })
  const put = (nodes: Nodes) => {
    if (listing) listing = { ...listing, nodes }
  }
  const without = (ids: readonly string[]) => (listing?.nodes ?? []).filter(({ id }) => !ids.includes(id))

  async function load(wanted: string): Promise<void> {
    if (wanted !== place) {
      listing = null
      shared = null
    }
    place = wanted
    problem = null
    try {
      if (wanted === 'shared') shared = await api<Shared>('GET', '/api/spaces/shared')
      else {
        const read = await api<Listing>('GET', `/api/spaces/places/${wanted}`)
        if (place === wanted) listing = read
      }
    } catch (error) {
      if (place !== wanted) return
      problem = error
      // What was withdrawn meanwhile is not shown any longer; without a line it still is.
      if (error instanceof Refusal && error.status === 404) {
        listing = null
        shared = null
      }
    }
  }

  /** Shows what is left at once; where it is refused, all of it is back. */
  async function taking(ids: readonly string[], work: () => Promise<unknown>): Promise<boolean> {
    const before = listing
    put(without(ids))
    try {
      await work()
      return true
    } catch (error) {
      listing = before
      fail(error)
      return false
    }
  }

  async function back(path: string, body: object): Promise<void> {
    try {
      await api('POST', `/api/spaces/${path}`, body)
    } catch (error) {
      fail(error)
    }
    await load(place)
  }

  async function move(ids: string[], to: string, from = place): Promise<void> {
    const undo = () => void back('move', { nodes: ids, to: from })
    if (await taking(ids, () => api<Nodes>('POST', '/api/spaces/move', { nodes: ids, to })))
      say(t().moved(ids.length), from === 'shared' ? {} : { undo })
    if (to === place) await load(place)
  }

  return {
    get listing() {
      return listing
    },
    get shared() {
      return shared
    },
    get problem() {
      return problem
    },
    get cut() {
      return cut
    },
    load,
    move,
    async trash(ids: string[]): Promise<void> {
      const undo = () => void back('restore', { nodes: ids })
      if (await taking(ids, () => api('POST', '/api/spaces/trash', { nodes: ids })))
        say(t().trashed(ids.length), { undo })
    },
    async copy(ids: string[], to: string, saved = false): Promise<void> {
      try {
        await api<Nodes>('POST', '/api/spaces/copy', { nodes: ids, to })
        say(saved ? t().savedMine : t().copied(ids.length))
      } catch (error) {
        fail(error)
      }
      if (to === place) await load(place)
    },
    /** @throws what the server refuses */
    async makeFolder(name: string, pupils: PupilsMay | undefined): Promise<void> {
      const made = await api<Node>('POST', `/api/spaces/places/${place}/folders`, {
        name,
        ...(pupils && pupils !== 'read' ? { pupils } : {}),
      })
      put([...(listing?.nodes ?? []), made])
    },
    /** @throws what the server refuses */
    async change(node: Node, name: string, pupils: PupilsMay | undefined): Promise<void> {
      const draft = {
        ...(name.trim() === node.name ? {} : { name }),
        ...(pupils && pupils !== node.pupils ? { pupils } : {}),
      }
      const changed = await api<Node>('PUT', `/api/spaces/nodes/${node.id}`, draft)
      put((listing?.nodes ?? []).map((one) => (one.id === node.id ? changed : one)))
      if (draft.name !== undefined) {
        const undo = () =>
          void api('PUT', `/api/spaces/nodes/${node.id}`, { name: node.name }).then(() => load(place), fail)
        say(t().renamed, { undo })
      }
    },
    cutOut(ids: string[]): void {
      cut = { ids, from: place }
    },
    /** Leaves what was cut where it is. */
    keep(): void {
      cut = null
    },
    async paste(): Promise<void> {
      if (!cut || cut.from === place) return
      const { ids, from } = cut
      cut = null
      await move(ids, place, from)
      await load(place)
    },
  }
}
