import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, sendPlain } from '../../test/emulator-client.ts';
import { startReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';
import { controlRoutes } from './control-routes.ts';

describe('the control API', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const control = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    sendPlain(emulator.url, {
      method,
      path: `/__emulator${path}`,
      headers: { ...headers, 'content-length': String(body.length) },
      body: Buffer.from(body),
    });

  it('answers health unsigned, by any local name', async () => {
    for (const host of ['127.0.0.1', 'localhost:1', 'oss-emulator', 'host.docker.internal']) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await control('GET', '/health', { host });
      expect([response.status, JSON.parse(response.text)]).toEqual([200, { status: 'ok' }]);
    }
    expect((await control('HEAD', '/health')).status).toBe(200);
  });

  it('lists itself and the callbacks', async () => {
    await using receiver = await startReceiver();
    const param = { callbackUrl: receiver.url, callbackBody: 'a=b' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    await emulator.send('PUT', { key: 'listed', body: 'b', headers });
    for (const path of ['', '/']) {
      // oxlint-disable-next-line no-await-in-loop
      const { status, text } = await control('GET', path);
      expect(status).toBe(200);
      for (const { doc } of controlRoutes) expect(text).toContain(doc);
      expect(text).toContain('POST   /__emulator/callbacks/:id/replay');
      expect(text).toContain(`PutObject ${BUCKET}/listed → ${receiver.url}  answered`);
    }
  });

  it('lists what was stored, with the callbacks of each upload or none', async () => {
    await using receiver = await startReceiver();
    await control('POST', '/reset');
    await emulator.send('PUT');
    await emulator.send('PUT', { key: 'quiet', body: 'four' });
    const param = { callbackUrl: receiver.url, callbackBody: 'a=b' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    const { headers: answer } = await emulator.send('PUT', { key: 'called', body: 'b', headers });
    await emulator.send('PUT', { key: 'called', body: 'refused', headers: { 'x-oss-forbid-overwrite': 'true' } });
    await emulator.send('POST', { key: 'log', query: { append: '', position: '0' }, body: 'one line' });
    const copied = { 'x-oss-copy-source': `/${BUCKET}/quiet` };
    await emulator.send('PUT', { key: 'copy', headers: copied });
    const [copy, append, called, quiet, ...more] = JSON.parse((await control('GET', '/uploads')).text);
    expect([copy.operation, copy.key, copy.sizeBytes]).toEqual(['CopyObject', 'copy', 4]);
    expect([append.operation, append.key, append.sizeBytes]).toEqual(['AppendObject', 'log', 8]);
    expect([quiet.operation, quiet.bucket, quiet.key, quiet.callbacks]).toEqual(['PutObject', BUCKET, 'quiet', []]);
    expect([called.key, called.requestId, `"${called.etag}"`]).toEqual([
      'called',
      answer['x-oss-request-id'],
      answer['etag'],
    ]);
    const callback = await control('GET', `/callbacks/${called.callbacks[0]}`);
    expect(JSON.parse(callback.text)).toMatchObject({ key: 'called', requestId: called.requestId });
    expect(more).toEqual([]);
    const { text } = await control('GET', '/');
    expect(text).toContain(`PutObject ${BUCKET}/quiet  4 bytes, no callback\n`);
    expect(text).toContain(`PutObject ${BUCKET}/called  1 bytes\n`);
    await control('POST', '/reset');
    expect(JSON.parse((await control('GET', '/uploads')).text)).toEqual([]);
    await emulator.send('PUT');
  });

  it('serves the public key as PEM', async () => {
    const { status, text } = await control('GET', '/callback_pub_key_v1.pem');
    expect(status).toBe(200);
    expect(text).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+-----END PUBLIC KEY-----\n$/);
  });

  it.each([
    ['GET', '/nothing', 404],
    ['GET', '/callbacks/x', 404],
    ['GET', '/callbacks/999', 404],
    ['POST', '/callbacks/999/replay', 404],
    ['DELETE', '/callbacks', 405],
    ['GET', '/reset', 405],
  ])('answers %s %s with %i and a reason', async (method, path, status) => {
    const response = await control(method, path);
    expect(response.status).toBe(status);
    expect((JSON.parse(response.text) as { error: string }).error).not.toBe('');
  });

  it('takes no orders from pages, not even from one that it serves as an object', async () => {
    await emulator.send('PUT', { key: 'stays', body: 'b' });
    const { host } = new URL(emulator.url);
    for (const origin of ['http://evil.example', 'null', `http://${host}`]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await control('POST', '/reset', { host, origin })).status).toBe(403);
    }
    expect((await control('POST', '/reset', { host: 'rebound.example.com' })).status).toBe(400);
    expect((await emulator.send('GET', { key: 'stays' })).status).toBe(200);
  });

  it('shows the journal to who opens it, and to no script or frame', async () => {
    const opened = await control('GET', '/callbacks', { 'sec-fetch-dest': 'document' });
    expect([opened.status, opened.headers['content-security-policy']]).toEqual([200, 'sandbox']);
    for (const destination of ['empty', 'iframe', 'script']) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await control('GET', '/callbacks', { 'sec-fetch-dest': destination })).status).toBe(403);
    }
  });

  it('takes no orders from its own callbacks', async () => {
    await emulator.send('PUT', { key: 'stays', body: 'b' });
    const param = { callbackUrl: `${emulator.url}/__emulator/reset`, callbackBody: 'a=b' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    const upload = await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect([upload.status, upload.element('Message')]).toEqual([203, 'Error status : 403.']);
    expect((await emulator.send('GET', { key: 'stays' })).status).toBe(200);
  });

  it('hands the public URL to callbacks from the moment it is changed', async () => {
    await using receiver = await startReceiver();
    expect((await control('PUT', '/public-url', {}, 'not a url')).status).toBe(400);
    expect((await control('PUT', '/public-url', {}, 'http://oss.test:1234/path')).status).toBe(400);
    const changed = await control('PUT', '/public-url', {}, ' http://oss.test:1234/\n');
    expect(JSON.parse(changed.text)).toEqual({ publicUrl: 'http://oss.test:1234' });
    const param = { callbackUrl: receiver.url, callbackBody: 'a=b' };
    const headers = { 'x-oss-callback': Buffer.from(JSON.stringify(param)).toString('base64') };
    await emulator.send('PUT', { key: 'k', body: 'b', headers });
    expect(Buffer.from(receiver.received[0]!.headers['x-oss-pub-key-url']!, 'base64').toString()).toBe(
      'http://oss.test:1234/__emulator/callback_pub_key_v1.pem',
    );
    expect((await control('GET', '/health', { host: 'oss.test:1234' })).status).toBe(200);
    const virtual = await sendPlain(emulator.url, {
      method: 'GET',
      path: '/k',
      headers: { host: `${BUCKET}.oss.test` },
    });
    expect(virtual.element('Code')).toBe('AccessDenied');
  });

  it('reset empties store and journal', async () => {
    await emulator.send('PUT', { key: 'k', body: 'b' });
    expect((await control('POST', '/reset')).status).toBe(204);
    expect((await emulator.send('GET')).element('Code')).toBe('NoSuchBucket');
    expect(JSON.parse((await control('GET', '/callbacks')).text)).toEqual([]);
  });
});
