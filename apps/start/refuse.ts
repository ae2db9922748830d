// What keeps Préau from starting, found out before anything is made or changed: each is one sentence.
import { constants } from 'node:fs'
import { access, mkdtemp, readFile, rmdir, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { Config } from '#platform/config'
import { OperatorError, systemCode } from '#platform/operator-error'

/** The port to listen on: the given one if it is free, any free one for 0. @throws OperatorError if it cannot be had. */
export async function freePort(host: string, port: number): Promise<number> {
  const probe = createServer()
  try {
    return await new Promise<number>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen({ host, port, exclusive: true }, () => {
        const address = probe.address()
        resolve(typeof address === 'object' && address ? address.port : port)
      })
    })
  } catch (error) {
    throw new OperatorError(portSentence(host, port, systemCode(error)), { cause: error })
  } finally {
    probe.close()
  }
}

function portSentence(host: string, port: number, code: string | undefined): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is already taken on ${host}: stop the program that uses it, or choose another one with PREAU_PORT.`
  }
  if (code === 'EACCES') {
    return `Port ${port} may not be used by this user: choose one from 1024 with PREAU_PORT, or put a proxy in front.`
  }
  return `Préau cannot listen on ${host} port ${port} (${code}): check PREAU_HOST and PREAU_PORT.`
}

/** Says no unless the data folder can be used, or made. @throws OperatorError */
export async function refuseFolder(data: string): Promise<void> {
  const nearest = await nearestExisting(data)
  if (!(await stat(nearest)).isDirectory()) {
    throw new OperatorError(`${nearest} is not a folder: choose another data folder with PREAU_DATA.`)
  }
  const parts = nearest === data ? ['run', 'pg', 'files'].map((name) => join(data, name)) : []
  for (const folder of [nearest, ...parts]) {
    await access(folder, constants.W_OK | constants.X_OK).catch((error) => {
      if (systemCode(error) !== 'ENOENT') throw unwritable(folder, error)
    })
  }
  if (nearest !== data) await refuseUnreal(nearest)
}

/** What a restore makes in the data folder first and removes last. */
export const restoringFolder = (data: string) => join(data, 'restoring')

/** Says no to a data folder in which a restore did not come to its end. @throws OperatorError */
export async function refuseHalfRestored(data: string): Promise<void> {
  const found = await stat(restoringFolder(data)).catch(() => undefined)
  if (!found) return
  throw new OperatorError(
    `A restore into ${data} has not come to its end: let it, or run "preau restore" again, which goes on where it was.`,
  )
}

/** Rights do not tell all: below /proc nothing can be made, whoever asks. So a folder is made, and taken away again. */
async function refuseUnreal(folder: string): Promise<void> {
  try {
    await rmdir(await mkdtemp(join(folder, '.preau-')))
  } catch (error) {
    throw unwritable(folder, error)
  }
}

function unwritable(folder: string, cause: unknown): OperatorError {
  const code = systemCode(cause)
  const mend = code === 'ENOENT' ? '' : 'give this user the right to, or '
  return new OperatorError(
    `${folder} cannot be written to (${code}): ${mend}choose another data folder with PREAU_DATA.`,
    { cause },
  )
}

/** Says no unless the certificate and its key can be read and belong together. @throws OperatorError */
export async function refuseCertificate(tls: { certificate: string; key: string }): Promise<void> {
  try {
    const [cert, key] = await Promise.all([readFile(tls.certificate), readFile(tls.key)])
    createSecureContext({ cert, key })
  } catch (error) {
    throw new OperatorError(
      `The certificate ${tls.certificate} with the key ${tls.key} cannot be used: ${(error as Error).message}. Check PREAU_TLS_CERT and PREAU_TLS_KEY.`,
      { cause: error },
    )
  }
}

/** The folder itself or, while it does not exist, the closest one above it that does. */
async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const there = await stat(at).then(
      () => true,
      (error) => {
        if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false
        throw new OperatorError(
          `${at} cannot be looked at (${systemCode(error)}): choose another PREAU_DATA.`,
        )
      },
    )
    if (there) return at
  }
}

/** Says no when the object storage does; gives the sentence to warn with while it does not answer. @throws OperatorError */
export async function refuseStorage({ s3 }: Pick<Config, 's3'>): Promise<string | null> {
  if (!s3) return null
  const { checkS3 } = await import('#platform/s3-files')
  return checkS3(s3)
}
