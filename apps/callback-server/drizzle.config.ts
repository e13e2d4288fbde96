import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name <what-changes>` writes the next migration; the server applies them when it starts. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/uploads/uploads.schema.ts',
  out: './drizzle',
});
