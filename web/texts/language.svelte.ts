// Which language the page speaks, and how a catalogue of texts is made: French is written first, English has its shape.

export type Language = 'fr' | 'en'
export const languages: readonly Language[] = ['fr', 'en']
const cookie = 'preau_lang'

function chosen(): Language {
  const choice = new RegExp(`(?:^|; )${cookie}=(fr|en)`).exec(document.cookie)?.[1]
  if (choice) return choice as Language
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'fr' || tag === 'en')
  return (wanted ?? 'fr') as Language
}

let current = $state<Language>(chosen())
document.documentElement.lang = chosen()

/** The language now shown; reading it makes a page follow a change. */
export function language(): Language {
  return current
}

/** A catalogue of the first screen: its English comes in a file of its own, only to those who read it. */
export function firstTexts<T>(fr: T): { (): Words<T>; english(en: Words<T>): void } {
  let other: Words<T> | undefined
  const catalogue = () => (current === 'en' && other ? other : (fr as Words<T>))
  return Object.assign(catalogue, {
    english(en: Words<T>) {
      other = en
    },
  })
}

let fetchEnglish: () => Promise<unknown> = async () => {}

/** Where the first screen's English is, for whoever wants it. */
export function englishFrom(fetch: () => Promise<unknown>): void {
  fetchEnglish = fetch
}

/** Fetches what a language needs before it can be shown. */
export async function ready(wanted: Language): Promise<void> {
  if (wanted === 'en') await fetchEnglish()
}

/** Shows everything in another language and remembers it on this device. */
export async function speak(next: Language): Promise<void> {
  await ready(next)
  current = next
  document.documentElement.lang = next
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${cookie}=${next}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}

/** What a catalogue in another language must have: the same names, each a text or a function that makes one. */
export type Words<T> = T extends (...facts: infer Facts) => unknown
  ? (...facts: Facts) => string
  : T extends string
    ? string
    : { [Name in keyof T]: Words<T[Name]> }

/** A catalogue: call the result in a page to have the texts of the language now shown. */
export function texts<T>(fr: T, en: Words<T>): () => Words<T> {
  return () => (current === 'fr' ? (fr as Words<T>) : en)
}

const rules = { fr: new Intl.PluralRules('fr'), en: new Intl.PluralRules('en') }

/** "1 élève", "28 élèves": a number with its word, by the language's own rule. */
export function counted(tongue: Language, n: number, one: string, many: string): string {
  return `${n.toLocaleString(tongue)}\u00a0${rules[tongue].select(n) === 'one' ? one : many}`
}
