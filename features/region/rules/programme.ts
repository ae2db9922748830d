// What is taught in which grade and for how many hours a week, after the national timetables of collège and lycée
// (arrêtés of 19 May 2015 and 16 July 2018, as amended), rounded to half hours: half an hour is one lesson every two weeks.

export type Subject = {
  title: string
  /** Teachers are recruited by discipline; a discipline may give several subjects. */
  discipline: string
  /** Kind of room. */
  room: string
}

const s = (title: string, discipline: string, room = 'salle'): Subject => ({ title, discipline, room })

export const subjects: Readonly<Record<string, Subject>> = {
  FR: s('Français', 'FR'),
  MA: s('Mathématiques', 'MA'),
  HG: s('Histoire-géographie', 'HG'),
  EMC: s('Enseignement moral et civique', 'HG'),
  AN: s('Anglais', 'AN'),
  ES: s('Espagnol', 'ES'),
  AL: s('Allemand', 'AL'),
  IT: s('Italien', 'IT'),
  LA: s('Latin', 'FR'),
  ST: s('Sciences et technologie', 'SVT', 'labo'),
  SVT: s('SVT', 'SVT', 'labo'),
  PC: s('Physique-chimie', 'PC', 'labo'),
  TE: s('Technologie', 'TE', 'techno'),
  AP: s('Arts plastiques', 'AP', 'arts'),
  EM: s('Éducation musicale', 'EM', 'musique'),
  EPS: s('EPS', 'EPS', 'sport'),
  VC: s('Vie de classe', 'VC'),
  SES: s('Sciences économiques et sociales', 'SES'),
  SNT: s('Sciences numériques et technologie', 'NSI', 'techno'),
  NSI: s('Numérique et sciences informatiques', 'NSI', 'techno'),
  PH: s('Philosophie', 'PH'),
  ESC: s('Enseignement scientifique', 'PC', 'labo'),
  HGP: s('Histoire-géographie, géopolitique et sciences politiques', 'HG'),
  HLP: s('Humanités, littérature et philosophie', 'PH'),
  LLC: s('Littérature anglaise', 'AN'),
  THE: s('Théâtre', 'FR'),
  CIN: s('Cinéma', 'FR'),
  MEX: s('Mathématiques expertes', 'MA'),
  LEC: s('Lecture', 'PE'),
  ECR: s('Écriture', 'PE'),
  ORA: s('Langage oral', 'PE'),
  GRA: s('Grammaire', 'PE'),
  ORT: s('Orthographe', 'PE'),
  VOC: s('Vocabulaire', 'PE'),
  NUM: s('Nombres et calcul', 'PE'),
  MES: s('Grandeurs et mesures', 'PE'),
  GEO: s('Espace et géométrie', 'PE'),
  MON: s('Questionner le monde', 'PE'),
  SCI: s('Sciences', 'PE'),
  HIS: s('Histoire et géographie', 'PE'),
  ART: s('Arts plastiques', 'PE'),
  MUS: s('Éducation musicale', 'PE'),
  APC: s('Activités pédagogiques complémentaires', 'PE'),
  APE: s('Accompagnement personnalisé', 'VC'),
  DF: s('Devoirs faits', 'VC'),
  AVE: s('Parcours avenir', 'VC'),
  CIT: s('Parcours citoyen', 'VC'),
  PEA: s('Parcours d’éducation artistique et culturelle', 'VC'),
  SAN: s('Parcours éducatif de santé', 'VC'),
  MED: s('Éducation aux médias', 'VC'),
  PIX: s('Compétences numériques (Pix)', 'VC'),
}

type Choice = Readonly<Record<string, number>>

export type Programme = {
  /** Hours with the whole homeroom. */
  whole: Readonly<Record<string, number>>
  /** Subjects given in half-groups at the same hour, swapped between weeks A and B. */
  halves: readonly (readonly [string, string])[]
  /** Groups across homerooms: each pupil is in one of the choices (weights). */
  bars: readonly { choices: Choice; hours: number }[]
  /** A group for the share of pupils who want it. */
  option: { subject: string; share: number; hours: number } | undefined
  /** Further headings of the school report, as classes of their own when many enrollments are asked for. */
  headings: readonly string[]
}

const language: Choice = { ES: 0.68, AL: 0.19, IT: 0.13 }
const life = ['APE', 'AVE', 'CIT', 'PEA', 'SAN', 'MED', 'PIX']
const latin = { subject: 'LA', share: 0.11, hours: 2 }

