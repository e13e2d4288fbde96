import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../test/callback-receiver.ts';
import type { CallbackReceiver } from '../../test/callback-receiver.ts';
import { formBody, postForm, signedFields } from '../../test/post-form.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64');
const item = (name: string, callback: string, callbackVar?: string): string =>
  `<PolicyItem><PolicyName>${name}</PolicyName><Callback>${callback}</Callback>` +
  `${callbackVar === undefined ? '' : `<CallbackVar>${callbackVar}</CallbackVar>`}</PolicyItem>`;
const document = (...items: readonly string[]): string =>
  `<?xml version="1.0"?><BucketCallbackPolicy>${items.join('')}</BucketCallbackPolicy>`;

describe('the callback policy of a bucket', () => {
  let emulator: TestEmulator;
  let receiver: CallbackReceiver;
  let callback: string;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    receiver = await startReceiver();
    callback = base64({ callbackUrl: `${receiver.url}/policy`, callbackBody: 'k=${object}&a=${x:a}&b=${x:b}' });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  const policy = (method: string, body?: string) =>
    emulator.send(method, { query: { policy: '', comp: 'callback' }, ...(body === undefined ? {} : { body }) });
  const last = () => receiver.received.at(-1)!;

  it('is put, got back and deleted as the SDKs of Java and Python do it', async () => {
    expect((await policy('DELETE')).status).toBe(204);
    const missing = await policy('GET');
    expect([missing.status, missing.element('Code')]).toEqual([404, 'BucketCallbackPolicyNotExist']);
    expect((await policy('PUT', document())).status).toBe(200);
    expect((await policy('GET')).status).toBe(200);
    const variables = base64({ 'x:a': '1' });
    const put = await policy('PUT', document(item('test_1', callback, ''), item('test_2', callback, variables)));
    expect([put.status, put.text]).toEqual([200, '']);
    const got = await policy('GET');
    expect(got.text.replaceAll(/>\s+</g, '><')).toContain(
      `<BucketCallbackPolicy>${item('test_1', callback, '')}${item('test_2', callback, variables)}</BucketCallbackPolicy>`,
    );
    expect((await policy('DELETE')).status).toBe(204);
    expect((await policy('GET')).status).toBe(404);
  });

  it('supplies callback and variables to every upload that names it', async () => {
    const variables = base64({ 'x:a': 'of the policy', 'x:b': 'of the policy' });
    await policy('PUT', document(item('test_2', callback, variables)));
    // The blank behind the JSON is what the Java SDK's test sends.
    const named = Buffer.from('{"callbackPolicy":"test_2"} ').toString('base64');
    const own = base64({ 'x:a': 'own' });
    const headers = { 'x-oss-callback': named, 'x-oss-callback-var': own };
    const put = await emulator.send('PUT', { key: 'put', body: 'b', headers });
    expect([put.status, put.text]).toEqual([200, '{"Status":"OK"}']);
    expect([last().target, last().body.toString()]).toEqual(['/policy', 'k=put&a=own&b=of%20the%20policy']);

    const query = { callback: named, 'callback-var': own };
    expect((await emulator.send('PUT', { key: 'query', body: 'b', query })).text).toBe('{"Status":"OK"}');
    expect(last().body.toString()).toBe('k=query&a=own&b=of%20the%20policy');

    const form = signedFields({ key: 'form', callback: named, fields: { 'x:b': 'own' } });
    expect((await postForm(emulator.url, formBody(form))).text).toBe('{"Status":"OK"}');
    expect(last().body.toString()).toBe('k=form&a=of%20the%20policy&b=own');

    const begun = await emulator.send('POST', { key: 'parts', query: { uploads: '' } });
    const uploadId = begun.element('UploadId') ?? '';
    await emulator.send('PUT', { key: 'parts', query: { uploadId, partNumber: '1' }, body: 'part' });
    const completed = await emulator.send('POST', {
      key: 'parts',
      query: { uploadId },
      headers: { 'x-oss-callback': named, 'x-oss-complete-all': 'yes' },
    });
    expect(completed.text).toBe('{"Status":"OK"}');
    expect(last().body.toString()).toBe('k=parts&a=of%20the%20policy&b=of%20the%20policy');
  });

  it.each([
    ['no XML', 'nonsense', 'MalformedXML'],
    ['another document', '<Policy/>', 'MalformedXML'],
    ['an item without a name', document(item('', 'e30=')), 'MalformedXML'],
    ['a callback that is no Base64', document(item('a', '%%%')), 'InvalidArgument'],
    ['a callback without a URL', document(item('a', 'e30=')), 'InvalidArgument'],
    ['variables that are no JSON', document(item('a', 'e30=', 'AAAA')), 'InvalidArgument'],
    ['more than a bucket keeps', document('<PolicyItem/>'.repeat(30_000)), 'EntityTooLarge'],
  ])('is refused for %s', async (_what, body, code) => {
    const response = await policy('PUT', body);
    expect([response.status, response.element('Code')]).toEqual([400, code]);
  });

  it('is refused when two items have the same name', async () => {
    const response = await policy('PUT', document(item('a', callback), item('a', callback)));
    expect([response.status, response.element('ArgumentName')]).toEqual([400, 'PolicyName']);
  });

  it('belongs to a bucket that is there', async () => {
    const query = { policy: '', comp: 'callback' };
    const missing = { bucket: 'no-such-bucket', query };
    const answers = await Promise.all([
      emulator.send('PUT', { ...missing, body: document() }),
      emulator.send('GET', missing),
      emulator.send('DELETE', missing),
    ]);
    expect(answers.map((answer) => answer.element('Code'))).toEqual(['NoSuchBucket', 'NoSuchBucket', 'NoSuchBucket']);
  });
});
