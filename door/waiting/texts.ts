// What the waiting page says. It speaks to pupils and adults alike, so it speaks of things, not to "tu" or "vous".
import type { Language } from '../request/accepts.ts'

/**
 * `day`: asked for by itself. `full`: too many at once. `away`: the workspace does not answer. `unsent`: the same, and
 * something was being sent.
 */
export type Reason = 'day' | 'full' | 'away' | 'unsent'

export type Words = {
  title: string
  lead: string
  /** A word on what is safe. */
  safe: string
  again: string
  day: string
  noDay: string
  today: string
}

const fr: Record<Reason, Words> = {
  day: {
    title: 'La journée',
    lead: 'Sans script et sans attendre.',
    safe: '',
    again: 'Ouvrir Préau',
    day: 'La journée',
    noDay: 'Aucune journée à montrer ici. Se connecter à Préau sur cet appareil la fera apparaître.',
    today: 'aujourd’hui',
  },
  full: {
    title: 'Beaucoup de monde en ce moment',
    lead: 'La page revient toute seule dans moins d’une minute. Inutile de recharger.',
    safe: 'Le travail déjà rendu est enregistré.',
    again: 'Essayer maintenant',
    day: 'En attendant, la journée',
    noDay: '',
    today: 'aujourd’hui',
  },
  away: {
    title: 'Préau revient dans un instant',
    lead: 'Une partie du service redémarre. La page revient toute seule dans moins d’une minute.',
    safe: 'Le travail déjà rendu est enregistré.',
    again: 'Essayer maintenant',
    day: 'En attendant, la journée',
    noDay: '',
    today: 'aujourd’hui',
  },
  unsent: {
    title: 'Ce dernier envoi n’est pas passé',
    lead: 'Le service est trop demandé ou redémarre. Revenir à la page précédente et envoyer de nouveau dans une minute.',
    safe: 'Le travail rendu avant est enregistré.',
    again: 'Ouvrir Préau',
    day: 'En attendant, la journée',
    noDay: '',
    today: 'aujourd’hui',
  },
}

const en: Record<Reason, Words> = {
  day: {
    title: 'The day',
    lead: 'No script needed, no waiting.',
    safe: '',
    again: 'Open Préau',
    day: 'The day',
    noDay:
      'There is no day to show here. It will appear once somebody has signed in to Préau on this device.',
    today: 'today',
  },
  full: {
    title: 'It is busy right now',
    lead: 'This page comes back by itself in less than a minute. No need to reload.',
    safe: 'Handed-in work is safe.',
    again: 'Try now',
    day: 'Meanwhile, the day',
    noDay: '',
    today: 'today',
  },
  away: {
    title: 'Préau will be back in a moment',
    lead: 'Part of the service is restarting. This page comes back by itself in less than a minute.',
    safe: 'Handed-in work is safe.',
    again: 'Try now',
    day: 'Meanwhile, the day',
    noDay: '',
    today: 'today',
  },
  unsent: {
    title: 'What you just sent did not arrive',
    lead: 'The service is busy or restarting. Go back to the page before and send it again in a minute.',
    safe: 'Work handed in before is safe.',
    again: 'Open Préau',
    day: 'Meanwhile, the day',
    noDay: '',
    today: 'today',
  },
}

const words = { fr, en } as const satisfies Record<Language, Record<Reason, Words>>

/** The words of a page. */
export function wordsFor(language: Language, reason: Reason): Words {
  return words[language][reason]
}
