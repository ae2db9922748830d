// Drawings of the tools, in the house's manner.
import type { Tool } from './tools.svelte.ts'

export const toolIcons: Record<Tool, string> = {
  hand: 'M8 12V6.5a1.5 1.5 0 0 1 3 0V11V4.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v7.5c0 4-2 7.5-6 7.5-3 0-4.5-1.5-6-4.5L4 13.5a1.4 1.4 0 0 1 2.4-1.4L8 14.5',
  select: 'M6 4l12 8-5.5 1.2L9.5 19z',
  pen: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM14 6.5 17.5 10',
  highlighter: 'M9 14l-3 3v3h6l2-2M9 14l4 4M9 14l8-9.5 3.5 3.5L13 18M4 21h16',
  text: 'M5 5h14M12 5v15M9 20h6',
  tick: 'M4.5 12.5 10 18 20 6',
  cross: 'M6 6l12 12M18 6 6 18',
  eraser: 'M9 20 3.8 14.8a1.5 1.5 0 0 1 0-2.1L12.5 4l7.5 7.5L11.5 20zM8 8.5l7.5 7.5M9 20h11',
}
export const undo = 'M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-4'
export const redo = 'M16 5l4 4-4 4M20 9H10a6 6 0 0 0 0 12h4'
export const bin = 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5'
export const download = 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14'
