// What the door says of itself to those who watch it.
import { ticks } from '#platform/clock'
import type { Follower } from './feed/follow.ts'
import type { Forwarder } from './forward/forward.ts'
import type { Prober } from './forward/probe.ts'
import type { Shelf } from './sheets/shelf.ts'

type Watched = { held: Shelf; ways: Forwarder; workspace: Prober; feed: Follower }

const startedAt = ticks()

/** The door's health: it answers, so it lives; the rest says how well. */
export async function healthOf({ held, ways, workspace, feed }: Watched) {
  return {
    door: 'open',
    uptimeSeconds: Math.round((ticks() - startedAt) / 1000),
    feed: feed.state(),
    sheets: held.size(),
    sheetBytes: held.bytes(),
    inFlight: ways.inside(),
    workspace: (await workspace.ready()) ? 'ready' : 'away',
  }
}
