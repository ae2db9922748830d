// A real S3 server for tests: OpenStack Swift with its S3 interface, from Debian's packages. Where it is not installed
// the tests that need it say so and are skipped (tools/debian.ts installs it where that takes no decision).
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { S3Settings } from '#platform/s3-files'

const python = '/usr/bin/python3'
const installed = ['proxy', 'account', 'container', 'object'].every((part) =>
  existsSync(`/usr/bin/swift-${part}-server`),
)

/** Why there is no object storage here, or null when there is one. */
export const noObjectStorage = installed ? null : 'OpenStack Swift is not installed'

export type ObjectStorage = {
  settings: S3Settings
  /** Makes a bucket; gives the settings for it. */
  bucket(name: string): Promise<S3Settings>
  /** Ends it at once, as a power cut does; what it acknowledged is kept. */
  kill(): Promise<void>
  /** Starts it again where it was. */
  start(): Promise<void>
  close(): Promise<void>
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

/** Starts an empty object storage. */
export async function anObjectStorage(): Promise<ObjectStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-s3-'))
  const port = await freePort()
  const settings: S3Settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'test-region',
    bucket: 'preau',
    key: 'school:preau',
    secret: 'a-secret-of-the-school',
    pathStyle: true,
  }
  let running: ChildProcess | null = null
  const start = async () => {
    const args = [join(import.meta.dirname, 'object-storage.py'), folder, String(port)]
    running = spawn(python, [...args, settings.key, settings.secret], { stdio: ['pipe', 'pipe', 'inherit'] })
    const [said] = await Promise.race([
      once(running.stdout as NodeJS.ReadableStream, 'data'),
      once(running, 'exit'),
    ])
    if (!String(said).startsWith('ready')) throw new Error('the object storage did not start')
  }
  const kill = async () => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
  }
  await start()
  return {
    settings,
    bucket: async (name) => {
      const { endpoint = '', region, key, secret } = settings
      const credentials = { accessKeyId: key, secretAccessKey: secret }
      const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
      await client.send(new CreateBucketCommand({ Bucket: name }))
      client.destroy()
      return { ...settings, bucket: name }
    },
    kill,
    start,
    close: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
