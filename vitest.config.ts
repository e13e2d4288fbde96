import { defineConfig } from 'vitest/config';

/**
 * One configuration for every workspace: each runs `vitest run --config ../../vitest.config.ts` in its own folder.
 * The custom condition makes imports between workspaces resolve to TypeScript sources, so no test needs a build.
 */
const conditions = ['@oss-callback/source', 'node', 'module', 'default'];

export default defineConfig({
  root: process.cwd(),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results.json' },
  },
});
