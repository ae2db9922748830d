// What a password must not be. Length and a list of common ones, no rules of composition (NIST SP 800-63B §5.1.1.2).

import { folded } from '#platform/text'
import { shortestPassword } from '../contract.ts'

// What French and English speakers choose most, without the digits and signs that they put behind it.
const common = new Set(
  `password passwort passw0rd p@ssword p@ssw0rd pass motdepasse mdp motpasse secret admin administrateur root user
  utilisateur login welcome bienvenue bonjour bonsoir salut coucou hello test azerty azertyuiop qwerty qwertyuiop qwertz
  azer azert azertyui qsdfghjklm wxcvbn wxcvbnn asdfgh asdfghjkl zxcvbn zxcvbnm azeqsd azeqsdwxc aqwzsx aqwzsxedc poiuytreza
  poiuytrewq mlkjhgfdsq iloveyou jetaime jetaimes jtm mamour amour amours moncoeur coeur doudou loulou loulous chouchou
  choupinou bebe cheri cherie mamaman maman mamans papa papas mamanpapa papamaman famille family bisou bisous soleil
  lune etoile etoiles arcenciel licorne licornes princesse prince chocolat nutella caramel vanille fraise framboise cerise
  banane pomme orange citron bonbon bonbons gateau marmotte nounours doudoune minou minouche chaton chatons chien chiens
  lapin lapinou cheval chevaux poney dauphin dauphins papillon tigre lion panda loup dragon dragons football foot handball
  basket basketball rugby tennis equitation danse musique guitare piano marseille paris parissaintgermain psg om
  olympique lyon bordeaux toulouse nantes lille rennes strasbourg bretagne france portugal algerie maroc tunisie italie
  espagne juventus barcelona barcelone realmadrid arsenal liverpool chelsea manchester mbappe zidane ronaldo messi neymar
  naruto sasuke onepiece luffy dragonball pokemon pikachu mario luigi zelda minecraft fortnite roblox starwars batman superman
  spiderman harrypotter hermione disney stitch reinedesneiges elsa nicolas thomas camille julien julie marine pauline
  alexandre alexandra maxime antoine mathieu mathilde charlotte sophie isabelle nathalie caroline sandrine valerie
  christophe laurent vincent sebastien guillaume caramba michael jordan jessica jennifer ashley monkey shadow sunshine
  master letmein trustno1 baseball superstar freedom whatever computer ordinateur internet samsung iphone google facebook
  instagram snapchat tiktok youtube netflix playstation nintendo xbox vacances ecole college collegien lycee lyceen
  eleve professeur maitresse classe cantine recreation preau cahier rentree toutatis liberte egalite fraternite`.split(
    /\s+/,
  ),
)

const sequences =
  '01234567890123456789 98765432109876543210 abcdefghijklmnopqrstuvwxyz zyxwvutsrqponmlkjihgfedcba'

function isPattern(text: string): boolean {
  return /^(.{1,4})\1+.?$/.test(text) || sequences.includes(text)
}

/** Without digits and signs before and behind: "Soleil2012!" is "soleil". */
function bare(text: string): string {
  return text.replace(/^[^a-z]+|[^a-z]+$/g, '')
}

/** In the form in which it is hashed: the same on every keyboard (Unicode NFKC). */
export function asHashed(password: string): string {
  return password.normalize('NFKC')
}

export type PasswordFault = 'password.too-short' | 'password.too-common' | 'password.is-the-name'

/** What is wrong with a password, null when nothing is. `names`: the person's given, family and user names. */
export function faultOf(password: string, names: readonly string[]): PasswordFault | null {
  if ([...asHashed(password)].length < shortestPassword) return 'password.too-short'
  const plain = folded(asHashed(password))
  const letters = plain.replace(/[^a-z]/g, '')
  const own = names.map((n) => folded(n).replace(/[^a-z]/g, '')).filter((n) => n.length > 1)
  const pairs = own.flatMap((a) => own.map((b) => (a === b ? a : a + b)))
  if (pairs.includes(letters) || names.some((n) => folded(n) === plain)) return 'password.is-the-name'
  if (isPattern(plain) || common.has(plain) || common.has(bare(plain))) return 'password.too-common'
  return null
}
