// Turns a refusal into a sentence for people: a feature's own words first, then the shared ones.
import { Refusal } from './api.ts'
import { type Sentences, sharedSentences } from './texts/sentences.ts'

/** What to tell about an error; `own` is the page's sentences by refusal code. */
export function explain(error: unknown, own: Sentences = {}): string {
  const shared = sharedSentences()
  const refusal = error instanceof Refusal ? error : new Refusal('unexpected', 0)
  const sentence = own[refusal.code] ?? shared[refusal.code] ?? shared.unexpected ?? ''
  return typeof sentence === 'function' ? sentence(refusal.facts) : sentence
}
