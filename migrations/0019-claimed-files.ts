// A file that is claimed again, or picked, is wanted: the trash that still holds it spares it.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table file add column claimed_at timestamptz -- the last time that its owner was given it again`.execute(
    db,
  )
}
