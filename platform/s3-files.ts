// Files in an object storage that speaks S3 (RadosGW, Swift, MinIO, Garage, a provider's): for a region, whose
// workspaces stand on several machines. Objects are named as the folder's files are, so either can be copied to the other.

import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { type FileStore, type Stored, writeDraft } from './files.ts'
import { OperatorError, systemCode } from './operator-error.ts'
import { Refused } from './refusal.ts'

export type S3Settings = {
  endpoint: string | undefined
  region: string
  bucket: string
  key: string
  secret: string
  /** The bucket in the path instead of in the host's name: what most storages other than Amazon's want. */
  pathStyle: boolean
}

/** How long the storage may keep silent (ms) before it counts as away. */
const patient = { connect: 3_000, answer: 20_000 }
type Patience = typeof patient

type Failure = { name?: string; $metadata?: { httpStatusCode?: number }; message?: string }

const statusOf = (error: unknown) => (error as Failure | null)?.$metadata?.httpStatusCode
const isAbsent = (error: unknown) =>
  ['NoSuchKey', 'NotFound'].includes((error as Failure | null)?.name ?? '') || statusOf(error) === 404

/** What the caller is told: the storage is away, whatever it said; the log keeps its words. */
function away(error: unknown): Refused {
  return Object.assign(new Refused('server.files-away', { seconds: 5 }), { cause: error })
}

const nameOf = (sha256: string) => `${sha256.slice(0, 2)}/${sha256.slice(2)}`

const silent = { debug() {}, info() {}, warn() {}, error() {} }

function openClient(settings: S3Settings, patience: Patience): S3Client {
  return new S3Client({
    ...(settings.endpoint ? { endpoint: settings.endpoint } : {}),
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.key, secretAccessKey: settings.secret },
    // Amazon's newer checksums are unknown to many storages; the signed SHA-256 of the whole body is older and stronger.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    // What fails is thrown, and said in our own words.
    logger: silent,
    requestHandler: { connectionTimeout: patience.connect, socketTimeout: patience.answer },
  })
}

/**
 * A store in a bucket. `drafts`: a folder of this machine in which bytes of unknown hash wait until they are all there.
 * What the storage does not take or give is `server.files-away`, and was not done.
 */
export function s3Store(
  settings: S3Settings,
  drafts: string,
  patience: Patience = patient,
): FileStore & { close(): void } {
  const client = openClient(settings, patience)
  const Bucket = settings.bucket

  async function size(sha256: string): Promise<number | null> {
    try {
      const found = await client.send(new HeadObjectCommand({ Bucket, Key: nameOf(sha256) }))
      return found.ContentLength ?? null
    } catch (error) {
      if (isAbsent(error)) return null
      throw away(error)
    }
  }

  /** The request is signed with the hash of the body, so the storage refuses a body that is not what was hashed. */
  async function send(path: string, { sha256, bytes }: Stored): Promise<void> {
    if ((await size(sha256)) === bytes) return
    const Body = createReadStream(path)
    // Before the request is begun, since a file that is gone is no failure of the storage.
    await new Promise((resolve, reject) => Body.once('open', resolve).once('error', reject))
    const put = new PutObjectCommand({ Bucket, Key: nameOf(sha256), Body, ContentLength: bytes })
    put.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> }
        headers['x-amz-content-sha256'] = sha256
        return next(args)
      },
      { step: 'build', name: 'hash of the whole body' },
    )
    await client.send(put).catch((error) => {
      throw away(error)
    })
    if ((await size(sha256)) !== bytes)
      throw away(new Error('the storage acknowledged what it does not have'))
  }

  async function put(source: Readable): Promise<Stored> {
    await mkdir(drafts, { recursive: true })
    const draft = join(drafts, randomBytes(12).toString('hex'))
    try {
      const stored = await writeDraft(draft, source)
      await send(draft, stored)
      return stored
    } finally {
      await rm(draft, { force: true })
    }
  }

  function read(sha256: string, range?: { start: number; end: number }): Readable {
    const out = new PassThrough()
    const Range = range && `bytes=${range.start}-${range.end}`
    const leaving = new AbortController()
    out.once('close', () => leaving.abort())
    client
      .send(new GetObjectCommand({ Bucket, Key: nameOf(sha256), Range }), { abortSignal: leaving.signal })
      .then((found) => pipeline(found.Body as Readable, out))
      .catch((error) => out.destroy(isAbsent(error) ? notThere(sha256) : away(error)))
    return out
  }

  async function* list(after = ''): AsyncGenerator<Stored> {
    let StartAfter = after ? nameOf(after) : undefined
    for (;;) {
      const page = await client.send(new ListObjectsV2Command({ Bucket, StartAfter })).catch((error) => {
        throw away(error)
      })
      for (const { Key = '', Size = 0 } of page.Contents ?? []) {
        const sha256 = Key.replace('/', '')
        if (/^[0-9a-f]{64}$/.test(sha256) && Key[2] === '/') yield { sha256, bytes: Size }
        StartAfter = Key
      }
      if (!page.IsTruncated) return
    }
  }

  return {
    put,
    take: send,
    read,
    size,
    delete: async (sha256) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key: nameOf(sha256) })).catch((error) => {
        if (!isAbsent(error)) throw away(error)
      })
    },
    list,
    close: () => client.destroy(),
  }
}

function notThere(sha256: string): Error {
  return Object.assign(new Error(`no bytes are kept as ${sha256}`), { code: 'ENOENT' })
}

/**
 * Says no when the storage answers that it will never work: credentials that it does not know, a bucket that is not
 * there. One that does not answer is no reason not to open: resolves with the sentence to warn with, else null.
 * @throws OperatorError
 */
export async function checkS3(settings: S3Settings, patience: Patience = patient): Promise<string | null> {
  const client = openClient(settings, patience)
  const at = settings.endpoint ?? 'Amazon S3'
  try {
    await client.send(new HeadBucketCommand({ Bucket: settings.bucket }))
    return null
  } catch (error) {
    const status = statusOf(error)
    if (status === 403 || status === 401) throw new OperatorError(forbidden(settings, at), { cause: error })
    if (status === 404) {
      const sentence = `There is no bucket "${settings.bucket}" at ${at}: make it, or correct PREAU_S3_BUCKET.`
      throw new OperatorError(sentence, { cause: error })
    }
    if (status === 301 || status === 400) {
      const sentence = `${at} says that the bucket "${settings.bucket}" is not in the region "${settings.region}": correct PREAU_S3_REGION, PREAU_S3_ENDPOINT or PREAU_S3_PATH_STYLE.`
      throw new OperatorError(sentence, { cause: error })
    }
    const why = systemCode(error) ?? (error as Failure).name ?? String(status)
    return `The object storage at ${at} does not answer (${why}): files can be neither read nor taken in until it does.`
  } finally {
    client.destroy()
  }
}

function forbidden({ bucket }: S3Settings, at: string): string {
  return `${at} does not let these credentials use the bucket "${bucket}": check PREAU_S3_KEY, PREAU_S3_SECRET and the bucket's rights.`
}
