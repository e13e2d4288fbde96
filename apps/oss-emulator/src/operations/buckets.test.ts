import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('operations on buckets', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator({ accountId: '42', now: () => new Date('2026-11-22T11:43:45.600Z') });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it('PutBucket makes a private bucket, and succeeds again for its owner', async () => {
    for (const _time of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send('PUT', { bucket: 'new-bucket' });
      expect([response.status, response.headers['location'], response.body.length]).toEqual([200, '/new-bucket', 0]);
    }
    const acl = await emulator.send('GET', { bucket: 'new-bucket', query: { acl: '' } });
    expect(acl.element('Grant')).toBe('private');
    expect(acl.element('ID')).toBe('42');
  });

  it('PutBucketAcl names the bucket in Location, where ali-oss takes it from', async () => {
    const headers = { 'x-oss-acl': 'public-read' };
    const response = await emulator.send('PUT', { bucket: 'acl-bucket', query: { acl: '' }, headers });
    expect([response.status, response.headers['location']]).toEqual([200, '/acl-bucket']);
  });

  it('HEAD of a bucket tells its region, or that there is none', async () => {
    const head = await emulator.send('HEAD');
    expect([head.status, head.headers['x-oss-bucket-region'], head.body.length]).toEqual([200, 'oss-cn-hangzhou', 0]);
    const missing = await emulator.send('HEAD', { bucket: 'not-there' });
    expect([missing.status, missing.headers['x-oss-ec']]).toEqual([404, '0015-00000101']);
  });

  it('PutBucket takes ACL, storage class and location', async () => {
    const body =
      '<?xml version="1.0"?><CreateBucketConfiguration><LocationConstraint>oss-cn-hangzhou</LocationConstraint>' +
      '<StorageClass>IA</StorageClass></CreateBucketConfiguration>';
    const headers = { 'x-oss-acl': 'public-read' };
    expect((await emulator.send('PUT', { bucket: 'described', headers, body })).status).toBe(200);
    const info = await emulator.send('GET', { bucket: 'described', query: { bucketInfo: '' } });
    expect([info.element('StorageClass'), info.element('Grant')]).toEqual(['IA', 'public-read']);
    await emulator.send('PUT', { bucket: 'described', key: 'k', body: 'b' });
    const head = await emulator.send('HEAD', { bucket: 'described', key: 'k' });
    expect(head.headers['x-oss-storage-class']).toBe('IA');
  });

  it.each([
    ['InvalidArgument', { headers: { 'x-oss-acl': 'public' } }],
    [
      'InvalidArgument',
      { body: '<CreateBucketConfiguration><StorageClass>Warm</StorageClass></CreateBucketConfiguration>' },
    ],
    [
      'InvalidLocationConstraint',
      {
        body: '<CreateBucketConfiguration><LocationConstraint>oss-moon</LocationConstraint></CreateBucketConfiguration>',
      },
    ],
    ['MalformedXML', { body: 'not xml' }],
    ['MalformedXML', { body: '<!DOCTYPE a [<!ENTITY b "c">]><CreateBucketConfiguration/>' }],
    ['EntityTooLarge', { body: ' '.repeat(20_000) }],
  ])('PutBucket answers %s to %j', async (code, request) => {
    expect((await emulator.send('PUT', { bucket: 'refused', ...request })).element('Code')).toBe(code);
    expect((await emulator.send('GET', { bucket: 'refused' })).element('Code')).toBe('NoSuchBucket');
  });

  it('GetBucketInfo has every element that SDKs read', async () => {
    const info = await emulator.send('GET', { query: { bucketInfo: '' } });
    const expected = {
      Name: BUCKET,
      CreationDate: '2026-11-22T11:43:45.000Z',
      ExtranetEndpoint: 'oss-cn-hangzhou.aliyuncs.com',
      IntranetEndpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
      Location: 'oss-cn-hangzhou',
      StorageClass: 'Standard',
      ResourceGroupId: 'rg-default-id',
      AccessMonitor: 'Disabled',
      TransferAcceleration: 'Disabled',
      CrossRegionReplication: 'Disabled',
      BlockPublicAccess: 'true',
      DataRedundancyType: 'LRS',
      ID: '42',
      DisplayName: '42',
      Grant: 'private',
      SSEAlgorithm: 'None',
      Comment: '',
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, info.element(name)]))).toEqual(expected);
    expect(info.headers['content-type']).toBe('application/xml');
    expect(info.text).not.toContain('xmlns');
  });

  it('GetBucketLocation answers text in the root element', async () => {
    const response = await emulator.send('GET', { query: { location: '' } });
    expect(response.element('LocationConstraint')).toBe('oss-cn-hangzhou');
  });

  it('DeleteBucket answers 204, 409 while there are objects, and 404 for none', async () => {
    await emulator.send('PUT', { bucket: 'short-lived' });
    await emulator.send('PUT', { bucket: 'short-lived', key: 'k', body: 'b' });
    const refused = await emulator.send('DELETE', { bucket: 'short-lived' });
    expect([refused.status, refused.element('EC'), refused.element('BucketName')]).toEqual([
      409,
      '0015-00000301',
      'short-lived',
    ]);
    await emulator.send('DELETE', { bucket: 'short-lived', key: 'k' });
    expect((await emulator.send('DELETE', { bucket: 'short-lived' })).status).toBe(204);
    expect((await emulator.send('DELETE', { bucket: 'short-lived' })).element('Code')).toBe('NoSuchBucket');
  });

  it('GetService lists buckets by prefix and in pages', async () => {
    await using other = await startTestEmulator();
    for (const bucket of ['page-a', 'page-b', 'page-c', 'qage-d']) {
      // oxlint-disable-next-line no-await-in-loop
      await other.send('PUT', { bucket });
    }
    const list = (query: Record<string, string>) => other.send('GET', { bucket: '', query });
    const names = (xml: string) => [...xml.matchAll(/<Name>(.*?)<\/Name>/g)].map(([, name]) => name);
    const first = await list({ prefix: 'page-', 'max-keys': '2' });
    expect(names(first.text)).toEqual(['page-a', 'page-b']);
    expect([first.element('IsTruncated'), first.element('NextMarker'), first.element('Prefix')]).toEqual([
      'true',
      'page-b',
      'page-',
    ]);
    const second = await list({ prefix: 'page-', marker: 'page-b' });
    expect(names(second.text)).toEqual(['page-c']);
    expect([second.element('IsTruncated'), second.element('NextMarker')]).toEqual(['false', undefined]);
    expect(second.element('ExtranetEndpoint')).toBe('oss-cn-hangzhou.aliyuncs.com');
    expect(names((await list({})).text)).toHaveLength(5);
  });

  it.each([
    ['uploads', 'ListMultipartUploadsResult'],
    ['live', 'ListLiveChannelResult'],
  ])('an empty %s list ends the clean-up of SDK tests', async (name, root) => {
    const response = await emulator.send('GET', { query: { [name]: '' } });
    expect(response.status).toBe(200);
    expect(response.text).toContain(`<${root}>`);
    expect(response.element('IsTruncated')).toBe('false');
    expect((await emulator.send('GET', { bucket: 'not-there', query: { [name]: '' } })).status).toBe(404);
  });

  it('DeleteObject answers 204 whether or not there was an object, and GetObjectAcl only for one', async () => {
    await emulator.send('PUT', { key: 'k', body: 'b' });
    expect((await emulator.send('GET', { key: 'k', query: { acl: '' } })).element('Grant')).toBe('default');
    for (const _time of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop
      const response = await emulator.send('DELETE', { key: 'k' });
      expect([response.status, response.headers['content-length']]).toEqual([204, '0']);
    }
    expect((await emulator.send('GET', { key: 'k', query: { acl: '' } })).element('Code')).toBe('NoSuchKey');
    expect((await emulator.send('DELETE', { bucket: 'not-there', key: 'k' })).element('Code')).toBe('NoSuchBucket');
  });
});
