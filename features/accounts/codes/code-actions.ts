// Activation codes: made for a class or for one person, read from paper, used once.
import { createHash, randomBytes } from 'node:crypto'
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
import * as store from './code-store.ts'

const hashOf = (code: string) => createHash('sha256').update(code).digest()

/** Makes a code for each and keeps only the hashes; all or none. */
export async function makeCodes(
  ctx: Ctx,
  people: readonly store.Receiver[],
  by: PersonId | null,
): Promise<Pick<CodeList, 'codes' | 'expiresAt'>> {
  return ctx.db.transaction().execute((tx) => makeCodesIn(tx, ctx, people, by))
}

/** The same in a transaction that is under way. */
export async function makeCodesIn(
  tx: Ctx['db'],
  { clock }: Pick<Ctx, 'clock'>,
  people: readonly store.Receiver[],
  by: PersonId | null,
): Promise<Pick<CodeList, 'codes' | 'expiresAt'>> {
  const now = clock.now()
  const expiresAt = new Date(now + codeDays * 86_400_000)
  const made = people.map((person) => ({ person, code: codeFrom(randomBytes(10)) }))
  if (made.length > 0) {
    const hashed = made.map(({ person, code }) => ({ person: person.id, hash: hashOf(code) }))
    const ids = people.map((p) => p.id)
    await store.saveCodes(tx, hashed, by, expiresAt)
    await insertEvents(tx, 'code-made', ids, by, new Date(now))
  }
  return {
    expiresAt: expiresAt.toISOString(),
    codes: made.map(({ person: { givenName, familyName, username }, code }) => ({
      givenName,
      familyName,
      username,
      code: printedCode(code),
    })),
  }
}

/** New codes for all pupils of a class who have no password yet; for those who lead it. @throws `absent` */
export async function makeClassCodes(ctx: Ctx, who: Who, classId: ClassId): Promise<CodeList> {
  const { school, title, zone } = await classLedBy(ctx, who, classId)
  const people = await store.listWithoutPassword(ctx.db, classId, guardianRoles, schoolDay(ctx, zone))
  return { school, title, ...(await makeCodes(ctx, people, who.account)) }
}

/** A code with which somebody starts anew, from whoever may vouch for them. @throws `absent` */
export async function makeCodeFor(ctx: Ctx, who: Who, person: PersonId): Promise<CodeList> {
  const care = await careFor(ctx, who, person)
  const roles = { administratorRoles, guardianRoles }
  const weight = await store.weigh(ctx.db, person, who.account, roles, schoolDay(ctx))
  const found = await store.findReceiver(ctx.db, { id: person })
  if (!found || !mayStartAnew(care, weight)) throw absent()
  return codeListOf(ctx, found, who.account)
}

/** A code for the user name, on the operator's word. @throws `absent` */
export async function makeCodeByOperator(ctx: Ctx, username: string): Promise<CodeList> {
  const found = await store.findReceiver(ctx.db, { username })
  if (!found) throw absent()
  return codeListOf(ctx, found, null)
}

async function codeListOf(
  ctx: Ctx,
  person: store.Receiver & { school: string },
  by: PersonId | null,
): Promise<CodeList> {
  const title = `${person.givenName} ${person.familyName}`
  return { school: person.school, title, ...(await makeCodes(ctx, [person], by)) }
}

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
