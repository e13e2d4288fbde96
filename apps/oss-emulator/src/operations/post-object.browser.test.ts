import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_TIMEOUT_MS, LACKS_CHROMIUM, startBrowserSite } from '../../test/chromium.ts';
import type { BrowserSite } from '../../test/chromium.ts';
import { BUCKET } from '../../test/emulator-client.ts';
import { signedFields } from '../../test/post-form.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

/** A page of another origin, as an application has it: a plain form, no script but for the choice of the file. */
describe.skipIf(LACKS_CHROMIUM)('a form that Chromium submits', () => {
  let emulator: TestEmulator;
  let site: BrowserSite;
  let page = '';

  beforeAll(async () => {
    emulator = await startTestEmulator();
    site = await startBrowserSite((url) =>
      url === '/form' ? page : `<p id="query">${url.replaceAll('&', '&amp;')}</p>`,
    );
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
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

  it.each(['V1', 'V4'] as const)(
    'is stored and leads the browser on, signed with %s',
    { timeout: BROWSER_TIMEOUT_MS },
    async (version) => {
      const fields = { success_action_redirect: `${site.origin}/done?form=1` };
      page = formPage(signedFields({ version, key: `${version}/\${filename}`, fields }), '日出 1.txt');
      const dom = await site.open('/form');
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
