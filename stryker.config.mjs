import { fileURLToPath } from 'node:url';

/** Mutation runs of a package, from its folder: `npm run mutation`. What the score is, and was used for: docs/quality.md. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: fileURLToPath(new URL('vitest.config.ts', import.meta.url)), related: false },
  mutate: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/index.ts'],
  // Mutants of tables and other constants cost a whole run each.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: '.stryker/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: '.stryker/tmp',
  cleanTempDir: 'always',
  disableTypeChecks: false,
  // Stryker would rewrite it with TypeScript's compiler API, which TypeScript 7 does not have; nothing has to be rewritten.
  tsconfigFile: 'none',
  ignorePatterns: ['bench', 'dist', 'coverage', '.stryker', 'test', 'test-results.json'],
  allowConsoleColors: false,
};
