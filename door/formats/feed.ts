// The feed: what the workspace tells its doors, as lines of JSON over one long answer.
// A snapshot (begin … ready), then what changes, for as long as the connection lasts.

export type FeedRecord =
  /** A snapshot starts. What it does not repeat before `ready` no longer holds. */
  | { type: 'begin' }
  | { type: 'ready' }
  /** A key that signs passes, in base64url. The last one of the snapshot, or the newest since, is the current one. */
  | { type: 'key'; kid: string; secret: string }
  | { type: 'key-retired'; kid: string }
  /** All passes of an account issued before `from` (seconds since 1970) are void; or one pass is. */
  | { type: 'account-revoked'; account: string; from: number }
  | { type: 'pass-revoked'; pass: string }
  | { type: 'sheet'; sheet: Sheet }
  | { type: 'sheet-gone'; key: string; name: string }
  /** A JSON Web Key Set (RFC 7517) with the public keys of receipts, to be published as it is. */
  | { type: 'receipt-keys'; jwks: { keys: unknown[] } }
  /** Nothing happened: shows that the connection lives. Every 10 s. */
  | { type: 'alive' }

/**
 * What many read and the door answers from memory: a class's, a teacher's or a school's day or week, or a piece of a
 * class's homework.
 * The door knows nothing of the content, only which key a pass must hold to read it.
 */
export type Sheet = {
  key: string
  /** `day/2026-11-24`, `week/2026-11-23` (its Monday) or `homework/<id>`. */
  name: string
  /** Changes whenever the content does; becomes the ETag. */
  version: string
  /** The content for our pages, as JSON text. */
  json: string
  /**
   * The content for a page without script, as an HTML fragment; empty when the day has nothing to show (the door then
   * takes the next day that has). The page brings date and style, for plain elements: `<h2>` whose day it is, an
   * `<ol>` of lessons whose `<li>` begin with `<time>`, then `<b>`, `<span>` (details), `<strong>` (a change), `<s>`, `<p>`;
   * `<h3>`; a `<ul>` of work. No class and no style attribute: the page's policy allows none.
   * Everything in it is escaped or sanitised by whoever writes it.
   */
  html: string
}

/** The address at which a sheet is read. */
export function sheetPath(key: string, name: string): string {
  return `/sheets/${key}/${name}`
}

/** Which sheets of its holder a page may show; a script-readable cookie holds the list as base64url of JSON. */
export type View = {
  /** s: my class; t: my own lessons; g: a child's class; a: my school. */
  role: 's' | 't' | 'g' | 'a'
  /** Key of the sheets to read. */
  sheet: string
  /** Keys of the groups whose lessons and work on that sheet concern me (s, g). */
  groups?: string[]
  /** Which child, for a guardian: stable, and says nothing to others. */
  child?: string
}

/** A part of the workspace that has something to tell the doors. */
export type FeedSource = {
  /** All that holds now. */
  snapshot(): AsyncIterable<FeedRecord> | Iterable<FeedRecord>
  /** Calls `listener` for each change from now on; the answer ends it. */
  subscribe(listener: (record: FeedRecord) => void): () => void
}
