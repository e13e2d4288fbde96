import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { signedFields } from '../../test/post-form.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const START_TIMEOUT_MS = 60_000;

/** A page of another origin, as an application has it: a plain form, no script but for the choice of the file. */
describe.skipIf(CHROMIUM === undefined)('a form that Chromium submits', () => {
  let emulator: TestEmulator;
  let page = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url === '/form' ? page : `<p id="query">${request.url?.replaceAll('&', '&amp;')}</p>`);
  });
  let origin: string;
  let profileDir: string;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    profileDir = await mkdtemp(join(tmpdir(), 'chromium-'));
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(profileDir, { recursive: true, force: true });
  });

  const formPage = (fields: Readonly<Record<string, string>>, fileName: string): string => {
    const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const inputs = Object.entries(fields).map(
      ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
    );
    return `<!doctype html><form method="post" enctype="multipart/form-data" action="${emulator.url}/${BUCKET}">
      ${inputs.join('')}<input type="file" name="file"><input type="submit" name="submit" value="Upload"></form>
      <script>
        const chosen = new DataTransfer();
        chosen.items.add(new File(['from a browser'], ${JSON.stringify(fileName)}, { type: 'text/plain' }));
        document.querySelector('[type=file]').files = chosen.files;
        document.querySelector('[type=submit]').click();
      </script>`;
  };

  const openForm = async (): Promise<string> => {
    const options = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', '--virtual-time-budget=20000'];
    const { stdout } = await promisify(execFile)(
      CHROMIUM ?? '',
      [...options, `--user-data-dir=${profileDir}`, `${origin}/form`],
      { timeout: START_TIMEOUT_MS },
    );
    return stdout;
  };

  it.each(['V1', 'V4'] as const)(
    'is stored and leads the browser on, signed with %s',
    { timeout: START_TIMEOUT_MS },
    async (version) => {
      const fields = { success_action_redirect: `${origin}/done?form=1` };
      page = formPage(signedFields({ version, key: `${version}/\${filename}`, fields }), '日出 1.txt');
      const dom = await openForm();
      const key = encodeURIComponent(`${version}/日出 1.txt`);
      const stored = await emulator.send('GET', { key: `${version}/日出 1.txt` });
      expect([stored.status, stored.text, stored.headers['content-type']]).toEqual([
        200,
        'from a browser',
        'text/plain',
      ]);
      expect(dom).toContain(`/done?form=1&amp;bucket=${BUCKET}&amp;key=${key}&amp;etag=`);
    },
  );
});
