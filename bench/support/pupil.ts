// A pupil at the browser, as our pages have it: sends a file by tus, claims it, hands it in with an id of its own, and
// after every cut goes on until it is acknowledged.
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Upload } from 'tus-js-client'
import { newId, type SubmissionId } from '#platform/ids'

export type Acknowledged = {
  submission: string
  homework: string
  text: string
  sha256: string
  bytes: number
  receipt: unknown
}

export type Pupil = { origin: string; cookie: string; homework: string; stop: AbortSignal }

const patience = 150
const longestAnswer = 15_000

const headersOf = ({ cookie }: Pupil) => ({ cookie, 'sec-fetch-site': 'same-origin' })

/** What was acknowledged is no longer known: a hand-in is refused because its claimed file is gone. */
export class Forgotten extends Error {}

/**
 * Hands `file` and `text` in. Null when it was stopped before the acknowledgement came.
 * @throws Forgotten; another error when something is refused that should not be.
 */
export async function handIn(pupil: Pupil, file: Buffer, text: string): Promise<Acknowledged | null> {
  const id = newId<SubmissionId>(Date.now())
  const upload = await send(pupil, file)
  const claimed = upload && (await post(pupil, '/api/files', { upload }))
  if (!claimed) return null
  const sha256 = createHash('sha256').update(file).digest('hex')
  if (claimed.sha256 !== sha256) throw new Error('a claimed file has another hash than what was sent')
  const draft = { id, text, files: [claimed.id] }
  const answer = await post(pupil, `/api/homework/${pupil.homework}/submissions`, draft)
  if (!answer) return null
  const { homework } = pupil
  return { submission: id, homework, text, sha256, bytes: file.length, receipt: answer.receipt }
}

/** The upload's id once all its bytes are there. */
async function send(pupil: Pupil, file: Buffer): Promise<string | null> {
  const ended = Promise.withResolvers<'sent' | 'cut'>()
  let outcome = ended
  const upload = new Upload(file, {
    endpoint: `${pupil.origin}/api/uploads`,
    headers: headersOf(pupil),
    metadata: { filename: 'copie.bin' },
    uploadDataDuringCreation: true,
    retryDelays: null,
    onSuccess: () => outcome.resolve('sent'),
    onError: (error) => {
      const status = 'originalResponse' in error ? error.originalResponse?.getStatus() : undefined
      if (status && status < 500 && ![409, 423, 429].includes(status)) outcome.reject(error)
      else outcome.resolve('cut')
    },
  })
  while (!pupil.stop.aborted) {
    outcome = Promise.withResolvers()
    upload.start()
    if ((await outcome.promise) === 'sent') return upload.url?.split('/').at(-1) ?? null
    await pause(patience)
  }
  return null
}

type Answer = { id: string; sha256: string; receipt: unknown }

async function post(pupil: Pupil, path: string, body: object): Promise<Answer | null> {
  while (!pupil.stop.aborted) {
    const answer = await fetch(pupil.origin + path, {
      method: 'POST',
      headers: { ...headersOf(pupil), 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(longestAnswer),
    })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => ({ status: 0, text: '' }))
    if (answer.status === 200) return JSON.parse(answer.text)
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
      if (answer.text.includes('file.not-yours')) throw new Forgotten(answer.text)
      throw new Error(`${path.replace(/[0-9a-f-]{36}/, '…')} was refused: ${answer.status} ${answer.text}`)
    }
    await pause(patience)
  }
  return null
}
