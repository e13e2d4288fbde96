import type { bucketErrors } from '../src/bucket-errors.ts';
import { MemoryObjectStore } from '../src/store/memory-object-store.ts';
import { inventoryXml, wormXml } from './configuration-xml.ts';
import { BUCKET } from './emulator-client.ts';
import type { ClientResponse } from './emulator-client.ts';
import type { EmulatorOptions } from '../src/emulator-options.ts';
import type { TestEmulator } from './test-emulator.ts';

type BucketErrorCode = keyof typeof bucketErrors;

/** For each refusal of a bucket's configuration, requests of which the last one meets it. */
export function provokeBucketErrors(
  emulator: () => TestEmulator,
  startAnother: (options: EmulatorOptions) => Promise<TestEmulator>,
): Record<BucketErrorCode, () => Promise<ClientResponse>> {
  const put = (subresource: string, body: string, more: Readonly<Record<string, string>> = {}) =>
    emulator().send('PUT', { query: { [subresource]: '', ...more }, body });
  const get = (subresource: string, more: Readonly<Record<string, string>> = {}) =>
    emulator().send('GET', { query: { [subresource]: '', ...more } });
  const post = (query: Readonly<Record<string, string>>, body = '') => emulator().send('POST', { query, body });
  const cors = '<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>';
  const tag = (key: string) => `<Tag><Key>${key}</Key><Value>v</Value></Tag>`;
  const tagging = (tags: string) => `<Tagging><TagSet>${tags}</TagSet></Tagging>`;
  const replication =
    '<ReplicationConfiguration><Rule><Destination><Bucket>other</Bucket><Location>oss-cn-hangzhou</Location>' +
    '</Destination></Rule></ReplicationConfiguration>';
  const newBucket = async (bucket: string): Promise<void> => {
    await emulator().send('PUT', { bucket });
  };

  return {
    AccessForbidden: async () => {
      await put('cors', `<CORSConfiguration>${cors}</CORSConfiguration>`);
      const headers = { origin: 'http://page.example', 'access-control-request-method': 'PUT' };
      const refused = await emulator().send('OPTIONS', { key: 'k', headers, signature: 'none' });
      await emulator().send('DELETE', { query: { cors: '' } });
      return refused;
    },
    MetaQueryAlreadyExist: async () => {
      await post({ metaQuery: '', comp: 'add' });
      const again = await post({ metaQuery: '', comp: 'add' });
      await post({ metaQuery: '', comp: 'delete' });
      return again;
    },
    MetaQueryNotExist: () => get('metaQuery'),
    AccessMonitorDisableNotAllowed: async () => {
      const status = (text: string) =>
        `<AccessMonitorConfiguration><Status>${text}</Status></AccessMonitorConfiguration>`;
      await put('accessmonitor', status('Enabled'));
      await put(
        'lifecycle',
        '<LifecycleConfiguration><Rule><Status>Enabled</Status><Transition><Days>1</Days><StorageClass>IA</StorageClass>' +
          '<IsAccessTime>true</IsAccessTime></Transition></Rule></LifecycleConfiguration>',
      );
      const refused = await put('accessmonitor', status('Disabled'));
      await emulator().send('DELETE', { query: { lifecycle: '' } });
      return refused;
    },
    BucketDataRedundancyTransitionTaskAlreadyExist: async () => {
      await post({ redundancyTransition: '', 'x-oss-target-redundancy-type': 'ZRS' });
      return post({ redundancyTransition: '', 'x-oss-target-redundancy-type': 'ZRS' });
    },
    BucketDataRedundancyTransitionTaskNotExist: () =>
      get('redundancyTransition', { 'x-oss-redundancy-transition-taskid': 'none' }),
    BucketDataRedundancyTransitionTaskNotSupport: async () => {
      const body =
        '<CreateBucketConfiguration><DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>';
      await emulator().send('PUT', { bucket: 'zone-redundant', body });
      const query = { redundancyTransition: '', 'x-oss-target-redundancy-type': 'ZRS' };
      return emulator().send('POST', { bucket: 'zone-redundant', query });
    },
    BucketReplicationAlreadyExist: async () => {
      await post({ replication: '', comp: 'add' }, replication);
      return post({ replication: '', comp: 'add' }, replication);
    },
    InvalidTargetLocation: () =>
      post({ replication: '', comp: 'add' }, replication.replace('oss-cn-hangzhou', 'oss-cn-zhengzhou')),
    CnameTokenNotFound: () => get('cname', { comp: 'token' }),
    NeedVerifyDomainOwnership: () =>
      post(
        { cname: '', comp: 'add' },
        '<BucketCnameConfiguration><Cname><Domain>example.com</Domain></Cname></BucketCnameConfiguration>',
      ),
    NoSuchObjectWormConfiguration: () => get('objectWorm'),
    NoSuchResponseHeaderConfiguration: () => get('responseHeader'),
    NoSuchDataPipeline: () => emulator().send('POST', { bucket: '', query: { dataPipeline: '', action: 'get' } }),
    CORSRuleBeyondLimit: () => put('cors', `<CORSConfiguration>${cors.repeat(21)}</CORSConfiguration>`),
    InvalidLocationConstraint: () =>
      emulator().send('PUT', {
        bucket: 'another-bucket',
        body: '<CreateBucketConfiguration><LocationConstraint>oss-moon</LocationConstraint></CreateBucketConfiguration>',
      }),
    InvalidTargetBucketForLogging: () =>
      put(
        'logging',
        '<BucketLoggingStatus><LoggingEnabled><TargetBucket>not-there</TargetBucket></LoggingEnabled></BucketLoggingStatus>',
      ),
    InvalidWORMConfiguration: async () => {
      await newBucket('worm-extended');
      const started = await emulator().send('POST', { bucket: 'worm-extended', query: { worm: '' }, body: wormXml(2) });
      return emulator().send('POST', {
        bucket: 'worm-extended',
        query: { wormId: started.headers['x-oss-worm-id'] ?? '', wormExtend: '' },
        body: wormXml(3, 'ExtendWormConfiguration'),
      });
    },
    InventoryExceedLimit: async () => {
      const inventory = JSON.stringify(
        Array.from({ length: 1000 }, (_, index) => ({ id: `report-${index}`, xml: '' })),
      );
      const store = new MemoryObjectStore();
      await using temporary = await startAnother({ store });
      await store.updateBucket(BUCKET, (bucket) => ({ ...bucket, settings: { inventory } }));
      const query = { inventory: '', inventoryId: 'one-more' };
      return await temporary.send('PUT', { query, body: inventoryXml('one-more') });
    },
    InventoryConfigurationAlreadyExists: async () => {
      await put('inventory', inventoryXml('twice'), { inventoryId: 'twice' });
      return put('inventory', inventoryXml('twice'), { inventoryId: 'twice' });
    },
    ObjectAlreadyExists: async () => {
      await emulator().send('PUT', { key: 'there', body: 'x' });
      return post(
        { asyncFetch: '' },
        '<AsyncFetchTaskConfiguration><Url>http://127.0.0.1:9</Url><Object>there</Object></AsyncFetchTaskConfiguration>',
      );
    },
    RepeatedTags: () => put('tagging', tagging(tag('a') + tag('a'))),
    ResourceGroupIdPreCheckError: () =>
      put(
        'resourceGroup',
        '<BucketResourceGroupConfiguration><ResourceGroupId>rg-not-exist</ResourceGroupId></BucketResourceGroupConfiguration>',
      ),
    TooManyTags: () => put('tagging', tagging(Array.from({ length: 21 }, (_, index) => tag(`k${index}`)).join(''))),
    QuotaExceeded: async () => {
      await put('qos', '<BucketUserQos><StorageCapacity>0</StorageCapacity></BucketUserQos>');
      const refused = await emulator().send('PUT', { key: 'too-much', body: 'x' });
      await put('qos', '<BucketUserQos><StorageCapacity>-1</StorageCapacity></BucketUserQos>');
      return refused;
    },
    WORMConfigurationLocked: async () => {
      await newBucket('worm-locked');
      const started = await emulator().send('POST', { bucket: 'worm-locked', query: { worm: '' }, body: wormXml(1) });
      const wormId = started.headers['x-oss-worm-id'] ?? '';
      await emulator().send('POST', { bucket: 'worm-locked', query: { wormId }, body: '' });
      return emulator().send('DELETE', { bucket: 'worm-locked', query: { worm: '' } });
    },
    WORMConfigurationAlreadyExists: async () => {
      await newBucket('worm-twice');
      const start = () => emulator().send('POST', { bucket: 'worm-twice', query: { worm: '' }, body: wormXml(1) });
      await start();
      return start();
    },
    NoSuchBucketOverwriteConfig: () => get('overwriteConfig'),
    NoSuchBucketPolicy: () => get('policy'),
    NoSuchBucketQosInfo: () => get('qosInfo'),
    NoSuchCORSConfiguration: () => get('cors'),
    NoSuchHttpsConfig: () => get('httpsConfig'),
    NoSuchInventory: () => get('inventory', { inventoryId: 'none' }),
    NoSuchLifecycle: () => get('lifecycle'),
    NoSuchRegion: () => emulator().send('GET', { bucket: '', query: { regions: 'oss-moon' } }),
    NoSuchReplicationConfiguration: async () => {
      await newBucket('not-replicated');
      return emulator().send('GET', { bucket: 'not-replicated', query: { replication: '' } });
    },
    NoSuchReplicationRule: () => get('replicationProgress', { 'rule-id': 'none' }),
    NoSuchServerSideEncryptionRule: () => get('encryption'),
    NoSuchStyle: () => get('style', { styleName: 'none' }),
    NoSuchTransferAccelerationConfiguration: () => get('transferAcceleration'),
    NoSuchUserDefinedLogFieldsConfig: () => get('userDefinedLogFieldsConfig'),
    NoSuchWebsiteConfiguration: () => get('website'),
    NoSuchWORMConfiguration: () => get('worm'),
  };
}
