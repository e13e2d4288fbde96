import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { verifyCallbackSignature } from '@oss-callback/oss-callback';
import { startEmulator, type Emulator } from '@oss-callback/oss-emulator';
import { checkPostPolicy, signRequest, verifyPostForm } from '@oss-callback/oss-signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS, REGION } from '../src/start-system.ts';

const SNIPPET = /^```ts\n\/\/ (\S+\.ts)\n([\s\S]*?)^```/gm;
const readme = readFileSync(new URL('../../../packages/oss-signing/README.md', import.meta.url), 'utf8');
const programs = new Map([...readme.matchAll(SNIPPET)].map(([, name = '', code = '']) => [name, code]));
// Inside the workspace, so that the programs find the packages that they import.
const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), '.snippets-'));
const picture = Buffer.from('no picture, but bytes');
const etag = `"${createHash('md5').update(picture).digest('hex').toUpperCase()}"`;

/** What the fragments of the README take as given. */
const PRELUDES: Readonly<Record<string, string>> = {
  'verify-request.ts': `
import { signRequest } from '@oss-callback/oss-signing';
const keys = new Map([['id', { accessKeyId: 'id', accessKeySecret: 'secret' }]]);
const signedWith = { accessKeyId: 'id', accessKeySecret: process.env['SIGNED_WITH'] ?? '' };
const [method, bucket, key, query] = ['PUT', 'examplebucket', '猫 1.jpg', { acl: '' }];
const { headers } = signRequest({ method, bucket, key, query }, { credentials: signedWith, region: 'cn-hangzhou', now: new Date() });
`,
  'explain-mismatch.ts': `
const { OSS_ACCESS_KEY_ID: accessKeyId = '', OSS_ACCESS_KEY_SECRET: accessKeySecret = '' } = process.env;
const options = { credentials: { accessKeyId, accessKeySecret }, region: 'cn-hangzhou', now: new Date() };
const request = { method: 'PUT', bucket: 'examplebucket', key: 'a.jpg', headers: { 'content-type': 'image/jpeg' } };
const url = 'https://oss-cn-hangzhou.aliyuncs.com/examplebucket/a.jpg';
const added: Record<string, string> = { 'content-type': 'image/jpeg; charset=utf-8' };
const body = 'any';
`,
  'sign-post-form.ts': `
import { encodeCallbackParam } from '@oss-callback/oss-callback';
const { OSS_ACCESS_KEY_ID: accessKeyId = '', OSS_ACCESS_KEY_SECRET: accessKeySecret = '' } = process.env;
const credentials = { accessKeyId, accessKeySecret };
const callback = encodeCallbackParam({
  callbackUrl: 'https://app.example.com/oss/callback',
  callbackBody: '{"object":\${object},"size":\${size},"user":\${x:user}}',
  callbackBodyType: 'application/json',
});
`,
};
const EPILOGUES: Readonly<Record<string, string>> = {
  'verify-request.ts': `process.stdout.write(JSON.stringify(result));`,
  'sign-post-form.ts': `process.stdout.write(JSON.stringify(fields));`,
};

let emulator: Emulator;
const received: unknown[] = [];
const receiver = createServer((request, response) => {
  const answer = async (): Promise<void> => {
    const body = await buffer(request);
    const publicKeyUrl = `${emulator.url}/__emulator/callback_pub_key_v1.pem`;
    const publicKeys = new Map([[publicKeyUrl, await (await fetch(publicKeyUrl)).text()]]);
    const { authorization, 'x-oss-pub-key-url': named } = request.headers;
    const signed = { requestTarget: request.url ?? '', body, authorization, publicKeyUrl: named };
    received.push({ verified: verifyCallbackSignature(signed, { publicKeys }).ok, host: request.headers.host });
    response.setHeader('content-type', 'application/json');
    response.end(body);
  };
  void answer();
});

