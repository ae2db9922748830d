// Words of recording a voice and listening to it.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  record: 'Enregistrer ma voix',
  start: 'Commencer',
  asking: 'Le navigateur demande le micro…',
  recording: 'Enregistrement en cours',
  paused: 'En pause',
  pause: 'Pause',
  goOn: 'Reprendre',
  stop: 'Terminer',
  again: 'Recommencer',
  drop: 'Abandonner',
  use: 'Joindre',
  left: (time: string) => `encore ${time}`,
  level: 'Niveau du son',
  silent: 'Le micro n’entend rien : parlez plus fort, ou vérifiez qu’il n’est pas coupé.',
  limit: 'La durée maximale est atteinte.',
  kept: 'Gardé sur cet appareil jusqu’à l’envoi.',
  refused:
    'Le micro est refusé à ce site. Autorisez-le dans le cadenas à gauche de l’adresse, puis réessayez. Un fichier son peut aussi être joint.',
  missing: 'Aucun micro sur cet appareil. Branchez-en un, ou joignez un fichier son.',
  busy: 'Le micro est pris par une autre application. Fermez-la, puis réessayez.',
  unsupported: 'Ce navigateur ne sait pas enregistrer. Un fichier son enregistré ailleurs peut être joint.',
  retry: 'Réessayer',
  fileName: 'voix',
  play: 'Écouter',
  playing: 'Pause',
  place: 'Position',
  speed: 'Vitesse',
  times: (n: number) => `${n.toLocaleString('fr')}\u00a0×`,
  cannot: 'Ce navigateur ne lit pas ce son : téléchargez-le pour l’écouter.',
}

const en: Words<typeof fr> = {
  record: 'Record my voice',
  start: 'Start',
  asking: 'The browser asks for the microphone…',
  recording: 'Recording',
  paused: 'Paused',
  pause: 'Pause',
  goOn: 'Go on',
  stop: 'Finish',
  again: 'Do it again',
  drop: 'Give up',
  use: 'Attach',
  left: (time) => `${time} left`,
  level: 'Sound level',
  silent: 'The microphone hears nothing: speak up, or check that it is not muted.',
  limit: 'The longest time is reached.',
  kept: 'Kept on this device until it is sent.',
  refused:
    'The microphone is refused to this site. Allow it in the padlock left of the address, then try again. A sound file can be attached, too.',
  missing: 'No microphone on this device. Plug one in, or attach a sound file.',
  busy: 'Another application holds the microphone. Close it, then try again.',
  unsupported: 'This browser cannot record. A sound file recorded elsewhere can be attached.',
  retry: 'Try again',
  fileName: 'voice',
  play: 'Listen',
  playing: 'Pause',
  place: 'Position',
  speed: 'Speed',
  times: (n) => `${n}\u00a0×`,
  cannot: 'This browser cannot play this sound: download it to listen.',
}

export const voiceTexts = texts(fr, en)

/** "1:05" */
export function timeText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