const middle: Programme = {
  whole: { FR: 4.5, MA: 3.5, HG: 3, AN: 2.5, EPS: 3, SVT: 1, PC: 1, TE: 1, AP: 1, EM: 1, VC: 0.5 },
  halves: [
    ['SVT', 'PC'],
    ['TE', 'AN'],
  ],
  bars: [{ choices: language, hours: 2.5 }],
  option: latin,
  headings: ['EMC', 'DF', ...life],
}

const primary = ['FR', 'MA', 'EPS', 'ART', 'MUS', 'AN', 'EMC', 'LEC', 'ECR', 'ORA', 'GRA', 'ORT', 'VOC']
const young = [...primary, 'MON', 'NUM', 'MES', 'GEO', 'APC', 'PEA', 'CIT', 'SAN', 'MED']
const older = [...primary, 'SCI', 'HIS', 'NUM', 'MES', 'GEO', 'APC', 'PEA', 'CIT', 'SAN', 'MED']
const école = (headings: readonly string[]): Programme => ({
  whole: {},
  halves: [],
  bars: [],
  option: undefined,
  headings,
})

export const programmes: Readonly<Record<string, Programme>> = {
  CP: école(young),
  CE1: école(young),
  CE2: école(young),
  CM1: école(older),
  CM2: école(older),
  '6e': {
    whole: { FR: 4, MA: 4.5, HG: 3, AN: 4, EPS: 4, ST: 2.5, AP: 1, EM: 1, VC: 0.5 },
    halves: [['ST', 'FR']],
    bars: [],
    option: undefined,
    headings: ['EMC', 'DF', ...life, 'ORA', 'LEC', 'ECR', 'NUM', 'GEO', 'MES'],
  },
  '5e': middle,
  '4e': middle,
  '3e': { ...middle, whole: { ...middle.whole, FR: 4, HG: 3, EMC: 0.5 }, headings: ['DF', ...life] },
  '2de': {
    whole: {
      FR: 3.5,
      HG: 3,
      AN: 3,
      SES: 1.5,
      MA: 4,
      PC: 2.5,
      SVT: 1,
      EPS: 2,
      EMC: 0.5,
      SNT: 1,
      VC: 0.5,
    },
    halves: [
      ['PC', 'SVT'],
      ['SNT', 'FR'],
    ],
    bars: [{ choices: language, hours: 2.5 }],
    option: { subject: 'THE', share: 0.12, hours: 3 },
    headings: life,
  },
  '1re': {
    whole: { FR: 3.5, HG: 3, AN: 2, ESC: 1.5, EPS: 2, EMC: 0.5, VC: 0.5 },
    halves: [
      ['ESC', 'FR'],
      ['AN', 'HG'],
    ],
    bars: [
      { choices: language, hours: 2 },
      { choices: { MA: 0.66, HLP: 0.34 }, hours: 4 },
      { choices: { PC: 0.5, SES: 0.5 }, hours: 4 },
      { choices: { SVT: 0.4, HGP: 0.3, LLC: 0.18, NSI: 0.12 }, hours: 4 },
    ],
    option: { subject: 'CIN', share: 0.1, hours: 2 },
    headings: life,
  },
  Tle: {
    whole: { PH: 3.5, HG: 3, AN: 1.5, ESC: 1.5, EPS: 2, EMC: 0.5, VC: 0.5 },
    halves: [
      ['ESC', 'PH'],
      ['AN', 'HG'],
    ],
    bars: [
      { choices: language, hours: 2 },
      { choices: { MA: 0.5, SES: 0.35, HLP: 0.15 }, hours: 6 },
      { choices: { PC: 0.35, SVT: 0.25, HGP: 0.2, LLC: 0.1, NSI: 0.1 }, hours: 6 },
    ],
    option: { subject: 'MEX', share: 0.2, hours: 2 },
    headings: life,
  },
}

/** The programme of a grade. */
export function programmeOf(grade: string): Programme {
  return programmes[grade] as Programme
}

/** Code and sourcedId of a course: a subject in a grade; DIV is the homeroom itself, GRP a half-group. */
export function courseId(subject: string, grade: string): string {
  return `${subject}-${grade.toUpperCase()}`
}

/** Every subject that may occur in a grade. */
export function subjectsOf(grade: string): string[] {
  const p = programmeOf(grade)
  const bars = p.bars.flatMap((bar) => Object.keys(bar.choices))
  const option = p.option ? [p.option.subject] : []
  const all = new Set([...Object.keys(p.whole), ...p.halves.flat(), ...bars, ...option, ...p.headings])
  return [...all]
}
