import { presignUrl } from '@oss-callback/oss-signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_TIMEOUT_MS, LACKS_CHROMIUM, startBrowserSite } from '../../test/chromium.ts';
import type { BrowserSite } from '../../test/chromium.ts';
import { corsXml } from '../../test/configuration-xml.ts';
import { BUCKET, CREDENTIALS, REGION } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const KEY = 'from a page/日出.txt';

/** A page of another origin that uploads with a presigned URL, as a browser application does it. */
describe.skipIf(LACKS_CHROMIUM)('an upload from a page in Chromium', () => {
  let emulator: TestEmulator;
  let site: BrowserSite;
  let page = '';

  beforeAll(async () => {
    emulator = await startTestEmulator();
    site = await startBrowserSite(() => page);
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  });

  /** What the page got to see, as the text of its one element. */
  const upload = async (key: string): Promise<unknown> => {
    const headers = { 'content-type': 'text/plain', 'x-oss-meta-by': 'page' };
    const address = { endpoint: emulator.url, addressing: 'path', bucket: BUCKET, key } as const;
    const signing = { credentials: CREDENTIALS, region: REGION, now: new Date(), expiresIn: 300 };
    const { url } = presignUrl({ method: 'PUT', headers, ...address, ...signing });
    page = `<!doctype html><p id="seen"></p><script>
      const show = (seen) => { document.querySelector('#seen').textContent = JSON.stringify(seen); };
      fetch(${JSON.stringify(url)}, { method: 'PUT', headers: ${JSON.stringify(headers)}, body: 'from a browser' }).then(
        async (answer) => show({
          status: answer.status,
          etag: answer.headers.get('ETag'),
          requestId: answer.headers.get('x-oss-request-id'),
          crc64: answer.headers.get('x-oss-hash-crc64ecma'),
          text: await answer.text(),
        }),
        (error) => show({ failed: error.name }),
      );
    </script>`;
    const document = await site.open('/');
    return JSON.parse(/<p id="seen">(.*?)<\/p>/.exec(document)?.[1] ?? '{}');
  };
  const putRule = (rule: Record<string, string | readonly string[]>) =>
    emulator.send('PUT', { query: { cors: '' }, body: corsXml(rule) });

  it('reads the headers that a rule exposes, and no others', { timeout: BROWSER_TIMEOUT_MS }, async () => {
    const exposed = { ExposeHeader: ['ETag', 'x-oss-request-id'] };
    await putRule({ AllowedOrigin: site.origin, AllowedMethod: 'PUT', AllowedHeader: '*', ...exposed });
    expect(await upload(KEY)).toEqual({
      status: 200,
      etag: expect.stringMatching(/^"[0-9A-F]{32}"$/),
      requestId: expect.stringMatching(/^[0-9A-F]{24}$/),
      crc64: null,
      text: '',
    });
    const stored = await emulator.send('GET', { key: KEY });
    expect([stored.text, stored.headers['content-type'], stored.headers['x-oss-meta-by']]).toEqual([
      'from a browser',
      'text/plain',
      'page',
    ]);
  });

  it.each([
    ['without a rule', undefined],
    [
      'with a rule for another origin',
      { AllowedOrigin: 'http://other.example', AllowedMethod: 'PUT', AllowedHeader: '*' },
    ],
    ['with a rule for another method', { AllowedOrigin: '*', AllowedMethod: 'GET', AllowedHeader: '*' }],
    ['with a rule that lacks a header', { AllowedOrigin: '*', AllowedMethod: 'PUT', AllowedHeader: 'content-type' }],
  ])('fails %s, and nothing is stored', { timeout: BROWSER_TIMEOUT_MS }, async (_what, rule) => {
    await emulator.send('DELETE', { query: { cors: '' } });
    if (rule !== undefined) await putRule(rule);
    expect(await upload('refused')).toEqual({ failed: 'TypeError' });
    expect((await emulator.send('GET', { key: 'refused' })).element('Code')).toBe('NoSuchKey');
  });
});
