import { fileURLToPath } from 'node:url';

/** The committed SQL migrations: two levels up from here, in the sources as well as in `dist`. */
export const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