async function run(name: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const code = `${PRELUDES[name] ?? ''}${programs.get(name) ?? ''}${EPILOGUES[name] ?? ''}`;
  const file = join(folder, name);
  writeFileSync(file, code.replaceAll('https://oss-cn-hangzhou.aliyuncs.com', emulator.url));
  const { accessKeyId, accessKeySecret } = CREDENTIALS;
  const env = { OSS_ACCESS_KEY_ID: accessKeyId, OSS_ACCESS_KEY_SECRET: accessKeySecret, ...environment };
  const args = ['--no-warnings', '--conditions=@oss-callback/source', file];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  return stdout;
}

/** What is stored now, read by a request signed in this process. */
async function stored(key: string): Promise<string> {
  const options = { credentials: CREDENTIALS, region: REGION, now: new Date() };
  const { headers } = signRequest({ method: 'GET', bucket: 'examplebucket', key }, options);
  return (await fetch(`${emulator.url}/examplebucket/${encodeURI(key)}`, { headers })).text();
}

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const route = `https://app.example.com=http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  emulator = await startEmulator({ credentials: CREDENTIALS, buckets: ['examplebucket'], callbackRoutes: [route] });
  writeFileSync(join(folder, 'cat.jpg'), picture);
});

afterAll(async () => {
  await emulator.close();
  receiver.close();
  rmSync(folder, { recursive: true });
});

describe('README of oss-signing', () => {
  it.each(['sign-put.ts', 'presign-put.ts'])('needs no more than twelve lines in %s', (name) => {
    const lines = (programs.get(name) ?? '').split('\n').filter((line) => !/^(?:import .*|\s*)$/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(12);
  });

  it('has programs that compile under strict settings', () => {
    for (const [name, code] of programs) {
      writeFileSync(join(folder, name), `${PRELUDES[name] ?? ''}${code}`);
    }
    const compilerOptions = { noPropertyAccessFromIndexSignature: false };
    const files = [...programs.keys()];
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include: [], files }),
    );
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const args = [join(dirname(typescript), 'bin/tsc'), '-p', folder];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('');
  });

  it('stores an object by the signed PUT', async () => {
    expect(await run('sign-put.ts')).toBe(`200 ${etag}\n`);
    expect(await stored('photos/猫 1.jpg')).toBe(picture.toString());
  });

  it('presigns a PUT whose callback arrives, signed, and whose answer is the receiver’s', async () => {
    received.length = 0;
    const url = (await run('presign-put.ts')).trim();
    const response = await fetch(url, { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: picture });
    expect({ status: response.status, body: await response.text() }).toEqual({
      status: 200,
      body: `{"object":"photos/猫 1.jpg","size":${picture.length},"user":"42"}`,
    });
    expect(received).toEqual([{ verified: true, host: 'app.example.com' }]);
  });

  it('refuses the presigned PUT after its callback was exchanged', async () => {
    const url = new URL((await run('presign-put.ts')).trim());
    url.searchParams.set('callback', Buffer.from('{"callbackUrl":"http://a.example"}').toString('base64'));
    const response = await fetch(url, { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: picture });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  it('makes a form that verifies and obeys its policy', async () => {
    const fields = JSON.parse(await run('sign-post-form.ts')) as Record<string, string>;
    const asked = { findCredentials: () => CREDENTIALS, now: new Date(), region: REGION };
    expect(verifyPostForm(fields, asked)).toMatchObject({ ok: true });
    const { policy = '' } = fields;
    const sent = { ...fields, 'content-type': 'image/jpeg', key: 'user/42/${filename}' };
    expect(checkPostPolicy(policy, { bucket: 'examplebucket', fields: sent, now: new Date() })).toMatchObject({
      ok: true,
    });
  });

  it('explains why the emulator refused a PUT', async () => {
    const printed = await run('explain-mismatch.ts');
    expect(printed).toContain('HTTP clients change Content-Type');
    expect(printed).toContain("server: 'content-type:image/jpeg; charset=utf-8'");
  });

  it('verifies a request, and prints what it signed when the secret is another', async () => {
    expect(JSON.parse(await run('verify-request.ts', { SIGNED_WITH: 'secret' }))).toMatchObject({ ok: true });
    const printed = await run('verify-request.ts', { SIGNED_WITH: 'another' });
    expect(printed).toMatch(/^OSS4-HMAC-SHA256\n/);
    expect(printed).toContain('"reason":"signature-mismatch"');
  });
});
