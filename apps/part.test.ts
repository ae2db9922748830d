// A door or a workspace started with a mistaken setting says so in one sentence and touches nothing.
import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'

type Ended = { code: unknown; said: string }

function started(part: string, env: Record<string, string>): Promise<Ended> {
  const given = { PATH: process.env.PATH ?? '', ...env }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`apps/${part}/main.ts`],
      { env: given, timeout: 15_000 },
      (error, _out, said) => resolve({ code: error?.code ?? 0, said }),
    )
  })
}

const socket = { PREAU_SOCKET: '/nowhere/workspace.sock' }
const database = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }

test.each([
  ['door', {}, 'The door needs PREAU_SOCKET. See: npm run -s preau -- door --help'],
  ['workspace', database, 'The workspace needs PREAU_SOCKET. See: npm run -s preau -- workspace --help'],
  ['workspace', socket, 'The workspace needs DATABASE_URL. See: npm run -s preau -- workspace --help'],
  ['workspace', { ...socket, DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL must look like postgres://'],
  [
    'workspace',
    { ...socket, ...database, PREAU_NOW_OFFSET_MS: 'tomorrow' },
    'PREAU_NOW_OFFSET_MS is "tomorrow"',
  ],
  ['door', { ...socket, PREAU_NOW_OFFSET_MS: 'tomorrow' }, 'PREAU_NOW_OFFSET_MS is "tomorrow"'],
  ['door', { ...socket, PREAU_PORT: '80a' }, 'PREAU_PORT is "80a"'],
  ['door', { ...socket, PREAU_TLS_CERT: 'a.pem' }, 'PREAU_TLS_CERT and PREAU_TLS_KEY go together'],
  ['door', { ...socket, PREAU_DOOR_QUEUE: 'long' }, 'PREAU_DOOR_QUEUE must be a whole number, not "long".'],
] as [string, Record<string, string>, string][])('%s with %o', async (part, env, sentence) => {
  const { code, said } = await started(part, env)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(said).toContain(sentence)
  expect(code).toBe(1)
})
