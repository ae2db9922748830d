// What a file on its way looks like to the page that sends it and to the list that shows it.
export type FileItem = {
  id: string
  name: string
  bytes: number
  state: 'sending' | 'waiting' | 'sent' | 'failed'
  /** 0 to 1. */
  progress?: number
  /** Why it failed, as a sentence. */
  problem?: string
}
