import { beforeEach, describe, expect, it } from 'vitest';
import { inventoryXml } from '../../test/configuration-xml.ts';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('inventories of a bucket', () => {
  let emulator: TestEmulator;

  beforeEach(async () => {
    emulator = await startTestEmulator();
    return () => emulator[Symbol.asyncDispose]();
  });

  const put = (inventoryId: string, body = inventoryXml(inventoryId)) =>
    emulator.send('PUT', { query: { inventory: '', inventoryId }, body });
  const get = (inventoryId: string) => emulator.send('GET', { query: { inventory: '', inventoryId } });
  const list = (token?: string) =>
    emulator.send('GET', { query: { inventory: '', ...(token !== undefined && { 'continuation-token': token }) } });
  const ids = (xml: string) => [...xml.matchAll(/<Id>(.*?)<\/Id>/g)].map(([, id]) => id);

  // C++ SDK, BucketInventoryConfigurationNegativeTest.
  it('are not written to a bucket of the own account that is not there', async () => {
    const own = (bucket: string) =>
      inventoryXml('own')
        .replace('<AccountId>1<', '<AccountId>1000000000000001<')
        .replace('acs:oss:::reports', `acs:oss:::${bucket}`);
    const refused = await put('own', own('not-exist-bucket'));
    expect([refused.status, refused.element('Code'), refused.element('ArgumentValue')]).toEqual([
      400,
      'InvalidArgument',
      'acs:oss:::not-exist-bucket',
    ]);
    expect((await put('own', own(BUCKET))).status).toBe(200);
  });

  it('are answered one by one until they are deleted', async () => {
    expect((await put('daily')).status).toBe(200);
    const got = await get('daily');
    expect([got.status, got.headers['content-type']]).toEqual([200, 'application/xml']);
    expect(['Id', 'Format', 'Bucket', 'Frequency', 'IncludedObjectVersions', 'Prefix'].map(got.element)).toEqual([
      'daily',
      'CSV',
      'acs:oss:::reports',
      'Daily',
      'All',
      '',
    ]);
    for (const _time of [1, 2]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await emulator.send('DELETE', { query: { inventory: '', inventoryId: 'daily' } })).status).toBe(204);
    }
    for (const gone of [await get('daily'), await list()]) {
      expect([gone.status, gone.element('Code'), gone.element('Message')]).toEqual([
        404,
        'NoSuchInventory',
        'No Row found in Inventory Table.',
      ]);
    }
  });

  it('have the storage classes of their filter in the order of the alphabet, and the rest of it as it came', async () => {
    const filter = '<Filter><LowerSizeBound>1024</LowerSizeBound><StorageClass>Standard, IA</StorageClass></Filter>';
    const body = inventoryXml('daily').replace('<Destination>', `${filter}<Destination>`);
    expect((await put('daily', body)).status).toBe(200);
    const got = await get('daily');
    expect(['StorageClass', 'LowerSizeBound', 'Prefix'].map(got.element)).toEqual(['IA,Standard', '1024', '']);
  });

  it('are not put twice under the same id', async () => {
    await put('daily');
    const again = await put('daily');
    expect([again.status, again.element('Code')]).toEqual([409, 'InventoryConfigurationAlreadyExists']);
  });

  it('are listed in pages of a hundred, by id', { timeout: 60_000 }, async () => {
    const all = Array.from({ length: 101 }, (_none, index) => `id-${String(index).padStart(3, '0')}`);
    for (const id of all.toReversed()) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await put(id)).status).toBe(200);
    }
    const first = await list();
    expect(ids(first.text)).toEqual(all.slice(0, 100));
    expect([first.element('IsTruncated'), first.element('NextContinuationToken')]).toEqual(['true', 'id-099']);
    const second = await list('id-099');
    expect(ids(second.text)).toEqual(['id-100']);
    expect([second.element('IsTruncated'), second.element('NextContinuationToken')]).toEqual(['false', undefined]);
    expect([first, second].map(({ element }) => element('ContinuationToken'))).toEqual([undefined, 'id-099']);
  });

  it.each([
    ['another id in the document', inventoryXml('other'), 'MalformedXML'],
    [
      'two encryptions',
      inventoryXml('row').replace(
        '</OSS',
        '<Encryption><SSE-OSS/><SSE-KMS><KeyId>k</KeyId></SSE-KMS></Encryption></OSS',
      ),
      'MalformedXML',
    ],
    ['an unknown frequency', inventoryXml('daily').replace('Daily', 'Hourly'), 'MalformedXML'],
    ['no destination', inventoryXml('daily').replace(/<Destination>.*<\/Destination>/, ''), 'MalformedXML'],
    ['a bare bucket name', inventoryXml('daily').replace('acs:oss:::reports', 'reports'), 'InvalidArgument'],
  ])('are refused with %s', async (_what, body, code) => {
    const refused = await put('daily', body);
    expect([refused.status, refused.element('Code')]).toEqual([400, code]);
    expect((await get('daily')).element('Code')).toBe('NoSuchInventory');
  });
});
