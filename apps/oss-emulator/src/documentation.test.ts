import { describe, expect, it } from 'vitest';
import { ossErrors } from './errors.ts';
import { operations } from './operations.ts';
import type { Operation } from './operation.ts';
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
      'Printed from `apps/oss-emulator/src/operations.ts`.',
      '',
      `## Built (${built.length})`,
      '',
      '| operation | request | open to anonymous callers |',
      '| --- | --- | --- |',
      ...built.map(
        (row) => `| [${row.name}](${API_PAGES}${row.doc}) | \`${requestLine(row)}\` | ${publicAccess(row)} |`,
      ),
      '',
      `## Known, answered with \`501 NotImplemented\` by name (${known.length})`,
      '',
      '| operation | request |',
      '| --- | --- |',
      ...known.map((row) => `| [${row.name}](${API_PAGES}${row.doc}) | \`${requestLine(row)}\` |`),
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
});

function requestLine({ method, resource, subresource, when }: Operation): string {
  const path = { service: '/', bucket: '/BUCKET/', object: '/BUCKET/KEY' }[resource];
  const parameters = [subresource, when && 'parameter' in when ? `${when.parameter}=${when.value}` : undefined];
  const query = parameters.filter(Boolean).join('&');
  const header = when && 'header' in when ? `, ${when.header}` : '';
  return `${method} ${path}${query === '' ? '' : `?${query}`}${header}`;
}

function publicAccess({ publicAccess: access }: Operation): string {
  return { read: 'public-read, public-read-write', write: 'public-read-write', never: 'never' }[access ?? 'never'];
}
