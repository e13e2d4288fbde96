import { ALI_OSS_VERSION } from './ali-oss-checkout.ts';
import type { SuiteResult } from './suite-result.ts';

/** `docs/sdk-suites.md`: what ali-oss's own tests say about the emulator. */
export function suitesPage(results: readonly SuiteResult[]): string {
  const rows = results.map(({ name, passed, skipped, expected, unexpected }) =>
    [name, passed, unexpected.length, expected.length, skipped].join(' | '),
  );
  const reasons = results.flatMap(({ expected, unexpected }) => [
    ...expected.map(({ title, expectation }) => `| ${cell(title)} | ${expectation.reason} |`),
    ...unexpected.map(({ title, message }) => `| ${cell(title)} | fails: ${cell(message)} |`),
  ]);
  return [
    "# The SDKs' own tests",
    '',
    `ali-oss ${ALI_OSS_VERSION}, its tests unmodified, each suite with V4 and with V1 signatures where the suite does both.`,
    'Their clients name the official hosts; a preload (`apps/integration/src/sdk-suites/official-hosts.ts`) leads those',
    'connections to the emulator. The callback tests, which ali-oss has commented out since their public server is gone, run',
    'without the comment marks and with a local receiver.',
    '',
    'Printed by `npm run sdk-suites -- --write` and `npm run fix`; `--checkout DIRECTORY` uses a clone of ali-oss that is there already.',
    '',
    '| Suite | Passed | Failed | Out of scope | Skipped by ali-oss |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row} |`),
    '',
    '## Tests that do not pass, and why',
    '',
    '| Test | Reason |',
    '| --- | --- |',
    ...reasons,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replace(/^test\//, '')
    .trim();
}
