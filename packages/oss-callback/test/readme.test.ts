import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { UploadTicketKeyRing, decodeCallbackParam, issueUploadTicket, verifyUploadTicket } from '../src/index.ts';
import published from '../src/vectors/callback-signature.json' with { type: 'json' };
import { readmeSnippets } from './readme-snippets.ts';
import { type CallbackToSend, callbackHeaders, cutOffCallback, sendCallback } from './send-callback.ts';
import { type SnippetServer, startSnippet } from './snippet-server.ts';

const workspace = fileURLToPath(new URL('..', import.meta.url));
// Inside the workspace, so that the programs find the packages that they import.
const folder = mkdtempSync(path.join(workspace, 'test/.snippets-'));
const preload = path.join(folder, 'trust-the-test-key.mjs');
const snippets = readmeSnippets();

const publicKeyUrl = 'https://oss.test/callback_pub_key_v1.pem';
const pair = generateKeyPairSync('rsa', {
  modulusLength: 512,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const secret = 'a secret that only this test knows';
const keyRing = new UploadTicketKeyRing([secret]);
const issuedAt = new Date(Date.now() - 60_000);
const claims = {
  id: 'upload-1',
  user: '42',
  route: 'photo',
  bucket: 'examplebucket',
  objectKey: 'user-42/落日 1.jpg',
  minSizeBytes: 1,
  maxSizeBytes: 5_000_000,
  issuedAt,
  expiresAt: new Date(Date.now() + 900_000),
};
const fields = {
  ticket: issueUploadTicket(claims, keyRing),
  bucket: claims.bucket,
  object: claims.objectKey,
  size: 1234,
};
const honest: CallbackToSend = {
  requestTarget: '/oss/callback',
  body: JSON.stringify(fields),
  contentType: 'application/json',
  privateKey: pair.privateKey,
  publicKeyUrl,
};
const formBody = new URLSearchParams({ ...fields, size: '1234' }).toString();
const expiredTicket = issueUploadTicket(
  { ...claims, issuedAt: new Date(Date.now() - 900_000), expiresAt: new Date(Date.now() - 600_000) },
  keyRing,
);

beforeAll(() => {
  for (const { fileName, code } of snippets) {
    writeFileSync(path.join(folder, fileName), code);
  }
  const trust = `import { OSS_CALLBACK_PUBLIC_KEYS } from '@oss-callback/oss-callback';
OSS_CALLBACK_PUBLIC_KEYS.set(${JSON.stringify(publicKeyUrl)}, ${JSON.stringify(pair.publicKey)});\n`;
  writeFileSync(preload, trust);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('README', () => {
  it('needs no more than twelve lines for anything', () => {
    const long = snippets.filter(({ lines }) => lines > 12).map(({ fileName, lines }) => `${fileName}: ${lines}`);
    expect(long).toEqual([]);
  });

  it('has programs that compile under strict settings', () => {
    const files = snippets.map(({ fileName }) => fileName).filter((name) => name !== 'nest.ts');
    const compilerOptions = { noPropertyAccessFromIndexSignature: false };
    const tsconfig = { extends: '../../tsconfig.json', compilerOptions, include: [], files };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const args = [path.join(path.dirname(typescript), 'bin/tsc'), '-p', folder];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('');
  });

  it('builds a callback whose ticket verifies', () => {
    const program = path.join(folder, 'print-callback.ts');
    const build = snippets.find(({ fileName }) => fileName === 'build-callback.ts');
    writeFileSync(program, `${build?.code}\nprocess.stdout.write(JSON.stringify({ ticket, headers }));`);
    const args = ['--no-warnings', '--conditions=@oss-callback/source', program];
    const env = { UPLOAD_TICKET_SECRET: secret };
    const printed: unknown = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }));
    const { ticket, headers } = printed as { ticket: string; headers: Record<string, string> };
    expect(verifyUploadTicket(ticket, { keyRing, now: new Date(), route: 'photo' })).toMatchObject({ ok: true });
    expect(decodeCallbackParam(headers['x-oss-callback'] ?? '')).toMatchObject({ ok: true });
  });
});

describe.each(['plain-node.ts', 'express.ts', 'fastify.ts', 'hono.ts'])('the receiver %s of the README', (fileName) => {
  let server: SnippetServer;
  beforeAll(async () => {
    server = await startSnippet(path.join(folder, fileName), {
      preload,
      environment: { UPLOAD_TICKET_SECRET: secret },
    });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each([
    ['JSON', honest],
    ['a form', { ...honest, body: formBody, contentType: 'application/x-www-form-urlencoded' }],
    ['a query', { ...honest, requestTarget: '/oss/callback?a=%20%2f+&b=%E4%B8%AD&&c' }],
  ])('accepts an honest callback with %s, and answers as OSS wants it', async (_what, callback) => {
    const answer = await sendCallback(server.port, { ...callback, headers: callbackHeaders(callback) });
    expect(answer).toMatchObject({ status: 200, body: '{"accepted":true,"id":"upload-1"}' });
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each([
    ['another body than the signed one', { ...honest, body: honest.body.replace('1234', '1235') }],
    ['the same JSON, written again', { ...honest, body: JSON.stringify(fields, undefined, 1) }],
    ['another query than the signed one', { ...honest, requestTarget: '/oss/callback?a' }],
  ])('refuses %s', async (_what, sent) => {
    const headers = { ...callbackHeaders(honest), 'content-length': String(Buffer.byteLength(sent.body)) };
    expect(await sendCallback(server.port, { ...sent, headers })).toMatchObject({ status: 403 });
  });

  it.each([
    ['without a ticket', JSON.stringify({ ...fields, ticket: undefined })],
    ['about another object', JSON.stringify({ ...fields, object: 'user-43/a.jpg' })],
    ['with a ticket that has expired', JSON.stringify({ ...fields, ticket: expiredTicket })],
    ['with a body that is no JSON', '{"ticket":'],
    ['with an empty body', ''],
  ])('refuses a callback that OSS signed, %s', async (_what, body) => {
    const callback = { ...honest, body };
    const answer = await sendCallback(server.port, { ...callback, headers: callbackHeaders(callback) });
    expect(answer).toMatchObject({ status: 403, body: '{"accepted":false}' });
  });

  it('refuses a callback that OSS signed for somebody else', async () => {
    const { body, authorization } = published.vectors[1]!;
    const headers = {
      ...callbackHeaders({ ...honest, body, contentType: 'application/x-www-form-urlencoded' }),
      authorization,
      'x-oss-pub-key-url': published.keys.oss.publicKeyUrlHeaders[0] ?? '',
    };
    const requestTarget = fileName === 'plain-node.ts' ? '/' : '/oss/callback';
    expect(await sendCallback(server.port, { requestTarget, body, headers })).toMatchObject({ status: 403 });
  });

  it('keeps answering after a callback that is too long, and one that was cut off', async () => {
    const long = { ...honest, body: 'x'.repeat(70_000) };
    const refused = await sendCallback(server.port, { ...long, headers: callbackHeaders(long) });
    expect([403, 413]).toContain(refused.status);
    await cutOffCallback(server.port, { ...honest, headers: callbackHeaders(honest) });
    const answer = await sendCallback(server.port, { ...honest, headers: callbackHeaders(honest) });
    expect(answer).toMatchObject({ status: 200 });
  });
});
