import { callbackConfigErrors } from '@oss-callback/oss-callback';
import type { CallbackConfigRule } from '@oss-callback/oss-callback';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientRequest } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const param = (more: Record<string, unknown> = {}): string =>
  encode(JSON.stringify({ callbackUrl: 'http://127.0.0.1:9/', callbackBody: 'a=b', ...more }));
const withFields = (more: Record<string, unknown>): ClientRequest => ({ headers: { 'x-oss-callback': param(more) } });
const withHeaders = (additionalHeaders: unknown): ClientRequest => withFields({ additionalHeaders });
const withVar = (text: string): ClientRequest => ({
  headers: { 'x-oss-callback': param(), 'x-oss-callback-var': text },
});
const eleven = Object.fromEntries(Array.from({ length: 11 }, (_unused, index) => [`key${index}`, 'v']));

/** For each row of the table, an upload that it refuses. */
const provoke: Readonly<Record<CallbackConfigRule, ClientRequest>> = {
  'callback-too-long': withFields({ callbackBody: 'x'.repeat(5000) }),
  'callback-not-base64': { headers: { 'x-oss-callback': '*' } },
  'callback-not-json': { headers: { 'x-oss-callback': encode('{') } },
  'url-invalid': withFields({ callbackUrl: 'my.com:test' }),
  'too-many-urls': withFields({ callbackUrl: 'a.com;b.com;c.com;d.com;e.com;f.com' }),
  'private-address': withFields({ callbackUrl: 'http://169.254.169.254/' }),
  'host-invalid': withFields({ callbackHost: 'a b' }),
  'body-not-string': withFields({ callbackBody: 1 }),
  'body-empty': withFields({ callbackBody: '' }),
  'body-type-not-string': withFields({ callbackBodyType: 1 }),
  'body-type-unsupported': withFields({ callbackBodyType: 'text/plain' }),
  'sni-not-boolean': withFields({ callbackSNI: 'true' }),
  'signature-version-invalid': withFields({ signatureVersion: '3.0' }),
  'additional-headers-not-map': withHeaders(['a']),
  'additional-headers-too-many': withHeaders(eleven),
  'additional-header-name-empty': withHeaders({ '': 'v' }),
  'additional-header-name-illegal': withHeaders({ '&*': 'v' }),
  'additional-header-value-illegal': withHeaders({ key: '\r\n' }),
  'additional-header-name-reserved': withHeaders({ 'x-oss-test': 'v' }),
  'header-and-query': { headers: { 'x-oss-callback': param() }, query: { callback: param() } },
  'var-header-and-query': {
    headers: { 'x-oss-callback-var': encode('{}') },
    query: { 'callback-var': encode('{}') },
  },
  'var-too-long': withVar(encode(JSON.stringify({ 'x:a': 'x'.repeat(5000) }))),
  'var-not-base64': withVar('*'),
  'var-not-json': withVar(encode('{')),
  'var-not-string-map': withVar(encode('{"x:a":1}')),
  'placeholder-without-brace': withFields({ callbackBody: 'object=$(object)' }),
  'placeholder-unclosed': withFields({ callbackBody: 'object=${object' }),
};

describe('every error of a callback configuration', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each(Object.keys(callbackConfigErrors) as CallbackConfigRule[])(
    '%s is 400 before anything is stored',
    async (rule) => {
      const response = await emulator.send('PUT', { key: 'k', body: 'b', ...provoke[rule] });
      const { ec, message, argumentName } = callbackConfigErrors[rule];
      expect([response.status, response.element('Code')]).toEqual([400, 'InvalidArgument']);
      expect([response.element('EC') ?? '', response.element('Message'), response.element('ArgumentName')]).toEqual([
        ec,
        message,
        argumentName,
      ]);
      expect((await emulator.send('GET', { key: 'k' })).status).toBe(404);
    },
  );
});
