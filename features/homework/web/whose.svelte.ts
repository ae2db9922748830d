// For whom the page of one piece of homework is: of several children, or a child and one's own classes, the one who has it.
// A link may name nobody, or a sibling; then the workspace is asked, and nobody's name stands on another one's work.
import { untrack } from 'svelte'
import type { View } from '#door/formats/feed'
import { api, Refusal } from '#web/api.ts'
import { onceBack } from '#web/connection.svelte.ts'
import { views } from '#web/views.svelte.ts'
import type { Whose } from '../contract.ts'
import { firstOf, havingOf } from './having.ts'
import { namedView, workView, workViews } from './whose.ts'

export type FollowWhose = ReturnType<typeof followWhose>

/** Follows for whom the homework that `id` names is shown. Call it while a page is made. */
export function followWhose(id: () => string) {
  let having = $state.raw<View[] | null>(null)
  let doubted = $state(false)
  let missed = $state(false)
  const alone = $derived(views().length < 2)
  const certain = $derived(alone || (namedView() !== undefined && !doubted))

  $effect(() => {
    id()
    untrack(() => {
      having = null
      doubted = false
    })
  })
  $effect(() => {
    if (!certain) void ask(id())
    return onceBack(() => missed && ask(id()))
  })

  async function ask(of: string): Promise<void> {
    missed = false
    const found = await api<Whose>('GET', `/api/homework/${of}/whose`)
      .then((whose) => havingOf(workViews(), whose))
      // Nobody of them, or it cannot be known now: what the class shares is read without a name on it.
      .catch((error) => {
        missed = !(error instanceof Refusal && error.status === 404)
        return []
      })
    if (of === id()) having = found
  }

  return {
    /** The view for which it is shown; undefined while that is not known, and where it is nobody's. */
    get view(): View | undefined {
      if (certain) return workView()
      return having ? firstOf(having, workView()) : undefined
    },
    /** It is not known yet for whom. */
    get open(): boolean {
      return !certain && having === null
    },
    /** More than one of them has it: the reader chooses. */
    get choices(): View[] {
      return having && having.length > 1 ? having : []
    },
    /** What was read speaks against the child whom the address names. */
    doubt(): void {
      if (!alone) doubted = true
    },
  }
}
