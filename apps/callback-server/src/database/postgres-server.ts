import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { OpenDatabase } from './database.ts';
import { DatabaseOpenError } from './database-open-error.ts';
import { migrationsFolder } from './migrations-folder.ts';

/** Any number, the same in every instance: whoever holds this advisory lock migrates, the others wait. */
const MIGRATION_LOCK = 632_890_417;

/** Below the callback deadline of 3.5 s, so that a statement that hangs is undone before OSS gets its answer. */
const STATEMENT_TIMEOUT_MS = 3_000;

/** Opens a connection pool on a Postgres server; several instances may share the database. */
export async function openPostgresServer(databaseUrl: string): Promise<OpenDatabase> {
  try {
    await applyMigrations(databaseUrl);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown error';
    throw new DatabaseOpenError('DATABASE_URL', `the database cannot be opened (${reason})`, { cause });
  }
  const client = postgres(databaseUrl, {
    connect_timeout: 3,
    connection: { statement_timeout: STATEMENT_TIMEOUT_MS },
    onnotice: () => undefined,
  });
  return { database: drizzle({ client }), close: () => client.end({ timeout: 5 }) };
}

async function applyMigrations(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    // Held by the session, so it ends with the connection whatever happens.
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle({ client }), { migrationsFolder });
  } finally {
    await client.end({ timeout: 5 });
  }
}
