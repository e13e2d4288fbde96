import 'reflect-metadata';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type INestApplication, Logger } from '@nestjs/common';
import { OSS_CALLBACK_PUBLIC_KEYS, UploadTicketKeyRing, issueUploadTicket } from '@oss-callback/oss-callback';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCallbackSigner } from '../src/testing/index.ts';
import { TICKET_SECRET, claims, fields } from './receiver.ts';
import { send } from './send.ts';

const readme = readFileSync(new URL('../../oss-callback/README.md', import.meta.url), 'utf8');
const program = /^```ts\n\/\/ nest\.ts\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? '';
const START = /^await \((await .*)\)\.listen\(3280\);$/m;
// Inside the workspace, so that the program finds the packages that it imports.
const folder = mkdtempSync(path.join(fileURLToPath(new URL('.', import.meta.url)), '.snippets-'));

// Trusted as OSS's own is, so that the program needs no change for the test.
const signer = createCallbackSigner('https://oss.test/callback_pub_key.pem');
const trustedKeys = OSS_CALLBACK_PUBLIC_KEYS as Map<string, string>;
const times = { issuedAt: new Date(Date.now() - 60_000), expiresAt: new Date(Date.now() + 60_000) };
const ticket = issueUploadTicket({ ...claims, ...times }, new UploadTicketKeyRing([TICKET_SECRET]));

describe('the Nest program in the README of oss-callback', () => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    const file = path.join(folder, 'nest.ts');
    assert.match(program, START);
    // Another port, and a handle to close it by.
    writeFileSync(file, program.replace(START, "export const app = $1;\nawait app.listen(0, '127.0.0.1');"));
    vi.stubEnv('UPLOAD_TICKET_SECRET', TICKET_SECRET);
    Logger.overrideLogger(false);
    trustedKeys.set(signer.publicKeyUrl, signer.publicKeys.get(signer.publicKeyUrl) ?? '');
    ({ app } = (await import(pathToFileURL(file).href)) as { app: INestApplication });
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await app.close();
    trustedKeys.delete(signer.publicKeyUrl);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('compiles under strict settings', () => {
    writeFileSync(path.join(folder, 'nest.ts'), program);
    const compilerOptions = { noPropertyAccessFromIndexSignature: false };
    const tsconfig = { extends: '../../tsconfig.json', compilerOptions, include: [], files: ['nest.ts'] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
    const args = [path.join(path.dirname(typescript), 'bin/tsc'), '-p', folder];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('');
  });

  it('accepts an honest callback', async () => {
    const answer = await send(url, signer.sign({ path: '/oss/callback?a=%20', body: { ticket, ...fields } }));
    expect(answer).toMatchObject({ status: 200, text: '{"accepted":true,"id":"upload-1"}' });
    expect(answer.headers['content-length']).toBe(String(answer.text.length));
  });

  it('refuses one whose body was changed, one without a ticket, and one about another object', async () => {
    const honest = signer.sign({ path: '/oss/callback', body: { ticket, ...fields } });
    const changed = { ...honest, body: Buffer.from(honest.body.toString().replace('15', '16')) };
    const bare = signer.sign({ path: '/oss/callback', body: fields });
    const other = signer.sign({ path: '/oss/callback', body: { ticket, ...fields, object: 'another.png' } });
    const answers = [await send(url, changed), await send(url, bare), await send(url, other)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 403]);
  });
});
