import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCallbackParam } from '@oss-callback/oss-callback';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { formBody, postForm, signedFields } from '../../test/post-form.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('the callback of a form', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  const callbackTo = (url: string, body: string): string =>
    encodeCallbackParam({ callbackUrl: url, callbackBody: body, callbackBodyType: 'application/json' });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it('has a field of its own for each variable, and its answer is that of the form', async () => {
    const body =
      '{"key":${object},"size":${size},"type":${mimeType},"op":${operation},"user":${x:User},"none":${x:none}}';
    const fields = {
      'x:User': '小明 & co',
      success_action_status: '204',
      success_action_redirect: 'http://example.com/',
    };
    const form = signedFields({ key: 'called/back.txt', callback: callbackTo(`${receiver.url}/cb`, body), fields });
    const response = await postForm(emulator.url, formBody(form));
    expect([response.status, response.text]).toEqual([200, '{"Status":"OK"}']);
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      etag: '"D10B4C3FF123B26DC068D43A8BEF2D23"',
    });
    expect(response.headers['location']).toBeUndefined();
    expect(JSON.parse(receiver.received.at(-1)!.body.toString())).toEqual({
      key: 'called/back.txt',
      size: 12,
      type: 'text/plain',
      op: 'PostObject',
      user: '小明 & co',
      none: '',
    });
    expect(receiver.received.at(-1)!.headers).toMatchObject({ 'x-oss-tag': 'CALLBACK' });
  });

  it('leaves the object stored when it fails, and says so with 203', async () => {
    await using refusing = await startReceiver((response) => response.writeHead(400, { 'content-length': 0 }).end());
    const form = signedFields({ key: 'stored', callback: callbackTo(refusing.url, '{}') });
    const response = await postForm(emulator.url, formBody(form));
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([
      203,
      'CallbackFailed',
      '0007-00000203',
    ]);
    expect((await emulator.send('HEAD', { key: 'stored' })).status).toBe(200);
  });

  it.each([
    ['no Base64', '%%%', {}, '0007-00000002'],
    ['no JSON', base64('{'), {}, '0007-00000003'],
    ['an empty body', base64('{"callbackUrl":"http://127.0.0.1/","callbackBody":""}'), {}, '0007-00000011'],
    ['$(name)', base64('{"callbackUrl":"http://127.0.0.1/","callbackBody":"a=$(object)"}'), {}, '0007-00000105'],
    ['more than 5 KB', 'A'.repeat(5124), {}, '0007-00000001'],
    [
      'variables beyond 5 KB',
      base64('{"callbackUrl":"http://127.0.0.1/","callbackBody":"a"}'),
      { 'x:a': 'x'.repeat(6000) },
      '0007-00000101',
    ],
  ])('is refused before anything is stored: %s', async (_what, callback, fields, ec) => {
    const form = signedFields({ key: 'never', callback, fields });
    const response = await postForm(emulator.url, formBody(form));
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([400, 'InvalidArgument', ec]);
    expect((await emulator.send('HEAD', { key: 'never' })).status).toBe(404);
  });

  it('refuses a private target before anything is stored when it is told to behave as the cloud', async () => {
    await using cloud = await startTestEmulator({ callbackTargets: 'cloud' });
    const form = signedFields({ key: 'never', callback: callbackTo('http://10.0.0.1/', '{}') });
    const response = await postForm(cloud.url, formBody(form));
    expect([response.status, response.element('EC')]).toEqual([400, '0007-00000008']);
    expect((await cloud.send('HEAD', { key: 'never' })).status).toBe(404);
  });

  it('is not read from a header or the query of a form', async () => {
    const before = receiver.received.length;
    const response = await postForm(emulator.url, formBody(signedFields()), {
      'x-oss-callback': callbackTo(receiver.url, '{}'),
    });
    expect(response.status).toBe(204);
    expect(receiver.received).toHaveLength(before);
  });
});
