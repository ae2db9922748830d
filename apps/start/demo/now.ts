// Whether the demo school is there, is to be made, or has no place: asked at every start, so it loads no feature.
import type { Db } from '#platform/ctx'

/** An account of the demo school that a visitor may try. */
export type SignIn = { role: string; name: string; userName: string; password: string }

/** What the demo's import is called, and what marks that the demo is complete. */
export const source = 'preau demo'
export const marker = 'preau demo filled'

/** The accounts that may be tried, none for a real school; undefined where there is no school yet. */
export async function demoNow(db: Db): Promise<SignIn[] | undefined> {
  const found = await db
    .selectFrom('import_run')
    .select('report')
    .where('source', '=', marker)
    .executeTakeFirst()
  if (found) return found.report as SignIn[]
  return (await holdsRealSchool(db)) ? [] : undefined
}

/** A demo whose making was interrupted is made anew; any other school is left alone. */
async function holdsRealSchool(db: Db): Promise<boolean> {
  const found = await db.selectFrom('org').select('id').where('source', '!=', source).limit(1).execute()
  return found.length > 0
}
