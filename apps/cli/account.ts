// `preau account`: what an operator does for accounts without the web: a code, a list, new keys.
import { listSchoolAccounts, makeCodeByOperator, rotateKeys } from '#features/accounts'
import { OperatorError } from '#platform/operator-error'
import { Refused } from '#platform/refusal'
import { withCtx } from './ctx.ts'
import { oneSchool } from './one-school.ts'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Json = { json?: boolean }

async function code(username: string, { json }: Json): Promise<void> {
  const list = await withCtx((ctx) => makeCodeByOperator(ctx, username)).catch((error) => {
    if (!(error instanceof Refused)) throw error
    throw new OperatorError(`Nobody in use has the user name "${username}". See: preau account list`)
  })
  const made = list.codes[0]
  if (!made) throw new Error('no code was made')
  tell(
    json,
    { ...made, school: list.school, expiresAt: list.expiresAt },
    `A code for ${made.givenName} ${made.familyName} (${made.username}), once, until ${list.expiresAt.slice(0, 10)}:

  ${made.code}

A password that they have goes on working until the code is used.`,
  )
}

async function list({ school, search, json }: Json & { school?: string; search?: string }): Promise<void> {
  await withCtx(async (ctx) => {
    const only = await oneSchool(ctx, school)
    const accounts = await listSchoolAccounts(ctx, only.id, { q: search ?? '' }, 100_000)
    const lines = accounts.map((a) =>
      [`${a.familyName} ${a.givenName}`, a.username, a.role, a.class ?? '', a.state].join('\t'),
    )
    tell(json, { school: only, accounts }, [`${only.name}: ${accounts.length} accounts`, ...lines].join('\n'))
  })
}

async function newKeys({ json }: Json): Promise<void> {
  await withCtx((ctx) => rotateKeys(ctx.db, ctx.clock.now(), 0))
  tell(
    json,
    { rotated: true },
    'A new key signs passes from now on. Passes of the older keys hold until they end.',
  )
}

export const declare: Declare = (command) => {
  command
    .command('code <username>')
    .description('make an activation code, for a first sign-in or a forgotten password')
    .option(...jsonOption)
    .action(code)
  command
    .command('list')
    .description("list a school's accounts: name, user name, role, class, state")
    .option('--school <name or UAI>', 'which school (needed when there are several)')
    .option('--search <text>', 'only those whose names hold these words')
    .option(...jsonOption)
    .action(list)
  command
    .command('rotate-keys')
    .description('sign passes with a new key from now on (happens by itself every month)')
    .option(...jsonOption)
    .action(newKeys)
  command.addHelpText(
    'after',
    examples('preau account code claire.roy', 'preau account list --school 0750655E --search diop'),
  )
}
