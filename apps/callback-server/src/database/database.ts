import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What repositories see: Drizzle on Postgres, whichever driver is behind it. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** Injection token of the {@link Database}. */
export const DATABASE = Symbol('database');

/** An open database with every migration applied. */
export interface OpenDatabase {
  readonly database: Database;
  readonly close: () => Promise<void>;
}
