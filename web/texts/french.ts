// What French does to a name in a sentence.

/** "de Léa", "d’Ibrahima": before a vowel the e is dropped. An h keeps it, as no rule tells which ones are silent. */
export function deName(name: string): string {
  return /^[aeiouàâäæéèêëîïôöœùûü]/i.test(name.normalize('NFC')) ? `d’${name}` : `de ${name}`
}
