// Activation codes: made for a class or for one person, read from paper, used once.
import { randomBytes } from 'node:crypto'
import {
  administratorRoles,
  careFor,
  classLedBy,
  guardianRoles,
  schoolDay,
  schoolRunBy,
  type Who,
} from '#features/people'
import { announce } from '#platform/bus'
import type { Ctx } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanLine, folded } from '#platform/text'
import { enter, orFault } from '../actions.ts'
import type { AccountSearch, Activation, ActivationView, ClassAccounts, CodeList } from '../contract.ts'
import { deleteLinksOf } from '../links/link-store.ts'
import type { Browser, Office, Told } from '../office.ts'
import { endPasses } from '../passes/ended.ts'
import { asHashed } from '../passwords/password-rules.ts'
import { codeDays, codeFrom, mayStartAnew, printedCode, readCode } from '../rules.ts'
import { insertEvents } from '../store.ts'
import { holdCodes, insertRun } from './code-run-store.ts'
import { endingOf, hashOf, openRun, stillHolding } from './code-runs.ts'
import * as store from './code-store.ts'
import type { ClassCodesWish, CodeWish } from './contract.ts'

/** Saves a code for each of these people, with a note of who made it; earlier ones of theirs end. */
export async function saveCodesOf(
  tx: Ctx['db'],
  people: readonly store.Receiver[],
  by: PersonId | null,
  now: number,
  codeOf: (person: PersonId) => string,
): Promise<void> {
  if (people.length === 0) return
  const hashed = people.map(({ id }) => ({ person: id, hash: hashOf(codeOf(id)) }))
  const ids = people.map(({ id }) => id)
  await store.saveCodes(tx, hashed, by, expiryOf(now))
  await insertEvents(tx, 'code-made', ids, by, new Date(now))
}

const expiryOf = (madeAt: number) => new Date(madeAt + codeDays * 86_400_000)

/** The codes of these people as they are shown, once. */
export function shownCodes(
  people: readonly store.Receiver[],
  madeAt: number,
  codeOf: (person: PersonId) => string,
): Pick<CodeList, 'codes' | 'expiresAt'> {
  return {
    expiresAt: expiryOf(madeAt).toISOString(),
    codes: people.map(({ id, givenName, familyName, username }) => ({
      givenName,
      familyName,
      username,
      code: printedCode(codeOf(id)),
    })),
  }
}

/**
 * New codes for all pupils of a class who have no password yet; for those who lead it.
 * @throws `absent`, codes.made-meanwhile
 */
export async function makeClassCodes(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  { key, ending }: ClassCodesWish,
): Promise<CodeList> {
  const { school, schoolId, title, zone } = await classLedBy(ctx, who, classId)
  return ctx.db.transaction().execute(async (tx) => {
    await holdCodes(tx, schoolId)
    const now = ctx.clock.now()
    const run = await openRun(tx, who.account, `class ${classId}`, key)
    const all = await store.listWithoutPassword(
      tx,
      classId,
      guardianRoles,
      schoolDay(ctx, zone),
      new Date(now),
    )
    const people = run.before ? await stillHolding(tx, run, all) : all
    if (!run.before) {
      const ended = endingOf(people, ending)
      await saveCodesOf(tx, people, who.account, now, run.codeOf)
      const facts = { school: schoolId, audience: 'student', title, classes: 1, made: people.length } as const
      await insertRun(tx, { ...run, ...facts, at: new Date(now), ended })
    }
    return { school, title, ...shownCodes(people, run.before?.getTime() ?? now, run.codeOf) }
  })
}

/** A code with which somebody starts anew, from whoever may vouch for them. @throws `absent` */
export async function makeCodeFor(
  ctx: Ctx,
  who: Who,
  person: PersonId,
  { key }: CodeWish,
): Promise<CodeList> {
  const care = await careFor(ctx, who, person)
  const roles = { administratorRoles, guardianRoles }
  const weight = await store.weigh(ctx.db, person, who.account, roles, schoolDay(ctx))
  const found = await store.findReceiver(ctx.db, { id: person })
  if (!found || !mayStartAnew(care, weight)) throw absent()
  return ctx.db.transaction().execute(async (tx) => {
    await holdCodes(tx, person)
    const run = await openRun(tx, who.account, `person ${person}`, key)
    const now = ctx.clock.now()
    const people = run.before ? await stillHolding(tx, run, [found]) : [found]
    if (!run.before) {
      await saveCodesOf(tx, people, who.account, now, run.codeOf)
      const facts = { school: null, audience: 'one', made: 1, ended: 0 } as const
      await insertRun(tx, { ...run, ...facts, at: new Date(now) })
    }
    return { ...namedOf(found), ...shownCodes(people, run.before?.getTime() ?? now, run.codeOf) }
  })
}

