// Words of changing one's own password.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  title: 'Changer de mot de passe',
  current: (tu: boolean) => (tu ? 'Ton mot de passe actuel' : 'Votre mot de passe actuel'),
  next: 'Nouveau mot de passe',
  hint: (tu: boolean) =>
    tu
      ? '8 caractères au moins. Trois mots que tu retiens, par exemple.'
      : '8 caractères au moins. Trois mots faciles à retenir, par exemple.',
  what: (tu: boolean) =>
    tu
      ? 'Tes autres appareils seront déconnectés. Celui-ci reste connecté.'
      : 'Vos autres appareils seront déconnectés. Celui-ci reste connecté.',
  change: 'Changer',
  cancel: 'Annuler',
  changed: 'Mot de passe changé. Les autres appareils sont déconnectés.',
  wrong: 'Ce n’est pas le mot de passe actuel. Vérifiez les majuscules, puis recommencez.',
  same: 'C’est déjà le mot de passe actuel. Choisissez-en un autre.',
}

const en: Words<typeof fr> = {
  title: 'Change the password',
  current: () => 'Your present password',
  next: 'New password',
  hint: () => 'At least 8 characters. Three words you remember, for example.',
  what: () => 'Your other devices will be signed out. This one stays signed in.',
  change: 'Change',
  cancel: 'Cancel',
  changed: 'Password changed. Other devices are signed out.',
  wrong: 'This is not the present password. Check capitals and try again.',
  same: 'This is the present password. Choose another one.',
}

export const passwordTexts = texts(fr, en)
