import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createCallbackSigner } from '@oss-callback/nestjs-oss-callback/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallbackServer, startCallbackServer } from '../src/index.ts';
import {
  api,
  callbackFor,
  type Grant,
  readUpload,
  refusalOf,
  requestGrant,
  send,
  signer,
  valuesFor,
} from './play-oss.ts';

const START = new Date('2026-03-01T12:00:00Z');
const TEN_YEARS_MS = 10 * 365 * 86_400_000;

describe('POST /oss/callback refuses, and leaves the upload as it was,', () => {
  let server: CallbackServer;
  let now = START;
  let grant: Grant;
  beforeAll(async () => {
    server = await startCallbackServer({ callbackPublicKeys: signer.publicKeys, now: () => now });
    grant = await requestGrant(server.url);
  }, 60_000);
  afterAll(() => server.close());

  const stateOf = async (id: string): Promise<unknown> => (await readUpload(server.url, id))['state'];

  it('what nobody signed', async () => {
    const { authorization: _, ...headers } = callbackFor(grant).headers;
    expect(refusalOf(await send(server.url, { ...callbackFor(grant), headers }))).toEqual([
      401,
      'missing-authorization',
    ]);
    expect(await stateOf(grant.id)).toBe('issued');
  });

  it('what was changed after signing', async () => {
    const request = callbackFor(grant);
    const body = Buffer.from(request.body.toString().replace('"size":1234', '"size":1235'));
    expect(refusalOf(await send(server.url, { ...request, body }))).toEqual([401, 'signature-mismatch']);
    expect(await stateOf(grant.id)).toBe('issued');
  });

  it('the key of a stranger, without asking for it', async () => {
    let connections = 0;
    const keyServer = createServer((_request, response) => response.end([...forger.publicKeys.values()][0]));
    keyServer.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    const forger = createCallbackSigner(`http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/key.pem`);
    const { path, body } = callbackFor(grant);
    expect(refusalOf(await send(server.url, forger.sign({ path, body })))).toEqual([401, 'unknown-public-key-url']);
    expect([connections, await stateOf(grant.id)]).toEqual([0, 'issued']);
    await new Promise((resolve) => keyServer.close(resolve));
  });

  it('a callback without a ticket, however well signed', async () => {
    const body = JSON.stringify({
      bucket: grant.bucket,
      object: grant.objectKey,
      size: 1_234,
      mimeType: 'image/png',
      etag: 'A',
    });
    expect(refusalOf(await send(server.url, signer.sign({ path: '/oss/callback', body })))).toEqual([
      401,
      'ticket-missing',
    ]);
    expect(await stateOf(grant.id)).toBe('issued');
  });

  it('the ticket of another upload', async () => {
    const other = await requestGrant(server.url);
    const request = callbackFor({ ...other, objectKey: grant.objectKey });
    expect(refusalOf(await send(server.url, request))).toEqual([403, 'object-mismatch']);
    expect([await stateOf(grant.id), await stateOf(other.id)]).toEqual(['issued', 'issued']);
  });

  it('a ticket of another server', async () => {
    const other = await startCallbackServer({ callbackPublicKeys: signer.publicKeys });
    const foreign = await requestGrant(other.url);
    await other.close();
    expect(refusalOf(await send(server.url, callbackFor(foreign)))).toEqual([401, 'ticket-unknown-key']);
  }, 60_000);

  it.each([
    { change: { bucket: 'another-bucket' }, code: 'bucket-mismatch' },
    { change: { object: 'uploads/2026/03/other.png' }, code: 'object-mismatch' },
    { change: { size: 1_233 }, code: 'size-too-small' },
    { change: { size: 1_235 }, code: 'size-too-large' },
    { change: { mimeType: 'text/html' }, code: 'mime-type-mismatch' },
  ])('an object that was not granted: $code', async ({ change, code }) => {
    expect(refusalOf(await send(server.url, callbackFor(grant, change)))).toEqual([403, code]);
    expect(await stateOf(grant.id)).toBe('issued');
  });

  it('a ticket that has expired, an hour and a quarter after the grant', async () => {
    now = new Date(START.getTime() + 76 * 60_000 + 1_000);
    expect(refusalOf(await send(server.url, callbackFor(grant)))).toEqual([401, 'ticket-expired']);
    now = new Date(START.getTime() + TEN_YEARS_MS);
    expect(refusalOf(await send(server.url, callbackFor(grant)))).toEqual([401, 'ticket-expired']);
    now = START;
    expect(await stateOf(grant.id)).toBe('issued');
    const other = await requestGrant(server.url);
    now = new Date(START.getTime() + 76 * 60_000);
    expect((await send(server.url, callbackFor(other))).status).toBe(200);
    now = START;
  });

  it.each([
    { change: { etag: '' }, code: 'malformed-field' },
    { change: { etag: 'a\0b' }, code: 'malformed-field' },
    { change: { 'imageInfo.width': -1 }, code: 'malformed-field' },
    { change: { 'imageInfo.width': 2_147_483_648 }, code: 'malformed-field' },
    { change: { clientIp: 'x'.repeat(1_025) }, code: 'malformed-field' },
    { change: { variables: new Map([['x:a', '\0']]) }, code: 'malformed-field' },
  ])('facts that make no sense: $change', async ({ change, code }) => {
    const other = await requestGrant(server.url, { variables: { a: '1' } });
    expect(refusalOf(await send(server.url, callbackFor(other, change)))).toEqual([400, code]);
    expect(await stateOf(other.id)).toBe('issued');
    expect((await send(server.url, callbackFor(other))).status).toBe(200);
  });

  it('a ticket for an upload that the database does not know', async () => {
    const secret = 'one secret for two servers, in this test only';
    const options = { callbackPublicKeys: signer.publicKeys, ticketSecrets: [secret] };
    const [issuing, receiving] = [await startCallbackServer(options), await startCallbackServer(options)];
    const unknown = await requestGrant(issuing.url);
    expect(refusalOf(await send(receiving.url, callbackFor(unknown)))).toEqual([404, 'unknown-upload']);
    expect((await send(issuing.url, callbackFor(unknown))).status).toBe(200);
    await Promise.all([issuing.close(), receiving.close()]);
  }, 60_000);

  it('a body that is too large', async () => {
    const body = `{"ticket":"${'x'.repeat(65_536)}"}`;
    expect(refusalOf(await send(server.url, signer.sign({ path: '/oss/callback', body })))).toEqual([
      413,
      'body-too-large',
    ]);
  });

  it('another method', async () => {
    expect(refusalOf(await api(server.url, 'GET', '/oss/callback'))).toEqual([404, 'not-found']);
    expect(refusalOf(await api(server.url, 'PUT', '/oss/callback', {}))).toEqual([404, 'not-found']);
  });

  it('a second Authorization header', async () => {
    const { headers, body } = callbackFor(grant);
    const lines = Object.entries({ host: 'x', connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const raw = ['POST /oss/callback HTTP/1.1', ...lines, `Authorization: ${headers['authorization']}`, '', ''].join(
      '\r\n',
    );
    const answer = await new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () =>
        socket.write(Buffer.concat([Buffer.from(raw), body])),
      );
      socket.on('data', (chunk) => (received += chunk.toString())).on('close', () => resolve(received));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*duplicate-header/);
    expect(await stateOf(grant.id)).toBe('issued');
  });

  it('nothing because of headers that OSS does not sign', async () => {
    const other = await requestGrant(server.url);
    const { path, body, headers } = callbackFor(other);
    const lies = {
      'x-oss-bucket': 'another',
      'x-oss-owner': '1',
      'x-oss-requester': '1',
      'content-md5': 'AAAA',
      date: 'never',
    };
    expect((await send(server.url, { method: 'POST', path, body, headers: { ...headers, ...lies } })).status).toBe(200);
    expect(await readUpload(server.url, other.id)).toMatchObject({
      bucket: valuesFor(other).bucket,
      state: 'uploaded',
    });
  });

  it('and none of that stands in the way of the genuine callback', async () => {
    expect(await stateOf(grant.id)).toBe('issued');
    expect((await send(server.url, callbackFor(grant))).status).toBe(200);
    expect(await stateOf(grant.id)).toBe('uploaded');
  });
});
