// Words of the import in the browser.
import { texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  title: 'Import de l’annuaire',
  intro:
    'Déposez l’export OneRoster (un fichier zip), ou l’emploi du temps (.ics). Un essai dit d’abord ce qui changerait\u00a0; rien n’est modifié avant que vous l’appliquiez.',
  drop: 'Choisir le fichier',
  sending: (share: number) => `Envoi : ${share} %`,
  rush: 'C’est l’heure où tout le monde se connecte. Un import peut attendre 9 h 30.',
  state: {
    trying: 'Essai en cours',
    tried: 'Essai terminé\u00a0: rien n’a été modifié',
    applying: 'Import en cours',
    applied: 'Appliqué',
    refused: 'Refusé\u00a0: rien n’a été modifié',
    cut: 'Interrompu\u00a0: rien n’a été modifié',
    discarded: 'Abandonné\u00a0: rien n’a été modifié',
  },
  leave: 'Vous pouvez quitter cette page\u00a0: cela continue.',
  cutText:
    'Le serveur s’est arrêté au milieu. Un import est fait en entier ou pas du tout\u00a0: rien n’a changé. Le fichier est encore là, l’essai peut recommencer.',
  cutGone:
    'Le serveur s’est arrêté au milieu. Un import est fait en entier ou pas du tout\u00a0: rien n’a changé. Déposez le fichier de nouveau.',
  report: 'Le rapport',
  apply: 'Appliquer',
  discard: 'Abandonner',
  confirmTitle: 'Beaucoup serait désactivé',
  confirmText:
    'C’est plus d’un dixième de l’établissement. Si c’est voulu, écrivez ici le nombre qui serait désactivé\u00a0:',
  confirmLabel: 'Nombre',
  cancel: 'Annuler',
  history: 'Historique',
  none: 'Aucun import ici pour le moment.',
  timetable: 'emploi du temps',
  directory: 'annuaire',
  see: 'Voir le rapport',
  again: 'Recommencer l’essai',
}
const en: Words<typeof fr> = {
  title: 'Directory import',
  intro:
    'Drop the OneRoster export (a zip), or the timetable (.ics). A trial first says what would change; nothing is changed before you apply it.',
  drop: 'Choose the file',
  sending: (share) => `Sending: ${share}%`,
  rush: 'This is the hour at which everybody connects. An import can wait until 9:30.',
  state: {
    trying: 'Trial under way',
    tried: 'Trial done: nothing was changed',
    applying: 'Import under way',
    applied: 'Applied',
    refused: 'Refused: nothing was changed',
    cut: 'Broken off: nothing was changed',
    discarded: 'Given up: nothing was changed',
  },
  leave: 'You can leave this page: it goes on.',
  cutText:
    'The server stopped in the middle. An import is done whole or not at all: nothing changed. The file is still here, the trial can start again.',
  cutGone:
    'The server stopped in the middle. An import is done whole or not at all: nothing changed. Drop the file again.',
  report: 'The report',
  apply: 'Apply',
  discard: 'Give up',
  confirmTitle: 'Much would be disabled',
  confirmText:
    'It is more than a tenth of the school. If it is meant, type the number that would be disabled:',
  confirmLabel: 'Number',
  cancel: 'Cancel',
  history: 'History',
  none: 'No import here yet.',
  timetable: 'timetable',
  directory: 'directory',
  see: 'See the report',
  again: 'Start the trial again',
}
export const importTexts = texts(fr, en)

const size = (facts: Readonly<Record<string, unknown>>) => Math.round(Number(facts.limit) / 1_048_576)
const frSentences: Sentences = {
  'import.running':
    'Un autre import de cet établissement est en cours. Attendez qu’il soit terminé\u00a0; il est plus bas.',
  'import.too-large': (facts) =>
    `Ce fichier est trop lourd pour être importé ici (${size(facts)} Mo au plus). Rien n’a été envoyé. L’export d’un établissement pèse quelques mégaoctets : vérifiez que c’est le bon fichier, ou demandez à qui gère Préau.`,
  'import.file-gone': 'Le fichier n’est plus gardé. Rien n’a été modifié\u00a0: déposez-le de nouveau.',
  'import.not-tried': 'Cet import n’attend plus d’être appliqué. Rechargez la page.',
  'import.not-cut': 'Cet import n’est plus interrompu. Rechargez la page.',
  'import.not-confirmed': 'Ce n’est pas le nombre que dit l’essai. Rien n’a été modifié.',
  'file.empty': 'Ce fichier est vide. Rien n’a été modifié.',
}
const enSentences: Sentences = {
  'import.running': 'Another import of this school is under way. Wait until it is done; it is below.',
  'import.too-large': (facts) =>
    `This file is too large to be imported here (${size(facts)} MB at most). Nothing was sent. A school’s export has a few megabytes: check that it is the right file, or ask whoever runs Préau.`,
  'import.file-gone': 'The file is no longer kept. Nothing was changed: drop it again.',
  'import.not-tried': 'This import no longer waits to be applied. Reload the page.',
  'import.not-cut': 'This import is no longer broken off. Reload the page.',
  'import.not-confirmed': 'That is not the number that the trial says. Nothing was changed.',
  'file.empty': 'This file is empty. Nothing was changed.',
}
export const importSentences = texts(frSentences, enSentences) as () => Sentences
