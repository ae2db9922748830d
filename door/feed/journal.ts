// What the door knows, on disk: a file of lines, changes appended, written anew when most of it is outdated. With it a
// door starts while the workspace is dead. It holds signing keys: nobody else may read it.
import { constants, createReadStream } from 'node:fs'
import { access, type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '#platform/log'
import { OperatorError, systemCode } from '#platform/operator-error'
import { linesOf } from './follow.ts'
import type { KeptRecord } from './known.ts'

const fileName = 'known.jsonl'
const form = 'preau-door-1'
// Below this size nothing is won by writing anew.
const smallest = 4 * 1024 * 1024
const writeAfterMs = 250

export type Journal = {
  /** Writes a change down, soon, together with its neighbours. */
  note(record: KeptRecord): void
  /** Writes everything anew, soon. */
  rewrite(): void
  /** Resolves when all that was noted is on disk; ends the journal. */
  close(): Promise<void>
}

/** A record as one line; bytes as base64. */
export function lineOf(record: KeptRecord): string {
  if (record.type !== 'packed') return `${JSON.stringify(record)}\n`
  const { json, html, ...rest } = record.sheet
  const sheet = { ...rest, json: json.toString('base64'), html: html?.toString('base64') ?? null }
  return `${JSON.stringify({ type: 'packed', sheet })}\n`
}

/** The record in a line, or null when the line is damaged (the last one may be torn). */
export function recordOf(line: string): KeptRecord | null {
  try {
    const record = JSON.parse(line)
    if (record.type !== 'packed') return typeof record?.type === 'string' ? record : null
    const { json, html, ...rest } = record.sheet
    return {
      type: 'packed',
      sheet: {
        ...rest,
        json: Buffer.from(json, 'base64'),
        html: html === null ? null : Buffer.from(html, 'base64'),
      },
    }
  } catch {
    return null
  }
}

/** Reads what an earlier door wrote, in order; nothing when there is no file or it has another form. */
export async function recallAll(folder: string, recall: (record: KeptRecord) => void): Promise<number> {
  let read = 0
  try {
    let first = true
    for await (const line of linesOf(createReadStream(join(folder, fileName)))) {
      if (first && line !== form) return 0
      const record = first ? null : recordOf(line)
      first = false
      if (!record) continue
      recall(record)
      read++
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
  return read
}

async function writeAll(folder: string, records: Iterable<KeptRecord>): Promise<number> {
  const temporary = join(folder, `${fileName}.new`)
  await rm(temporary, { force: true })
  const file = await open(temporary, 'wx', 0o600)
  try {
    let lines = `${form}\n`
    for (const record of records) {
      lines += lineOf(record)
      if (lines.length < 256 * 1024) continue
      await file.appendFile(lines)
      lines = ''
    }
    await file.appendFile(lines)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, join(folder, fileName))
  return (await stat(join(folder, fileName))).size
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new OperatorError(`The door cannot write to ${folder}: ${(error as Error).message}.`)
  }
}

// The file, and what is to go into it next.
function pages(folder: string, recalled: boolean, all: () => Iterable<KeptRecord>) {
  let file: FileHandle | null = null
  // After a torn last line the next one begins afresh.
  let waiting: string[] = recalled ? ['\n'] : []
  let whole = !recalled
  let size = 0
  let wholeSize = 0

  async function writeWhole(): Promise<void> {
    await file?.close()
    file = null
    whole = false
    // What changes while the copy is written is noted again after it: applying it twice does no harm.
    waiting = []
    size = wholeSize = await writeAll(folder, all())
    file = await open(join(folder, fileName), 'a', 0o600)
  }

  async function append(): Promise<void> {
    if (!file) {
      file = await open(join(folder, fileName), 'a', 0o600)
      size = wholeSize = (await file.stat()).size
    }
    const lines = waiting.join('')
    waiting = []
    await file.appendFile(lines)
    size += Buffer.byteLength(lines)
    whole = size > smallest && size > 2 * wholeSize
  }

  return {
    add: (line: string) => void waiting.push(line),
    outdated() {
      whole = true
    },
    write: () => (whole ? writeWhole() : append()),
    close: async () => file?.close(),
  }
}

/**
 * Opens the journal in a folder: goes on with what stands there when that was `recalled`, else begins with a copy of
 * everything, which `all` gives. A disk that fails is logged, and costs only the memory of a restart.
 * @throws OperatorError when the folder cannot be written to at all.
 */
export async function openJournal(
  folder: string,
  recalled: boolean,
  all: () => Iterable<KeptRecord>,
  log: Log,
): Promise<Journal> {
  await makeFolder(folder)
  const book = pages(folder, recalled, all)
  let timer: NodeJS.Timeout | null = null
  let writing = Promise.resolve()

  function write(): Promise<void> {
    writing = writing.then(book.write).catch((error) => {
      book.outdated()
      log.error({ err: error }, 'the door could not write down what it knows')
    })
    return writing
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null
      void write()
    }, writeAfterMs)
  }

  await write()
  return {
    note(record) {
      book.add(lineOf(record))
      soon()
    },
    rewrite() {
      book.outdated()
      soon()
    },
    async close() {
      if (timer) clearTimeout(timer)
      await write()
      await book.close()
    },
  }
}
