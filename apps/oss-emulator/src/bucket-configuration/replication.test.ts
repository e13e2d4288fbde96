import { beforeEach, describe, expect, it } from 'vitest';
import { BUCKET } from '../../test/emulator-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('replication rules', () => {
  let emulator: TestEmulator;
  let elapsedMs = 0;

  beforeEach(async () => {
    elapsedMs = 0;
    const start = Date.now();
    emulator = await startTestEmulator({ now: () => new Date(start + elapsedMs) });
    return () => emulator[Symbol.asyncDispose]();
  });

  const destination = (bucket: string) =>
    `<Destination><Bucket>${bucket}</Bucket><Location>oss-cn-beijing</Location></Destination>`;
  const add = (...rules: string[]) =>
    emulator.send('POST', {
      query: { replication: '', comp: 'add' },
      body: `<ReplicationConfiguration>${rules.map((rule) => `<Rule>${rule}</Rule>`).join('')}</ReplicationConfiguration>`,
    });
  const remove = (...ids: string[]) =>
    emulator.send('POST', {
      query: { replication: '', comp: 'delete' },
      body: `<ReplicationRules>${ids.map((id) => `<ID>${id}</ID>`).join('')}</ReplicationRules>`,
    });
  const get = () => emulator.send('GET', { query: { replication: '' } });
  const progress = (id?: string) =>
    emulator.send('GET', { query: { replicationProgress: '', ...(id !== undefined && { 'rule-id': id }) } });
  const rtc = (id: string, status: string) =>
    emulator.send('PUT', {
      query: { rtc: '' },
      body: `<ReplicationRule><RTC><Status>${status}</Status></RTC><ID>${id}</ID></ReplicationRule>`,
    });

  it('are answered with what OSS fills in', async () => {
    expect((await add(`<PrefixSet><Prefix>a/</Prefix></PrefixSet>${destination('there')}`)).status).toBe(200);
    const got = await get();
    expect(['Prefix', 'Bucket', 'Action', 'Status', 'HistoricalObjectReplication'].map(got.element)).toEqual([
      'a/',
      'there',
      'ALL',
      'starting',
      'enabled',
    ]);
    expect(got.element('ID')).toMatch(/^[0-9a-f-]{36}$/);
    const info = await emulator.send('GET', { query: { bucketInfo: '' } });
    expect(info.element('CrossRegionReplication')).toBe('Enabled');
  });

  it('lead to no region that OSS has not', async () => {
    for (const location of ['oss-cn-zhengzhou', 'cn-beijing', '']) {
      const rule = destination('there').replace('oss-cn-beijing', location);
      // oxlint-disable-next-line no-await-in-loop
      const refused = await add(`<ID>a</ID>${destination('here')}`, rule);
      expect([refused.status, refused.element('Code')]).toEqual([400, 'InvalidTargetLocation']);
    }
    expect((await get()).element('Code')).toBe('NoSuchReplicationConfiguration');
    await using elsewhere = await startTestEmulator({ region: 'my-region', buckets: [BUCKET] });
    const body = `<ReplicationConfiguration><Rule>${destination('there').replace('cn-beijing', 'my-region')}</Rule></ReplicationConfiguration>`;
    const sent = await elsewhere.send('POST', { query: { replication: '', comp: 'add' }, body, region: 'my-region' });
    expect(sent.status).toBe(200);
  });

  it('are there once for each target and id', async () => {
    await add(`<ID>r1</ID>${destination('one')}`);
    for (const rule of [`<ID>r2</ID>${destination('one')}`, `<ID>r1</ID>${destination('two')}`]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await add(rule)).element('Code')).toBe('BucketReplicationAlreadyExist');
    }
    expect((await add(`<ID>r2</ID>${destination('two')}`)).status).toBe(200);
  });

  it('are not put twice in one request either', async () => {
    const refused = await add(`<ID>r1</ID>${destination('one')}`, `<ID>r1</ID>${destination('two')}`);
    expect(refused.element('Code')).toBe('BucketReplicationAlreadyExist');
    expect((await get()).element('Code')).toBe('NoSuchReplicationConfiguration');
  });

  it('are deleted by id, answered as closing for a while, and gone then', async () => {
    await add(`<ID>r1</ID>${destination('one')}`, `<ID>r2</ID>${destination('two')}`);
    expect((await remove('r1', 'not-there')).status).toBe(200);
    expect((await get()).text.match(/<Status>\w+/g)).toEqual(['<Status>closing', '<Status>starting']);
    expect((await progress('r1')).element('Status')).toBe('closing');
    expect((await get()).text).not.toContain('ClosedAt');
    elapsedMs = 9_000;
    await remove('r1', 'r2');
    expect((await get()).text.match(/<ID>\w+/g)).toEqual(['<ID>r1', '<ID>r2']);
    elapsedMs = 10_000;
    expect((await get()).text.match(/<ID>\w+/g)).toEqual(['<ID>r2']);
    expect((await progress('r1')).element('Code')).toBe('NoSuchReplicationRule');
    elapsedMs = 19_000;
    const gone = await get();
    expect([gone.status, gone.element('Code')]).toEqual([404, 'NoSuchReplicationConfiguration']);
    const info = await emulator.send('GET', { query: { bucketInfo: '' } });
    expect(info.element('CrossRegionReplication')).toBe('Disabled');
    expect((await add(`<ID>r1</ID>${destination('one')}`)).status).toBe(200);
  });

  it('are not deleted without a name', async () => {
    expect((await remove()).element('Code')).toBe('MalformedXML');
  });

  it.each([
    ['without a role', '', 'Enabled', [undefined, undefined]],
    ['with a role', '<SyncRole>role</SyncRole>', 'Enabled', ['Enabled', 'key-1']],
    ['switched off', '<SyncRole>role</SyncRole>', 'Disabled', ['Disabled', undefined]],
  ])('about objects under KMS keys, %s, keep what they can', async (_, role, status, kept) => {
    const criteria = `<SourceSelectionCriteria><SseKmsEncryptedObjects><Status>${status}</Status></SseKmsEncryptedObjects></SourceSelectionCriteria>`;
    const encryption = '<EncryptionConfiguration><ReplicaKmsKeyID>key-1</ReplicaKmsKeyID></EncryptionConfiguration>';
    await add(`<ID>r1</ID>${destination('one')}${role}${encryption}${criteria}`);
    const { text } = await get();
    expect([
      /<SseKmsEncryptedObjects>\s*<Status>(\w+)/.exec(text)?.[1],
      /<ReplicaKmsKeyID>([\w-]+)/.exec(text)?.[1],
    ]).toEqual(kept);
  });

  it('say that nothing was copied yet', async () => {
    await add(`<ID>r1</ID>${destination('one')}`, `<ID>r2</ID>${destination('two')}`);
    const answer = await progress('r2');
    expect(['ID', 'Bucket', 'Status', 'HistoricalObject'].map(answer.element)).toEqual(['r2', 'two', 'starting', '0']);
    expect((await progress()).text.match(/<Rule>/g)).toHaveLength(2);
    const none = await progress('r3');
    expect([none.status, none.element('Code')]).toEqual([404, 'NoSuchReplicationRule']);
  });

  it('have their time control switched one by one', async () => {
    await add(`<ID>r1</ID>${destination('one')}`);
    expect((await rtc('r1', 'enabled')).status).toBe(200);
    expect((await get()).text).toMatch(/<RTC>\s*<Status>enabled<\/Status>/);
    expect((await rtc('r2', 'enabled')).element('Code')).toBe('NoSuchReplicationRule');
    expect((await rtc('r1', 'on')).element('Code')).toBe('MalformedXML');
  });

  it.each([
    ['cn-hangzhou', 'oss-ap-south-1', 'oss-cn-qingdao', true],
    ['cn-chengdu', 'oss-cn-hongkong', 'oss-cn-qingdao', false],
    ['ap-south-1', 'oss-cn-qingdao', 'oss-us-east-1', false],
  ])(
    'of a bucket in %s may lead to other regions, by acceleration across the border only',
    async (region, ...expected) => {
      const [across, within, hasTimeControl] = expected;
      await using elsewhere = await startTestEmulator({ region });
      await elsewhere.send('PUT', { region });
      const { text } = await elsewhere.send('GET', { region, query: { replicationLocation: '' } });
      const accelerated = /<LocationTransferTypeConstraint>.*<\/LocationTransferTypeConstraint>/s.exec(text)?.[0] ?? '';
      const locations = text.replace(accelerated, '').replace(/<LocationRTCConstraint>.*/s, '');
      expect(locations).toContain(`<Location>${across}</Location>`);
      expect(locations).toContain(`<Location>${within}</Location>`);
      expect(text).not.toContain(`<Location>oss-${region}</Location>`);
      expect(accelerated).toMatch(new RegExp(`<Location>${across}</Location>\\s*<TransferTypes>\\s*<Type>oss_acc<`));
      expect(accelerated).not.toContain(within);
      expect(/<LocationRTCConstraint>.*oss-cn-qingdao/s.test(text)).toBe(hasTimeControl);
    },
  );

  it('need a destination', async () => {
    expect((await add('<ID>r1</ID>')).element('ErrorDetail')).toBe('Rule must have Destination.');
  });
});
