// Words of what takes the whole screen.
import { texts, type Words } from './language.svelte.ts'

const fr = { close: 'Fermer' }
const en: Words<typeof fr> = { close: 'Close' }

export const fullScreenTexts = texts(fr, en)
