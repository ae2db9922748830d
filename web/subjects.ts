// One colour per subject, the same for everybody and every day: a pupil of ten finds maths by its blue.
import { folded } from '#platform/text'

const known: [RegExp, number][] = [
  [/\b(mathematiques?|maths?|calcul|geometrie|numeration|nombres)\b/, 255],
  [/\b(physique|chimie|phys|spc|sciences? et technologie)\b/, 205],
  [/\b(svt|vie et (de la )?terre|biologie|ecologie|sciences)\b/, 150],
  [/\b(histoire|geographie|hist|geo|hg|hggsp|emc|civique|questionner le monde)\b/, 70],
  [/\b(anglais|english|lv1|llce)\b/, 25],
  [/\b(espagnol|lv2)\b/, 48],
  [/\b(allemand|deutsch)\b/, 92],
  [/\b(italien|portugais|arabe|chinois|russe|breton|occitan|basque|corse)\b/, 35],
  [/\b(latin|grec|lca|langues anciennes)\b/, 330],
  [/\b(eps|sport|physique et sportive|natation|motricite)\b/, 118],
  [/\b(arts? plastiques?|dessin|arts?|theatre|cinema)\b/, 305],
  [/\b(musique|musicale|chant|chorale)\b/, 285],
  [/\b(techno|technologie|nsi|snt|numerique|informatique|sti2d)\b/, 225],
  [/\b(ses|economiques?|sociales|management|gestion|droit)\b/, 180],
  [/\b(philosophie|philo)\b/, 270],
  [/\b(francais|lettres|lecture|ecriture|langage|orthographe|grammaire|poesie)\b/, 350],
  [/\b(vie de classe|orientation|accompagnement|devoirs faits|documentation|cdi)\b/, 230],
]
const sports = /\b(eps|sport|sportive|natation|motricite)\b/

function plain(name: string): string {
  return folded(name).replace(/[^a-z0-9]+/g, ' ')
}

/** The hue (degrees, oklch) of a subject by its name, synonyms included; unknown names get a stable one of their own. */
export function subjectHue(name: string): number {
  const text = plain(name)
  if (sports.test(text)) return 118
  for (const [pattern, hue] of known) if (pattern.test(text)) return hue
  let hash = 2166136261
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
  return ((hash >>> 0) % 24) * 15
}

/** A subject's name as people write it: directories often shout ("MATHEMATIQUES"). Short names are acronyms and stay. */
export function subjectName(name: string): string {
  if (name.length <= 5 || name !== name.toUpperCase()) return name
  return name.slice(0, 1) + name.slice(1).toLowerCase()
}
