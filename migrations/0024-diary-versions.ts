// Each diary entry knows which version it is and the attempt that saved it, so that two who write it do not overwrite each
// other unseen, and a save whose answer was lost does not clash with itself.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table diary_entry
      add column version integer not null default 1,  -- counts on for one lesson, also when it is written anew
      add column attempt uuid;                        -- the writer's own name for the save that made it
  `.execute(db)
}
