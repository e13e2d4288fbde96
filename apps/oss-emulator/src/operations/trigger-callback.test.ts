import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('TriggerCallback', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    receiver = await startReceiver();
    await emulator.send('PUT', { key: 'objectKey', body: 'content', headers: { 'content-type': 'text/plain' } });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  /** As the Android SDK sends it: org.json writes slashes as `\/`, the body is signed by its MD5 only. */
  const trigger = (body: string, key = 'objectKey') =>
    emulator.send('POST', {
      key,
      query: { 'x-oss-process': '' },
      body,
      headers: { 'content-md5': createHash('md5').update(body).digest('base64'), 'content-type': 'text/plain' },
    });
  const param = (url: string, body: string): string =>
    base64(JSON.stringify({ callbackUrl: url, callbackBody: body }).replaceAll('/', String.raw`\/`));

  it('calls back about an object that is there, and answers what the receiver says', async () => {
    const callback = param(
      `${receiver.url}/triggered`,
      'k=${object}&s=${size}&t=${mimeType}&e=${etag}&v=${x:key1}&o=${operation}',
    );
    const variables = base64('{"x:key1":"value1"}');
    const response = await trigger(`x-oss-process=trigger/callback,callback_${callback},callback-var_${variables}`);
    expect([response.status, response.text]).toEqual([200, '{"Status":"OK"}']);
    expect(receiver.received.at(-1)!.body.toString()).toBe(
      'k=objectKey&s=7&t=text%2Fplain&e=9A0364B9E99BB480DD25E1F0284C8555&v=value1&o=TriggerCallback',
    );
    expect(emulator.journal.entries()[0]).toMatchObject({ operation: 'TriggerCallback', key: 'objectKey' });
  });

  it('needs no variables', async () => {
    const callback = param(receiver.url, 'test');
    expect((await trigger(`x-oss-process=trigger/callback,callback_${callback},callback-var_`)).text).toBe(
      '{"Status":"OK"}',
    );
    expect((await trigger(`x-oss-process=trigger/callback,callback_${callback}`)).status).toBe(200);
    expect(receiver.received.at(-1)!.body.toString()).toBe('test');
  });

  it('takes URL-safe Base64 and an escaped body too', async () => {
    const callback = Buffer.from(JSON.stringify({ callbackUrl: receiver.url, callbackBody: 'a=??>>' })).toString(
      'base64url',
    );
    expect((await trigger(`x-oss-process=trigger%2Fcallback%2Ccallback_${callback}`)).text).toBe('{"Status":"OK"}');
  });

  it('answers 203 when the receiver does not do its part', async () => {
    await using refusing = await startReceiver((response) => response.writeHead(404, { 'content-length': 0 }).end());
    const response = await trigger(`x-oss-process=trigger/callback,callback_${param(refusing.url, 'test')}`);
    expect([response.status, response.element('Code'), response.element('Message')]).toEqual([
      203,
      'CallbackFailed',
      'Error status : 404.',
    ]);
  });

  it.each([
    ['no callback', 'x-oss-process=trigger/callback,callback_,callback-var_', 400, 'InvalidArgument'],
    ['no parameters', 'x-oss-process=trigger/callback', 400, 'InvalidArgument'],
    ['a callback that is no Base64', 'x-oss-process=trigger/callback,callback_%%%', 400, 'InvalidArgument'],
    ['another process', 'x-oss-process=image/resize,w_100', 501, 'NotImplemented'],
    ['nothing', '', 501, 'NotImplemented'],
    ['more than any callback', `x-oss-process=trigger/callback,callback_${'A'.repeat(20_000)}`, 400, 'EntityTooLarge'],
  ])('refuses %s', async (_what, body, status, code) => {
    const response = await trigger(body);
    expect([response.status, response.element('Code')]).toEqual([status, code]);
  });

  it('is about an object that is there, and a body that has arrived whole', async () => {
    const body = `x-oss-process=trigger/callback,callback_${param(receiver.url, 'test')}`;
    expect((await trigger(body, 'missing')).element('Code')).toBe('NoSuchKey');
    const headers = { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    const torn = await emulator.send('POST', { key: 'objectKey', query: { 'x-oss-process': '' }, body, headers });
    expect(torn.element('Code')).toBe('InvalidDigest');
  });
});
