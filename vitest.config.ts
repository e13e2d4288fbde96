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
    // Generous, for machines that run several suites at once; what has to be quick is asserted by the test itself.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results.json' },
  },
});
