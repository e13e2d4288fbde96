import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, elementText, sendRaw } from '../../test/emulator-client.ts';
import { BOUNDARY, closing, field, filePart, formBody, part, postForm, signedFields } from '../../test/post-form.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('forms that no browser would send', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const signed = (): Buffer[] =>
    Object.entries(signedFields({ key: 'hostile' })).map(([name, value]) => field(name, value));
  const form = (...parts: readonly Buffer[]): Buffer => Buffer.concat([...signed(), ...parts]);

  it.each<[string, () => Buffer, string, string | undefined]>([
    [
      '10 000 fields',
      () => form(...Array.from({ length: 10_000 }, () => field('f', '')), filePart(), closing),
      'MaxPOSTPreDataLengthExceededError',
      '0006-00000112',
    ],
    [
      'a name of 10 000 characters',
      () => form(field('n'.repeat(10_000), ''), filePart(), closing),
      'FieldItemTooLong',
      '0006-00000110',
    ],
    [
      'a name of a megabyte',
      () => form(field('n'.repeat(1_000_000), ''), filePart(), closing),
      'FieldItemTooLong',
      '0006-00000110',
    ],
    [
      'a value beyond 2 MB',
      () => form(field('v', 'x'.repeat(2 * 1024 * 1024 + 1)), filePart(), closing),
      'FieldItemTooLong',
      '0006-00000111',
    ],
    [
      '10 MB before the file',
      () => form(...Array.from({ length: 5 }, () => field('v', 'x'.repeat(2_000_000))), filePart(), closing),
      'MaxPOSTPreDataLengthExceededError',
      '0006-00000112',
    ],
    ['no file', () => form(closing), 'IncorrectNumberOfFilesInPOSTRequest', '0006-00000107'],
    ['two files', () => form(filePart(), filePart(), closing), 'IncorrectNumberOfFilesInPOSTRequest', '0006-00000107'],
    ['no closing boundary', () => form(filePart()), 'MalformedPOSTRequest', '0006-00000104'],
    [
      'no closing boundary behind the file',
      () => form(filePart(), field('submit', 'Upload')),
      'MalformedPOSTRequest',
      '0006-00000104',
    ],
    ['an empty body', () => Buffer.alloc(0), 'MalformedPOSTRequest', '0006-00000104'],
    ['nothing but the closing boundary', () => closing, 'IncorrectNumberOfFilesInPOSTRequest', '0006-00000107'],
    ['a part without headers', () => form(part(''), filePart(), closing), 'MalformedPOSTRequest', '0006-00000103'],
    [
      'a value that is no UTF-8',
      () => form(part('Content-Disposition: form-data; name="v"', Buffer.from([0xff])), filePart(), closing),
      'MalformedPOSTRequest',
      '0006-00000103',
    ],
    [
      'a null byte in the key',
      () => Buffer.concat([field('key', 'a\0b'), filePart(), closing]),
      'InvalidObjectName',
      '0016-00000002',
    ],
  ])('%s are refused as OSS refuses them, and nothing is stored', async (_what, body, code, ec) => {
    const response = await postForm(emulator.url, body());
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([400, code, ec]);
    expect((await emulator.send('HEAD', { key: 'hostile' })).status).toBe(404);
  });

  it('answers whatever a signed form is turned into, and never by an internal error', { timeout: 60_000 }, async () => {
    const whole = formBody(signedFields({ key: 'fuzzed' }), [filePart('file content'), field('submit', 'Upload')]);
    const edit = fc.tuple(
      fc.nat(whole.length - 1),
      fc.nat(30),
      fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom('\r\n', '--', '"', `--${BOUNDARY}`, '\0', 'name="file"'),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let body: Buffer = whole;
        for (const [at, removed, inserted] of edits) {
          body = Buffer.concat([body.subarray(0, at), Buffer.from(inserted), body.subarray(at + removed)]);
        }
        const { status } = await postForm(emulator.url, body);
        expect([204, 400, 403]).toContain(status);
      }),
      { numRuns: 500 },
    );
  });

  it('stores a file that is a form itself as it is', async () => {
    const inner = formBody({ key: 'inner' }).toString().replaceAll(BOUNDARY, 'inner');
    const body = Buffer.concat([
      ...Object.entries(signedFields({ key: 'nested' })).map(([name, value]) => field(name, value)),
      filePart(inner, 'name="file"; filename="f"', 'multipart/mixed; boundary=inner'),
      closing,
    ]);
    expect((await postForm(emulator.url, body)).status).toBe(204);
    expect((await emulator.send('GET', { key: 'nested' })).text).toBe(inner);
  });

  it('refuses a form that announces more than 5 GB without reading it', async () => {
    const head = [
      `POST /${BUCKET} HTTP/1.1`,
      'Host: localhost',
      `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length: 6443500495',
      'Expect: 100-continue',
    ];
    const answer = await sendRaw(emulator.url, `${head.join('\r\n')}\r\n\r\n`);
    expect([elementText(answer, 'Code'), elementText(answer, 'Message'), elementText(answer, 'EC')]).toEqual([
      'EntityTooLarge',
      'Post body size must be less than 5G.',
      '0006-00000003',
    ]);
    expect(answer).not.toContain('100 Continue');
  });

  it('asks for a length when a form has neither length nor chunks', async () => {
    const head = `POST /${BUCKET} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nConnection: close\r\n\r\n`;
    expect(elementText(await sendRaw(emulator.url, head), 'Code')).toBe('MissingContentLength');
  });

  it('keeps nothing of a form whose client goes away in the middle of the file', async () => {
    const { hostname, port } = new URL(emulator.url);
    const body = Buffer.concat([
      ...Object.entries(signedFields({ key: 'cut' })).map(([name, value]) => field(name, value)),
      filePart('x'.repeat(100_000)).subarray(0, 50_000),
    ]);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /${BUCKET} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: 200000\r\n\r\n`,
    );
    socket.write(body);
    await setTimeout(100);
    socket.destroy();
    await setTimeout(100);
    expect(emulator.log.at(-1)).toContain('the client closed the connection');
    expect((await emulator.send('HEAD', { key: 'cut' })).status).toBe(404);
  });

  it('needs no more memory for a value that arrives a byte at a time', async () => {
    const { hostname, port } = new URL(emulator.url);
    const socket = connect(Number(port), hostname);
    const answered = new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
    const chunks = (bytes: Buffer): string =>
      [...bytes].map((byte) => `1\r\n${String.fromCharCode(byte)}\r\n`).join('');
    socket.write(
      `POST /${BUCKET} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      'latin1',
    );
    const before = process.memoryUsage().rss;
    const body = formBody({ key: 'bytewise', filler: 'x'.repeat(300_000) });
    socket.write(`${chunks(body)}0\r\n\r\n`, 'latin1');
    // Anonymous: the form has been read to its file, and is refused for that.
    expect(await answered).toContain('<Code>AccessDenied</Code>');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    socket.destroy();
  });
});
