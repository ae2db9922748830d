// What is in the teacher's hand: a tool with its colour and thickness, and the annotation that is selected.
import { keep, kept } from '#web/keep.ts'
import type { Colour } from '../../annotating/contract.ts'

export type Tool = 'hand' | 'select' | 'pen' | 'highlighter' | 'text' | 'tick' | 'cross' | 'eraser'
export type Tools = ReturnType<typeof openTools>

export const colours: readonly Colour[] = ['red', 'blue', 'green', 'yellow', 'ink']
/** In page units, by thickness: lines, lines of a highlighter, letters, stamps. */
const widths = {
  pen: [18, 32, 60],
  highlighter: [120, 200, 320],
  text: [180, 260, 400],
  tick: [350, 550, 900],
  cross: [350, 550, 900],
}

type Kept = { tool: Tool; ink: Colour; light: Colour; size: number }

/** The tools as they were left on this device. */
export function openTools() {
  const before = kept<Kept>('annotating.tools')
  let tool = $state<Tool>(before?.tool ?? 'pen')
  let ink = $state<Colour>(before?.ink ?? 'red')
  // A highlighter's colour is its own.
  let light = $state<Colour>(before?.light ?? 'yellow')
  let size = $state(before?.size ?? 1)
  let penSeen = $state(false)
  let selected = $state<string | null>(null)
  const remember = () => keep('annotating.tools', { tool, ink, light, size } satisfies Kept)

  return {
    get tool() {
      return tool
    },
    set tool(next: Tool) {
      tool = next
      selected = null
      remember()
    },
    get colour() {
      return tool === 'highlighter' ? light : ink
    },
    set colour(next: Colour) {
      if (tool === 'highlighter') light = next
      else ink = next
      remember()
    },
    get size() {
      return size
    },
    set size(next: number) {
      size = next
      remember()
    },
    /** A pen was used: from then on fingers, and the palm, move the page. */
    get penSeen() {
      return penSeen
    },
    seePen: () => {
      penSeen = true
    },
    get selected() {
      return selected
    },
    set selected(id: string | null) {
      selected = id
    },
    /** In page units, for what the tool draws. */
    width(of: keyof typeof widths): number {
      return widths[of][size] ?? widths[of][1] ?? 0
    },
  }
}
