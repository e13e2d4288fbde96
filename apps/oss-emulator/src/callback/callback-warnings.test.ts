import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64');
const PUBLIC = 'http://app.example.com/oss/callback';
const FORM = 'bucket=${bucket}&object=${object}&size=${size}';
const JSON_TYPE = { callbackBodyType: 'application/json' };

describe('the warnings of a callback that works here', () => {
  let receiver: CallbackReceiver;
  let emulator: TestEmulator;

  beforeAll(async () => {
    receiver = await startReceiver();
    const callbackRoutes = ['http://app.example.com', 'https://app.example.com'].map(
      (from) => `${from}=${receiver.url}`,
    );
    emulator = await startTestEmulator({ callbackRoutes });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  async function upload(callback: object, more: { vars?: object; contentType?: string; body?: string } = {}) {
    const { vars, contentType = 'text/plain', body = 'x' } = more;
    const carried = { 'x-oss-callback': encode(callback), ...(vars && { 'x-oss-callback-var': encode(vars) }) };
    const lines = emulator.log.length;
    const response = await emulator.send('PUT', {
      key: 'a b',
      body,
      headers: { 'content-type': contentType, ...carried },
    });
    const warnings = emulator.journal.entries()[0]?.warnings ?? [];
    return { status: response.status, rules: warnings.map(({ rule }) => rule), log: emulator.log.slice(lines) };
  }

  it('are none for a callback that works there too', async () => {
    const callback = { callbackUrl: PUBLIC, callbackBody: `${FORM}&uid=\${x:uid}` };
    expect(await upload(callback, { vars: { 'x:uid': '1' } })).toEqual({ status: 200, rules: [], log: [] });
  });

  it('are none for what is only advice', async () => {
    expect(await upload({ callbackUrl: PUBLIC, callbackBody: 'test' })).toEqual({ status: 200, rules: [], log: [] });
  });

  it.each<[string, object, object?]>([
    ['private-address', { callbackUrl: '$RECEIVER', callbackBody: FORM }],
    ['https-without-sni', { callbackUrl: PUBLIC.replace('http:', 'https:'), callbackBody: FORM }],
    ['url-without-scheme', { callbackUrl: PUBLIC.replace('http://', ''), callbackBody: FORM }],
    ['url-plus', { callbackUrl: `${PUBLIC}/a+b`, callbackBody: FORM }],
    ['variable-undeclared', { callbackUrl: PUBLIC, callbackBody: `${FORM}&a=\${x:a}` }],
    ['variable-unknown', { callbackUrl: PUBLIC, callbackBody: `${FORM}&a=\${mimetype}` }],
    ['variable-unused', { callbackUrl: PUBLIC, callbackBody: FORM }, { 'x:b': '1' }],
    ['variable-name-without-prefix', { callbackUrl: PUBLIC, callbackBody: FORM }, { b: '1' }],
    [
      'string-placeholder-in-quotes',
      { callbackUrl: PUBLIC, callbackBody: '{"a":"${object}","b":${size}}', ...JSON_TYPE },
    ],
    [
      'image-number-bare',
      { callbackUrl: PUBLIC, callbackBody: '{"a":${object},"b":${imageInfo.width},"c":${etag}}', ...JSON_TYPE },
    ],
    ['json-template-as-form', { callbackUrl: PUBLIC, callbackBody: '{"a":${object},"b":${size}}' }],
    ['field-misspelt', { callbackUrl: PUBLIC, callbackBody: FORM, calbackBodyType: 'application/json' }],
  ])('name %s in the journal, and in one line of the log', async (rule, template, vars) => {
    const callback = JSON.parse(JSON.stringify(template).replace('$RECEIVER', receiver.url)) as object;
    const { rules, log } = await upload(callback, vars === undefined ? {} : { vars });
    expect(rules).toEqual([rule]);
    const lines = log.filter((line) => line.includes('on real OSS'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      new RegExp(` /\\S+/a b → warning: the callback works here, not on real OSS: ${rule}: .+ Fix: .+$`),
    );
  });

  it('say with status, code and EC what OSS answers, and what to write', async () => {
    const callbackUrl = receiver.url.replace('127.0.0.1', 'localhost');
    const { log } = await upload({ callbackUrl, callbackBody: FORM });
    expect(log.join('\n')).toContain(
      'OSS answers 400 InvalidArgument 0007-00000008. Fix: use a public address or a tunnel',
    );
  });

  it('are in the log once, and in the journal with every upload', async () => {
    const callback = { callbackUrl: PUBLIC, callbackBody: `${FORM}&c=\${x:c}` };
    const first = await upload(callback);
    const second = await upload(callback, { vars: {} });
    expect([first.rules, second.rules]).toEqual([['variable-undeclared'], ['variable-undeclared']]);
    expect([first.log.length, second.log.length]).toEqual([1, 0]);
  });

  it('know whether the upload is an image', async () => {
    const callback = {
      callbackUrl: PUBLIC,
      callbackBody: '{"o":${object},"w":${imageInfo.width},"s":${size}}',
      ...JSON_TYPE,
    };
    expect((await upload(callback, { contentType: 'image/png' })).rules).toEqual([]);
  });

  it('keep control characters out of the log', async () => {
    const { log } = await upload({ callbackUrl: PUBLIC, callbackBody: `${FORM}&d=\${x:\u001b[31m\n}` });
    expect(log.join('')).toContain('\\x1b[31m\\x0a');
  });

  it('are there again when the callback is replayed, and on the start page', async () => {
    await upload({ callbackUrl: PUBLIC, callbackBody: `${FORM}&e=\${x:e}` });
    const id = emulator.journal.entries()[0]?.id;
    const replayed = await fetch(`${emulator.url}/__emulator/callbacks/${id}/replay`, { method: 'POST' });
    expect(await replayed.json()).toMatchObject({
      replayOf: id,
      warnings: [{ rule: 'variable-undeclared', severity: 'warning' }],
    });
    expect(await (await fetch(`${emulator.url}/__emulator/`)).text()).toContain('(on real OSS: variable-undeclared)');
  });
});

describe('the log line of an upload whose callback nobody gets', () => {
  it.each([
    ['field-misspelt', 'write callbackUrl', { callbackurl: PUBLIC, callbackBody: FORM }],
    ['url-missing', 'name one to five URLs', { callbackUrl: '', callbackBody: FORM }],
  ])('says %s', async (rule, fix, callback) => {
    await using emulator = await startTestEmulator();
    for (const carrier of [
      { headers: { 'x-oss-callback': encode(callback) } },
      { query: { callback: encode(callback) } },
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send('PUT', { key: 'k', body: 'x', ...carrier });
      expect(response.status).toBe(200);
      expect(emulator.log.at(-1)).toMatch(new RegExp(`/k → warning: nobody is called: ${rule}: .+ Fix: ${fix}`));
    }
    const lines = emulator.log.length;
    await emulator.send('PUT', { key: 'k', body: 'x' });
    expect(emulator.log).toHaveLength(lines);
  });
});

describe('the log line of a callback that is refused', () => {
  it.each<[string, string, string, string?]>([
    [encode({ callbackUrl: PUBLIC, callbackBody: 'object=$(object)' }), 'placeholder-parentheses', 'write ${object}'],
    [
      encode({ callbackUrl: PUBLIC, callbackBody: FORM, callbackSNI: 'true' }),
      'sni-not-boolean',
      'write true without quotes',
    ],
    [
      encode({ callbackUrl: PUBLIC, callbackBody: FORM }).replace(/=*$/, '-'),
      'base64-url-safe',
      'use the standard alphabet',
    ],
    [encode({ callbackUrl: PUBLIC, callbackBody: FORM }), 'callback-not-json', 'write one object', encode('x')],
    [encode({ callbackUrl: PUBLIC, callbackBody: FORM }), 'var-not-string-map', 'write numbers', encode({ 'x:a': 1 })],
  ])('says what to write instead: %#', async (text, rule, fix, vars = encode({})) => {
    await using emulator = await startTestEmulator();
    const headers = { 'x-oss-callback': text, 'x-oss-callback-var': vars };
    const response = await emulator.send('PUT', { key: 'k', body: 'x', headers });
    expect(response.status).toBe(400);
    expect(response.text).not.toContain(rule);
    expect(emulator.log.at(-1)).toContain(`${rule}: `);
    expect(emulator.log.at(-1)).toContain(`Fix: ${fix}`);
  });
});
