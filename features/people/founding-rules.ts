// What is needed to open a school without a directory: its UAI and its first administrator's user name.
import { folded } from '#platform/text'

const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ'

/** A UAI code in its usual form, or null: seven digits and the letter that checks them (number modulo 23). */
export function readUai(text: string): string | null {
  const uai = text.replace(/\s/g, '').toUpperCase()
  return /^\d{7}[A-Z]$/.test(uai) && letters[Number(uai.slice(0, 7)) % 23] === uai[7] ? uai : null
}

/** The user name that one would expect for a name: "claire.roy". */
export function usernameFor(givenName: string, familyName: string): string {
  const plain = (text: string) =>
    folded(text)
      .replace(/[^a-z0-9]+/g, (gap) => (/[\s'’-]/.test(gap) ? '-' : ''))
      .replace(/^-+|-+$/g, '')
  return `${plain(givenName)}.${plain(familyName)}`
}

/** Whether a text can be a user name: 3 to 100 letters, digits, dots, dashes, underscores or @. */
export function isUsername(text: string): boolean {
  return /^[\p{L}\p{N}._@-]{3,100}$/u.test(text)
}
