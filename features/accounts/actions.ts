// Signing in and out, switching and renewing: who holds which passes on this browser afterwards.
import type { SessionPass } from '#door/formats/pass'
import { administratorRoles, guardianRoles, type Profile, profileOf, schoolDay } from '#features/people'
import type { PersonId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import type { NewPassword, Session, SignIn, Switch } from './contract.ts'
import { type Browser, deviceOf, type Office, signedInOn, type Told } from './office.ts'
import type { Jar } from './passes/cookies.ts'
import { endPasses } from './passes/ended.ts'
import { sessionPass, viewsOf } from './passes/issue.ts'
import { asHashed, faultOf } from './passwords/password-rules.ts'
import { orWait } from './passwords/tries.ts'
import { secondsToWait } from './rules.ts'
import * as store from './store.ts'

/** So many people may be signed in on one device. */
export const mostOnDevice = 6
const renewAfterSeconds = 30 * 86_400

function rolesOf(roles: readonly string[]): Session['roles'] {
  const has = (...names: string[]) => roles.some((r) => names.includes(r))
  return [
    ...(has('student') ? ['student' as const] : []),
    ...(has('teacher') ? ['teacher' as const] : []),
    ...(has(...guardianRoles) ? ['guardian' as const] : []),
    ...(has(...administratorRoles) ? ['administrator' as const] : []),
  ]
}

/** Who is signed in here, and who else may switch; null when the account is no longer in use. */
async function describe(o: Office, account: string, others: readonly SessionPass[]): Promise<Session | null> {
  const people = await store.listOnDevice(o.db, [account, ...others.map((p) => p.account)])
  const me = people.find((p) => p.id === account)
  if (!me) return null
  return {
    account: me.id,
    givenName: me.givenName,
    familyName: me.familyName,
    roles: rolesOf(me.roles),
    others: others.flatMap((pass) =>
      people.filter((p) => p.id === pass.account).map(({ id, givenName }) => ({ account: id, givenName })),
    ),
  }
}

/** Others' passes need no keys: they are issued anew at the switch. */
const sealedOthers = (o: Office, others: readonly SessionPass[]) =>
  others.map((pass) => o.gate.seal({ ...pass, keys: {} }))

function jarFor(o: Office, pass: SessionPass, profile: Profile, others: readonly SessionPass[]): Jar {
  return { session: o.gate.seal(pass), views: viewsOf(profile), others: sealedOthers(o, others) }
}

function deviceJar(o: Office, browser: Browser): Jar {
  const { device, seal } = deviceOf(browser, o.clock.now())
  return seal ? { device: o.gate.seal(device) } : {}
}

/**
 * Signs an account in whose password or code was right. `counter`: the failures that are forgotten, null for all.
 * Without `add`, whoever was signed in on this browser is signed out.
 */
export async function enter(
  o: Office,
  browser: Browser,
  account: PersonId,
  counter: string | null,
  add = false,
): Promise<Told> {
  const now = o.clock.now()
  // Before the keys are read: a pass with keys that somebody loses meanwhile must be among those that end.
  const { from } = await store.findEnding(o.db, { id: '', account })
  const profile = await profileOf(o, account)
  if (!profile) throw new Refused('sign-in.wrong')
  const { device } = deviceOf(browser, now)
  const pass = sessionPass(profile, now, from)
  const here = signedInOn(browser)
  const others = add ? here.filter((p) => p.account !== account).slice(0, mostOnDevice - 1) : []
  const ended = here.filter((p) => !others.includes(p)).map((p) => p.id)
  await o.db.transaction().execute(async (tx) => {
    await store.noteSignIn(tx, account, device.id, schoolDay(o), counter)
    await endPasses(tx, now, { passes: ended })
  })
  if (ended.length > 0) await o.gate.hear(ended)
  return {
    session: await describe(o, account, others),
    jar: { ...jarFor(o, pass, profile, others), device: o.gate.seal(device) },
    erase: !add && here.some((p) => p.account !== account),
  }
}

/** Counts a try on the account, or on the name that nobody has; says with which counter. @throws sign-in.wait */
async function countTry(
  o: Office,
  account: store.Account | undefined,
  name: string,
  device: string | null,
): Promise<string> {
  if (!account) {
    o.tries.countUnknown(name)
    return ''
  }
  const taken = await store.takeTry(o.db, account.id, device, new Date(o.clock.now()))
  if (!taken.allowed) orWait(Math.max(1, secondsToWait(taken, o.clock.now())))
  return taken.counter
}

/** Checks a password within the budgets, and says with which counter. @throws sign-in.wrong, .wait, .busy */
async function checkPassword(
  o: Office,
  browser: Browser,
  account: store.Account | undefined,
  name: string,
  password: string,
): Promise<string> {
  const device = browser.device?.id ?? null
  let wrong = false
  o.tries.spend('password', device)
  try {
    const counter = await countTry(o, account, name, device)
    try {
      wrong = !(await o.hasher.verify(account?.passwordHash ?? null, asHashed(password)))
    } catch (error) {
      if (account) await store.giveTryBack(o.db, account.id, counter)
      throw error
    }
    if (wrong) throw new Refused('sign-in.wrong')
    return counter
  } finally {
    if (!wrong) o.tries.refund('password', device)
  }
}

/**
 * The account that a user name and a password open, and the counter of its failures.
 * @throws sign-in.wrong, sign-in.wait, sign-in.busy
 */
export async function provePassword(
  o: Office,
  browser: Browser,
  { username, password }: Pick<SignIn, 'username' | 'password'>,
): Promise<{ account: PersonId; counter: string }> {
  const name = username.trim().toLowerCase()
  const account = await store.findByUsername(o.db, name)
  const counter = await checkPassword(o, browser, account, name, password)
  if (!account) throw new Refused('sign-in.wrong')
  return { account: account.id, counter }
}

/** Signs in with user name and password. @throws sign-in.wrong, sign-in.wait, sign-in.busy */
export async function signIn(o: Office, browser: Browser, typed: SignIn): Promise<Told> {
  const { account, counter } = await provePassword(o, browser, typed)
  return enter(o, browser, account, counter, typed.add)
}

/** The same sign-in with fresh keys; null when it was ended meanwhile or the account is no longer in use. */
async function reissue(
  o: Office,
  pass: SessionPass,
): Promise<{ pass: SessionPass; profile: Profile } | null> {
  // The hour and what ended before the keys, as on entering.
  const now = o.clock.now()
  const { from, revoked } = await store.findEnding(o.db, pass)
  if (revoked || pass.issuedAt < from) return null
  const profile = await profileOf(o, pass.account as PersonId)
  return profile && { pass: sessionPass(profile, now, from, pass.id), profile }
}

/** The first of some passes that still holds becomes the current one; else nobody is signed in. */
async function takeOver(o: Office, browser: Browser, passes: readonly SessionPass[]): Promise<Told> {
  for (const [i, pass] of passes.entries()) {
    const renewed = await reissue(o, pass)
    if (!renewed) continue
    const others = [...passes.slice(0, i), ...passes.slice(i + 1)]
    const session = await describe(o, pass.account, others)
    const jar = { ...jarFor(o, renewed.pass, renewed.profile, others), ...deviceJar(o, browser) }
    return { session, jar, erase: false }
  }
  return {
    session: null,
    jar: { session: null, others: [], views: null, ...deviceJar(o, browser) },
    erase: passes.length > 0,
  }
}

/** Who is signed in here; after thirty days with fresh keys. Gives a device that was never here its pass. */
export async function currentSession(o: Office, browser: Browser): Promise<Told> {
  const { who, others } = browser
  const here = signedInOn(browser)
  if (!who || o.clock.now() / 1000 - who.issuedAt > renewAfterSeconds) return takeOver(o, browser, here)
  const session = await describe(o, who.account, others)
  return session ? { session, jar: deviceJar(o, browser), erase: false } : takeOver(o, browser, others)
}

/** The same person with the keys that the directory gives them now. */
export async function renew(o: Office, browser: Browser): Promise<Told> {
  return takeOver(o, browser, signedInOn(browser))
}

/** Somebody else who is signed in on this device goes on. @throws session.not-on-this-device */
export async function switchTo(o: Office, browser: Browser, { account }: Switch): Promise<Told> {
  const here = signedInOn(browser)
  const next = here.find((p) => p.account === account)
  const renewed = next && (await reissue(o, next))
  if (!renewed) throw new Refused('session.not-on-this-device')
  const others = here.filter((p) => p !== next)
  return {
    session: await describe(o, account, others),
    jar: jarFor(o, renewed.pass, renewed.profile, others),
    erase: false,
  }
}

/** Ends this one sign-in; whoever else is signed in here takes over. */
export async function signOut(o: Office, browser: Browser): Promise<Told> {
  if (!browser.who) throw new Refused('session.needed')
  const { account, passId } = browser.who
  const ended = await o.db.transaction().execute((tx) => endPasses(tx, o.clock.now(), { passes: [passId] }))
  await o.gate.hear(ended)
  const told = await takeOver(
    o,
    browser,
    browser.others.filter((p) => p.account !== account),
  )
  return { ...told, erase: told.session === null }
}

/** Ends every pass of the account, on all devices. */
export async function signOutEverywhere(o: Office, browser: Browser): Promise<Told> {
  if (!browser.who) throw new Refused('session.needed')
  const { account } = browser.who
  const now = o.clock.now()
  const ended = await o.db.transaction().execute(async (tx) => {
    await store.insertEvents(tx, 'signed-out-everywhere', [account], account, new Date(now))
    return endPasses(tx, now, { accounts: [account] })
  })
  await o.gate.hear(ended)
  const told = await takeOver(
    o,
    browser,
    browser.others.filter((p) => p.account !== account),
  )
  return { ...told, erase: told.session === null }
}

/** @throws password.too-short, password.too-common, password.is-the-name */
export function orFault(password: string, names: readonly string[]): void {
  const fault = faultOf(password, names)
  if (fault) throw new Refused(fault)
}

/** A new password for the one who knows the old one; all other devices are signed out. */
export async function changePassword(
  o: Office,
  browser: Browser,
  { current, next }: NewPassword,
): Promise<Told> {
  if (!browser.who) throw new Refused('session.needed')
  const { account } = browser.who
  const known = await store.findAccount(o.db, account)
  if (!known) throw new Refused('session.needed')
  orFault(next, known.names)
  const counter = await checkPassword(o, browser, known, account, current)
  const hash = await o.hasher.hash(asHashed(next))
  const now = o.clock.now()
  const ended = await o.db.transaction().execute(async (tx) => {
    await store.setPassword(tx, account, hash, new Date(now))
    await store.insertEvents(tx, 'password-changed', [account], account, new Date(now))
    return endPasses(tx, now, { accounts: [account] })
  })
  await o.gate.hear(ended)
  return enter(o, browser, account, counter, true)
}
