import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '@oss-callback/oss-signing';
import { CREDENTIALS, REGION, sendPlain } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe("a bucket's ACL, and putting a bucket again", () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const putAcl = (bucket: string, acl?: string) =>
    emulator.send('PUT', { bucket, query: { acl: '' }, headers: acl === undefined ? {} : { 'x-oss-acl': acl } });
  const putBucket = (bucket: string, elements = '', acl?: string) =>
    emulator.send('PUT', {
      bucket,
      headers: acl === undefined ? {} : { 'x-oss-acl': acl },
      ...(elements !== '' && { body: `<CreateBucketConfiguration>${elements}</CreateBucketConfiguration>` }),
    });
  const grant = async (bucket: string) => (await emulator.send('GET', { bucket, query: { acl: '' } })).element('Grant');
  const infoOf = async (bucket: string, name: string) =>
    (await emulator.send('GET', { bucket, query: { bucketInfo: '' } })).element(name);

  it.each([
    ['public-read', 200, 403],
    ['public-read-write', 200, 200],
    ['private', 403, 403],
    ['authenticated-read', 403, 403],
  ])('%s decides what anonymous callers may do', async (acl, readStatus, writeStatus) => {
    await putBucket('acl-values');
    await emulator.send('PUT', { bucket: 'acl-values', key: 'k', body: 'b' });
    const answer = await putAcl('acl-values', acl);
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(await grant('acl-values')).toBe(acl);
    const anonymous = { bucket: 'acl-values', key: 'k', signature: 'none' } as const;
    expect((await emulator.send('GET', anonymous)).status).toBe(readStatus);
    expect((await emulator.send('PUT', { ...anonymous, body: 'b' })).status).toBe(writeStatus);
  });

  it.each(['public', 'default', 'PRIVATE', ''])('is not %j, and stays what it was', async (acl) => {
    await putBucket('acl-invalid', '', 'public-read');
    const refused = await putAcl('acl-invalid', acl);
    expect([refused.status, refused.element('Code'), refused.element('ArgumentValue'), refused.element('EC')]).toEqual([
      400,
      'InvalidArgument',
      acl,
      '0015-00000204',
    ]);
    expect(refused.element('Message')).toBe('no such bucket access control exists');
    expect(await grant('acl-invalid')).toBe('public-read');
  });

  it.each([{}, { acl: '' }])('makes no bucket with an underscore, which may be asked for (%j)', async (query) => {
    const ask = (method: string, subresource: Record<string, string>) => {
      const { headers } = signRequest(
        { method, bucket: 'acl_made', query: subresource },
        { credentials: CREDENTIALS, region: REGION, now: new Date() },
      );
      const target = new URLSearchParams(subresource).toString().replaceAll('=', '');
      return sendPlain(emulator.url, { method, path: `/acl_made?${target}`, headers });
    };
    const put = await ask('PUT', query);
    expect([put.status, put.element('Code')]).toEqual([400, 'InvalidBucketName']);
    const info = await ask('GET', { bucketInfo: '' });
    expect([info.status, info.element('Code')]).toEqual([404, 'NoSuchBucket']);
  });

  it('stays what it was without the header', async () => {
    await putBucket('acl-absent', '', 'public-read');
    expect((await putAcl('acl-absent')).status).toBe(200);
    expect(await grant('acl-absent')).toBe('public-read');
  });

  it('makes the bucket when there is none', async () => {
    expect((await putAcl('acl-made', 'public-read')).status).toBe(200);
    expect(await grant('acl-made')).toBe('public-read');
  });

  it('is for the owner only', async () => {
    await putBucket('acl-open', '', 'public-read-write');
    for (const method of ['PUT', 'GET']) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await emulator.send(method, { bucket: 'acl-open', query: { acl: '' }, signature: 'none' });
      expect([answer.status, answer.element('Code')]).toEqual([403, 'AccessDenied']);
    }
  });

  it('cannot be opened on a bucket that blocks public access', async () => {
    await putBucket('acl-blocked');
    const body =
      '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>';
    await emulator.send('PUT', { bucket: 'acl-blocked', query: { publicAccessBlock: '' }, body });
    for (const refused of [
      await putAcl('acl-blocked', 'public-read'),
      await putBucket('acl-blocked', '', 'public-read'),
    ]) {
      expect([refused.status, refused.element('Code'), refused.element('Message')]).toEqual([
        403,
        'AccessDenied',
        'Put public bucket acl is not allowed',
      ]);
    }
    expect((await putAcl('acl-blocked', 'private')).status).toBe(200);
  });

  it('changes when the bucket is put again with one, and nothing else does', async () => {
    await putBucket('put-again', '<StorageClass>IA</StorageClass>', 'public-read');
    await emulator.send('PUT', { bucket: 'put-again', key: 'k', body: 'kept' });
    expect((await putBucket('put-again')).status).toBe(200);
    expect(await grant('put-again')).toBe('public-read');
    expect((await putBucket('put-again', '<StorageClass>IA</StorageClass>', 'private')).status).toBe(200);
    expect([await grant('put-again'), await infoOf('put-again', 'StorageClass')]).toEqual(['private', 'IA']);
    expect((await emulator.send('GET', { bucket: 'put-again', key: 'k' })).text).toBe('kept');
  });

  it.each([
    ['<StorageClass>IA</StorageClass>', "Cannot modify existing bucket's storage class."],
    ['<DataRedundancyType>ZRS</DataRedundancyType>', "Bucket already exists CAN'T modify data redundancy type."],
  ])('a bucket put again with another %s is refused, its ACL unchanged', async (elements, message) => {
    await putBucket('put-other');
    const refused = await putBucket('put-other', elements, 'public-read');
    expect([
      refused.status,
      refused.element('Code'),
      refused.element('Message'),
      refused.element('BucketName'),
    ]).toEqual([409, 'BucketAlreadyExists', message, 'put-other']);
    expect(await grant('put-other')).toBe('private');
  });

  it('GetBucketInfo says what was configured', async () => {
    await putBucket('informed', '<DataRedundancyType>ZRS</DataRedundancyType>', 'public-read');
    const send = (subresource: string, body: string) =>
      emulator.send('PUT', { bucket: 'informed', query: { [subresource]: '' }, body });
    await send('versioning', '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>');
    await send('accessmonitor', '<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>');
    await send(
      'transferAcceleration',
      '<TransferAccelerationConfiguration><Enabled>true</Enabled></TransferAccelerationConfiguration>',
    );
    await send(
      'encryption',
      '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>KMS</SSEAlgorithm><KMSMasterKeyID>key-1</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>',
    );
    await send(
      'logging',
      '<BucketLoggingStatus><LoggingEnabled><TargetBucket>informed</TargetBucket><TargetPrefix>log/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>',
    );
    await send(
      'resourceGroup',
      '<BucketResourceGroupConfiguration><ResourceGroupId>rg-acfmxh4em5jncda</ResourceGroupId></BucketResourceGroupConfiguration>',
    );
    const info = await emulator.send('GET', { bucket: 'informed', query: { bucketInfo: '' } });
    const expected = {
      Name: 'informed',
      Grant: 'public-read',
      DataRedundancyType: 'ZRS',
      Versioning: 'Suspended',
      AccessMonitor: 'Enabled',
      TransferAcceleration: 'Enabled',
      BlockPublicAccess: 'false',
      SSEAlgorithm: 'KMS',
      KMSMasterKeyID: 'key-1',
      LogBucket: 'informed',
      LogPrefix: 'log/',
      ResourceGroupId: 'rg-acfmxh4em5jncda',
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, info.element(name)]))).toEqual(expected);
    expect((await emulator.send('GET', { bucket: 'not-there', query: { bucketInfo: '' } })).element('Code')).toBe(
      'NoSuchBucket',
    );
  });
});
