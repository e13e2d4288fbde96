import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** What would end a text, or begin something else, in JSON, in a form, in a template, in a header or on a terminal. */
const HOSTILE = [
  '","admin":true,"x":"',
  '\\","admin":true,"x":"\\',
  '&admin=true&x=',
  '${bucket}${x:secret}${',
  '%26admin%3Dtrue',
  '\r\nAdmin: true\r\n\r\n',
  '\u2028\u2029\u0085',
  '\u0000\u0001\u001B[31m',
  '</Key><Admin>true</Admin>',
  '😀中é',
] as const;

describe('texts that try to be more than texts', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });
  beforeEach(() => emulator.reset());

  const put = async (key: string, text: string, callback: Record<string, string>) => {
    await emulator.send('PUT');
    const headers = {
      'x-oss-callback': base64({ callbackUrl: receiver.url, ...callback }),
      'x-oss-callback-var': base64({ 'x:text': text, 'x:secret': 'hidden' }),
    };
    expect((await emulator.send('PUT', { key, body: '', headers })).status).toBe(200);
    return receiver.received.at(-1);
  };

  // NUL is no character of a key.
  const keys = HOSTILE.map((text) => `k${text.replaceAll('\u0000', '')}`);

  it.each(HOSTILE.map((text, index) => [JSON.stringify(text), text, keys[index] ?? ''] as const))(
    'stay texts in a JSON body: %s',
    async (_name, text, key) => {
      const callbackBody = '{"key":${object},"text":${x:text}}';
      const callback = await put(key, text, { callbackBody, callbackBodyType: 'application/json' });
      expect(JSON.parse(callback?.body.toString('utf8') ?? '')).toEqual({ key, text });
    },
  );

  it.each(HOSTILE.map((text, index) => [JSON.stringify(text), text, keys[index] ?? ''] as const))(
    'stay texts in a form: %s',
    async (_name, text, key) => {
      const callback = await put(key, text, { callbackBody: 'key=${object}&text=${x:text}' });
      const fields = [...new URLSearchParams(callback?.body.toString('utf8'))];
      expect(fields).toEqual([
        ['key', key],
        ['text', text],
      ]);
    },
  );

  it.each(HOSTILE.map((text, index) => [JSON.stringify(text), text, keys[index] ?? ''] as const))(
    'add no header to the callback, and no line to the log: %s',
    async (_name, text, key) => {
      const callback = await put(key, text, { callbackBody: 'a=${x:text}' });
      expect(Object.keys(callback?.headers ?? {})).not.toContain('admin');
      expect(emulator.log.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
    },
  );

  it.each(HOSTILE.map((text) => [JSON.stringify(text), text] as const))(
    'add no header to an answer, stored or asked for: %s',
    async (_name, text) => {
      await emulator.send('PUT');
      // A header cannot bring control characters: what is stored comes by the query, and from other tools.
      const stored = text.replaceAll(/\p{Cc}/gu, ' ');
      const headers = { 'x-oss-meta-text': stored, 'content-disposition': stored };
      expect((await emulator.send('PUT', { key: 'k', body: 'b', headers })).status).toBe(200);
      const query = { 'response-content-language': text, 'response-cache-control': text };
      const response = await emulator.send('GET', { key: 'k', query });
      expect([response.status, response.text]).toEqual([200, 'b']);
      expect(Object.keys(response.headers)).not.toContain('admin');
      expect(response.headers['x-oss-meta-text']).toBe(stored.trim());
    },
  );

  it.each(keys.map((key) => [JSON.stringify(key), key] as const))(
    'add no element to a listing, plain or encoded: %s',
    async (_name, key) => {
      await emulator.send('PUT');
      await emulator.send('PUT', { key, body: '' });
      for (const query of [{}, { 'encoding-type': 'url' }, { prefix: key }, { marker: key, prefix: key }]) {
        // oxlint-disable-next-line no-await-in-loop
        const listing = await emulator.send('GET', { query });
        expect([listing.status, listing.element('Admin')]).toEqual([200, undefined]);
      }
    },
  );
});
