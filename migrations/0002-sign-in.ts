// Passwords, activation codes, failures, and the keys that sign passes and receipts.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table credential (
      person_id uuid primary key references person (id) on delete cascade,
      password_hash text,                      -- argon2id, PHC string
      password_changed_at timestamptz,
      activation_hash bytea unique,            -- SHA-256 of a code of at least 64 random bits
      activation_expires_at timestamptz,
      activation_made_by uuid references person (id) on delete set null,
      passes_from timestamptz                  -- passes issued before this instant are void
    );

    create table known_device (
      person_id uuid not null references person (id) on delete cascade,
      device_id text not null,
      first_seen_on date not null,
      last_seen_on date not null,
      primary key (person_id, device_id)
    );

    create table signin_failure (
      person_id uuid not null references person (id) on delete cascade,
      device_id text not null,                 -- '' for all devices that this account never signed in from
      failures integer not null,
      last_at timestamptz not null,
      primary key (person_id, device_id)
    );

    create table revoked_pass (
      pass_id text primary key,
      revoked_at timestamptz not null
    );

    create table signing_key (
      kid text primary key,
      purpose text not null,                   -- pass, receipt, seat
      secret bytea not null,                   -- HMAC secret, or Ed25519 private key as PKCS #8
      created_at timestamptz not null,
      retired_at timestamptz
    );

    create table account_event (
      id bigint generated always as identity primary key,
      school_id uuid references org (id) on delete cascade,
      person_id uuid references person (id) on delete cascade,
      by_person_id uuid references person (id) on delete set null,
      kind text not null,                      -- activation-made, password-reset, signed-out-everywhere …
      at timestamptz not null
    );
    create index account_event_by_person on account_event (person_id, at);
  `.execute(db)
}
