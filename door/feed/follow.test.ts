// What the door's log says of the feed: nothing alarming while the workspace starts, and every real fault once.

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { follow } from './follow.ts'

type Line = { level: number; msg: string; reason?: string }

/** A follower of a socket in a folder of its own, and what it logs. */
async function aFollower() {
  const folder = await mkdtemp(join(tmpdir(), 'preau-follow-'))
  const socket = join(folder, 'workspace.sock')
  const lines: Line[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const follower = follow({
    socket,
    secret: async () => 'secret',
    apply: async () => {},
    log,
    random: () => 0,
  })
  onTestFinished(async () => {
    await follower.close()
    await rm(folder, { recursive: true, force: true })
  })
  const said = () => lines.map(({ level, msg, reason }) => [level, msg, ...(reason ? [reason] : [])])
  return { socket, said }
}

/** Listens on a socket as a workspace does; answers how to end it. */
async function aWorkspaceOn(socket: string, answer: RequestListener): Promise<() => Promise<unknown>> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const end = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(async () => void (await end()))
  return end
}

test('a workspace that is not there yet is waited for; one that stays away is a warning, once', async () => {
  const { said } = await aFollower()
  await vi.waitFor(() => expect(said()).toHaveLength(2))
  expect(said()[0]).toEqual([30, 'waiting for the workspace'])
  expect(said()[1]).toEqual([40, 'the workspace is still not there', expect.stringMatching(/ENOENT/)])
})

test('a workspace that refuses us is a warning at once, and so is one that goes after it was followed', async () => {
  const { socket, said } = await aFollower()
  let known = false
  const end = await aWorkspaceOn(socket, (_, response) => {
    if (!known) return void response.writeHead(401).end()
    response.write('{"type":"begin"}\n{"type":"ready"}\n')
  })
  const warnings = () => said().filter(([level]) => level === 40)
  await vi.waitFor(() =>
    expect(warnings()).toContainEqual([40, 'the feed broke off', 'the workspace answered 401']),
  )
  known = true
  await vi.waitFor(() => expect(said().at(-1)).toEqual([30, 'the feed is up to date']))
  const before = warnings().length
  await end()
  await vi.waitFor(() => expect(warnings().length).toBeGreaterThan(before))
  expect(warnings()[before]?.[1]).toBe('the feed broke off')
})
