import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { verifyRequest } from '@oss-callback/oss-signing';
import { decodeCallbackParam, decodeCallbackVar } from '@oss-callback/oss-callback';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallbackServer, startCallbackServer } from '../src/index.ts';
import { api, callbackFor, type Grant, png, refusalOf, requestGrant, send, signer } from './play-oss.ts';

const now = new Date('2026-03-01T12:00:00Z');
const credentials = { accessKeyId: 'an-id', accessKeySecret: 'a-secret-that-never-shows' };

describe('POST /uploads', () => {
  let server: CallbackServer;
  beforeAll(async () => {
    server = await startCallbackServer({
      callbackPublicKeys: signer.publicKeys,
      ossCredentials: credentials,
      ossBucket: 'photos',
      ossRegion: 'cn-shanghai',
      publicUrl: 'http://receiver.test/api/',
      now: () => now,
    });
  }, 60_000);
  afterAll(() => server.close());

  const verify = (grant: Grant, headers: Grant['headers']) => {
    const url = new URL(grant.url);
    const query = [...url.searchParams].map(([name, value]) => [name, value] as const);
    const request = { method: 'PUT', bucket: grant.bucket, key: grant.objectKey, query, headers };
    return verifyRequest(request, { findCredentials: () => credentials, now, region: 'cn-shanghai' });
  };

  it('grants a presigned PUT of exactly one object, for a quarter of an hour', async () => {
    const grant = await requestGrant(server.url);
    expect(grant).toMatchObject({ bucket: 'photos', method: 'PUT', expiresAt: '2026-03-01T12:15:00.000Z' });
    expect(grant.objectKey).toMatch(/^uploads\/2026\/03\/[0-9a-f]{32}\.png$/);
    expect(grant.url).toContain(`http://127.0.0.1:9280/photos/${grant.objectKey}?`);
    expect(grant.headers).toEqual({ 'content-type': 'image/png', 'x-oss-forbid-overwrite': 'true' });
    expect(verify(grant, grant.headers)).toMatchObject({ ok: true, carrier: 'query' });
  });

  it('signs the headers and the callback, so that the uploader can change neither', async () => {
    const [grant, other] = [await requestGrant(server.url), await requestGrant(server.url)];
    expect(verify(grant, { ...grant.headers, 'content-type': 'text/html' }).ok).toBe(false);
    expect(verify(grant, { 'content-type': 'image/png' }).ok).toBe(false);
    const url = new URL(grant.url);
    url.searchParams.set('callback', other.callback.param);
    expect(verify({ ...grant, url: url.href }, grant.headers).ok).toBe(false);
  });

  it('gives the same callback as URL, as headers and as options of ali-oss', async () => {
    const variables = { title: '日出 "红"', tag: '' };
    const { url, callback } = await requestGrant(server.url, { variables });
    const query = new URL(url).searchParams;
    expect([query.get('callback'), query.get('callback-var')]).toEqual([callback.param, callback.var]);
    expect(callback.headers).toEqual({ 'x-oss-callback': callback.param, 'x-oss-callback-var': callback.var });
    const decoded = decodeCallbackParam(callback.param);
    expect(decoded).toMatchObject({
      ok: true,
      callback: {
        body: callback.aliOss['body'],
        bodyType: callback.aliOss['contentType'],
        urls: [{ text: callback.aliOss['url'] }],
      },
    });
    expect(decodeCallbackVar(callback.var)).toEqual({
      ok: true,
      variables: new Map(Object.entries(variables).map(([name, value]) => [`x:${name}`, value])),
    });
    expect(callback.aliOss['customValue']).toEqual(variables);
  });

  it('leaves out callback-var when there are no variables', async () => {
    const { url, callback } = await requestGrant(server.url);
    expect([new URL(url).searchParams.has('callback-var'), callback.var]).toEqual([false, '']);
    expect(Object.keys(callback.headers)).toEqual(['x-oss-callback']);
  });

  it('has OSS call the public URL, and verifies the path that a proxy shortened', async () => {
    const grant = await requestGrant(server.url);
    expect(grant.callback.aliOss['url']).toBe('http://receiver.test/api/oss/callback');
    expect(refusalOf(await send(server.url, callbackFor(grant)))).toEqual([401, 'signature-mismatch']);
    const {
      body,
      headers: { 'content-type': contentType = '' },
    } = callbackFor(grant);
    const signed = signer.sign({ path: '/api/oss/callback', body, contentType });
    expect((await send(server.url, { ...signed, path: '/oss/callback' })).status).toBe(200);
  });

  it('never shows a secret', async () => {
    const text = JSON.stringify(await requestGrant(server.url));
    expect(text).not.toContain(credentials.accessKeySecret);
  });

  it.each([
    { wrong: { filename: '' }, field: 'filename' },
    { wrong: { filename: 'x'.repeat(256) }, field: 'filename' },
    { wrong: { filename: 'a\nb' }, field: 'filename' },
    { wrong: { filename: 'a\0b' }, field: 'filename' },
    { wrong: { filename: '\ud800' }, field: 'filename' },
    { wrong: { filename: 7 }, field: 'filename' },
    { wrong: { contentType: 'png' }, field: 'contentType' },
    { wrong: { contentType: 'image/png\r\nx: y' }, field: 'contentType' },
    { wrong: { sizeBytes: -1 }, field: 'sizeBytes' },
    { wrong: { sizeBytes: 1.5 }, field: 'sizeBytes' },
    { wrong: { sizeBytes: '3' }, field: 'sizeBytes' },
    { wrong: { sizeBytes: 5 * 1024 ** 3 + 1 }, field: 'sizeBytes' },
    { wrong: { variables: { 'Not-Lower': '1' } }, field: 'variables.Not-Lower' },
    { wrong: { variables: { a: 1 } }, field: 'variables.a' },
    { wrong: { variables: { a: 'a\0b' } }, field: 'variables.a' },
    { wrong: { variables: { a: '红'.repeat(1_300) } }, field: 'variables' },
    {
      wrong: { variables: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`v${n}`, ''])) },
      field: 'variables',
    },
    { wrong: { callbackBodyType: 'text/plain' }, field: 'callbackBodyType' },
    { wrong: { objectKey: 'mine' }, field: 'objectKey' },
  ])('refuses a wrong $field by name, and not its value', async ({ wrong, field }) => {
    const answer = await api(server.url, 'POST', '/uploads', { ...png, ...wrong });
    expect(refusalOf(answer)).toEqual([400, 'invalid-request']);
    const { error } = JSON.parse(answer.text) as { error: { message: string } };
    expect(error.message).toMatch(new RegExp(`^${field}: `));
  });

  it('takes the largest set of variables that it lets in, and OSS can take', async () => {
    const variables = Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`v${n}`, String(n)]));
    const grant = await requestGrant(server.url, { variables });
    expect(decodeCallbackParam(grant.callback.param).ok).toBe(true);
    const {
      body,
      headers: { 'content-type': contentType = '' },
    } = callbackFor(grant);
    const signed = signer.sign({ path: '/api/oss/callback', body, contentType });
    expect((await send(server.url, { ...signed, path: '/oss/callback' })).status).toBe(200);
  });

  it.each([
    { why: 'malformed JSON', body: '{"filename":', status: 400, code: 'invalid-request' },
    { why: 'nothing', body: '', status: 400, code: 'invalid-request' },
    { why: 'an array', body: '[]', status: 400, code: 'invalid-request' },
    { why: '__proto__', body: '{"__proto__":{"filename":"a"}}', status: 400, code: 'invalid-request' },
    { why: 'too much', body: `"${'x'.repeat(65_536)}"`, status: 413, code: 'body-too-large' },
  ])('answers $why with JSON', async ({ body, status, code }) => {
    expect(refusalOf(await api(server.url, 'POST', '/uploads', body))).toEqual([status, code]);
  });

  it('does not take a form, which a browser would send from any site', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = Buffer.from('filename=a&contentType=image/png&sizeBytes=1');
    expect(refusalOf(await send(server.url, { method: 'POST', path: '/uploads', headers, body }))).toEqual([
      415,
      'unsupported-content-type',
    ]);
  });
});

