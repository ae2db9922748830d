// What the actions of this feature are given beside the usual context, and what they say of a browser.
import { type DevicePass, devicePassSeconds, newPassId, type SessionPass } from '#door/formats/pass'
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { Session } from './contract.ts'
import type { Jar } from './passes/cookies.ts'
import type { Gate } from './passes/gate.ts'
import type { Hasher } from './passwords/hasher.ts'
import type { Tries } from './passwords/tries.ts'

export type Office = Ctx & { gate: Gate; hasher: Hasher; tries: Tries }

/** What a browser sent, opened and found good. */
export type Browser = {
  who: Who | null
  /** Others who are signed in on it. */
  others: readonly SessionPass[]
  device: DevicePass | null
}

/** What a browser is told: who is signed in now (null: nobody), and what to keep. */
export type Told = {
  session: Session | null
  jar: Jar
  /** Somebody left: what the browser kept for them is to go. */
  erase: boolean
}

/** The passes with which people are signed in on a browser, the current one first. */
export function signedInOn({ who, others }: Browser): SessionPass[] {
  if (!who) return [...others]
  const { account, passId: id, issuedAt } = who
  return [
    { kind: 'session', id, account, keys: {}, issuedAt },
    ...others.filter((o) => o.account !== account),
  ]
}

const halfLife = devicePassSeconds / 2

/**
 * The browser's device pass, or a new one. `seal`: it must be sent. An old one is issued anew under its id, and stays
 * one of an earlier day.
 */
export function deviceOf({ device }: Browser, now: number): { device: DevicePass; seal: boolean } {
  const seconds = Math.floor(now / 1000)
  if (!device) return { device: { kind: 'device', id: newPassId(), issuedAt: seconds }, seal: true }
  if (seconds - device.issuedAt < halfLife) return { device, seal: false }
  return { device: { ...device, issuedAt: seconds - 86_400 }, seal: true }
}
