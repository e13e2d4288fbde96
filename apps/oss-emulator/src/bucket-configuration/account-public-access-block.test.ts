import { beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe("the account's block of public access", () => {
  let emulator: TestEmulator;

  beforeEach(async () => {
    emulator = await startTestEmulator();
    return () => emulator[Symbol.asyncDispose]();
  });

  const query = { publicAccessBlock: '' };
  const put = (elements: string) =>
    emulator.send('PUT', {
      bucket: '',
      query,
      body: `<PublicAccessBlockConfiguration>${elements}</PublicAccessBlockConfiguration>`,
    });
  const block = () => put('<BlockPublicAccess>true</BlockPublicAccess>');
  const get = () => emulator.send('GET', { bucket: '', query });
  const putAcl = (acl: string, bucket = BUCKET) =>
    emulator.send('PUT', { bucket, query: { acl: '' }, headers: { 'x-oss-acl': acl } });

  it('is off until it is put, and again when it is deleted', async () => {
    expect((await get()).element('BlockPublicAccess')).toBe('false');
    const answer = await block();
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    const got = await get();
    expect([got.status, got.headers['content-type'], got.element('BlockPublicAccess')]).toEqual([
      200,
      'application/xml',
      'true',
    ]);
    expect((await emulator.send('DELETE', { bucket: '', query })).status).toBe(204);
    expect((await get()).element('BlockPublicAccess')).toBe('false');
  });

  it('is off without the element, and refused with anything else in it', async () => {
    await block();
    expect((await put('')).status).toBe(200);
    expect((await get()).element('BlockPublicAccess')).toBe('false');
    expect((await put('<BlockPublicAccess>yes</BlockPublicAccess>')).element('Code')).toBe('MalformedXML');
  });

  it('closes public buckets while it is on', async () => {
    await emulator.send('PUT', { key: 'k', body: 'b' });
    await putAcl('public-read');
    const anonymous = () => emulator.send('GET', { key: 'k', signature: 'none' });
    expect((await anonymous()).status).toBe(200);
    await block();
    const refused = await anonymous();
    expect([refused.status, refused.element('Code')]).toEqual([403, 'AccessDenied']);
    expect((await emulator.send('GET', { key: 'k' })).text).toBe('b');
    await emulator.send('DELETE', { bucket: '', query });
    expect((await anonymous()).status).toBe(200);
  });

  it('lets no bucket be opened', async () => {
    await block();
    const created = await emulator.send('PUT', { bucket: 'opened', headers: { 'x-oss-acl': 'public-read' } });
    for (const refused of [created, await putAcl('public-read-write'), await putAcl('public-read', 'opened')]) {
      expect([refused.status, refused.element('Code'), refused.element('Message')]).toEqual([
        403,
        'AccessDenied',
        'Put public bucket acl is not allowed',
      ]);
    }
    expect((await emulator.send('GET', { bucket: 'opened' })).element('Code')).toBe('NoSuchBucket');
    expect((await putAcl('private')).status).toBe(200);
  });

  it('shows in no list of buckets and under no name, and a reset ends it', async () => {
    await block();
    const list = await emulator.send('GET', { bucket: '' });
    expect([...list.text.matchAll(/<Name>(.*?)<\/Name>/g)].map(([, name]) => name)).toEqual([BUCKET]);
    const named = await sendPlain(emulator.url, { method: 'GET', path: '/oss.emulator.account/?acl' });
    expect(named.element('Code')).toBe('InvalidBucketName');
    await emulator.reset();
    expect((await get()).element('BlockPublicAccess')).toBe('false');
  });

  it('is for the owner only', async () => {
    const refused = await emulator.send('GET', { bucket: '', query, signature: 'none' });
    expect([refused.status, refused.element('Code')]).toEqual([403, 'AccessDenied']);
  });
});
