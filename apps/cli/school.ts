// `preau school init`: a real school instead of the demo. It and its first administrator, who then imports the rest.
import { makeCodeByOperator } from '#features/accounts'
import { type Founding, foundSchool, readUai, usernameFor } from '#features/people'
import { OperatorError } from '#platform/operator-error'
import { Refused } from '#platform/refusal'
import { demoNow } from '../start/demo/now.ts'
import { type Ask, asking } from './ask.ts'
import { withCtx } from './ctx.ts'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Options = {
  name?: string
  uai?: string
  givenName?: string
  familyName?: string
  username?: string
  json?: boolean
}

const sentences: Record<string, string> = {
  'school.exists': 'This school is already there: nothing was changed. See: preau account list',
  'school.uai-wrong': 'This is no UAI code: seven digits and a letter that checks them, such as 0750655E.',
  'school.name-missing': "The school's name and the administrator's two names are needed.",
  'school.username-wrong': 'A user name has 3 to 100 letters, digits, dots or dashes. Choose one: --username',
  'school.username-taken': 'This user name is taken. Choose another one: --username',
}

const besideDemo =
  'This data folder holds the demo school: nothing was changed. Name an empty one with PREAU_DATA, or stop Préau and remove the folder.'

/** Asks for what the options did not say. */
async function complete(options: Options, ask: Ask): Promise<Founding> {
  const name = options.name ?? (await ask("The school's name", '--name'))
  const uai = options.uai ?? (await ask('Its UAI code (empty if it has none)', '--uai', ''))
  if (uai && !readUai(uai)) throw new Refused('school.uai-wrong')
  const givenName = options.givenName ?? (await ask("The administrator's given name", '--given-name'))
  const familyName = options.familyName ?? (await ask("The administrator's family name", '--family-name'))
  const usual = usernameFor(givenName, familyName)
  const username = options.username ?? (await ask("The administrator's user name", '--username', usual))
  return { name, uai, givenName, familyName, username }
}

async function init(options: Options): Promise<void> {
  const founding = await asking((ask) => complete(options, ask))
  const result = await withCtx(async (ctx) => {
    // Its passwords are known to everybody, so no real school shares an installation with it.
    if ((await demoNow(ctx.db))?.length) throw new OperatorError(besideDemo)
    const { school, uai, username } = await foundSchool(ctx, founding)
    const { codes, expiresAt } = await makeCodeByOperator(ctx, username)
    return { school, name: founding.name.trim(), uai, username, code: codes[0]?.code ?? '', expiresAt }
  })
  tell(
    options.json,
    result,
    `${result.name} is there.

Its administrator signs in for the first time with this code, once, until ${result.expiresAt.slice(0, 10)}:

  user name  ${result.username}
  code       ${result.code}

Next: npm start, open the address that it prints, and choose "J'ai un code" (I have a code). Then import the school's directory:
npm run -s preau -- import --help
`,
  )
}

export const declare: Declare = (command) => {
  command
    .command('init')
    .description('make a school and its first administrator; no demo data')
    .option('--name <name>', "the school's name")
    .option('--uai <code>', 'its UAI code, such as 0750655E')
    .option('--given-name <name>', "the administrator's given name")
    .option('--family-name <name>', "the administrator's family name")
    .option('--username <name>', "the administrator's user name (default: given.family)")
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'preau school init',
        'preau school init --name "Collège Rosa-Parks" --uai 0750655E --given-name Claire --family-name Roy',
      ) + '\nWhat the options do not say is asked on the terminal.\n',
    )
    .action((options: Options) => init(options).catch(explain))
}

function explain(error: unknown): never {
  const sentence = error instanceof Refused ? sentences[error.code] : undefined
  throw sentence ? new OperatorError(sentence, { cause: error }) : error
}
