// The settings of an installation, read once from the environment by the composition roots and by nobody else.
import { resolve } from 'node:path'
import { type Keep, readKeep } from './backup/retention.ts'
import { inMorning, type LocalTime, morning, usualZone } from './calendar.ts'
import type { ClamdAddress } from './clamd.ts'
import { OperatorError } from './operator-error.ts'
import type { S3Settings } from './s3-files.ts'

export type Config = {
  /** The data folder, absolute. */
  data: string
  host: string
  port: number
  /** PostgreSQL 15 or newer; undefined: the embedded one, in the data folder. */
  databaseUrl: string | undefined
  /** Files of the door's certificate and key; undefined: plain HTTP. */
  tls: { certificate: string; key: string } | undefined
  /** What doors show the workspace; undefined: the text of door.secret in the data folder. */
  feedSecret: string | undefined
  /** The object storage that keeps the files; undefined: a folder in the data folder. */
  s3: S3Settings | undefined
  /** Where the virus scanner listens; undefined: files are not scanned. */
  clamd: ClamdAddress | undefined
  /** Milliseconds by which this installation's clock is moved; 0 in production. */
  clockOffset: number
  /** A level of the log, as pino has it. */
  logLevel: string
  /** Where and when backups are made by themselves; `to` undefined: nowhere. */
  backup: { to: string | undefined; at: LocalTime; keep: Keep }
  /** The time zone of the installation itself: when its night is, and what its pages call today. */
  zone: string
}

type Environment = Readonly<Record<string, string | undefined>>

const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']

/** Reads and checks the settings. @throws OperatorError naming the variable that is wrong and what it should be. */
export function readConfig(env: Environment): Config {
  return {
    data: resolve(env.PREAU_DATA || './data'),
    host: env.PREAU_HOST || '127.0.0.1',
    port: readPort(env.PREAU_PORT || '8080'),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    tls: readTls(env.PREAU_TLS_CERT, env.PREAU_TLS_KEY),
    feedSecret: env.PREAU_FEED_SECRET || undefined,
    s3: readS3(env),
    clamd: readClamd(env.PREAU_CLAMD),
    clockOffset: readOffset(env.PREAU_NOW_OFFSET_MS || '0'),
    backup: readBackup(env),
    zone: readZone(env.PREAU_ZONE || usualZone),
    logLevel: oneOf('PREAU_LOG', env.PREAU_LOG || 'info', levels),
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new OperatorError(`PREAU_PORT is "${text}": it must be a number from 0 to 65535 (0: any free port).`)
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text
  // The text may hold a password, so it is not repeated.
  throw new OperatorError('DATABASE_URL must look like postgres://user:password@host:5432/database.')
}

function readTls(certificate: string | undefined, key: string | undefined): Config['tls'] {
  if (!certificate && !key) return undefined
  if (certificate && key) return { certificate: resolve(certificate), key: resolve(key) }
  throw new OperatorError('PREAU_TLS_CERT and PREAU_TLS_KEY go together: set both, or neither.')
}

function readS3(env: Environment): S3Settings | undefined {
  const bucket = env.PREAU_S3_BUCKET
  const others = ['ENDPOINT', 'REGION', 'KEY', 'SECRET', 'PATH_STYLE'].map((name) => `PREAU_S3_${name}`)
  if (!bucket) {
    const alone = others.find((name) => env[name])
    if (alone) throw new OperatorError(`${alone} is set, but no PREAU_S3_BUCKET: set it, or none of them.`)
    return undefined
  }
  const { PREAU_S3_ENDPOINT: endpoint, PREAU_S3_KEY: key, PREAU_S3_SECRET: secret } = env
  if (!key || !secret) throw new OperatorError('PREAU_S3_BUCKET needs PREAU_S3_KEY and PREAU_S3_SECRET.')
  if (endpoint && !(/^https?:\/\//.test(endpoint) && URL.canParse(endpoint)))
    throw new OperatorError(
      `PREAU_S3_ENDPOINT is "${endpoint}": it must look like https://s3.example or http://host:port.`,
    )
  const style = oneOf('PREAU_S3_PATH_STYLE', env.PREAU_S3_PATH_STYLE || (endpoint ? 'yes' : 'no'), [
    'yes',
    'no',
  ])
  const region = env.PREAU_S3_REGION || 'us-east-1'
  return { endpoint: endpoint || undefined, region, bucket, key, secret, pathStyle: style === 'yes' }
}

function readClamd(text: string | undefined): ClamdAddress | undefined {
  if (!text) return undefined
  if (text.startsWith('/')) return { path: text }
  const [, host, port] = /^tcp:\/\/\[?([^\]/]+?)\]?:(\d+)$/.exec(text) ?? []
  if (host && Number(port) > 0 && Number(port) < 65_536) return { host, port: Number(port) }
  throw new OperatorError(
    `PREAU_CLAMD is "${text}": it must be the path of clamd's socket, or look like tcp://host:3310.`,
  )
}

function readOffset(text: string): number {
  const offset = Number(text)
  if (Number.isSafeInteger(offset)) return offset
  throw new OperatorError(`PREAU_NOW_OFFSET_MS is "${text}": it must be a whole number of milliseconds.`)
}

function readBackup(env: Environment): Config['backup'] {
  return {
    to: env.PREAU_BACKUP_TO ? resolve(env.PREAU_BACKUP_TO) : undefined,
    at: readBackupTime(env.PREAU_BACKUP_AT || '03:00'),
    keep: readKeep(env.PREAU_BACKUP_KEEP || '7d,5w,12m', 'PREAU_BACKUP_KEEP'),
  }
}

/** A time zone by its name, checked. @throws OperatorError */
export function readZone(name: string): string {
  try {
    new Intl.DateTimeFormat('fr', { timeZone: name })
    return name
  } catch {
    throw new OperatorError(
      `PREAU_ZONE is "${name}": it must be a zone such as Europe/Paris or Indian/Reunion.`,
    )
  }
}

function readBackupTime(text: string): LocalTime {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) {
    throw new OperatorError(`PREAU_BACKUP_AT is "${text}": it must be a time of the day such as 03:00.`)
  }
  if (!inMorning(text)) return text
  throw new OperatorError(
    `PREAU_BACKUP_AT is "${text}": no backup begins by itself from ${morning.from} to ${morning.to}. Choose a time at night.`,
  )
}

function oneOf(name: string, text: string, allowed: readonly string[]): string {
  if (allowed.includes(text)) return text
  throw new OperatorError(`${name} is "${text}": it must be one of ${allowed.join(', ')}.`)
}
