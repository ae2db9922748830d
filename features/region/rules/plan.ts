// Which schools a region has and how large they are, before anybody is in them.
import type { PlannedHomeroom, PlannedSchool, SchoolKind } from './model.ts'
import { type Random, randomFrom } from './random.ts'

// A basin: one lycée, two collèges, thirteen écoles. France has about 3.7, 7 and 48 thousand of them. The first schools
// of a region are a collège, an école and a lycée, so that a small one is worth looking at.
const basinKinds: readonly SchoolKind[] = ['collège', 'école', 'lycée', ...école(6), 'collège', ...école(6)]
function école(times: number): SchoolKind[] {
  return Array.from({ length: times }, () => 'école')
}

/** Pupils in a homeroom: the middle and how far it goes to both sides. */
const classSize = { école: [22, 4], collège: [25, 3], lycée: [31, 3] } as const

/** Users per pupil (the pupil, guardians, staff), as measured on generated regions; for sizing by users only. */
const usersPerPupil = { école: 2.12, collège: 2.3, lycée: 2.33 } as const

const pupilsIn = (school: PlannedSchool) => school.homerooms.reduce((sum, h) => sum + h.pupils, 0)

const ordinary = {
  école: ['CP', 'CE1', 'CE2', 'CM1', 'CM2'],
  collège: ['6e', '5e', '4e', '3e'],
  lycée: ['2de', '1re', 'Tle'],
} as const

/** All grades, youngest first, with the kind of school that has them. */
export const grades: readonly { grade: string; kind: SchoolKind }[] = (
  ['école', 'collège', 'lycée'] as const
).flatMap((kind) => ordinary[kind].map((grade) => ({ grade, kind })))

const letter = (i: number) => String.fromCharCode(65 + i)

function primaryHomerooms(random: Random, size: () => number): PlannedHomeroom[] {
  const count = random.pick([2, 3, 4, 4, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11])
  const own = ordinary.école
  if (count < own.length) {
    // A small école joins neighbouring grades in one room.
    return Array.from({ length: count }, (_, i) => {
      const joined = own.slice(Math.floor((i * 5) / count), Math.floor(((i + 1) * 5) / count))
      return { title: joined.join('-'), code: joined.join(''), grades: [...joined], pupils: size() }
    })
  }
  return own.flatMap((grade, g) => {
    const parallel = Math.floor((count + own.length - 1 - g) / own.length)
    return Array.from({ length: parallel }, (_, i) => {
      const tail = parallel > 1 ? ` ${letter(i)}` : ''
      return { title: grade + tail, code: grade + tail.trim(), grades: [grade], pupils: size() }
    })
  })
}

function secondaryHomerooms(random: Random, kind: SchoolKind, size: () => number): PlannedHomeroom[] {
  const parallel = kind === 'collège' ? random.pick([3, 4, 4, 5, 5, 5, 6, 6]) : random.between(6, 11)
  return ordinary[kind].flatMap((grade) =>
    Array.from({ length: parallel }, (_, i) => ({
      title: `${grade} ${letter(i)}`,
      code: `${grade.toUpperCase()}${letter(i)}`,
      grades: [grade],
      pupils: size(),
    })),
  )
}

const patrons = {
  école: `Jules-Ferry Jean-Moulin Les_Tilleuls Pauline-Kergomard du_Centre Jacques-Prévert La_Fontaine Louise-Michel
    Les_Marronniers Jean-Macé Marcel-Pagnol du_Vieux-Pont Anne-Frank Les_Hirondelles Joséphine-Baker Victor-Hugo`,
  collège: `Olympe-de-Gouges Rosa-Parks Albert-Camus Marie-Curie Jean-Zay Simone-Veil Georges-Brassens Françoise-Dolto
    Gisèle-Halimi Évariste-Galois Lucie-Aubrac Paul-Éluard Germaine-Tillion Aimé-Césaire`,
  lycée: `Émilie-du-Châtelet Denis-Diderot Sophie-Germain Blaise-Pascal Marguerite-Yourcenar Condorcet Ada-Lovelace
    Léopold-Sédar-Senghor Simone-de-Beauvoir Montaigne`,
}
const patronsOf = (kind: SchoolKind) => patrons[kind].split(/\s+/).map((name) => name.replaceAll('_', ' '))
const townHeads =
  `Saint-Aubin Villebrune Montreval Chantelune Beauvoir Rocheclaire Fontenelle Bourg-l’Étang Vaugris
  Pierrefeu Castelroc Longueval Clairbois Hautecombe Merlière Sauvagnac Noirlac Grandval Ormesson Aiguebrune`.split(
    /\s+/,
  )
const townTails = [
  '',
  '-sur-Orée',
  '-les-Prés',
  '-en-Brenne',
  '-la-Forêt',
  '-le-Vieux',
  '-sous-Bois',
  '-Plage',
]

/** A French school code: department, four digits, and the check letter (the seven digits modulo 23). */
export function uaiCode(department: number, number: number): string {
  const digits = String(department).padStart(3, '0') + String(number).padStart(4, '0')
  return digits + 'ABCDEFGHJKLMNPRSTUVWXYZ'.charAt(Number(digits) % 23)
}

/** Departments hold 40 basins; their numbers, from 101, belong to no department of France. */
const basinsPerDepartment = 40
export const firstDepartment = 101
export const departmentNames = ['Haute-Orée', 'Orée-Maritime', 'Val-de-Brenne', 'Monts-d’Ambre', 'Deux-Rives']

function plannedSchool(seed: number, index: number): PlannedSchool {
  const random = randomFrom(seed, 1, index)
  const kind = basinKinds[index % basinKinds.length] as SchoolKind
  const basin = Math.floor(index / basinKinds.length)
  const department = firstDepartment + Math.floor(basin / basinsPerDepartment)
  const [middle, spread] = classSize[kind]
  const size = () => random.between(middle - spread, middle + spread)
  const number = index - (department - firstDepartment) * basinsPerDepartment * basinKinds.length + 1
  const town = random.pick(townHeads) + random.pick(townTails)
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${random.pick(patronsOf(kind))}, ${town}`
  const homerooms = kind === 'école' ? primaryHomerooms(random, size) : secondaryHomerooms(random, kind, size)
  return { index, kind, uai: uaiCode(department, number), name, department, basin, homerooms }
}

export type Size = { schools: number } | { pupils: number } | { users: number }

/** The schools of a region of a given size; by pupils or users, the number that comes nearest to it. */
export function plannedSchools(seed: number, size: Size): PlannedSchool[] {
  if ('schools' in size) return Array.from({ length: size.schools }, (_, i) => plannedSchool(seed, i))
  const schools: PlannedSchool[] = []
  let left = 'pupils' in size ? size.pupils : size.users
  for (;;) {
    const school = plannedSchool(seed, schools.length)
    const weight = pupilsIn(school) * ('pupils' in size ? 1 : usersPerPupil[school.kind])
    if (schools.length > 0 && weight / 2 > left) return schools
    schools.push(school)
    left -= weight
    if (left <= 0) return schools
  }
}

/** Planned pupils of a school. */
export { pupilsIn }
