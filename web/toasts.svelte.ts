// Short messages at the bottom of the screen: what was just done, with a way back.
export type Toast = {
  id: number
  text: string
  undo?: () => void
  undoLabel?: string
  tone?: 'plain' | 'late'
}

let list = $state.raw<Toast[]>([])
let last = 0

export function toasts(): Toast[] {
  return list
}

/** Says something; one at a time is enough, a newer one replaces it. */
export function say(text: string, options: Omit<Toast, 'id' | 'text'> = {}): void {
  last += 1
  list = [{ id: last, text, ...options }]
}

export function dismiss(id: number): void {
  list = list.filter((toast) => toast.id !== id)
}
