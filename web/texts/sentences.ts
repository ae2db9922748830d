// What a refusal says to people, where no page has words of its own for it.
import { texts } from './language.svelte.ts'

type Facts = Readonly<Record<string, unknown>>
/** What a refusal says: what happened, what is safe, what to do. */
export type Sentences = Record<string, string | ((facts: Facts) => string)>

const fr: Sentences = {
  offline:
    'Cet appareil n’est plus relié à Internet. Rien n’est perdu : réessayez quand la connexion revient.',
  'workspace.away':
    'Le serveur de travail se repose un instant. Rien n’est perdu : réessayez dans une minute.',
  'request.invalid': 'Quelque chose manque ou n’a pas la bonne forme. Vérifiez les champs, puis recommencez.',
  'request.cross-site': 'Par sécurité, cette demande a été arrêtée. Rechargez la page, puis recommencez.',
  'request.too-large': 'C’est trop lourd pour être envoyé ainsi.',
  'server.disk-full':
    'Le serveur n’a plus de place : rien de cet envoi n’est gardé. Ce que vous avez écrit reste ici ; prévenez l’établissement.',
  'session.needed': 'Votre connexion a pris fin. Reconnectez-vous : vous reviendrez ici.',
  absent: 'Cette page n’existe pas, ou n’est pas pour vous.',
  unexpected: ({ request }) =>
    request
      ? `Une erreur est de notre côté. Rien n’est perdu : réessayez, ou donnez ce numéro à l’établissement : ${request}.`
      : 'Une erreur est de notre côté. Rien n’est perdu : réessayez.',
}

const en: Sentences = {
  offline: 'This device is offline. Nothing is lost: try again when the connection is back.',
  'workspace.away': 'The workspace is away for a moment. Nothing is lost: try again in a minute.',
  'request.invalid': 'Something is missing or not in the right form. Check the fields and try again.',
  'request.cross-site': 'This request was stopped for safety. Reload the page and try again.',
  'request.too-large': 'This is too large to be sent this way.',
  'server.disk-full':
    'The server has no room left: nothing of this was kept there. What you wrote stays here; tell the school.',
  'session.needed': 'You have been signed out. Sign in again: you will come back here.',
  absent: 'This page does not exist, or is not for you.',
  unexpected: ({ request }) =>
    request
      ? `Something went wrong on our side. Nothing is lost: try again, or give the school this number: ${request}.`
      : 'Something went wrong on our side. Nothing is lost: try again.',
}

export const sharedSentences = texts(fr, en)
