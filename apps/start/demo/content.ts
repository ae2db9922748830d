// What the demo school's teachers wrote: diary entries and homework by subject, as a real class diary has them.
import { folded } from '#platform/text'

export type DemoWork = {
  title: string
  body: string
  handIn: boolean /** Days from set to due. */
  days: number
}
export type DemoSubject = { diary: string[]; work: DemoWork[] }

const p = (...lines: string[]) => lines.map((line) => `<p>${line}</p>`).join('')
const list = (...items: string[]) => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`

const work = (title: string, handIn: boolean, days: number, ...lines: string[]): DemoWork => ({
  title,
  body: p(...lines),
  handIn,
  days,
})

/** By the beginning of the subject's name, lower case and without accents. */
export const content: Record<string, DemoSubject> = {
  math: {
    diary: [
      `${p('<strong>Fonctions affines.</strong> Lire une image et un antécédent sur un graphique.')}${list('Exercices 12 et 14 p. 87 corrigés', 'Méthode à coller dans le cahier')}`,
      p('Théorème de Thalès : démonstration en classe, puis exercices 5 à 8 p. 142.'),
      p('Calcul mental, puis évaluation courte sur les puissances de dix.'),
    ],
    work: [
      work('Exercices 21 et 22 p. 89', false, 2, 'Au crayon, avec le graphique sur papier millimétré.'),
      work(
        'Devoir maison : la rampe d’accès',
        true,
        7,
        'Une photo de ta copie suffit. Explique chaque étape du calcul.',
      ),
    ],
  },
  francais: {
    diary: [
      `${p('<strong>La lettre de guerre.</strong> Lecture de deux lettres de poilus ; ce qui se dit, ce qui se tait.')}${p('Vocabulaire des émotions au tableau.')}`,
      p('Grammaire : les propositions subordonnées circonstancielles. Leçon 14 copiée.'),
      p('Dictée préparée, puis correction par deux.'),
    ],
    work: [
      work(
        'Lettre d’un poilu, une page',
        true,
        5,
        'Écris la lettre d’un soldat à quelqu’un qu’il aime. Pense à la date, au lieu et à la signature.',
      ),
      work('Lire le chapitre 2', false, 4, 'Relève trois phrases qui t’ont plu.'),
    ],
  },
  anglais: {
    diary: [
      p('<strong>Present perfect</strong>: “Have you ever…?” Pair work, then a short quiz.'),
      p('Listening: a school in Cardiff. We filled in the worksheet together.'),
    ],
    work: [
      work('Learn the irregular verbs, list 3', false, 3, 'From “begin” to “drive”.'),
      work('Introduce your favourite place', true, 6, 'About 120 words, with at least four adjectives.'),
    ],
  },
  svt: {
    diary: [
      p('Observation au microscope d’une cellule d’épiderme d’oignon. Dessin légendé commencé.'),
      p('Le système immunitaire : les globules blancs, premier rempart.'),
    ],
    work: [
      work(
        'Schéma de la cellule',
        true,
        4,
        'Soigne la légende et le titre. Une photo bien droite, sans ombre.',
      ),
    ],
  },
  histoire: {
    diary: [
      p(
        '<strong>La Première Guerre mondiale</strong> : de la guerre de mouvement aux tranchées. Frise complétée.',
      ),
      p('Carte des alliances en 1914.'),
    ],
    work: [
      work('Carte des alliances', true, 5, 'Trois couleurs au plus, une légende claire.'),
      work('Apprendre la leçon 5', false, 3, 'Sois capable de raconter les quatre grandes dates.'),
    ],
  },
  physique: {
    diary: [
      p('Circuits en dérivation : mesures de l’intensité, loi des nœuds.'),
      p('Masse volumique : expérience avec l’huile et l’eau.'),
    ],
    work: [work('Compte rendu de l’expérience', true, 6, 'Hypothèse, protocole, mesures, conclusion.')],
  },
  espagnol: {
    diary: [p('La rutina diaria: los verbos reflexivos. Diálogos por parejas.')],
    work: [work('Mi rutina, en diez frases', true, 5, 'Con la hora en cada frase.')],
  },
  technologie: {
    diary: [p('Programmer un feu tricolore : algorithme, puis essai sur la maquette.')],
    work: [work('Finir l’algorithme du feu', false, 7, 'Sur le cahier, avec les conditions.')],
  },
  education: {
    diary: [p('Demi-fond : trois fois six minutes à allure régulière.')],
    work: [],
  },
}

/** At the école: what children of six to eleven do, and nothing to hand in. */
const young: Record<string, DemoSubject> = {
  math: {
    diary: [
      p('Additions posées avec retenue, puis problèmes à deux.'),
      p('La monnaie : rendre sur dix euros.'),
    ],
    work: [work('Apprendre la table de 6', false, 3, 'Dans l’ordre, puis dans le désordre.')],
  },
  francais: {
    diary: [p('Le son « oin » : mots dits, lus, écrits.'), p('La phrase interrogative.')],
    work: [work('Mots de la dictée', false, 3, 'Les copier une fois, puis les écrire sans regarder.')],
  },
  lecture: {
    diary: [p('Lecture à voix haute : <em>Le petit Poucet</em>, pages 8 à 11.')],
    work: [work('Lire la page 12 à un adulte', false, 2, 'Lentement, en respectant les points.')],
  },
  questionner: {
    diary: [p('Les états de l’eau : nous avons fait fondre de la glace.')],
    work: [work('Apporter une feuille d’arbre', false, 4, 'Bien sèche, entre deux pages d’un livre.')],
  },
}

const isYoung = (className: string) => /^(PS|MS|GS|CP|CE1|CE2|CM1|CM2)\b/.test(className)

/** What is shown for a subject of any name, in a class of that name. */
export function contentFor(subject: string, className: string): DemoSubject {
  const name = folded(subject)
  if (isYoung(className)) {
    const key = Object.keys(young).find((k) => name.startsWith(k))
    return (key && young[key]) || { diary: [p('Travail en ateliers.')], work: [] }
  }
  const key = Object.keys(content).find(
    (k) => name.startsWith(k) || (k === 'education' && name.startsWith('eps')),
  )
  return (key && content[key]) || { diary: [p('Suite du chapitre, exercices en classe.')], work: [] }
}