describe('the API', () => {
  let server: CallbackServer;
  beforeAll(async () => {
    server = await startCallbackServer({
      callbackPublicKeys: signer.publicKeys,
      userOf: ({ headers }) => headers['x-test-user']?.toString(),
    });
  }, 60_000);
  afterAll(() => server.close());

  const as = (user: string, method: string, path: string, body?: object) =>
    send(server.url, {
      method,
      path,
      headers: { 'x-test-user': user, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    });

  it('asks who is calling', async () => {
    expect(refusalOf(await api(server.url, 'POST', '/uploads', png))).toEqual([401, 'unauthenticated']);
    expect(refusalOf(await api(server.url, 'GET', '/uploads'))).toEqual([401, 'unauthenticated']);
    expect(refusalOf(await as('', 'POST', '/uploads', png))).toEqual([401, 'unauthenticated']);
    expect((await as('ada', 'POST', '/uploads', png)).status).toBe(201);
  });

  it('shows an upload to nobody but its user, and answers others as if it did not exist', async () => {
    const { id } = JSON.parse((await as('ada', 'POST', '/uploads', png)).text) as Grant;
    expect((await as('ada', 'GET', `/uploads/${id}`)).status).toBe(200);
    const foreign = await as('bob', 'GET', `/uploads/${id}`);
    const missing = await as('bob', 'GET', '/uploads/00000000-0000-0000-0000-000000000000');
    expect(refusalOf(foreign)).toEqual([404, 'upload-not-found']);
    expect(foreign.text).toBe(missing.text);
    expect(JSON.parse((await as('bob', 'GET', '/uploads')).text)).toEqual({ uploads: [], next: null });
    expect(JSON.parse((await as('bob', 'GET', `/uploads?before=${id}`)).text)).toEqual({ uploads: [], next: null });
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'before=', 'before=%00', 'order=oldest'])(
    'refuses the page %s',
    async (query) => {
      expect(refusalOf(await as('ada', 'GET', `/uploads?${query}`))).toEqual([400, 'invalid-request']);
    },
  );

  it.each(['/', '/nothing', '/uploads/a/b', '/oss', '//oss/callback'])(
    'answers %s with a 404 in JSON',
    async (path) => {
      expect(refusalOf(await as('ada', 'GET', path))).toEqual([404, 'not-found']);
    },
  );

  it.each(['%00', 'a%00b', '..', "'", '0'.repeat(90)])('knows no upload %s', async (id) => {
    const answer = await as('ada', 'GET', `/uploads/${id}`);
    expect(answer.status).toBe(404);
  });

  it.each([
    ['nonsense', 'nonsense\r\n\r\n', 400, 'invalid-request'],
    ['20 KB of headers', `GET / HTTP/1.1\r\nHost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ])('answers %s in JSON', async (_what, bytes, status, code) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await readText(socket);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    const { error } = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as { error: { code: string } };
    expect(error.code).toBe(code);
  });

  it('answers a malformed target in JSON', async () => {
    expect(refusalOf(await as('ada', 'GET', '/%'))).toEqual([400, 'invalid-request']);
  });

  it('tells that it lives and that it can work', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      const { status, text } = await api(server.url, 'GET', path);
      expect([status, text]).toEqual([200, '{"status":"ok"}']);
    }
  });
});
