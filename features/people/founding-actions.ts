// Opening a real school: it, and the one who looks after its accounts until the directory is imported.
import type { Ctx, Db } from '#platform/ctx'
import type { PersonId, SchoolId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import { isUsername, readUai, usernameFor } from './founding-rules.ts'
import * as store from './founding-store.ts'

export type Founding = {
  name: string
  uai?: string
  givenName: string
  familyName: string
  /** By default given and family name. */
  username?: string
}

export type Founded = { school: SchoolId; uai: string | null; administrator: PersonId; username: string }

/**
 * Makes a school and its first administrator, who has no password yet.
 * @throws school.exists, school.uai-wrong, school.username-wrong, school.username-taken, school.name-missing
 */
export async function foundSchool(ctx: Ctx, founding: Founding): Promise<Founded> {
  const [name, givenName, familyName] = [founding.name, founding.givenName, founding.familyName].map((t) =>
    t.trim().replace(/\s+/g, ' '),
  ) as [string, string, string]
  if (!name || !givenName || !familyName) throw new Refused('school.name-missing')
  const uai = founding.uai ? readUai(founding.uai) : null
  if (founding.uai && !uai) throw new Refused('school.uai-wrong')
  const username = founding.username?.trim() || usernameFor(givenName, familyName)
  if (!isUsername(username)) throw new Refused('school.username-wrong')
  return ctx.db.transaction().execute(async (tx: Db) => {
    await store.lockSchools(tx)
    for (const known of [name, ...(uai ? [uai] : [])])
      if ((await store.findSchools(tx, known)).length > 0) throw new Refused('school.exists')
    const school = await store.insertSchool(tx, name, uai)
    const administrator = await store.insertAdministrator(tx, school, { givenName, familyName, username })
    if (!administrator) throw new Refused('school.username-taken')
    return { school, uai, administrator, username }
  })
}

/** The schools whose UAI or name is `text`; all when there is none. For the operator. */
export async function schoolsCalled(ctx: Ctx, text?: string): Promise<store.School[]> {
  return store.findSchools(ctx.db, text)
}
