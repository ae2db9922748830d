// `preau quota`: how much room a school and its people have for their files, shown and changed.
import { setPersonQuotaByOperator, setSchoolQuotasByOperator, storageOf } from '#features/documents'
import type { Ctx } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import { OperatorError } from '#platform/operator-error'
import { withCtx } from './ctx.ts'
import { oneSchool } from './one-school.ts'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Storage = Awaited<ReturnType<typeof storageOf>>
type Options = { school?: string; json?: boolean; pupils?: string; adults?: string; all?: string }

const units: Record<string, number> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }

/** Bytes of "500M", "2G" or "1.5T"; null for "usual". @throws OperatorError */
export function readSize(text: string): number | null {
  if (text === 'usual') return null
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)$/i.exec(text) ?? []
  const bytes = Math.round(Number(number) * (units[unit.toUpperCase()] ?? Number.NaN))
  if (Number.isSafeInteger(bytes)) return bytes
  throw new OperatorError(`"${text}" is no size: write 500M, 2G, 1.5T, or "usual".`)
}

const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(bytes < 1024 ** 3 ? 2 : 1)} GiB`

function inWords(storage: Storage): string {
  const { own, usual } = storage
  const lines = [
    `The school: ${gigabytes(storage.used)} of ${gigabytes(storage.quota)}.`,
    `A pupil has ${gigabytes(own.pupil ?? usual.pupil)}, an adult ${gigabytes(own.adult ?? usual.adult)}.`,
  ]
  for (const { username, own: used, handedIn, quota, ownQuota } of storage.people.slice(0, 20))
    lines.push(
      `  ${username.padEnd(28)} ${gigabytes(used)} of ${gigabytes(quota)}${ownQuota === null ? '' : ' (own)'}, handed in ${gigabytes(handedIn)}`,
    )
  if (storage.people.length > 20) lines.push(`  and ${storage.people.length - 20} more: --json shows all`)
  for (const { name, finding, owner } of storage.setAside)
    lines.push(`  Set aside: ${name} of ${owner}: ${finding}`)
  return lines.join('\n')
}

async function show(options: Options, work: (ctx: Ctx, school: SchoolId) => Promise<Storage>): Promise<void> {
  const storage = await withCtx(async (ctx) => work(ctx, (await oneSchool(ctx, options.school)).id))
  tell(options.json, storage, inWords(storage))
}

async function setSchool(options: Options): Promise<void> {
  await show(options, async (ctx, school) => {
    const { own } = await storageOf(ctx, school)
    const next = (text: string | undefined, before: number | null) => (text ? readSize(text) : before)
    const values = {
      school: next(options.all, own.school),
      pupil: next(options.pupils, own.pupil),
      adult: next(options.adults, own.adult),
    }
    return setSchoolQuotasByOperator(ctx, school, values)
  })
}

async function setPerson(username: string, size: string, options: Options): Promise<void> {
  const bytes = readSize(size)
  await show(options, async (ctx, school) => {
    const found = await ctx.db
      .selectFrom('person')
      .select('id')
      .where('username', '=', username)
      .executeTakeFirst()
    if (!found) throw new OperatorError(`Nobody is called ${username}: see preau account list`)
    return setPersonQuotaByOperator(ctx, school, found.id, bytes).catch((error) => {
      throw new OperatorError(`${username} does not belong to this school: nothing was changed.`, {
        cause: error,
      })
    })
  })
}

export const declare: Declare = (command) => {
  const school = ['--school <uai or name>', 'which school, where there are several'] as const
  command
    .command('show')
    .description('who uses how much')
    .option(...school)
    .option(...jsonOption)
    .action((options: Options) => show(options, storageOf))
  command
    .command('school')
    .description("set the school's own quotas; what is not named stays")
    .option(...school)
    .option('--all <size>', 'the whole school')
    .option('--pupils <size>', 'each pupil')
    .option('--adults <size>', 'each adult')
    .option(...jsonOption)
    .action(setSchool)
  command
    .command('person')
    .description("set one person's own quota")
    .argument('<user name>')
    .argument('<size>', '500M, 2G, 1.5T, or "usual"')
    .option(...school)
    .option(...jsonOption)
    .action(setPerson)
  command.addHelpText(
    'after',
    examples(
      'preau quota show',
      'preau quota school --pupils 1G --adults usual',
      'preau quota person aminata.diallo 50G',
    ),
  )
}
