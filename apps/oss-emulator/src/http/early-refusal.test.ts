import { Agent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { BUCKET, CREDENTIALS, REGION } from '../../test/emulator-client.ts';
import { BOUNDARY, closing, field, filePart, formBody, signedFields } from '../../test/post-form.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

/** More than the sockets between hold. */
const MUCH = Buffer.alloc(30 * 1024 * 1024, 'x');

interface Answered {
  readonly status: number;
  /** Of the connection. */
  readonly port: number | undefined;
}

/** Programs send everything before they look for an answer, and the next request over the same connection. */
describe('a request that is refused before it has been read', () => {
  let emulator: TestEmulator;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(async () => {
    agent.destroy();
    await emulator[Symbol.asyncDispose]();
  });

  const send = (method: string, path: string, headers: IncomingHttpHeaders, body: Buffer) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    const outgoing = httpRequest(`${emulator.url}${path}`, { method, agent, headers }, (incoming) => {
      incoming.resume();
      incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, port: outgoing.socket?.localPort }));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
    return promise;
  };
  const form = (body: Buffer) => {
    const headers = {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': String(body.length),
    };
    return send('POST', `/${BUCKET}`, headers, body);
  };
  const policy = (body: Buffer) => {
    const query = { policy: '', comp: 'callback' };
    const signed = signRequest(
      { method: 'PUT', bucket: BUCKET, query },
      { credentials: CREDENTIALS, region: REGION, now: new Date() },
    );
    const headers = { ...signed.headers, 'transfer-encoding': 'chunked' };
    return send('PUT', `/${BUCKET}/?policy&comp=callback`, headers, body);
  };

  it.each<[string, number, () => Promise<Answered>]>([
    ['an expired policy', 403, () => form(formBody(signedFields({ expiresInSeconds: -1 }), [filePart(MUCH)]))],
    [
      'a file that is too large',
      400,
      () => form(formBody(signedFields({ conditions: [['content-length-range', 0, 9]] }), [filePart(MUCH)])),
    ],
    ['a field that is too large', 400, () => form(Buffer.concat([field('a', MUCH.toString()), closing]))],
    ['no form at all', 400, () => form(MUCH)],
    ['an XML that is too large', 400, () => policy(MUCH)],
    ['no permission', 403, () => send('PUT', `/${BUCKET}/k`, { 'content-length': String(MUCH.length) }, MUCH)],
  ])('for %s leaves its connection to the next one', async (_what, status, refused) => {
    const first = await refused();
    expect(first.status).toBe(status);
    expect(await form(formBody(signedFields()))).toEqual({ status: 204, port: first.port });
  });
});
