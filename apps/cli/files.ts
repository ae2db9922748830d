// `preau files`: what the virus scanner has seen, and another look at everything.
import { askForScan, scanCounts } from '#features/documents'
import { OperatorError } from '#platform/operator-error'
import { withCtx } from './ctx.ts'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

async function status({ json }: { json?: boolean }): Promise<void> {
  const { states, due, longest, scanner } = await withCtx(async (ctx) => ({
    ...(await scanCounts(ctx.db)),
    scanner: ctx.antivirus !== undefined,
  }))
  const { off = 0, waiting = 0, clean = 0, infected = 0, unchecked = 0 } = states
  const result = {
    scanner,
    waiting,
    longestSeconds: longest,
    due,
    clean,
    infected,
    unchecked,
    neverSeen: off,
  }
  const head = scanner
    ? `${waiting} files wait for the scanner, the longest for ${longest} s; ${due} are to be looked at.`
    : 'There is no scanner (PREAU_CLAMD): files are served at once, unchecked.'
  tell(
    json,
    result,
    `${head}\n${clean} clean, ${infected} set aside, ${unchecked} too large to be checked, ${off} never seen.`,
  )
}

async function rescan({ json }: { json?: boolean }): Promise<void> {
  const asked = await withCtx((ctx) => {
    if (!ctx.antivirus)
      throw new OperatorError('There is no scanner to look at them: set PREAU_CLAMD. Nothing was changed.')
    return askForScan(ctx.db, null)
  })
  tell(
    json,
    { asked },
    `${asked} files will be looked at again, by the workspace that runs; see: preau files status`,
  )
}

export const declare: Declare = (command) => {
  command
    .command('status')
    .description('how many files wait for the virus scanner, and what it found')
    .option(...jsonOption)
    .action(status)
  command
    .command('rescan')
    .description('have the virus scanner look at every file again; they are served meanwhile as they were')
    .option(...jsonOption)
    .action(rescan)
  command.addHelpText('after', examples('preau files status', 'preau files rescan'))
}
