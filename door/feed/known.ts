// All that the door knows, from the feed: keys, revocations, sheets. Records change it one after the other.
import { createSecretKey, type KeyObject } from 'node:crypto'
import type { FeedRecord } from '../formats/feed.ts'
import { sheetPath } from '../formats/feed.ts'
import type { KeyRing, Revocations } from '../formats/pass.ts'
import { isSound, type Packed, pack } from '../sheets/packed.ts'
import type { Shelf } from '../sheets/shelf.ts'

/** What is kept on disk: the feed's records, with sheets as they are kept in memory. */
export type KeptRecord =
  | Exclude<FeedRecord, { type: 'sheet' | 'begin' | 'ready' | 'alive' }>
  | { type: 'packed'; sheet: Packed }

export type Known = {
  ring(): KeyRing
  revocations: Revocations
  receiptKeys(): { keys: unknown[] } | null
  /** Applies a record of the feed. Tells whoever keeps it what to write down, if anything changed. */
  apply(record: FeedRecord): Promise<void>
  /** Applies a record that was kept. */
  recall(record: KeptRecord): void
  /** Everything, as records that would make it anew. */
  all(): Generator<KeptRecord>
}

type Listeners = {
  /** A record that changed something. */
  changed(record: KeptRecord): void
  /** Something is gone for which there is no record: what is kept has to be written anew. */
  lost(): void
  /** Passes have to be opened anew. */
  keysChanged(): void
}

type Memory = {
  /** By key id: as the feed says it, and as it is used. */
  secrets: Map<string, string>
  keys: Map<string, KeyObject>
  accounts: Map<string, number>
  passes: Set<string>
  receipts: { keys: unknown[] } | null
}

function nothingKnown(): Memory {
  return { secrets: new Map(), keys: new Map(), accounts: new Map(), passes: new Set(), receipts: null }
}

// The name under which a record's subject is marked as still there while a snapshot is read.
function markOf(record: KeptRecord): string {
  switch (record.type) {
    case 'key':
    case 'key-retired':
      return `key ${record.kid}`
    case 'account-revoked':
      return `account ${record.account}`
    case 'pass-revoked':
      return `pass ${record.pass}`
    case 'packed':
      return `sheet ${sheetPath(record.sheet.key, record.sheet.name)}`
    case 'sheet-gone':
      return `sheet ${sheetPath(record.key, record.name)}`
    case 'receipt-keys':
      return 'receipts'
  }
}

function* recordsOf(memory: Memory, held: Shelf): Generator<KeptRecord> {
  for (const [kid, secret] of memory.secrets) yield { type: 'key', kid, secret }
  for (const [account, from] of memory.accounts) yield { type: 'account-revoked', account, from }
  for (const pass of memory.passes) yield { type: 'pass-revoked', pass }
  if (memory.receipts) yield { type: 'receipt-keys', jwks: memory.receipts }
  for (const sheet of held.all()) {
    const { key, name, version, json, html } = sheet
    yield { type: 'packed', sheet: { key, name, version, json, html } }
  }
}

// The record that undoes one of `recordsOf`, where there is one.
function undoing(record: KeptRecord): KeptRecord | null {
  if (record.type === 'key') return { type: 'key-retired', kid: record.kid }
  if (record.type === 'packed') return { type: 'sheet-gone', key: record.sheet.key, name: record.sheet.name }
  return null
}

function forget(record: KeptRecord, memory: Memory): void {
  if (record.type === 'account-revoked') memory.accounts.delete(record.account)
  else if (record.type === 'pass-revoked') memory.passes.delete(record.pass)
  else if (record.type === 'receipt-keys') memory.receipts = null
}

function enterKey(kid: string, secret: string, memory: Memory): 'keys' | false {
  if (memory.secrets.get(kid) === secret) return false
  memory.secrets.set(kid, secret)
  memory.keys.set(kid, createSecretKey(Buffer.from(secret, 'base64url')))
  return 'keys'
}

/** Applies one record; answers whether it changed anything, and whether the signing keys. */
function enter(record: KeptRecord, memory: Memory, held: Shelf): boolean | 'keys' {
  switch (record.type) {
    case 'key':
      return enterKey(record.kid, record.secret, memory)
    case 'key-retired':
      memory.secrets.delete(record.kid)
      return memory.keys.delete(record.kid) ? 'keys' : false
    case 'account-revoked': {
      if (memory.accounts.get(record.account) === record.from) return false
      memory.accounts.set(record.account, record.from)
      return true
    }
    case 'pass-revoked': {
      if (memory.passes.has(record.pass)) return false
      memory.passes.add(record.pass)
      return true
    }
    case 'receipt-keys':
      if (JSON.stringify(memory.receipts) === JSON.stringify(record.jwks)) return false
      memory.receipts = record.jwks
      return true
    case 'packed':
      held.put(record.sheet)
      return true
    case 'sheet-gone':
      held.drop(sheetPath(record.key, record.name))
      return true
  }
}

/** Takes away all that a snapshot did not repeat; says whether something went for which there is no record. */
function sweep(
  seen: ReadonlySet<string>,
  memory: Memory,
  held: Shelf,
  take: (record: KeptRecord) => void,
): boolean {
  let lost = false
  for (const record of [...recordsOf(memory, held)]) {
    if (seen.has(markOf(record))) continue
    const undo = undoing(record)
    if (undo) take(undo)
    else {
      forget(record, memory)
      lost = true
    }
  }
  return lost
}

/**
 * The door's knowledge. A snapshot (begin … ready) is marked and swept: until `ready`, all that was known holds on.
 * `listeners` hear of each change.
 */
export function known(held: Shelf, listeners: Listeners): Known {
  const memory = nothingKnown()
  // Doors only check: no key is the current one.
  const ring: KeyRing = { current: '', all: memory.keys }
  let marks: Set<string> | null = null

  function take(record: KeptRecord): void {
    marks?.add(markOf(record))
    const effect = enter(record, memory, held)
    if (effect === 'keys') listeners.keysChanged()
    if (effect) listeners.changed(record)
  }

  async function apply(record: FeedRecord): Promise<void> {
    if (record.type === 'begin') marks = new Set()
    else if (record.type === 'ready') {
      const seen = marks
      marks = null
      if (seen && sweep(seen, memory, held, take)) listeners.lost()
    } else if (record.type === 'sheet') {
      const { sheet } = record
      if (!isSound(sheet)) return
      const path = sheetPath(sheet.key, sheet.name)
      if (held.at(path)?.version === sheet.version) marks?.add(`sheet ${path}`)
      else take({ type: 'packed', sheet: await pack(sheet) })
    } else if (record.type !== 'alive') take(record)
  }

  return {
    ring: () => ring,
    revocations: memory,
    receiptKeys: () => memory.receipts,
    apply,
    recall: (record) => {
      if (enter(record, memory, held) === 'keys') listeners.keysChanged()
    },
    all: () => recordsOf(memory, held),
  }
}
