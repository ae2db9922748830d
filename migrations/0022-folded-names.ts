// Names in a space are searched as everything else is: letters such as ø, ł and đ count as the plain ones.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update space_node set name_fold = translate(name_fold, 'øłđ', 'old') where name_fold ~ '[øłđ]'`.execute(
    db,
  )
}
