import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64');
const callback = { callbackUrl: 'http://127.0.0.1:9/', callbackBody: 'a=b' };

describe('a callback configuration that is refused', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const put = (headers: Record<string, string>, query: Record<string, string> = {}) =>
    emulator.send('PUT', { key: 'k', body: 'b', headers, query });

  it.each([
    [
      'a callback that is not Base64',
      { 'x-oss-callback': '{"callbackUrl"' },
      {},
      'callback',
      '0007-00000002',
      'The callback configuration is not base64 encoded.',
    ],
    [
      'a callback that is not JSON',
      { 'x-oss-callback': Buffer.from('{"a":').toString('base64') },
      {},
      'callback',
      '0007-00000003',
      'The callback configuration is not json format.',
    ],
    [
      'a URL that is none',
      { 'x-oss-callback': encode({ ...callback, callbackUrl: 'my.com:test' }) },
      {},
      'callback',
      '0007-00000004',
      'The callback url configuration is invalid.',
    ],
    [
      'six URLs',
      { 'x-oss-callback': encode({ ...callback, callbackUrl: 'a.com;b.com;c.com;d.com;e.com;f.com' }) },
      {},
      'callback',
      '0007-00000005',
      'The number of callback url exceed max value.',
    ],
    [
      'an empty body',
      { 'x-oss-callback': encode({ ...callback, callbackBody: '' }) },
      {},
      'callback',
      '0007-00000011',
      'The callback body is empty.',
    ],
    [
      'a bad placeholder',
      { 'x-oss-callback': encode({ ...callback, callbackBody: 'object=$(object)' }) },
      {},
      'ReplaceKeyPrefix',
      '0007-00000105',
      'Left brace must be adjacent to dollar sign.',
    ],
    [
      'SNI as a string, as Android sends it',
      { 'x-oss-callback': encode({ ...callback, callbackSNI: 'true' }) },
      {},
      'callback',
      undefined,
      'The callback sni is invalid.',
    ],
    [
      'more than 5 KB',
      { 'x-oss-callback': encode({ ...callback, callbackBody: 'x'.repeat(5000) }) },
      {},
      'callback',
      '0007-00000001',
      'The length of callback exceed max value.',
    ],
    [
      'header and query',
      { 'x-oss-callback': encode(callback) },
      { callback: encode(callback) },
      'callback',
      '0007-00000027',
      'Either the callback query string parameter or the x-oss-callback header should be specified, not both.',
    ],
    [
      'variables in header and query',
      { 'x-oss-callback-var': encode({}) },
      { 'callback-var': encode({}) },
      'callback-var',
      undefined,
      'Either the callback-var query string parameter or the x-oss-callback-var header should be specified, not both.',
    ],
    [
      'variables that are not JSON',
      { 'x-oss-callback': encode(callback), 'x-oss-callback-var': 'e30' },
      {},
      'callback-var',
      '0007-00000102',
      'The callback var is not base64 encoded.',
    ],
    [
      'variables that are no strings',
      { 'x-oss-callback': encode(callback), 'x-oss-callback-var': encode({ 'x:a': 1 }) },
      {},
      'callback-var',
      '0007-00000104',
      'The callback var is not string map.',
    ],
    [
      'the metadata service for a target',
      { 'x-oss-callback': encode({ ...callback, callbackUrl: 'http://169.254.169.254/latest/' }) },
      {},
      'callbackUrl',
      '0007-00000008',
      'Private address is forbidden to callback.',
    ],
    [
      'the metadata service of Alibaba Cloud',
      { 'x-oss-callback': encode({ ...callback, callbackUrl: 'a.com;100.100.100.200' }) },
      {},
      'callbackUrl',
      '0007-00000008',
      'Private address is forbidden to callback.',
    ],
  ])('%s: 400, and nothing is stored', async (_case, headers, query, argument, ec, message) => {
    const response = await put(headers, query);
    expect([response.status, response.element('Code'), response.element('ArgumentName')]).toEqual([
      400,
      'InvalidArgument',
      argument,
    ]);
    expect([response.element('EC'), response.element('Message')]).toEqual([ec, message]);
    expect((await emulator.send('GET', { key: 'k' })).element('Code')).toBe('NoSuchKey');
    expect(emulator.journal.entries()).toEqual([]);
  });

  it('echoes the decoded text, so that one sees what arrived', async () => {
    const response = await put({ 'x-oss-callback': Buffer.from('{"callbackBody":"{"a":1}"}').toString('base64') });
    expect(response.element('ArgumentValue')).toBe('{"callbackBody":"{"a":1}"}');
  });

  it.each([['test_2'], [7]])('does not lose a callback of the bucket policy %j that is not there', async (name) => {
    const response = await put({ 'x-oss-callback': encode({ callbackPolicy: name }) });
    expect([response.status, response.element('ArgumentName'), response.element('ArgumentValue')]).toEqual([
      400,
      'callbackPolicy',
      String(name),
    ]);
    expect((await emulator.send('GET', { key: 'k' })).element('Code')).toBe('NoSuchKey');
  });

  it.each([
    ['no URL', { callbackBody: 'a=b' }],
    ['an empty URL', { ...callback, callbackUrl: '' }],
  ])('is none at all with %s: the upload succeeds without a callback', async (_case, param) => {
    const response = await put({ 'x-oss-callback': encode(param) });
    expect([response.status, response.text]).toEqual([200, '']);
  });
});

describe('callback targets as in the cloud', () => {
  it.each([
    'http://127.0.0.1:9/',
    'http://10.1.2.3/',
    'http://localhost:9/',
    'http://93.184.216.34/;http://192.168.0.1/',
  ])('refuse %s before anything is stored', async (callbackUrl) => {
    await using emulator = await startTestEmulator({ callbackTargets: 'cloud' });
    const headers = { 'x-oss-callback': encode({ ...callback, callbackUrl }) };
    const response = await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect([response.status, response.element('EC')]).toEqual([400, '0007-00000008']);
    expect((await emulator.send('GET', { key: 'k' })).status).toBe(404);
  });
});
