import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { HttpException } from '@nestjs/common';
import { signCallback } from '@oss-callback/oss-callback';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CallbackRefusedException } from '../src/index.ts';
import { claims, fields, type Receiver, signer, startReceiver } from './receiver.ts';
import { type Answer, send, sendRaw } from './send.ts';

const path = '/oss/callback';

function sendTo(receiver: Receiver, padding = ''): Promise<Answer> {
  const ticket = receiver.tickets.issue(claims);
  return send(receiver.url, signer.sign({ path, body: { ticket, ...fields, 'x:padding': padding } }));
}

describe('limits of a callback route', () => {
  it('refuses a body above the cap, declared or not, and takes one below it', async () => {
    await using receiver = await startReceiver(undefined, { maxBodyBytes: 1_000 });
    expect((await sendTo(receiver)).status).toBe(200);
    const declared = await sendTo(receiver, 'x'.repeat(1_000));
    expect([declared.status, declared.json]).toEqual([
      413,
      { error: { code: 'body-too-large', message: expect.any(String) as unknown } },
    ]);
    const chunk = `400\r\n${'x'.repeat(0x400)}\r\n`;
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    expect(await sendRaw(receiver.url, head + chunk, true)).toMatch(/^HTTP\/1.1 413 [^]*body-too-large/);
  });

  it('answers before a declared giant body has been sent', async () => {
    await using receiver = await startReceiver();
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2000000000\r\n\r\n{`;
    expect(await sendRaw(receiver.url, head, true)).toMatch(/^HTTP\/1.1 413 /);
  });

  it('refuses a body that does not arrive in time, and closes the connection', async () => {
    await using receiver = await startReceiver(undefined, { bodyTimeoutMs: 100 });
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`;
    expect(await sendRaw(receiver.url, head, true)).toMatch(/^HTTP\/1.1 408 [^]*body-timeout/);
    expect((await sendTo(receiver)).status).toBe(200);
  });

  it('survives a sender that leaves in the middle of the body', async () => {
    await using receiver = await startReceiver();
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`;
    await sendRaw(receiver.url, head);
    expect((await sendTo(receiver)).status).toBe(200);
  });

  it('answers 503 at the deadline, while OSS still listens', async () => {
    await using receiver = await startReceiver(undefined, { deadlineMs: 150 }, async () => {
      await delay(1_000, undefined, { ref: false });
    });
    const startedAtMs = performance.now();
    const answer = await sendTo(receiver);
    expect([answer.status, answer.json]).toEqual([
      503,
      { error: { code: 'deadline-exceeded', message: expect.any(String) as unknown } },
    ]);
    expect(performance.now() - startedAtMs).toBeLessThan(900);
  });
});

describe('the answer of a callback route', () => {
  it.each([
    { returned: undefined, text: '{}' },
    { returned: null, text: '{}' },
    { returned: { ok: true }, text: '{"ok":true}' },
    { returned: Buffer.from('{ "kept": "as it is" }'), text: '{ "kept": "as it is" }' },
  ])('is 200 and $text', async ({ returned, text }) => {
    await using receiver = await startReceiver(undefined, {}, () => returned);
    const answer = await sendTo(receiver);
    expect([answer.status, answer.text]).toEqual([200, text]);
    expect(answer.headers['content-length']).toBe(String(text.length));
    expect(answer.headers['content-type']).toBe('application/json');
  });

  const tooLarge = () => ({ text: 'x'.repeat(1_048_576) });
  const crash = () => {
    throw Object.assign(new TypeError('password=hunter2 at /srv/app'), { code: 'ECONNREFUSED' });
  };
  const disguised = () => {
    throw new HttpException('all is well', 200);
  };
  const rejected = () => {
    throw new CallbackRefusedException({ status: 404, code: 'unknown-upload', message: 'No such upload.' });
  };
  const named = () => {
    throw new HttpException({ secret: 'hunter2' }, 409);
  };
  it.each([
    { why: 'is too large for OSS', handler: tooLarge, status: 500, code: 'callback-failed' },
    { why: 'is an unexpected error', handler: crash, status: 500, code: 'callback-failed' },
    { why: 'is an error that claims to be a success', handler: disguised, status: 500, code: 'callback-failed' },
    { why: 'is an exception of the application', handler: named, status: 409, code: 'callback-refused' },
    { why: 'is a refusal of the application', handler: rejected, status: 404, code: 'unknown-upload' },
  ])('that $why is JSON with $status and tells nothing internal', async ({ handler, status, code }) => {
    await using receiver = await startReceiver(undefined, {}, handler);
    const answer = await sendTo(receiver);
    expect([answer.status, answer.json]).toEqual([status, { error: { code, message: expect.any(String) as unknown } }]);
    expect(answer.headers['content-length']).toBe(String(answer.text.length));
    expect(answer.text).not.toMatch(/hunter2|srv|ECONN|at /);
  });
});

describe('the target of a callback', () => {
  it('is verified with the path prefix that a proxy removed', async () => {
    await using receiver = await startReceiver(undefined, { externalPathPrefix: '/api' });
    const ticket = receiver.tickets.issue(claims);
    const request = signer.sign({ path: '/api/oss/callback', body: { ticket, ...fields } });
    expect((await send(receiver.url, { ...request, path })).status).toBe(200);
    expect((await sendTo(receiver)).status).toBe(401);
  });
});

describe('a forged callback with a key URL of its own', () => {
  it('is refused without a connection to that URL', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    let connections = 0;
    const keyServer = createServer((_request, response) =>
      response.end(publicKey.export({ type: 'spki', format: 'pem' })),
    );
    keyServer.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    await using receiver = await startReceiver();
    const keyUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/key.pem`;
    expect((await fetch(keyUrl)).status).toBe(200);
    connections = 0;

    const body = Buffer.from(JSON.stringify({ ticket: receiver.tickets.issue(claims), ...fields }));
    const headers = {
      authorization: signCallback({ requestTarget: path, body, privateKey }),
      'x-oss-pub-key-url': Buffer.from(keyUrl).toString('base64'),
    };
    const answer = await send(receiver.url, signer.sign({ path, body, headers }));
    expect([answer.status, answer.json]).toMatchObject([401, { error: { code: 'unknown-public-key-url' } }]);
    expect([connections, receiver.received]).toEqual([0, []]);
    await new Promise((resolve) => keyServer.close(resolve));
  });
});

describe('a route without the guards', () => {
  it('gets no callback from @OssCallback()', async () => {
    await using receiver = await startReceiver();
    const body = Buffer.from('{}');
    const headers = { 'content-type': 'application/vnd.oss-callback.raw-bytes', 'content-length': '2' };
    expect((await send(receiver.url, { method: 'POST', path: '/notes', headers, body })).status).toBe(415);
    expect(receiver.notes).toEqual([]);
    expect(
      (await send(receiver.url, { method: 'POST', path: '/unguarded', headers: {}, body: Buffer.alloc(0) })).status,
    ).toBe(500);
    expect(receiver.received).toEqual([]);
  });
});
