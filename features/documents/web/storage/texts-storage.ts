// Words of the page about room for files and what the virus scanner set aside.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  title: 'Place et fichiers',
  school: 'Place de l’établissement',
  almostFull:
    'Il ne reste presque plus de place. Les travaux à rendre passent toujours\u00a0; tout autre envoi sera refusé. Ajouter de la place, ou demander à celles et ceux qui gardent le plus de faire du tri.',
  limits: 'Limites',
  limitsText:
    'Ce qu’un élève a rendu ne compte pas pour lui, et une limite atteinte n’empêche jamais de rendre.',
  kinds: { school: 'Tout l’établissement', adult: 'Chaque adulte', pupil: 'Chaque élève' },
  usual: 'valeur habituelle',
  own: 'limite à part',
  change: 'Changer',
  changeOf: (whose: string) => `Changer la limite\u00a0: ${whose}`,
  gigabytes: 'Limite, en Go',
  asUsual: (usual: string) => `Laisser vide pour ${usual}. Rien n’est supprimé si la limite est plus basse.`,
  notANumber: 'Un nombre de Go, par exemple 2 ou 0,5.',
  save: 'Enregistrer',
  saved: 'Enregistré',
  cancel: 'Annuler',
  setAside: 'Fichiers mis à l’écart',
  setAsideText: 'Un virus y a été trouvé. Ils sont gardés, et personne ne peut les ouvrir.',
  noneAside: 'Aucun fichier mis à l’écart',
  noneAsideText: 'Un fichier où un virus est trouvé s’affiche ici.',
  release: 'Libérer',
  releaseOf: (name: string) => `Libérer « ${name} »`,
  releaseText:
    'À faire seulement si c’est une fausse alerte\u00a0: le fichier s’ouvrira de nouveau pour toutes les personnes à qui il est destiné. Une nouvelle vérification peut le remettre à l’écart.',
  released: (name: string) => `« ${name} » s’ouvre de nouveau`,
  people: 'Place par personne',
  search: 'Chercher une personne',
  nobody: 'Personne de ce nom ne garde de fichiers.',
  uses: (used: string, quota: string) => `${used} sur ${quota}`,
  handedIn: (bytes: string) => `${bytes} rendus`,
  more: (n: number) => `Afficher la suite (${n})`,
  empty: 'Personne ne garde encore de fichiers',
  emptyText: 'Qui en garde s’affiche ici, la plus grande place d’abord.',
  notLoaded: 'La place n’est pas arrivée',
  again: 'Réessayer',
}

const en: Words<typeof fr> = {
  title: 'Space and files',
  school: 'The school’s space',
  almostFull:
    'There is hardly any space left. Homework can always be handed in; everything else will be refused. Add space, or ask those who keep most to clear up.',
  limits: 'Limits',
  limitsText:
    'What a pupil has handed in does not count for them, and a limit never keeps anybody from handing in.',
  kinds: { school: 'The whole school', adult: 'Each adult', pupil: 'Each pupil' },
  usual: 'as usual',
  own: 'limit of their own',
  change: 'Change',
  changeOf: (whose) => `Change the limit: ${whose}`,
  gigabytes: 'Limit, in GB',
  asUsual: (usual) => `Leave empty for ${usual}. Nothing is deleted when the limit is lower.`,
  notANumber: 'A number of GB, such as 2 or 0.5.',
  save: 'Save',
  saved: 'Saved',
  cancel: 'Cancel',
  setAside: 'Files set aside',
  setAsideText: 'A virus was found in them. They are kept, and nobody can open them.',
  noneAside: 'No file is set aside',
  noneAsideText: 'A file in which a virus is found shows here.',
  release: 'Release',
  releaseOf: (name) => `Release “${name}”`,
  releaseText:
    'Only for a false alarm: the file opens again for everybody whom it is meant for. Another check may set it aside again.',
  released: (name) => `“${name}” opens again`,
  people: 'Space by person',
  search: 'Find a person',
  nobody: 'Nobody of this name keeps files.',
  uses: (used, quota) => `${used} of ${quota}`,
  handedIn: (bytes) => `${bytes} handed in`,
  more: (n) => `Show more (${n})`,
  empty: 'Nobody keeps files yet',
  emptyText: 'Whoever does shows here, most space first.',
  notLoaded: 'The figures have not arrived',
  again: 'Try again',
}

export const storageTexts = texts(fr, en)