/** A code for the user name, on the operator's word. @throws `absent` */
export async function makeCodeByOperator(ctx: Ctx, username: string): Promise<CodeList> {
  const found = await store.findReceiver(ctx.db, { username })
  if (!found) throw absent()
  const code = codeFrom(randomBytes(10))
  const now = ctx.clock.now()
  await ctx.db.transaction().execute((tx) => saveCodesOf(tx, [found], null, now, () => code))
  return { ...namedOf(found), ...shownCodes([found], now, () => code) }
}

const namedOf = ({ school, givenName, familyName }: store.Receiver & { school: string }) => ({
  school,
  title: `${givenName} ${familyName}`,
})

/** The accounts of a class's pupils, for those who lead it. @throws `absent` */
export async function viewClassAccounts(ctx: Ctx, who: Who, classId: ClassId): Promise<ClassAccounts> {
  const { zone } = await classLedBy(ctx, who, classId)
  return store.listClassAccounts(ctx.db, classId, schoolDay(ctx, zone), new Date(ctx.clock.now()))
}

/** A school's accounts that a search finds, at most a hundred, for those who run it. @throws `absent` */
export async function searchSchoolAccounts(
  ctx: Ctx,
  who: Who,
  schoolId: SchoolId,
  search: AccountSearch,
): Promise<ClassAccounts> {
  await schoolRunBy(ctx, who, schoolId)
  return listSchoolAccounts(ctx, schoolId, search, 100)
}

/** A school's accounts that a search finds. The caller has checked who asks. */
export async function listSchoolAccounts(
  ctx: Ctx,
  schoolId: SchoolId,
  search: AccountSearch,
  limit: number,
): Promise<ClassAccounts> {
  const words = folded(cleanLine(search.q ?? ''))
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
  const wanted = { ...search, words, limit }
  const now = new Date(ctx.clock.now())
  return store.searchAccounts(ctx.db, schoolId, wanted, guardianRoles, schoolDay(ctx), now)
}

/**
 * Whose code was typed. A code has 80 bits: the budget keeps guessers from costing anything, not from succeeding.
 * @throws activation.unknown, activation.expired, sign-in.wait
 */
export async function findTyped(
  o: Office,
  browser: Browser,
  typed: string,
): Promise<store.CodeRow & { hash: Buffer }> {
  const device = browser.device?.id ?? null
  o.tries.spend('code', device)
  const code = readCode(typed)
  const hash = hashOf(code ?? '')
  const found = code ? await store.findCode(o.db, hash, schoolDay(o)) : undefined
  if (!found) throw new Refused('activation.unknown')
  o.tries.refund('code', device)
  if (found.expiresAt.getTime() <= o.clock.now()) throw new Refused('activation.expired')
  return { ...found, hash }
}

/** Whom a code lets in. @throws activation.unknown, activation.expired, sign-in.wait */
export async function checkCode(o: Office, browser: Browser, typed: string): Promise<ActivationView> {
  const { givenName, username, school, class: title } = await findTyped(o, browser, typed)
  return { givenName, username, school, class: title }
}

/**
 * Sets a password with a code and signs in; every earlier pass of the account ends. Records of other schools that were
 * linked to the account are proved anew, since their schools did not vouch for whoever holds this code.
 * @throws activation.unknown, activation.expired, password.*, sign-in.wait, sign-in.busy
 */
export async function activate(
  o: Office,
  browser: Browser,
  { code, password, add }: Activation,
): Promise<Told> {
  const found = await findTyped(o, browser, code)
  orFault(password, found.names)
  const passwordHash = await o.hasher.hash(asHashed(password))
  const now = o.clock.now()
  const ended = await o.db.transaction().execute(async (tx) => {
    const used = await store.useCode(tx, found.hash, passwordHash, new Date(now))
    if (!used) throw new Refused('activation.unknown')
    const { person, reset } = used
    // Whoever made the code may answer for this school's record, and for no other school's.
    if (await deleteLinksOf(tx, person)) await insertEvents(tx, 'unlinked', [person], person, new Date(now))
    await insertEvents(tx, reset ? 'password-reset' : 'activated', [person], person, new Date(now))
    if (!reset) await announce(tx, 'activated', [person])
    return endPasses(tx, now, { accounts: [person] })
  })
  await o.gate.hear(ended)
  return enter(o, browser, found.id, null, add)
}
