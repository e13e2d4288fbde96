import { describe, expect, it } from 'vitest';
import { controlRoutePath } from './control/control-route.ts';
import { controlRoutes } from './control/control-routes.ts';
import { ossErrors } from './errors.ts';
import { faultProfiles } from './faults/fault-profiles.ts';
import { operations } from './operations.ts';
import type { Operation } from './operation.ts';
import { settings } from './config/settings.ts';
import type { Setting } from './config/settings.ts';
import { stsErrors } from './sts/sts-errors.ts';

const API_PAGES = 'https://www.alibabacloud.com/help/en/oss/developer-reference/';

/** These pages are printed from the tables. After a change of a row: `npx vitest run -u` in this workspace. */
describe('the pages printed from the tables', () => {
  it('docs/operations.md lists every operation', async () => {
    const built = operations.filter(({ handle }) => handle !== undefined);
    const known = operations.filter(({ handle }) => handle === undefined);
    const page = [
      '# Operations of the emulator',
      '',
      'Printed from `apps/oss-emulator/src/operations.ts` and its chapters.',
      '',
      `## Built (${built.length})`,
      '',
      'A bucket configuration is either *enforced*, or *stored*: kept, checked and answered as OSS does, and nothing else.',
      '',
      '| operation | request | open to anonymous callers | effect |',
      '| --- | --- | --- | --- |',
      ...built.map(
        (row) => `| ${linkedName(row)} | \`${requestLine(row)}\` | ${publicAccess(row)} | ${row.effect ?? ''} |`,
      ),
      '',
      `## Known, answered with \`501 NotImplemented\` by name (${known.length})`,
      '',
      'So is nothing mistaken for an upload, a listing or a new bucket. Other parameters that select nothing are ignored.',
      '',
      '| operation | request |',
      '| --- | --- |',
      ...known.map((row) => `| ${linkedName(row)} | \`${requestLine(row)}\` |`),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/operations.md');
  });

  it('docs/errors.md lists every error code', async () => {
    const page = [
      '# Errors of the emulator',
      '',
      'Printed from `apps/oss-emulator/src/errors.ts`: the code, its usual message and its usual EC. A code that OSS uses with',
      'several messages has them at the places that throw it; a test provokes each code. The 400s of a callback parameter and the',
      '203s of a failed callback are tables of `packages/oss-callback`.',
      '',
      '| status | code | message | EC |',
      '| --- | --- | --- | --- |',
      ...Object.entries<(typeof ossErrors)[keyof typeof ossErrors]>(ossErrors).map(
        ([code, row]) =>
          `| ${row.status} | ${'doc' in row ? `[${code}](${row.doc})` : `${code} (ours)`} | ${row.message} | ${'ec' in row ? row.ec : ''} |`,
      ),
      '',
      '## Of STS',
      '',
      'Printed from `apps/oss-emulator/src/sts/sts-errors.ts`.',
      '',
      '| status | code | message |',
      '| --- | --- | --- |',
      ...Object.entries(stsErrors).map(([code, row]) => `| ${row.status} | ${code} | ${row.message} |`),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/errors.md');
  });

  it('docs/configuration.md lists every setting, control route and fault profile', async () => {
    const page = [
      '# Configuration of the emulator',
      '',
      'Printed from `apps/oss-emulator/src/config/settings.ts`, `src/control/control-routes.ts` and `src/faults/fault-profiles.ts`.',
      '',
      '## Settings',
      '',
      'A flag goes before its variable. Unknown flags and unknown `OSS_EMULATOR_…` variables are refused by name. In process the',
      'options of `startEmulator` have the same rules (`src/emulator-options.ts`).',
      '',
      '| flag | variable | default | |',
      '| --- | --- | --- | --- |',
      ...Object.values<Setting<unknown>>(settings).map(
        (row) =>
          `| \`${row.flag} ${row.argument}\` | \`${row.variable}\` | ${row.default === undefined ? (row.defaultDoc ?? '') : `\`${row.default}\``} | ${row.doc} |`,
      ),
      '',
      '## Control API',
      '',
      'Under `/__emulator`, which is no legal bucket name; unsigned, by local host names only.',
      '',
      '| request | |',
      '| --- | --- |',
      ...controlRoutes.map((route) => `| \`${route.method} ${controlRoutePath(route)}\` | ${route.doc} |`),
      '',
      '## Fault profiles',
      '',
      'Off unless they are asked for: by `--fault NAME[:TIMES]`, by `PUT /__emulator/faults`, or in process by `emulator.faults.set(…)`.',
      'A fault may be limited to a bucket, a key prefix, an operation and the next so many requests:',
      '',
      '```json',
      '{ "profile": "callback-500", "bucket": "my-bucket", "keyPrefix": "uploads/", "operation": "PutObject", "times": 2 }',
      '```',
      '',
      'Several are tried in order: the first that fits and is not used up strikes. What the request asked for decides nothing else, so the',
      'same requests meet the same faults every time. The journal entry of a callback and the line in the log name the fault. A form names',
      'its object key in its body: a fault of the store knows its bucket only, one of its callback the key too.',
      '',
      '| profile | what happens |',
      '| --- | --- |',
      ...Object.entries(faultProfiles).map(([name, { doc }]) => `| \`${name}\` | ${doc} |`),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/configuration.md');
  });
});

function linkedName({ name, doc }: Operation): string {
  return doc === undefined ? name : `[${name}](${API_PAGES}${doc})`;
}

function requestLine({ method, resource, subresource, when }: Operation): string {
  const path = { service: '/', bucket: '/BUCKET/', object: '/BUCKET/KEY' }[resource];
  const parameters = [subresource, when && 'parameter' in when ? `${when.parameter}=${when.value}` : undefined];
  const query = parameters.filter(Boolean).join('&');
  const header = when && 'header' in when ? `, ${when.header}` : '';
  return `${method} ${path}${query === '' ? '' : `?${query}`}${header}`;
}

function publicAccess({ publicAccess: access, authenticatedBy }: Operation): string {
  if (authenticatedBy === 'nobody') return 'always';
  return {
    read: 'public-read, public-read-write',
    write: 'public-read-write',
    never: 'never',
  }[access ?? 'never'];
}
