import type { OpenDatabase } from './database.ts';

export interface DatabaseOptions {
  /** A Postgres server, `postgres://user:password@host/database`. Unset: embedded. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded database. Unset: in memory, gone when closed. */
  readonly dataDir?: string | undefined;
}

/**
 * Opens the database and applies the migrations that are missing. Each driver is loaded only when it is used.
 *
 * @throws DatabaseOpenError when it cannot be reached, is in use, or a migration fails
 */
export async function openDatabase({ databaseUrl, dataDir }: DatabaseOptions): Promise<OpenDatabase> {
  if (databaseUrl !== undefined) {
    const { openPostgresServer } = await import('./postgres-server.ts');
    return openPostgresServer(databaseUrl);
  }
  const { openEmbeddedPostgres } = await import('./embedded-postgres.ts');
  return openEmbeddedPostgres(dataDir);
}
