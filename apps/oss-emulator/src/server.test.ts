import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, REGION, sendPlain, sendRaw } from '../test/emulator-client.ts';
import { startTestEmulator } from '../test/test-emulator.ts';
import type { TestEmulator } from '../test/test-emulator.ts';
import type { ByteRange } from './store/object-store.ts';
import { MemoryObjectStore } from './store/memory-object-store.ts';

const signedHead = (method: string, path: string, key?: string): string => {
  const parts = { method, bucket: BUCKET, ...(key === undefined ? {} : { key }) };
  const { headers } = signRequest(parts, { credentials: CREDENTIALS, region: REGION, now: new Date() });
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}`;
};

describe('the server', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { key: 'dir/k', body: 'bytes' });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('finds the bucket before an official host name, under any address', async () => {
    const response = await emulator.send('GET', { key: 'dir/k', addressing: 'virtual-hosted' });
    expect([response.status, response.text]).toEqual([200, 'bytes']);
    const missing = await emulator.send('GET', { key: 'none', addressing: 'virtual-hosted' });
    expect(missing.element('HostId')).toBe(`${BUCKET}.oss-cn-hangzhou.aliyuncs.com`);
  });

  it('finds the bucket before localhost', async () => {
    const head = signedHead('GET', '/dir/k', 'dir/k').replace('host: localhost', `host: ${BUCKET}.localhost:9280`);
    expect(await sendRaw(emulator.url, `${head}connection: close\r\n\r\n`)).toMatch(/ 200 OK[\s\S]*bytes$/);
  });

  it('takes a bucket with and without a slash behind it', async () => {
    for (const path of [`/${BUCKET}`, `/${BUCKET}/`]) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await sendRaw(emulator.url, `${signedHead('GET', path)}connection: close\r\n\r\n`);
      expect(answer).toMatch(/ 200 OK[\s\S]*<Key>dir\/k<\/Key>/);
    }
  });

  it('puts server, date, request id, time and length on every answer', async () => {
    const answers = [
      await emulator.send('GET', { key: 'dir/k' }),
      await emulator.send('DELETE', { key: 'not-there' }),
      await emulator.send('GET', { key: 'not-there' }),
      await emulator.send('GET', { signature: 'none' }),
      await sendPlain(emulator.url, { method: 'GET', path: '/__emulator/health' }),
    ];
    for (const { headers, headerNames } of answers) {
      expect(headerNames).toEqual(
        expect.arrayContaining(['Server', 'Date', 'Content-Length', 'x-oss-request-id', 'x-oss-server-time']),
      );
      expect(headers['server']).toBe('AliyunOSS');
      expect(headers['date']).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
    }
    expect(new Set(answers.map(({ headers }) => headers['x-oss-request-id'])).size).toBe(answers.length);
  });

  it('answers pipelined requests of one connection in their order', async () => {
    const put = `${signedHead('PUT', `/${BUCKET}/piped`, 'piped')}content-length: 5\r\n\r\nfirst`;
    const get = `${signedHead('GET', `/${BUCKET}/dir/k`, 'dir/k')}connection: close\r\n\r\n`;
    const answer = await sendRaw(emulator.url, `${put}${get}`);
    expect(answer.split('HTTP/1.1 ').map((part) => part.slice(0, 3))).toEqual(['', '200', '200']);
    expect(answer).toMatch(/bytes$/);
  });

  it('carries pipelined requests out one after the other', async () => {
    await emulator.send('PUT', { bucket: 'open-to-all', headers: { 'x-oss-acl': 'public-read-write' } });
    const line = (method: string, more = '') => `${method} /open-to-all/k HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
    const body = 'x'.repeat(100_000);
    const put = `${line('PUT', `Content-Length: ${body.length}\r\n`)}${body}`;
    const answer = await sendRaw(
      emulator.url,
      `${put}${line('HEAD')}${line('DELETE')}${line('HEAD')}${put}${line('DELETE', 'Connection: close\r\n')}${line('PUT', 'Content-Length: 1\r\n')}x`,
    );
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '200', '204', '404', '200', '204']);
    expect((await emulator.send('HEAD', { bucket: 'open-to-all', key: 'k' })).status).toBe(404);
  });

  it('writes nothing into an answer when nonsense follows the request', async () => {
    const get = `${signedHead('GET', `/${BUCKET}/dir/k`, 'dir/k')}\r\n`;
    const answer = await sendRaw(emulator.url, `${get}nonsense\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*bytes$/);
    expect(answer).not.toContain('BadRequest');
    expect((await emulator.send('GET', { key: 'dir/k' })).text).toBe('bytes');
  });

  it('breaks off an answer whose bytes cannot be read, and says why in the log', async () => {
    class ForgetfulStore extends MemoryObjectStore {
      override async read(bucket: string, key: string, range?: ByteRange) {
        const content = await super.read(bucket, key, range);
        const bytes = Readable.from(
          (async function* half() {
            yield Buffer.from('by');
            throw new RangeError('bad sector');
          })(),
        );
        return content === undefined ? undefined : { ...content, bytes };
      }
    }
    await using forgetful = await startTestEmulator({ store: new ForgetfulStore() });
    await forgetful.send('PUT', { key: 'k', body: 'bytes' });
    await expect(forgetful.send('GET', { key: 'k' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(forgetful.log.at(-1)).toContain('RangeError: bad sector');
    expect((await forgetful.send('HEAD', { key: 'k' })).status).toBe(200);
  });
});
