import { beforeEach, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

const HOUR_MS = 3600 * 1000;

describe('domain names of a bucket', () => {
  let emulator: TestEmulator;
  let now: Date;

  beforeEach(async () => {
    now = new Date('2026-11-22T11:43:45Z');
    emulator = await startTestEmulator({ now: () => now });
    return () => emulator[Symbol.asyncDispose]();
  });

  const xml = (elements: string) => `<BucketCnameConfiguration>${elements}</BucketCnameConfiguration>`;
  const post = (comp: string, domain: string, bucket = BUCKET) =>
    emulator.send('POST', {
      bucket,
      query: { cname: '', comp },
      body: xml(`<Cname><Domain>${domain}</Domain></Cname>`),
    });
  const getToken = (cname: string) => emulator.send('GET', { query: { cname, comp: 'token' } });

  it('have a token each, the same for three days', async () => {
    const created = await post('token', 'www.example.com');
    const members = ['Bucket', 'Cname', 'Token', 'ExpireTime'];
    const first = members.map(created.element);
    expect(first).toEqual([
      BUCKET,
      'www.example.com',
      expect.stringMatching(/^[0-9a-f]{32}$/),
      'Wed, 25 Nov 2026 11:43:45 GMT',
    ]);
    now = new Date(now.getTime() + 71 * HOUR_MS);
    expect(members.map((await post('token', 'www.example.com')).element)).toEqual(first);
    expect(members.map((await getToken('www.example.com')).element)).toEqual(first);
    now = new Date(now.getTime() + HOUR_MS);
    const gone = await getToken('www.example.com');
    expect([gone.status, gone.element('Code'), gone.element('EC'), gone.element('Cname')]).toEqual([
      404,
      'CnameTokenNotFound',
      '0018-00000301',
      'www.example.com',
    ]);
    expect((await post('token', 'www.example.com')).element('Token')).not.toBe(first[2]);
  });

  it('are not bound, for whose they are is not known', async () => {
    await post('token', 'example.com');
    const refused = await post('add', 'example.com');
    expect([refused.status, refused.element('Code'), refused.element('EC')]).toEqual([
      403,
      'NeedVerifyDomainOwnership',
      '0018-00000115',
    ]);
    const listed = await emulator.send('GET', { query: { cname: '' } });
    expect([listed.element('Bucket'), listed.element('Cname')]).toEqual([BUCKET, undefined]);
    expect((await post('delete', 'example.com')).status).toBe(200);
  });

  it.each(['add', 'token', 'delete'])('%s wants a domain name and a bucket', async (comp) => {
    const body = xml('<Cname/>');
    const malformed = await emulator.send('POST', { query: { cname: '', comp }, body });
    expect(malformed.element('Code')).toBe('MalformedXML');
    expect((await post(comp, 'not a name')).element('Code')).toBe('InvalidArgument');
    expect((await post(comp, 'example.com', 'not-there')).element('Code')).toBe('NoSuchBucket');
  });
});
