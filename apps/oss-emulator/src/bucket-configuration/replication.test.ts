import { beforeEach, describe, expect, it } from 'vitest';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('replication rules', () => {
  let emulator: TestEmulator;

  beforeEach(async () => {
    emulator = await startTestEmulator();
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

  it('are deleted by id, and gone with the last', async () => {
    await add(`<ID>r1</ID>${destination('one')}`, `<ID>r2</ID>${destination('two')}`);
    expect((await remove('r1', 'not-there')).status).toBe(200);
    expect((await get()).element('ID')).toBe('r2');
    await remove('r2');
    const gone = await get();
    expect([gone.status, gone.element('Code')]).toEqual([404, 'NoSuchReplicationConfiguration']);
    expect((await remove()).element('Code')).toBe('MalformedXML');
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

  it('may lead to the region of the emulator', async () => {
    const answer = await emulator.send('GET', { query: { replicationLocation: '' } });
    expect(answer.element('Location')).toBe('oss-cn-hangzhou');
  });

  it('need a destination', async () => {
    expect((await add('<ID>r1</ID>')).element('ErrorDetail')).toBe('Rule must have Destination.');
  });
});
