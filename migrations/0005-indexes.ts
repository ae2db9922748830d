// Indexes for the questions that a change asks: a teacher's own homework, and what belongs to a slot that goes.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index homework_by_author on homework (author_id, due_at);
    create index homework_by_slot on homework (slot_id);
    create index diary_entry_by_slot on diary_entry (slot_id);
  `.execute(db)
}
