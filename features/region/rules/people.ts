// People: pupils in families, and staff. What must be unique or shared across schools is kept in one small ledger.
import type { MadePerson, MadeRole, PersonRole, PlannedSchool } from './model.ts'
import { drawFamilyName, drawGivenName, drawOrigin, plain } from './names.ts'
import { mix, type Random } from './random.ts'

/** A family with children still to come, here or in another school of the basin. */
type Family = {
  origin: string
  name: string
  guardians: MadePerson[]
  /** Schools in which the guardians have a role already. */
  schools: string[]
  childrenLeft: number
  lastGrade: string
}

/** What is carried from school to school: bounded, whatever the region's size. */
export type Ledger = {
  people: number
  /** Next number behind a user name, by the hash of the name. A shared cell only skips numbers. */
  usernames: Uint16Array
  families: Family[]
  basin: number
  guardiansInSeveralSchools: number
}

/** A ledger for a region of about `pupils` pupils. */
export function newLedger(pupils: number): Ledger {
  const cells = 2 ** Math.ceil(Math.log2(Math.max(pupils, 1000) * 16))
  return {
    people: 0,
    usernames: new Uint16Array(cells),
    families: [],
    basin: -1,
    guardiansInSeveralSchools: 0,
  }
}

/** Families kept in reach of each other. */
const reach = 300
/** Children at school per family, and guardians: INSEE, families with children (shares rounded). */
const childrenShares = [0.45, 0.38, 0.13, 0.04]
const twoGuardians = 0.8

const plains = new Map<string, string>()
function plainKept(name: string): string {
  let text = plains.get(name)
  if (text === undefined) {
    text = plain(name)
    plains.set(name, text)
  }
  return text
}

function usernameOf(ledger: Ledger, given: string, family: string): string {
  const base = `${plainKept(given)}.${plainKept(family)}`
  let hash = 0
  for (let i = 0; i < base.length; i++) hash = Math.imul(hash, 31) + base.charCodeAt(i)
  const cell = mix(hash) & (ledger.usernames.length - 1)
  const before = ledger.usernames[cell] as number
  ledger.usernames[cell] = before + 1
  // No name ends in a digit, so name and number together occur once.
  return before === 0 ? base : `${base}${before + 1}`
}

function newPerson(ledger: Ledger, givenName: string, familyName: string, emailAt = ''): MadePerson {
  const username = usernameOf(ledger, givenName, familyName)
  const email = emailAt && `${username}@${emailAt}`
  ledger.people++
  return { sourcedId: `u${ledger.people}`, username, givenName, familyName, email, agents: [], grade: '' }
}

/** Collects the people and roles of one school. */
export type Register = { people: MadePerson[]; roles: MadeRole[]; school: PlannedSchool }

/** Gives somebody a role in the school. */
export function addRole(register: Register, person: MadePerson, role: PersonRole, primary = true): void {
  register.roles.push({ person, role, primary })
}

/** A new member of staff with a first role. */
export function newStaff(ledger: Ledger, random: Random, register: Register, role: PersonRole): MadePerson {
  const origin = drawOrigin(random)
  const given = drawGivenName(random, origin, random.chance(0.66) ? 'women' : 'men')
  const person = newPerson(ledger, given, drawFamilyName(random, origin), 'ac-oree.example')
  register.people.push(person)
  addRole(register, person, role)
  return person
}

function newFamily(ledger: Ledger, random: Random, register: Register): Family {
  const origin = drawOrigin(random)
  const name = drawFamilyName(random, origin)
  const women = random.chance(0.55)
  const guardians: MadePerson[] = []
  for (let i = 0; i < (random.chance(twoGuardians) ? 2 : 1); i++) {
    const of = women === (i === 0) ? 'women' : 'men'
    const from = i === 1 && random.chance(0.2) ? drawOrigin(random) : origin
    const ownName = i === 1 && random.chance(0.4) ? drawFamilyName(random, from) : name
    const person = newPerson(ledger, drawGivenName(random, from, of), ownName, 'courriel.example')
    register.people.push(person)
    addRole(register, person, 'guardian')
    guardians.push(person)
  }
  let draw = random.unit()
  const childrenLeft = Math.max(
    0,
    childrenShares.findIndex((share) => (draw -= share) < 0),
  )
  return { origin, name, guardians, schools: [register.school.uai], childrenLeft, lastGrade: '' }
}

/** A family known already that has another child, or a new one. Twins are left out. */
function familyFor(ledger: Ledger, random: Random, register: Register, grade: string): Family {
  if (ledger.basin !== register.school.basin) {
    ledger.basin = register.school.basin
    ledger.families = []
  }
  const { families } = ledger
  const at = random.between(0, families.length - 1)
  const known = random.chance(0.46) ? families[at] : undefined
  if (!known || known.lastGrade === grade) {
    const family = newFamily(ledger, random, register)
    if (family.childrenLeft > 0) {
      if (families.length < reach) families.push(family)
      else families[random.between(0, reach - 1)] = family
    }
    return family
  }
  known.childrenLeft--
  if (known.childrenLeft === 0) {
    families[at] = families.at(-1) as Family
    families.pop()
  }
  if (!known.schools.includes(register.school.uai)) {
    known.schools.push(register.school.uai)
    if (known.schools.length === 2) ledger.guardiansInSeveralSchools += known.guardians.length
    for (const guardian of known.guardians) addRole(register, guardian, 'guardian', false)
  }
  return known
}

/** A new pupil of a grade, in a family with one or two guardians. */
export function newPupil(ledger: Ledger, random: Random, register: Register, grade: string): MadePerson {
  const family = familyFor(ledger, random, register, grade)
  family.lastGrade = grade
  const given = drawGivenName(random, family.origin, random.chance(0.49) ? 'girls' : 'boys')
  const pupil = newPerson(ledger, given, family.name)
  pupil.grade = grade
  pupil.agents = family.guardians.map((guardian) => guardian.sourcedId)
  register.people.push(pupil)
  addRole(register, pupil, 'student')
  return pupil
}
