// `preau verify-receipt`: whether a hand-in's receipt is genuine, and whether files are those that were handed in. Needs
// no installation of Préau and, with the keys in a file, no network.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type ReceiptKeys, type ReceiptPayload, type Verdict, verify } from '#features/receipts'
import { OperatorError } from '#platform/operator-error'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Options = { keys?: string; url?: string; file: string[]; json?: boolean }
type Copy = { path: string; sha256: string; is: string | null }

const published = '/.well-known/preau-receipts.json'
const secondsToWait = 15

const reasons: Record<Extract<Verdict, { valid: false }>['why'], string> = {
  'not-a-receipt': 'this is not a receipt of Préau, or it is damaged',
  'unknown-key': 'it was signed with a key that is not among those given',
  'wrong-signature': 'it was changed after it was signed',
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error) => {
    throw new OperatorError(`${path} cannot be read (${error.code}).`, { cause: error })
  })
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new OperatorError(`${path} is not JSON.`, { cause })
  }
}

async function fetchKeys(address: string): Promise<unknown> {
  const url = new URL(URL.canParse(address) ? address : `https://${address}`)
  if (url.pathname === '/') url.pathname = published
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(secondsToWait * 1000) })
    if (answer.ok) return await answer.json()
    throw new OperatorError(`${url} answers ${answer.status} and no keys.`)
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause
    throw new OperatorError(`${url} gives no keys: is this the address of a Préau?`, { cause })
  }
}

async function keysFrom({ keys, url }: Options): Promise<ReceiptKeys> {
  if (!keys && !url) {
    throw new OperatorError('Say where the keys are: --url with the address of Préau, or --keys with a file.')
  }
  const found = keys ? parse(await read(keys), keys) : await fetchKeys(url ?? '')
  if (!Array.isArray((found as Partial<ReceiptKeys> | null)?.keys)) {
    throw new OperatorError(`${keys ?? url} holds no key set.`)
  }
  return found as ReceiptKeys
}

async function compare(path: string, { files, text }: ReceiptPayload): Promise<Copy> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path)) hash.update(piece)
  } catch (cause) {
    throw new OperatorError(`${path} cannot be read.`, { cause })
  }
  const sha256 = hash.digest('hex')
  const is = files.find((f) => f.sha256 === sha256)?.name ?? (text?.sha256 === sha256 ? 'text' : null)
  return { path, sha256, is }
}

function inWords(p: ReceiptPayload, kid: string, copies: Copy[]): string {
  const { title, school, dueAt } = p.homework
  return [
    `The receipt is genuine (key ${kid}).`,
    `  who   ${p.by.name}, account ${p.by.account}`,
    `  what  ${title}, ${p.homework.class}, ${school}`,
    `  when  ${p.submittedAt}, ${p.late ? 'late' : 'on time'}: due ${dueAt}`,
    ...(p.text ? [`  text  ${p.text.bytes} bytes, SHA-256 ${p.text.sha256}`] : []),
    ...p.files.map((f) => `  file  ${f.name}, ${f.bytes} bytes, SHA-256 ${f.sha256}`),
    ...copies.map(({ path, is }) =>
      is ? `${path} is what was handed in: ${is}.` : `${path} is NOT among what was handed in.`,
    ),
  ].join('\n')
}

async function run(path: string, options: Options): Promise<void> {
  const keys = await keysFrom(options)
  const verdict = await verify(parse(await read(path), path), keys)
  if (!verdict.valid) {
    tell(options.json, verdict, `The receipt is NOT genuine: ${reasons[verdict.why]}.`)
    process.exitCode = 1
    return
  }
  const { kid, payload } = verdict
  const copies: Copy[] = []
  for (const file of options.file) copies.push(await compare(file, payload))
  const valid = copies.every((copy) => copy.is !== null)
  tell(options.json, { valid, kid, payload, copies }, inWords(payload, kid, copies))
  if (!valid) process.exitCode = 1
}

export const declare: Declare = (command) =>
  command
    .argument('<receipt>', 'the downloaded receipt (recu-….json)')
    .option('--keys <file>', 'the published keys, saved from /.well-known/preau-receipts.json')
    .option('--url <address>', 'the address of Préau, to fetch the keys from')
    .option('--file <paths...>', 'files that should be those that were handed in', [])
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'preau verify-receipt recu-2026-11-24-expose.json --url https://preau.example',
        'preau verify-receipt recu-2026-11-24-expose.json --keys keys.json --file exposé.pdf',
      ) + '\nEnds with 1 when the receipt is not genuine or a file is another one. See docs/receipts.md.\n',
    )
    .action(run)
