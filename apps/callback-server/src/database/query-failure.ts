import { DrizzleQueryError } from 'drizzle-orm/errors';

/** What the driver said. Drizzle's own error repeats every parameter of the query, which is users' data, in its text. */
export function queryFailure(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? error.cause : error;
}
